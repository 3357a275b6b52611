// A page as PDF: what a browser would print, laid out by WeasyPrint, which is another program that need not be there.

#include <filesystem>

#include "ledger/values/files.h"
#include "ledger/values/scratch_folder.h"
#include "tools/render/outside_program.h"
#include "tools/render/render.h"

namespace duebook {

namespace {

constexpr size_t kMostBytes = size_t{1} << 32;
constexpr int64_t kMicrosecondsOfSecond = 1'000'000;
constexpr const char* kWeasyPrint = "weasyprint";

}  // namespace

Status CheckPdf() {
  if (HasOutsideProgram(kWeasyPrint)) return Status();
  return Error{ErrorCode::kUnavailable, "pdf is laid out by WeasyPrint, which is not installed",
               "install the package weasyprint, or ask for html and print that"};
}

Result<std::string> PdfOfPage(const std::string& html, std::optional<Time> made) {
  RETURN_IF_ERROR(CheckPdf());
  const auto folder = ScratchFolder::Make();
  RETURN_IF_ERROR(folder);
  const std::filesystem::path page = (*folder)->path() / "page.html";
  const std::filesystem::path pdf = (*folder)->path() / "page.pdf";
  RETURN_IF_ERROR(WriteUnsyncedFile(page, html));
  // The same cut makes the same bytes: no time of now is in them.
  const std::string seconds = std::to_string(made.value_or(Time()).microseconds / kMicrosecondsOfSecond);
  RETURN_IF_ERROR(RunOutsideProgram({kWeasyPrint, "--quiet", page.string(), pdf.string()},
                                    {{"SOURCE_DATE_EPOCH", seconds}}, ((*folder)->path() / "said").string()));
  return ReadSmallFile(pdf, kMostBytes);
}

Result<std::string> RenderPdf(const Report& report, const LedgerIdentity& ledger) {
  return PdfOfPage(RenderHtml(report, ledger), report.recorded_at);
}

}  // namespace duebook
