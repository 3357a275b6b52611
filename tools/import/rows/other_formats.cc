#include "tools/import/rows/other_formats.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "ledger/values/ascii.h"

namespace duebook {

namespace {

using namespace std::string_view_literals;

struct Format {
  std::string_view start;  // in lower case
  std::string_view looks_like;
  std::string_view hint;
};

constexpr std::string_view kSaveAsCsv = "save it as CSV in UTF-8";
constexpr std::string_view kSaveAsUtf8 = "save it in UTF-8";
constexpr std::string_view kAskForCsv = "duebook reads CSV and JSON Lines; ask for one of them where it comes from";
constexpr std::string_view kUnpack = "unpack it first";

constexpr std::array kFormats = {
    Format{"<?xml"sv, "XML", kAskForCsv},
    Format{"<!doctype"sv, "HTML", kAskForCsv},
    Format{"<html"sv, "HTML", kAskForCsv},
    Format{"pk\x03\x04"sv, "a spreadsheet (XLSX, ODS) or another ZIP archive", kSaveAsCsv},
    Format{"\xd0\xcf\x11\xe0"sv, "an old spreadsheet (XLS)", kSaveAsCsv},
    Format{"%pdf-"sv, "a PDF", kAskForCsv},
    Format{"\x1f\x8b"sv, "a file packed by gzip", kUnpack},
    Format{"\x28\xb5\x2f\xfd"sv, "a file packed by zstd", kUnpack},
    Format{"ofxheader"sv, "OFX", kAskForCsv},
    Format{"{1:f01"sv, "a SWIFT message (MT940)", kAskForCsv},
    Format{":20:"sv, "a SWIFT message (MT940)", kAskForCsv},
    Format{"\xff\xfe"sv, "text in UTF-16, which is not valid UTF-8", kSaveAsUtf8},
    Format{"\xfe\xff"sv, "text in UTF-16, which is not valid UTF-8", kSaveAsUtf8},
};
constexpr Format kUtf16WithoutMark = {"", "text in UTF-16, which is not valid UTF-8", kSaveAsUtf8};

bool StartsWith(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return a == LowerCase(b); });
}

// Null if it may well be lines.
const Format* FormatOf(std::string_view start) {
  // The halves of ASCII letters.
  if (start.size() >= 4 && (start[0] == '\0') != (start[1] == '\0') && (start[2] == '\0') != (start[3] == '\0')) {
    return &kUtf16WithoutMark;
  }
  constexpr std::string_view kSkipped = " \t\r\n\xEF\xBB\xBF";
  const std::string_view shown = start.substr(std::min(start.find_first_not_of(kSkipped), start.size()));
  const auto is_it = [&](const Format& format) { return StartsWith(shown, format.start); };
  const auto found = std::find_if(kFormats.begin(), kFormats.end(), is_it);
  return found == kFormats.end() ? nullptr : &*found;
}

}  // namespace

Result<InputFile> OpenLines(const std::string& path) {
  auto file = InputFile::Open(path);
  RETURN_IF_ERROR(file);
  const auto start = file->Start();
  RETURN_IF_ERROR(start);
  const Format* format = FormatOf(*start);
  if (format == nullptr) return file;
  return Error{ErrorCode::kInvalidArgument,
               fmt::format("{}:1: the file looks like {}", file->name(), format->looks_like),
               std::string(format->hint)};
}

}  // namespace duebook
