#include "tools/render/output_formats.h"

#include <algorithm>
#include <filesystem>

#include "ledger/values/ascii.h"
#include "tools/render/render.h"
#include "tools/render/render_letter.h"

namespace duebook {

namespace {

template <class Condition>
const OutputFormat* FindFormat(const Condition& condition) {
  const auto found = std::find_if(AllOutputFormats().begin(), AllOutputFormats().end(), condition);
  return found == AllOutputFormats().end() ? nullptr : &*found;
}

// Renders in a format that cannot fail.
template <std::string (*render)(const Report&, const LedgerIdentity&)>
Result<std::string> Rendered(const Report& report, const LedgerIdentity& ledger) {
  return render(report, ledger);
}

Result<std::string> LetterInText(const Letter& letter, std::string_view /*logo*/) { return LetterAsText(letter); }

Result<std::string> LetterInHtml(const Letter& letter, std::string_view logo) { return LetterAsHtml(letter, logo); }

Result<std::string> LetterInPdf(const Letter& letter, std::string_view logo) {
  return PdfOfPage(LetterAsHtml(letter, logo), letter.recorded_at);
}

}  // namespace

const std::vector<OutputFormat>& AllOutputFormats() {
  static const std::vector<OutputFormat> formats{
      {"table", "", "", Rendered<RenderTable>, true, true, LetterInText},
      {"csv", ".csv", "", [](const Report& report, const LedgerIdentity&) { return Result(RenderCsv(report)); }},
      {"json", ".json", "", Rendered<RenderJson>},
      {"html", ".html", "a page to print", Rendered<RenderHtml>, true, true, LetterInHtml, true},
      {"pdf", ".pdf", "that page as it is printed", RenderPdf, false, true, LetterInPdf, true, CheckPdf},
      {"xlsx", ".xlsx", "a workbook for spreadsheets", RenderXlsx, false},
      {"jsonl", ".jsonl", "", nullptr},
  };
  return formats;
}

const OutputFormat* FindOutputFormat(std::string_view name) {
  return FindFormat([&](const OutputFormat& format) { return format.name == name; });
}

const OutputFormat* OutputFormatOfName(std::string_view path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  return FindFormat(
      [&](const OutputFormat& format) { return !ending.empty() && IsSameInAnyCase(ending, format.ending); });
}

}  // namespace duebook
