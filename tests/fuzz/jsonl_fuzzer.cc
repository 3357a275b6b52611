// Input: a JSON Lines file. Every line is answered exactly once and as if it stood alone, by a refusal that tells why
// or by a command that says the same again when it is exported. So is every entry of a file that is one JSON list.

#include <simdjson.h>

#include "tests/fuzz/fuzzer.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/promises.h"
#include "tools/import/rows/json_record.h"

namespace duebook {

namespace {

MadeCommand ReadAlone(const LineAnswer& answer, const std::string& file) {
  std::string padded = answer.text;
  padded.append(simdjson::SIMDJSON_PADDING, ' ');
  JsonRecordReader reader;
  Record record;
  if (auto rejection = reader.Read(std::string_view(padded).substr(0, answer.text.size()), &record)) return *rejection;
  record.source = file + ":" + std::to_string(answer.line);
  return MakeCommand(record, FuzzContext());
}

}  // namespace

DUEBOOK_FUZZER(jsonl) {
  static MemoryFile file;
  file.Write(input);
  auto source = OpenRecordSource(file.path(), nullptr, FuzzContext());
  if (!source.ok()) return CheckOtherFormat(source.error());
  const SourceAnswers answers = ReadAnswers(source->get());
  CHECK(!answers.unreadable);
  if (!answers.header.empty()) return;  // a list, whose entries are not lines
  CheckNothingLeftOut(input, answers);
  for (auto answer = answers.all.rbegin(); answer != answers.all.rend(); ++answer) {
    CHECK(IsSame(ReadAlone(*answer, file.path()), answer->made));
  }
}

}  // namespace duebook
