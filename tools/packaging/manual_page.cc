#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "tools/commands/jobs.h"
#include "tools/packaging/manual.h"

namespace duebook {

namespace {

// Text in troff: a backslash is written as \e, a hyphen as the one that can be copied, and no line begins as a request
// does.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const bool at_start = escaped.empty() || escaped.back() == '\n';
    if (at_start && (c == '.' || c == '\'')) escaped += "\\&";
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string UpperCase(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

std::string Head(const std::string& page, std::string_view version, std::string_view summary) {
  return fmt::format(".TH {} 1 \"\" \"{}\" \"Duebook\"\n.SH NAME\n{} \\- {}\n", Escaped(UpperCase(page)),
                     Escaped(version), Escaped(page), Escaped(summary));
}

// `\fB--known\fR \fISEQ|TIME\fR` and what it is.
std::string OptionEntry(const CLI::Option& option, const std::vector<std::string>& values) {
  const bool positional = option.get_positional();
  const std::string name = positional ? option.get_single_name() : option.get_name(false, true);
  std::string entry = fmt::format(".TP\n\\fB{}\\fR", Escaped(name));
  if (!positional && !values.empty()) {
    std::string list;
    for (const std::string& value : values) list += (list.empty() ? "" : "|") + value;
    entry += fmt::format(" \\fI{}\\fR", Escaped(list));
  } else if (!positional && TakesValue(option)) {
    entry += fmt::format(" \\fI{}\\fR", Escaped(option.get_type_name()));
  }
  entry += "\n" + Escaped(option.get_description());
  if (option.get_required()) entry += " (required)";
  if (!option.get_default_str().empty()) entry += fmt::format(" (otherwise {})", Escaped(option.get_default_str()));
  if (!option.get_envname().empty()) entry += fmt::format(" (or from the environment: {})", option.get_envname());
  return entry + "\n";
}

// Without those that `nearer`, a command, has itself.
std::string OptionSection(const CLI::App& app, const OptionTable& options, const std::string& title,
                          const CLI::App* nearer = nullptr) {
  std::string section;
  for (const CLI::Option* option : app.get_options()) {
    const bool is_there = nearer != nullptr && nearer->get_option_no_throw(option->get_name()) != nullptr;
    if (!is_there) section += OptionEntry(*option, options.Of(*option).values);
  }
  return section.empty() ? "" : fmt::format(".SH {}\n{}", title, section);
}

// The text below the options: examples as they are typed, the rest as prose.
std::string Footer(const CLI::App& app) {
  constexpr std::string_view kExample = "Example:\n";
  const std::string footer = app.get_footer();
  const size_t example = footer.find(kExample);
  if (example == std::string::npos) return footer.empty() ? "" : ".SH NOTES\n" + Escaped(footer) + "\n";
  const size_t end = footer.find("\n\n", example);
  const size_t begin = example + kExample.size();
  const std::string typed = footer.substr(begin, end == std::string::npos ? end : end - begin);
  std::string section = fmt::format(".SH EXAMPLES\n.nf\n{}\n.fi\n", Escaped(typed));
  std::string prose = footer.substr(0, example);
  if (end != std::string::npos) prose += footer.substr(end + 2);
  return section + (prose.empty() ? "" : fmt::format(".SH NOTES\n{}\n", Escaped(prose)));
}

// What the words in values of its options mean, where that is told.
std::string ValueSections(const CLI::App& command, const OptionTable& options) {
  std::string sections;
  for (const CLI::Option* option : command.get_options()) {
    const OptionFacts& facts = options.Of(*option);
    if (!facts.meanings.empty()) sections += fmt::format(".SH {}\n", facts.heading);
    for (const auto& [word, meaning] : facts.meanings) {
      sections += fmt::format(".TP\n\\fB{}\\fR\n{}\n", word, Escaped(meaning));
    }
  }
  return sections;
}

std::string Usage(const CLI::App& command) {
  std::string usage = fmt::format("\\fBduebook\\fR [\\fIOPTIONS\\fR] \\fB{}\\fR", Escaped(command.get_name()));
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional()) continue;
    const std::string name = fmt::format("\\fI{}\\fR", Escaped(option->get_single_name()));
    usage += " " + (option->get_required() ? name : "[" + name + "]");
    if (option->get_expected_max() > 1) usage += "...";
  }
  return fmt::format(".SH SYNOPSIS\n{}\n", usage);
}

}  // namespace

std::string ProgramPage(const CLI::App& program, const OptionTable& options, std::string_view version) {
  std::string page = Head("duebook", version, "receivables ledger for any business date, as known at any moment");
  page += ".SH SYNOPSIS\n\\fBduebook\\fR [\\fIOPTIONS\\fR] \\fICOMMAND\\fR ...\n.SH DESCRIPTION\n" +
          Escaped(program.get_description()) + "\n";
  page += OptionSection(program, options, "OPTIONS") + ".SH COMMANDS\n";
  for (const Job& job : Jobs()) {
    page += fmt::format(".SS {}\n", Escaped(job.title));
    for (const std::string_view name : job.commands) {
      page += fmt::format(".TP\n\\fB{0}\\fR\n{1}; see \\fBduebook\\-{0}\\fR(1)\n", Escaped(name),
                          Escaped(program.get_subcommand(std::string(name))->get_description()));
    }
  }
  return page + Footer(program);
}

std::string CommandPage(const CLI::App& program, const CLI::App& command, const OptionTable& options,
                        std::string_view version) {
  return Head("duebook-" + command.get_name(), version, command.get_description()) + Usage(command) +
         OptionSection(command, options, "OPTIONS") + ValueSections(command, options) +
         OptionSection(program, options, "OPTIONS OF EVERY COMMAND", &command) + Footer(command) +
         ".SH SEE ALSO\n\\fBduebook\\fR(1)\n";
}

}  // namespace duebook
