// Input: a CSV file of records. It is refused as a whole for its header, or every row is answered exactly once and as
// if it stood alone below the header, by a refusal that tells why or by a command that says the same again when it is
// exported. Cells that are quoted again are the same cells.

#include "tests/fuzz/fuzzer.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/promises.h"
#include "tools/import/rows/csv_cells.h"
#include "tools/render/csv_cell.h"

namespace duebook {

namespace {

// The rows of a file that has nothing but this header.
std::unique_ptr<RowSource> RowsBelow(const std::string& header) {
  static MemoryFile file;
  file.Write(header);
  auto input = InputFile::Open(file.path());
  CHECK(input.ok() && input->StartText().ok());
  auto rows = kCsvInput.open(std::move(*input), {});
  const auto head = rows->ReadHead();
  CHECK(head.ok() && !head->fault.has_value());
  return rows;
}

MadeCommand ReadAlone(RowSource* rows, const LineAnswer& answer, const std::string& file) {
  const std::string padded = answer.text + std::string(kRowPadding, ' ');
  Record record;
  if (auto rejection = rows->ReadCells(std::string_view(padded).substr(0, answer.text.size()), &record)) {
    return *rejection;
  }
  record.source = file + ":" + std::to_string(answer.line);
  return MakeCommand(record, FuzzContext());
}

void CheckQuotedAgain(std::string_view row) {
  CsvCells reader;
  std::vector<std::string_view> cells, cells_again;
  if (!reader.Split(row, &cells)) return;
  std::string quoted;
  for (const std::string_view cell : cells) quoted.append(CsvCell(cell)).push_back(',');
  quoted.pop_back();
  CsvCells reader_again;
  CHECK(reader_again.Split(quoted, &cells_again) && cells_again == cells);
}

}  // namespace

DUEBOOK_FUZZER(csv) {
  static MemoryFile file;
  file.Write(input);
  auto source = OpenRecordSource(file.path(), &kCsvInput, FuzzContext());
  if (!source.ok()) return CheckOtherFormat(source.error());
  const SourceAnswers answers = ReadAnswers(source->get());
  if (answers.unreadable) return;
  CheckNothingLeftOut(input, answers);
  const auto rows = RowsBelow(answers.header);
  for (auto answer = answers.all.rbegin(); answer != answers.all.rend(); ++answer) {
    const auto* refused = std::get_if<Rejection>(&answer->made);
    // A row whose quotes are never closed is cut at its first line, and so reads differently alone.
    if (refused != nullptr && refused->code == RejectionCode::kBadCsv) continue;
    CHECK(IsSame(ReadAlone(rows.get(), *answer, file.path()), answer->made));
    CheckQuotedAgain(answer->text);
  }
}

}  // namespace duebook
