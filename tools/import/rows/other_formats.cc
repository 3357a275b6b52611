#include "tools/import/rows/other_formats.h"

#include <algorithm>
#include <array>

#include "ledger/values/ascii.h"

namespace duebook {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSaveAsCsv = "save it as CSV in UTF-8";
constexpr std::string_view kSayEncoding = "say --encoding utf-16le or utf-16be, or save it in UTF-8";
constexpr std::string_view kAskForAnother;
constexpr std::string_view kUnpack = "unpack it first";

constexpr std::array kOthers = {
    OtherFormat{"<?xml"sv, "XML", "call it .xml"},
    OtherFormat{"<!doctype html"sv, "HTML", kAskForAnother},
    OtherFormat{"<html"sv, "HTML", kAskForAnother},
    OtherFormat{"pk\x03\x04"sv, "a workbook (XLSX) or another ZIP archive", "if it is a workbook, call it .xlsx"},
    OtherFormat{"\xd0\xcf\x11\xe0"sv, "an old spreadsheet (XLS)", kSaveAsCsv},
    OtherFormat{"%pdf-"sv, "a PDF", kAskForAnother},
    OtherFormat{"\x1f\x8b"sv, "a file packed by gzip", kUnpack},
    OtherFormat{"\x28\xb5\x2f\xfd"sv, "a file packed by zstd", kUnpack},
    OtherFormat{"ofxheader"sv, "OFX", kAskForAnother},
    OtherFormat{"{1:f01"sv, "a SWIFT message (MT940)", kAskForAnother},
    OtherFormat{":20:"sv, "a SWIFT message (MT940)", kAskForAnother},
};
constexpr OtherFormat kUtf16WithoutMark = {"", "text in UTF-16 without a mark at its beginning", kSayEncoding};

bool StartsWith(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return a == LowerCase(b); });
}

}  // namespace

std::string_view WithoutBlanks(std::string_view start) {
  constexpr std::string_view kSkipped = " \t\r\n";
  return start.substr(std::min(start.find_first_not_of(kSkipped), start.size()));
}

const OtherFormat* OtherFormatOf(std::string_view start) {
  // The halves of ASCII letters.
  if (start.size() >= 4 && (start[0] == '\0') != (start[1] == '\0') && (start[2] == '\0') != (start[3] == '\0')) {
    return &kUtf16WithoutMark;
  }
  const std::string_view shown = WithoutBlanks(start);
  const auto is_it = [&](const OtherFormat& other) { return StartsWith(shown, other.start); };
  const auto found = std::find_if(kOthers.begin(), kOthers.end(), is_it);
  return found == kOthers.end() ? nullptr : &*found;
}

}  // namespace duebook
