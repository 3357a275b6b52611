#include "tools/workbook/workbook_check.h"

#include <optional>

#include "ledger/values/parse_number.h"
#include "tools/workbook/zip_archive.h"

namespace duebook {

namespace {

// Counts what is in the XML of all parts.
class Counts : public XmlHandler {
 public:
  void OnStart(std::string_view element, const Attributes& attributes) override {
    if (element == "c") cells_++;
    if (element == "si") texts_++;
    if (element == "sst") texts_stated_ = ParseNumber<size_t>(ValueOf(attributes, "uniqueCount"));
  }
  void OnEnd(std::string_view) override {}
  void OnText(std::string_view) override {}

  bool Are(size_t cells) const { return cells_ == cells && texts_stated_.value_or(0) == texts_; }

 private:
  size_t cells_ = 0;
  size_t texts_ = 0;                    // there are
  std::optional<size_t> texts_stated_;  // as the list of texts says
};

bool IsWhole(std::string_view workbook, size_t cells) {
  const auto archive = ZipArchive::Open(workbook);
  if (!archive.ok()) return false;
  Counts counts;
  for (size_t i = 0; i < archive->parts(); i++) {
    auto part = XmlPart::Open(*archive, i, &counts);
    if (!part.ok() || !part->ReadAll().ok()) return false;
  }
  return counts.Are(cells);
}

}  // namespace

Status CheckWorkbook(std::string_view workbook, size_t cells) {
  if (IsWhole(workbook, cells)) return Status();
  return Error{ErrorCode::kUnavailable, "cannot make a workbook: a temporary file did not take all of it",
               "see that there is space where TMPDIR says, or in /tmp; or ask for csv"};
}

}  // namespace duebook
