#include "tools/undo/import_undo.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/event/event_fields.h"
#include "projections/shared/event_text.h"
#include "tools/undo/recorded_promises.h"
#include "tools/undo/reversals.h"

namespace duebook {

namespace {

using Fate = UndoStep::Fate;

constexpr uint64_t kReadTogether = 4096;  // events

// The event that introduced what an event names first.
uint64_t FirstReferred(EventView event) {
  for (const FieldInfo& field : event.info().fields) {
    if (field.names != DocumentKind::kNone) return event.Referred(field.name);
  }
  return 0;
}

// Whether a reversal is refused because nothing is left to undo.
bool IsUndone(RejectionCode code) {
  switch (code) {
    case RejectionCode::kInvoiceVoided:
    case RejectionCode::kAlreadyReversed:
    case RejectionCode::kAlreadyWithdrawn:
    case RejectionCode::kAlreadyResolved:
    case RejectionCode::kNotPending:
    case RejectionCode::kNotInForce:
      return true;
    default:
      return false;
  }
}

class Undoing {
 public:
  Undoing(const EventLog& log, uint64_t from, uint64_t last, const UndoSettings& settings,
          Ledger::Transaction* transaction)
      : log_(log), from_(from), last_(last), settings_(settings), transaction_(transaction) {}

  // To be asked of the events of the run, the last one first.
  Result<UndoStep> Undo(EventView event) {
    UndoStep step;
    step.seq = event.seq();
    step.date = event.date();
    step.type = event.type();
    if (settings_.is_rehearsal) step.text = EventText(event);
    if (IsFinal(event)) return AsFinal(event, std::move(step));
    const std::vector<Reversal> reversals = ReversalsOf(event.info());
    step.why = "nothing undoes such an event";
    if (reversals.empty()) return step;
    const auto lasting = WhyPromiseLasts(event);
    RETURN_IF_ERROR(lasting);
    if (!lasting->empty()) {
      step.fate = Fate::kForbidden;
      step.why = *lasting;
      return step;
    }
    step.fate = Fate::kTakenBackAlready;
    step.why.clear();
    for (const Reversal& reversal : reversals) {
      const auto is_decided = Try(event, reversal, &step);
      RETURN_IF_ERROR(is_decided);
      if (*is_decided) break;
    }
    return step;
  }

  // Of what was staged; 0: nothing.
  uint64_t first_seq() const { return first_seq_; }
  uint64_t last_seq() const { return last_seq_; }

 private:
  bool IsUndoneToo(uint64_t seq) const { return seq >= from_ && seq <= last_; }

  // Whether nothing undoes the event though it decides what becomes of what it names: it undid that, or ended it, or it
  // approved it. What an approval put in force is reversed, which ends the request as well: so the two are undone
  // together, or not at all.
  bool IsFinal(EventView event) const {
    if (event.type() != EventType::WriteOffApproved) return UndoesOthers(event.type());
    const bool is_in_force = AmountOf(event.body<schema::WriteOffApproved>().amount()) != 0;
    return !is_in_force || !IsUndoneToo(FirstReferred(event));
  }

  UndoStep AsFinal(EventView event, UndoStep step) const {
    const uint64_t target = FirstReferred(event);
    step.fate = IsUndoneToo(target) ? Fate::kStays : Fate::kForbidden;
    if (IsUndoneToo(target)) {
      step.why = fmt::format("what it decides on goes with event {}", target);
    } else {
      const std::string_view because = event.type() == EventType::WriteOffApproved
                                           ? "to undo an approval ends the write-off that was requested"
                                           : "nothing undoes such an event";
      step.why =
          fmt::format("{}, and event {}, which it decides on, is none of those that are taken back", because, target);
    }
    return step;
  }

  // Returns why a promise would count on though it was withdrawn; "" if it would not, or the event is none.
  Result<std::string> WhyPromiseLasts(EventView event) {
    if (event.type() != EventType::PromiseMade) return std::string();
    if (!promises_.has_value()) {
      auto read = RecordedPromises::Read(log_, from_, last_);
      RETURN_IF_ERROR(read);
      promises_ = std::move(*read);
    }
    if (promises_->IsWithdrawn(event.seq())) return std::string();
    const Date due = DateOf(*event.body<schema::PromiseMade>().due());
    if (DateFor(event) > due) {
      return fmt::format("a promise is withdrawn by its last day, {}, or counts on; --date can name an earlier day",
                         due.ToString());
    }
    const auto superseded = promises_->SupersededBy(event);
    if (!superseded.has_value()) return std::string();
    return fmt::format(
        "it took the place of the promise of event {}, which does not come back when this one is withdrawn",
        *superseded);
  }

