#include "tests/tidy/source_file.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

namespace duebook {

namespace {

namespace fs = std::filesystem;

bool IsIdentifierPart(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Where the literal or comment that starts at `start` ends: one past its last character; `start` if none starts there.
size_t EndOfOpaque(std::string_view text, size_t start) {
  const auto after = [&](std::string_view end, size_t from) {
    const size_t place = text.find(end, from);
    return place == std::string_view::npos ? text.size() : place + end.size();
  };
  const std::string_view rest = text.substr(start);
  const bool in_word = start > 0 && IsIdentifierPart(text[start - 1]);
  if (rest.starts_with("//")) return std::min(text.find('\n', start), text.size());
  if (rest.starts_with("/*")) return after("*/", start + 2);
  if (rest.starts_with("R\"") && !in_word) {
    const size_t bracket = text.find('(', start);
    return after(")" + std::string(text.substr(start + 2, bracket - start - 2)) + "\"", bracket);
  }
  // A ' within a number separates its digits.
  if (rest.front() != '"' && (rest.front() != '\'' || in_word)) return start;
  for (size_t place = start + 1; place < text.size(); place++) {
    if (text[place] == '\\') {
      place++;
    } else if (text[place] == rest.front()) {
      return place + 1;
    }
  }
  return text.size();
}

}  // namespace

std::vector<SourceFile> ReadRepository(const fs::path& root) {
  std::vector<SourceFile> files;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::recursive_directory_iterator(); ++entry) {
    const std::string name = entry->path().filename().string();
    const bool top = entry.depth() == 0;
    if (name == ".git" || (top && name.starts_with("build")) || name == "__pycache__" || name == "node_modules") {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file()) continue;
    std::stringstream text;
    text << std::ifstream(entry->path(), std::ios::binary).rdbuf();
    files.push_back({fs::relative(entry->path(), root).generic_string(), text.str()});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

std::string CodeOf(std::string_view text) {
  std::string code(text);
  for (size_t place = 0; place < text.size();) {
    const size_t end = EndOfOpaque(text, place);
    if (end == place) {
      place++;
      continue;
    }
    for (; place < end; place++) {
      if (code[place] != '\n') code[place] = ' ';
    }
  }
  return code;
}

size_t LineOf(std::string_view text, size_t place) {
  return 1 + static_cast<size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(place), '\n'));
}

size_t FindWord(std::string_view text, std::string_view word, size_t from) {
  for (size_t place = text.find(word, from); place != std::string_view::npos; place = text.find(word, place + 1)) {
    const size_t end = place + word.size();
    const bool before = place > 0 && IsIdentifierPart(word.front()) && IsIdentifierPart(text[place - 1]);
    const bool after = end < text.size() && IsIdentifierPart(word.back()) && IsIdentifierPart(text[end]);
    if (!before && !after) return place;
  }
  return std::string_view::npos;
}

std::vector<Include> IncludesOf(const SourceFile& file) {
  constexpr std::string_view kDirective = "#include ";
  std::vector<Include> includes;
  const std::string_view text = file.text;
  for (size_t line = 0; line < text.size(); line = std::min(text.find('\n', line), text.size() - 1) + 1) {
    const std::string_view rest = text.substr(line);
    if (!rest.starts_with(kDirective) || rest.size() <= kDirective.size()) continue;
    const bool quoted = rest[kDirective.size()] == '"';
    const std::string_view path = rest.substr(kDirective.size() + 1);
    includes.push_back({path.substr(0, path.find(quoted ? '"' : '>')), quoted});
  }
  return includes;
}

}  // namespace duebook
