#include "tests/faults/history.h"

#include <algorithm>

#include "tests/support/records.h"

namespace duebook::faults {

namespace {

constexpr uint64_t kLongestText = 4000;

// Text that cannot be compressed to nothing. It follows from the note, so that facts stay small.
std::string TextOf(const model::Fact& note) {
  Random random(static_cast<uint64_t>(note.date.days()) + std::stoull(note.id.substr(5)));
  std::string text(static_cast<size_t>(note.amount), ' ');
  for (char& letter : text) letter = static_cast<char>('a' + random() % 26);
  return text;
}

Call Notes(Random& random, bool large, uint64_t* next) {
  Call call;
  const bool many = large && Chance(random, 2);
  const uint64_t count = many ? 1000 + Below(random, 100) : large ? 8 + Below(random, 25) : 1 + Below(random, 3);
  const uint64_t length = many ? 10 : 1 + Below(random, kLongestText);
  for (uint64_t i = 0; i < count; i++) call.facts.push_back(Note((*next)++, length));
  return call;
}

}  // namespace

model::Fact Note(uint64_t number, uint64_t length) {
  model::Fact note;
  note.type = "NoteAdded";
  note.id = "note-" + std::to_string(number);
  note.date = *Date::Parse("2025-01-01");
  note.actor = "clerk";
  note.amount = static_cast<Minor>(length);
  return note;
}

Command CommandOf(const model::Fact& fact, const model::Model& model, const EventLog& log) {
  if (fact.type != "NoteAdded") return ToCommand(fact, model, log);
  const std::string text = TextOf(fact);
  return Accepted(CellsRecord({{"type", fact.type}, {"id", fact.id}, {"date", fact.date.ToString()}, {"text", text}}));
}

std::vector<Call> RandomHistory(Random& random) {
  model::Generator generator(random());
  const bool large = Chance(random, 40);
  uint64_t next_note = 1;
  std::vector<Call> calls;
  for (const model::Step& step : generator.Steps(24)) {
    using Kind = Call::Kind;
    if (step.command.type == "SigningKeyChanged") continue;  // the ledger has its key, so that checkpoints are signed
    if (step.kind != model::Step::Kind::kCommand) {
      calls.push_back({Kind::kReopen, {}});
      continue;
    }
    if (step.joined && !calls.back().facts.empty()) {
      calls.back().facts.push_back(step.command);
      continue;
    }
    if (Chance(random, 25)) calls.push_back(Notes(random, large, &next_note));
    const Kind kind = step.atomic          ? Kind::kAtomic
                      : Chance(random, 60) ? Kind::kRecord
                      : Chance(random, 50) ? Kind::kPipeline
                                           : Kind::kTransaction;
    calls.push_back({kind, {step.command}});
  }
  return calls;
}

}  // namespace duebook::faults
