// The files of the page, as they were built (tools/web/dist), within the program.

#pragma once

#include <span>
#include <string_view>

namespace duebook {

struct PageFile {
  std::string_view name;  // "app.js"
  std::string_view type;  // "text/javascript; charset=utf-8"
  std::string_view bytes;
};

std::span<const PageFile> PageFiles();

// The file that a path of the page's address asks for; where there is none of that name, index.html, since the page has
// addresses of its own.
const PageFile& PageFileAt(std::string_view path);

}  // namespace duebook
