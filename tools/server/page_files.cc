#include "tools/server/page_files.h"

#include <algorithm>

#include "ledger/values/check.h"

namespace duebook {

namespace {

const PageFile* Find(std::string_view name) {
  const auto files = PageFiles();
  const auto found = std::find_if(files.begin(), files.end(), [&](const PageFile& file) { return file.name == name; });
  return found == files.end() ? nullptr : &*found;
}

}  // namespace

const PageFile& PageFileAt(std::string_view path) {
  const PageFile* const asked = Find(path.substr(std::min<size_t>(1, path.size())));
  const PageFile* const file = asked != nullptr ? asked : Find("index.html");
  CHECK(file != nullptr);
  return *file;
}

}  // namespace duebook
