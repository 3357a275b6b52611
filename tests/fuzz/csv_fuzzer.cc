// Input: a CSV file of records. It is refused as a whole for its header, or every row is answered exactly once and as
// if it stood alone below the header, by a refusal that tells why or by a command that says the same again when it is
// exported. Cells that are quoted again are the same cells.

#include "tests/fuzz/fuzzer.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/promises.h"
#include "tools/import/rows/csv_record.h"
#include "tools/render/csv_cell.h"

namespace duebook {

namespace {

Made ReadAlone(std::string_view header, const LineAnswer& answer, const std::string& file) {
  CsvRecordReader reader;
  CHECK(!reader.ReadHeader(header).has_value());
  Record record;
  if (auto rejection = reader.Read(answer.text, &record)) return *rejection;
  record.source = file + ":" + std::to_string(answer.line);
  return MakeCommand(record, FuzzContext());
}

void CheckQuotedAgain(std::string_view row) {
  CsvCells reader;
  const auto cells = reader.Split(row);
  if (!cells.has_value()) return;
  std::string quoted;
  for (const std::string_view cell : *cells) quoted.append(CsvCell(cell)).push_back(',');
  quoted.pop_back();
  CsvCells reader_again;
  CHECK(reader_again.Split(quoted) == cells);
}

}  // namespace

DUEBOOK_FUZZER(csv) {
  static MemoryFile file;
  file.Write(input);
  auto source = OpenRecordSource(file.path(), InputFormat::kCsv, FuzzContext());
  if (!source.ok()) return CheckOtherFormat(source.error());
  const SourceAnswers answers = ReadAnswers(source->get());
  if (answers.unreadable) return;
  CheckNothingLeftOut(input, answers);
  for (auto answer = answers.all.rbegin(); answer != answers.all.rend(); ++answer) {
    const auto* refused = std::get_if<Rejection>(&answer->made);
    // A row whose quotes are never closed is cut at its first line, and so reads differently alone.
    if (refused != nullptr && refused->code == RejectionCode::kBadCsv) continue;
    CHECK(IsSame(ReadAlone(answers.header, *answer, file.path()), answer->made));
    CheckQuotedAgain(answer->text);
  }
}

}  // namespace duebook
