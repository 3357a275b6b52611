// The files of this repository as the tests of the repository read them.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace duebook {

struct SourceFile {
  std::string path;  // from the top of the repository, "ledger/values/date.h"
  std::string text;

  bool IsCode() const { return path.ends_with(".h") || path.ends_with(".cc"); }
  std::string_view folder() const { return std::string_view(path).substr(0, path.find('/')); }  // "ledger"
};

// Every file below `root`, in order of path, without the version control's and the build's.
std::vector<SourceFile> ReadRepository(const std::filesystem::path& root);

// C++ text with comments and the insides of literals replaced by spaces; every line keeps its number.
std::string CodeOf(std::string_view text);

// One line of `text`, counted from 1.
size_t LineOf(std::string_view text, size_t place);

// The first place at or after `from` where `word` stands alone: not within a longer identifier.
size_t FindWord(std::string_view text, std::string_view word, size_t from = 0);

struct Include {
  std::string_view path;
  bool quoted;  // "path" rather than <path>
};
std::vector<Include> IncludesOf(const SourceFile& file);

}  // namespace duebook