  // False: there is nothing for this reversal to undo.
  Result<bool> Try(EventView event, const Reversal& reversal, UndoStep* step) {
    const std::string id = UndoingId(event.id());
    const Date on = DateFor(event);
    const auto outcome = transaction_->Stage(MakeReversal(event, reversal, id, on));
    RETURN_IF_ERROR(outcome);
    if (const auto* recorded = std::get_if<Recorded>(&*outcome)) {
      step->fate = Fate::kTakenBack;
      step->by = reversal.by;
      step->on = on;
      step->further = recorded->seq - recorded->first_seq;
      first_seq_ = first_seq_ == 0 ? recorded->first_seq : first_seq_;
      last_seq_ = recorded->seq;
      for (size_t i = 0; i < event.reference_count(); i++) {
        Date& latest = undone_on_.try_emplace(event.reference(i), on).first->second;
        latest = std::max(latest, on);
      }
      return true;
    }
    const auto* rejection = std::get_if<Rejection>(&*outcome);
    if (rejection == nullptr) return true;
    if (IsUndone(rejection->code)) return false;
    if (rejection->code == RejectionCode::kIdConflict) {
      const auto undone = UndoneBy(log_, event);  // on another day, or for another reason
      RETURN_IF_ERROR(undone);
      if (undone->has_value()) return true;
    }
    step->fate = Fate::kForbidden;
    step->why = fmt::format("{}: {}", CodeName(rejection->code), rejection->sentence);
    return true;
  }

  // Not before the event, nor before what was undone of it here.
  Date DateFor(EventView event) const {
    const auto undone = undone_on_.find(event.seq());
    const Date latest = undone == undone_on_.end() ? event.date() : std::max(event.date(), undone->second);
    return std::max(settings_.day, latest);
  }

  MadeCommand MakeReversal(EventView event, const Reversal& reversal, const std::string& id, Date on) const {
    const FieldInfo* own = event.info().FindField(reversal.names);
    const std::string_view target = own == nullptr ? event.id() : TextField(event.body_table(), *own);
    const std::string date = on.ToString();
    Record record;
    const auto add = [&record](std::string_view name, std::string_view text) {
      record.fields.emplace_back(name, RawValue{RawValue::Kind::kText, text, {}});
    };
    add("type", InfoOf(reversal.by).name);
    add("id", id);
    add("date", date);
    add(reversal.names, target);
    add(reversal.why, settings_.reason);
    record.source = settings_.source;
    return MakeCommand(record, settings_.context);
  }

  const EventLog& log_;
  const uint64_t from_, last_;  // the events that are undone
  const UndoSettings& settings_;
  Ledger::Transaction* const transaction_;
  std::unordered_map<uint64_t, Date> undone_on_;  // by seq: the last day on which something that names it was undone
  std::optional<RecordedPromises> promises_;      // once asked
  uint64_t first_seq_ = 0;
  uint64_t last_seq_ = 0;
};

}  // namespace

uint64_t UndoneImport::Count(UndoStep::Fate fate) const {
  return static_cast<uint64_t>(
      std::count_if(steps.begin(), steps.end(), [fate](const UndoStep& step) { return step.fate == fate; }));
}

Result<UndoneImport> UndoImport(Ledger* ledger, const ImportRun& run, uint64_t from, const UndoSettings& settings) {
  ledger->Expect(run.event_count());
  auto transaction = ledger->Begin();
  RETURN_IF_ERROR(transaction);
  UndoneImport undone;
  Undoing undoing(ledger->log(), from, run.last_seq, settings, &*transaction);
  for (uint64_t end = run.last_seq; end >= from;) {
    const uint64_t begin = end - std::min(end - from, kReadTogether - 1);
    std::vector<StoredEvent> events;
    RETURN_IF_ERROR(ledger->log().Scan(begin, end, [&](EventView event) {
      events.emplace_back(std::string(event.bytes()));
      return true;
    }));
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
      auto step = undoing.Undo(event->view());
      RETURN_IF_ERROR(step);
      undone.steps.push_back(std::move(*step));
    }
    end = begin - 1;
  }
  std::reverse(undone.steps.begin(), undone.steps.end());
  undone.first_seq = undoing.first_seq();
  undone.last_seq = undoing.last_seq();
  undone.is_committed = !settings.is_rehearsal && (settings.is_partly || undone.Count(Fate::kForbidden) == 0);
  if (undone.is_committed) RETURN_IF_ERROR(transaction->Commit());
  return undone;
}

}  // namespace duebook
