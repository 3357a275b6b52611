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

// A group as it is recorded, and the ids that it has the first time.
struct GroupToRecord {
  std::vector<FoundEvent> events;
  std::vector<std::string> first_ids;
};

Result<bool> IsReversed(const EventLog& log, const FoundEvent& event) {
  const auto seqs = log.Find(DocumentKey(InfoOf(event.type).introduces_by_event_id, event.id));
  RETURN_IF_ERROR(seqs);
  bool is_reversed = false;
  RETURN_IF_ERROR(log.GetMany(
      *seqs, [&](EventView each) { is_reversed = is_reversed || each.type() == EventType::EventReversed; }));
  return is_reversed;
}

// Returns whether the event can have its id and the number that it introduces.
Result<bool> IsFree(const EventLog& log, const FoundEvent& event) {
  const auto taken = log.FindEventId(event.id);
  RETURN_IF_ERROR(taken);
  if (taken->has_value()) {
    if (!event.once) return false;
    const auto reversed = IsReversed(log, event);
    RETURN_IF_ERROR(reversed);
    return !*reversed;
  }
  for (const auto& [name, text] : event.fields) {
    const FieldInfo* field = InfoOf(event.type).FindField(name);
    if (field == nullptr || field->introduces == DocumentKind::kNone) continue;
    const auto introduced = log.FindIntroducing(DocumentKey(field->introduces, text));
    RETURN_IF_ERROR(introduced);
    if (introduced->has_value()) return false;
  }
  return true;
}

Result<bool> AreFree(const EventLog& log, const std::vector<FoundEvent>& events) {
  for (const FoundEvent& event : events) {
    const auto is_free = IsFree(log, event);
    RETURN_IF_ERROR(is_free);
    if (!*is_free) return false;
  }
  return true;
}

Result<std::vector<GroupToRecord>> MakeGroups(const EventLog& log, const std::vector<FoundGroup>& groups) {
  std::vector<GroupToRecord> made;
  for (const FoundGroup& group : groups) {
    GroupToRecord& each = made.emplace_back();
    int time = 1;
    each.events = group(time);
    for (const FoundEvent& event : each.events) each.first_ids.push_back(event.id);
    while (true) {
      const auto are_free = AreFree(log, each.events);
      RETURN_IF_ERROR(are_free);
      if (*are_free) break;
      each.events = group(++time);
    }
  }
  return made;
}

std::vector<MadeCommand> CommandsOf(std::span<const GroupToRecord> groups, const CommandContext& context) {
  const std::string source = TerminalSource();
  std::vector<MadeCommand> commands;
  for (const GroupToRecord& group : groups) {
    for (const FoundEvent& event : group.events) {
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
  uint64_t first = 0, last = 0;            // of those that were recorded
  std::map<std::string, std::string> ids;  // RecordedFound::ids

  void Add(const GroupToRecord& group, std::span<const Outcome> outcomes) {
    for (size_t i = 0; i < outcomes.size(); i++) {
      Add(outcomes[i]);
      ids.emplace(group.first_ids[i], group.events[i].id);
    }
  }

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

void TellRefused(const std::vector<FoundEvent>& events, const std::vector<Outcome>& outcomes) {
  for (size_t i = 0; i < outcomes.size(); i++) {
    if (!IsRefused(outcomes[i])) continue;
    Tell(fmt::format("duebook: {} {}: {}\n", InfoOf(events[i].type).name, events[i].id,
                     RefusalText(std::get<Rejection>(outcomes[i]))));
  }
}

// Records all groups at once if nothing is refused of any. Returns whether that was so.
Result<bool> RecordAll(Ledger& ledger, const CommandContext& context, const std::vector<GroupToRecord>& groups,
                       Tally& tally) {
  std::vector<MadeCommand> commands = CommandsOf(groups, context);
  const auto outcomes = ledger.Record(commands, Admission::kAllOrNothing);
  RETURN_IF_ERROR(outcomes);
  if (std::any_of(outcomes->begin(), outcomes->end(), IsRefused)) return false;
  std::span<const Outcome> rest = *outcomes;
  for (const GroupToRecord& group : groups) {
    tally.Add(group, rest.first(group.events.size()));
    rest = rest.subspan(group.events.size());
  }
  return true;
}

Status RecordOneByOne(Ledger& ledger, const CommandContext& context, const std::vector<GroupToRecord>& groups,
                      Tally& tally) {
  for (const GroupToRecord& group : groups) {
    std::vector<MadeCommand> commands = CommandsOf({&group, 1}, context);
    const auto outcomes = ledger.Record(commands, Admission::kAllOrNothing);
    RETURN_IF_ERROR(outcomes);
    if (std::any_of(outcomes->begin(), outcomes->end(), IsRefused)) {
      TellRefused(group.events, *outcomes);
      tally.refused += group.events.size();
      continue;
    }
    tally.Add(group, *outcomes);
  }
  return Status();
}

Status RecordGroups(Ledger& ledger, const Session& session, const std::vector<FoundGroup>& found, Tally& tally) {
  const auto groups = MakeGroups(ledger.log(), found);
  RETURN_IF_ERROR(groups);
  const CommandContext context = session.Context(ledger.log().identity(), false);
  const auto all = RecordAll(ledger, context, *groups, tally);
  RETURN_IF_ERROR(all);
  return *all ? Status() : RecordOneByOne(ledger, context, *groups, tally);
}

}  // namespace

RecordedFound RecordFound(Ledger& ledger, const Session& session, const std::vector<FoundGroup>& groups) {
  Tally tally;
  const Status recorded = RecordGroups(ledger, session, groups, tally);
  const std::string events = tally.recorded == 0         ? ""
                             : tally.first == tally.last ? fmt::format(", event {}", tally.first)
                                                         : fmt::format(", events {} to {}", tally.first, tally.last);
  Tell(fmt::format("{} events recorded, {} already there, {} refused{}\n", tally.recorded, tally.there_before,
                   tally.refused, events));
  if (!recorded.ok()) return {ComplainAboutStore(recorded.error()), std::move(tally.ids)};
  return {tally.refused > 0 ? kRefused : kDone, std::move(tally.ids)};
}

}  // namespace duebook
