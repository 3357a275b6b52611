#include "tools/commands/recording.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>
#include <utility>
#include <variant>

#include "tools/commands/terminal_source.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

std::vector<MadeCommand> CommandsOf(std::span<const FoundGroup> groups, const CommandContext& context) {
  const std::string source = TerminalSource();
  std::vector<MadeCommand> commands;
  for (const FoundGroup& group : groups) {
    for (const FoundEvent& event : group) {
      Record record;
      const auto add = [&record](std::string_view name, std::string_view text) {
        if (!text.empty()) record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
      };
      add("type", InfoOf(event.type).name);
      add("id", event.id);
      for (const auto& [name, text] : event.fields) add(name, text);
      record.source = source;
      commands.push_back(MakeCommand(record, context));
    }
  }
  return commands;
}

bool IsRefused(const Outcome& outcome) { return std::holds_alternative<Rejection>(outcome); }

// What became of events.
struct Tally {
  uint64_t recorded = 0, there_before = 0, refused = 0;
  uint64_t first = 0, last = 0;  // of those that were recorded

  void Add(const Outcome& outcome) {
    if (const auto* event = std::get_if<Recorded>(&outcome)) {
      recorded += event->seq - event->first_seq + 1;
      first = first == 0 ? event->first_seq : first;
      last = event->seq;
    } else {
      there_before++;
    }
  }
};

void TellRefused(const FoundGroup& group, const std::vector<Outcome>& outcomes) {
  for (size_t i = 0; i < outcomes.size(); i++) {
    if (!IsRefused(outcomes[i])) continue;
    Tell(fmt::format("duebook: {} {}: {}\n", InfoOf(group[i].type).name, group[i].id,
                     RefusalText(std::get<Rejection>(outcomes[i]))));
  }
}

// Records all groups at once if nothing is refused of any. Returns whether that was so.
Result<bool> RecordAll(Ledger& ledger, const CommandContext& context, const std::vector<FoundGroup>& groups,
                       Tally& tally) {
  std::vector<MadeCommand> commands = CommandsOf(groups, context);
  const auto outcomes = ledger.Record(commands, Admission::kAllOrNothing);
  RETURN_IF_ERROR(outcomes);
  if (std::any_of(outcomes->begin(), outcomes->end(), IsRefused)) return false;
  for (const Outcome& outcome : *outcomes) tally.Add(outcome);
  return true;
}

Status RecordOneByOne(Ledger& ledger, const CommandContext& context, const std::vector<FoundGroup>& groups,
                      Tally& tally) {
  for (const FoundGroup& group : groups) {
    std::vector<MadeCommand> commands = CommandsOf({&group, 1}, context);
    const auto outcomes = ledger.Record(commands, Admission::kAllOrNothing);
    RETURN_IF_ERROR(outcomes);
    if (std::any_of(outcomes->begin(), outcomes->end(), IsRefused)) {
      TellRefused(group, *outcomes);
      tally.refused += group.size();
      continue;
    }
    for (const Outcome& outcome : *outcomes) tally.Add(outcome);
  }
  return Status();
}

}  // namespace

int RecordFound(Ledger& ledger, const Session& session, const std::vector<FoundGroup>& groups) {
  const CommandContext context = session.Context(ledger.log().identity(), false);
  Tally tally;
  const auto all = RecordAll(ledger, context, groups, tally);
  if (!all.ok()) return ComplainAboutStore(all.error());
  if (!*all) {
    const Status rest = RecordOneByOne(ledger, context, groups, tally);
    if (!rest.ok()) return ComplainAboutStore(rest.error());
  }
  const std::string events = tally.recorded == 0         ? ""
                             : tally.first == tally.last ? fmt::format(", event {}", tally.first)
                                                         : fmt::format(", events {} to {}", tally.first, tally.last);
  Tell(fmt::format("{} events recorded, {} already there, {} refused{}\n", tally.recorded, tally.there_before,
                   tally.refused, events));
  return tally.refused > 0 ? kRefused : kDone;
}

}  // namespace duebook
