// What must hold of everything that the doors make of an input, whatever the input is.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/command/command.h"
#include "tools/import/pipeline/import_source.h"

namespace duebook {

// The ledger that inputs are read for: Acme, in CNY, and told to mark events as imported.
CommandContext FuzzContext();

// A reason is told in one line of UTF-8 that says something.
void CheckSentence(std::string_view sentence);
void CheckError(const Error& error);
// The file is refused because it looks like one of another format, and for nothing else.
void CheckOtherFormat(const Error& error);

// A refusal is told so; a command is a well-formed event, its amounts in their range, and as the ledger would admit it
// both its export and its cells are read again as the same command. What only the books can decide is decided by books
// that hold nothing.
void CheckMade(const MadeCommand& made);

// What a source made of each line of its file.
struct LineAnswer {
  uint64_t line;
  std::string text;
  MadeCommand made;
};
struct SourceAnswers {
  std::vector<LineAnswer> all;
  std::string header;
  bool unreadable = false;  // the file as a whole was refused, which is checked as CheckSentence
};
// Reads and checks the whole source.
SourceAnswers ReadAnswers(ImportSource* source);

// Every line of the file was answered exactly once, and in order: header and answers are the file, byte for byte, save
// for blank lines and line ends.
void CheckNothingLeftOut(std::string_view file, const SourceAnswers& answers);

// The same refusal, or the same bytes.
bool IsSame(const MadeCommand& a, const MadeCommand& b);

}  // namespace duebook
