#include "tests/fuzz/promises.h"

#include <algorithm>

#include "ledger/command/unsettled_record.h"
#include "ledger/values/text.h"
#include "tests/fuzz/said_again.h"
#include "tools/import/rows/text_decoder.h"

namespace duebook {

namespace {

// Books that hold nothing.
class NothingKnown : public KnownNames {
 public:
  bool KnowsCustomer(std::string_view) override { return false; }
  bool KnowsDocument(DocumentKind, std::string_view) override { return false; }
  bool KnowsUserOrRole(std::string_view) override { return false; }
};

bool IsBlank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

// Returns the file as it is read: in UTF-8, without a mark.
std::string TextOf(std::string_view file) {
  std::string text(file);
  const auto encoding = EncodingByMark(file);
  if (encoding.has_value() && !IsUtf8(*encoding)) {
    const auto decoder = TextDecoder::Make(std::string(*encoding));
    CHECK(decoder.ok());
    text.clear();
    (*decoder)->Decode(file, &text);
    (*decoder)->Finish(&text);
  }
  if (text.starts_with(kUtf8Mark)) text.erase(0, kUtf8Mark.size());
  return text;
}

// Walks through a text, record by record.
class Walk {
 public:
  explicit Walk(std::string_view text) : rest_(text) {}

  void SkipBlankLines() {
    while (!rest_.empty()) {
      const size_t end = std::min(rest_.find('\n'), rest_.size());
      if (!IsBlank(rest_.substr(0, end))) return;
      Skip(std::min(end + 1, rest_.size()));
    }
  }

  void Take(std::string_view record) {
    CHECK(rest_.starts_with(record));
    Skip(record.size());
    if (rest_.starts_with('\r')) Skip(1);
    CHECK(rest_.empty() || rest_.starts_with('\n'));
    if (!rest_.empty()) Skip(1);
  }

  uint64_t line() const { return line_; }
  bool at_end() const { return rest_.empty(); }

 private:
  void Skip(size_t size) {
    line_ += static_cast<uint64_t>(std::count(rest_.data(), rest_.data() + size, '\n'));
    rest_.remove_prefix(size);
  }

  std::string_view rest_;
  uint64_t line_ = 1;
};

}  // namespace

CommandContext FuzzContext() { return {*Currency::Parse("CNY"), "clerk", true}; }

void CheckSentence(std::string_view sentence) {
  CHECK(!sentence.empty());
  CHECK(IsValidUtf8(sentence));
  CHECK(!HasControlCharacter(sentence));
}

void CheckError(const Error& error) {
  CheckSentence(error.ToString());
  for (const Error& other : error.others) CheckError(other);
}

void CheckOtherFormat(const Error& error) {
  CheckError(error);
  CHECK(error.code == ErrorCode::kInvalidArgument);
  const auto says = [&](std::string_view what) { return error.sentence.find(what) != std::string::npos; };
  CHECK(says(":1: the file looks like ") || says(":1: the XML says that it is encoded in ") ||
        says(" is XML, which holds no records of the ledger's own"));
}

void CheckMade(const MadeCommand& made) {
  if (const auto* rejection = std::get_if<Rejection>(&made)) {
    CheckSentence(rejection->sentence);
    CHECK(IsValidUtf8(rejection->field) && !HasControlCharacter(rejection->field));
  } else {
    const Command& command = std::get<Command>(made);
    if (command.unsettled() == nullptr) return CheckSaidAgain(command);
    NothingKnown nothing;
    CheckMade(command.unsettled()->ReadAsNew(&nothing));
  }
}

SourceAnswers ReadAnswers(ImportSource* source) {
  SourceAnswers answers;
  ImportBatch batch;
  while (true) {
    const auto more = source->Next(&batch);
    if (!more.ok()) {
      CheckError(more.error());
      answers.unreadable = true;
      return answers;
    }
    answers.header = source->frame().head;
    if (!*more) return answers;
    CHECK(batch.lines == batch.items.size() && batch.lines == batch.commands.size());
    for (size_t i = 0; i < batch.items.size(); i++) {
      const ImportBatch::Item& item = batch.items[i];
      CheckMade(batch.commands[i]);
      answers.all.push_back({item.line, std::string(batch.TextOf(item)), std::move(batch.commands[i])});
    }
  }
}

void CheckNothingLeftOut(std::string_view file, const SourceAnswers& answers) {
  const std::string text = TextOf(file);
  Walk walk(text);
  walk.SkipBlankLines();
  if (!answers.header.empty()) walk.Take(answers.header);
  for (const LineAnswer& answer : answers.all) {
    walk.SkipBlankLines();
    CHECK(walk.line() == answer.line);
    walk.Take(answer.text);
  }
  walk.SkipBlankLines();
  CHECK(walk.at_end());
}

bool IsSame(const MadeCommand& a, const MadeCommand& b) {
  if (a.index() != b.index()) return false;
  if (const auto* command = std::get_if<Command>(&a)) {
    return command->event().bytes() == std::get<Command>(b).event().bytes();
  }
  const auto& one = std::get<Rejection>(a);
  const auto& other = std::get<Rejection>(b);
  return one.code == other.code && one.field == other.field && one.sentence == other.sentence;
}

}  // namespace duebook
