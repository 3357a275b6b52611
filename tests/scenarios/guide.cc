#include "tests/scenarios/guide.h"

#include <algorithm>
#include <sstream>

#include "ledger/values/check.h"
#include "tests/scenarios/scenario.h"
#include "tests/support/shell.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// A command of a guide, and where it stands.
struct Typed {
  std::string command;
  size_t end = 0;         // the first line behind it
  size_t next = 0;        // the first line behind what it prints; `end` if that is not shown
  bool is_shown = false;  // in a console block
};

// A command may go on behind a backslash at the end of a line.
Typed TakeCommand(const std::vector<std::string>& lines, size_t at, size_t mark) {
  Typed typed{lines[at].substr(mark), at + 1, at + 1, mark > 0};
  while (lines[typed.end - 1].ends_with("\\") && typed.end < lines.size()) typed.command += "\n" + lines[typed.end++];
  typed.next = typed.end;
  return typed;
}

class Guide {
 public:
  Guide(const std::string& text, const fs::path& work_folder) : lines_(LinesOf(text)), folder_(work_folder) {
    for (size_t i = 0; i < lines_.size(); i++) {
      if (lines_[i].starts_with("```")) i = TakeBlock(i);
    }
  }

  const std::vector<std::string>& lines() const { return lines_; }
  const std::vector<Typed>& typed() const { return typed_; }

 private:
  // Answers the line of its end.
  size_t TakeBlock(size_t begin) {
    const std::string language = lines_[begin].substr(3);
    size_t end = begin + 1;
    while (end < lines_.size() && lines_[end] != "```") end++;
    CHECK(end < lines_.size());  // a block without its end
    if (language == "console") {
      TakeConsole(begin + 1, end);
    } else if (language == "sh") {
      TakeShell(begin + 1, end);
    } else if (const size_t blank = language.find(' '); blank != std::string::npos) {
      std::string content;
      for (size_t i = begin + 1; i < end; i++) content += lines_[i] + "\n";
      WriteFile(folder_ / language.substr(blank + 1), content);
    }
    return end;
  }

  void TakeConsole(size_t begin, size_t end) {
    for (size_t i = begin; i < end;) {
      Typed typed = TakeCommand(lines_, i, 2);
      CHECK(lines_[i].starts_with("$ "));  // what no command prints
      while (typed.next < end && !lines_[typed.next].starts_with("$ ")) typed.next++;
      i = typed.next;
      typed_.push_back(std::move(typed));
    }
  }

  void TakeShell(size_t begin, size_t end) {
    for (size_t i = begin; i < end;) {
      Typed typed = TakeCommand(lines_, i, 0);
      i = typed.next;
      if (typed.command.starts_with("duebook ")) typed_.push_back(std::move(typed));
    }
  }

  std::vector<std::string> lines_;
  fs::path folder_;
  std::vector<Typed> typed_;
};

// Line by line as scenario.h masks them.
std::string MaskLines(const std::string& text) {
  std::string masked;
  for (const std::string& line : LinesOf(text)) masked += MaskOutput(line) + "\n";
  return masked;
}

}  // namespace

std::vector<Printed> RunInOneShell(const std::vector<std::string>& commands, const fs::path& program,
                                   const fs::path& work_folder) {
  constexpr char kEnd = '\x1e';  // of what a command prints; its exit status follows
  std::string script = "unset DUEBOOK_LEDGER\n";
  for (const std::string& command : commands) script += "{ " + command + "\n} 2>&1; printf '\\036%d\\n' $?\n";
  std::vector<Printed> printed;
  std::istringstream out(RunInShell(script, program, work_folder).out);
  for (std::string text, status; std::getline(out, text, kEnd) && std::getline(out, status);) {
    printed.push_back({text, std::stoi(status)});
  }
  CHECK(printed.size() == commands.size());
  return printed;
}

PlayedGuide PlayGuide(const std::string& text, const fs::path& source, const fs::path& program,
                      const fs::path& work_folder) {
  fs::create_directory(work_folder / "build");
  fs::create_symlink(program, work_folder / "build" / "duebook");
  fs::create_directory_symlink(source / "tools", work_folder / "tools");
  const Guide guide(text, work_folder);
  std::vector<std::string> commands;
  for (const Typed& typed : guide.typed()) commands.push_back(typed.command);
  const std::vector<Printed> printed = RunInOneShell(commands, program, work_folder);
  PlayedGuide played;
  size_t at = 0;
  const auto copy_to = [&](size_t end) {
    for (; at < end; at++) played.text += guide.lines()[at] + "\n";
  };
  for (size_t i = 0; i < printed.size(); i++) {
    const Typed& typed = guide.typed()[i];
    if (!typed.is_shown) {
      if (printed[i].status != 0) played.failures.push_back(typed.command + "\n" + printed[i].text);
      continue;
    }
    copy_to(typed.end);
    // Empty lines in front of the next command are for the eye.
    size_t eye = typed.next;
    while (eye > typed.end && guide.lines()[eye - 1].empty()) eye--;
    std::string before;
    for (size_t line = typed.end; line < eye; line++) before += guide.lines()[line] + "\n";
    const bool same = MaskLines(before) == MaskLines(printed[i].text);
    played.text += same ? before : printed[i].text;
    at = eye;
  }
  copy_to(guide.lines().size());
  return played;
}

}  // namespace duebook
