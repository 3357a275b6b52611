#include "tools/commands/media_type.h"

#include <algorithm>
#include <array>
#include <string>

#include "ledger/values/ascii.h"

namespace duebook {

namespace {

struct Known {
  std::string_view mark;  // the bytes that such a file begins with, or its ending
  std::string_view type;
};

using std::string_view_literals::operator""sv;

constexpr std::array kBeginnings = {
    Known{"%PDF-"sv, "application/pdf"},   Known{"\x89PNG\r\n\x1a\n"sv, "image/png"},
    Known{"\xff\xd8\xff"sv, "image/jpeg"}, Known{"GIF8"sv, "image/gif"},
    Known{"II*\0"sv, "image/tiff"},        Known{"MM\0*"sv, "image/tiff"},
};

// Those of a ZIP archive and of texts tell no more than their beginnings would.
constexpr std::array kEndings = {
    Known{".csv", "text/csv"},
    Known{".doc", "application/msword"},
    Known{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    Known{".eml", "message/rfc822"},
    Known{".htm", "text/html"},
    Known{".html", "text/html"},
    Known{".ofd", "application/ofd"},
    Known{".txt", "text/plain"},
    Known{".xls", "application/vnd.ms-excel"},
    Known{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    Known{".xml", "application/xml"},
    Known{".zip", "application/zip"},
};

}  // namespace

std::string_view MediaTypeOf(std::string_view bytes, std::string_view name) {
  const auto begun = std::find_if(kBeginnings.begin(), kBeginnings.end(),
                                  [&](const Known& known) { return bytes.starts_with(known.mark); });
  if (begun != kBeginnings.end()) return begun->type;
  std::string small(name);
  std::transform(small.begin(), small.end(), small.begin(), LowerCase);
  const auto ended =
      std::find_if(kEndings.begin(), kEndings.end(), [&](const Known& known) { return small.ends_with(known.mark); });
  return ended != kEndings.end() ? ended->type : "application/octet-stream";
}

}  // namespace duebook
