#include "tools/undo/import_undo.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

#include "ledger/event/event_fields.h"
#include "projections/shared/event_text.h"

namespace duebook {

namespace {

using Fate = UndoStep::Fate;

constexpr uint64_t kReadTogether = 4096;  // events

// An event type that undoes another, and its fields that name what it undoes and say why.
struct Reversal {
  EventType by;
  std::string_view names;
  std::string_view why = "reason";
};

// What undoes an event of the type: the first of them that the ledger admits. None if nothing does.
std::span<const Reversal> ReversalsOf(const EventTypeInfo& type) {
  static constexpr Reversal kOfInvoice[] = {{EventType::InvoiceVoided, "invoice"}};
  static constexpr Reversal kOfPayment[] = {{EventType::PaymentReversed, "payment"}};
  static constexpr Reversal kOfApplication[] = {{EventType::ApplicationReversed, "application"}};
  static constexpr Reversal kOfPromise[] = {{EventType::PromiseWithdrawn, "promise"}};
  static constexpr Reversal kOfDispute[] = {{EventType::DisputeResolved, "dispute", "outcome"}};
  static constexpr Reversal kOfRequest[] = {{EventType::WriteOffRejected, "write_off"},
                                            {EventType::WriteOffReversed, "write_off"}};
  static constexpr Reversal kOfApproval[] = {{EventType::WriteOffReversed, "write_off"}};
  static constexpr Reversal kOfOthers[] = {{EventType::EventReversed, "event"}};
  switch (type.type) {
    case EventType::InvoiceIssued:
      return kOfInvoice;
    case EventType::PaymentReceived:
      return kOfPayment;
    case EventType::PaymentApplied:
      return kOfApplication;
    case EventType::PromiseMade:
      return kOfPromise;
    case EventType::DisputeOpened:
      return kOfDispute;
    case EventType::WriteOffRequested:
      return kOfRequest;
    case EventType::WriteOffApproved:
      return kOfApproval;
    default:
      break;
  }
  if (type.introduces_by_event_id == DocumentKind::kEvent) return kOfOthers;
  return {};
}

// Whether nothing undoes the event though it decides what becomes of the document that it names: it undid that, or
// ended it, or is an approval that others had to complete.
bool IsFinal(EventView event) {
  switch (event.type()) {
    case EventType::InvoiceVoided:
    case EventType::PaymentReversed:
    case EventType::ApplicationReversed:
    case EventType::EventReversed:
    case EventType::PromiseWithdrawn:
    case EventType::DisputeResolved:
    case EventType::WriteOffRejected:
    case EventType::WriteOffReversed:
      return true;
    case EventType::WriteOffApproved:
      return AmountOf(event.body<schema::WriteOffApproved>().amount()) == 0;
    default:
      return false;
  }
}

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
    const bool is_of_other = event.type() == EventType::WriteOffApproved && !IsUndoneToo(FirstReferred(event));
    if (IsFinal(event) || is_of_other) return AsFinal(event, std::move(step));
    const auto reversals = ReversalsOf(event.info());
    step.why = "nothing undoes such an event";
    if (reversals.empty()) return step;
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

  // Of an event that decides on another one. A write-off that was approved can be reversed, which ends the request as
  // well: so it is as if nothing undid the approval, where somebody else's request is meant.
  UndoStep AsFinal(EventView event, UndoStep step) const {
    const uint64_t target = FirstReferred(event);
    step.fate = IsUndoneToo(target) ? Fate::kStays : Fate::kRefused;
    step.why = IsUndoneToo(target)
                   ? fmt::format("what it decides on goes with event {}", target)
                   : fmt::format(
                         "nothing undoes such an event, and event {}, which it decides on, is none of those "
                         "that are taken back",
                         target);
    return step;
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
    const auto is_earlier =
        rejection->code == RejectionCode::kIdConflict ? WasUndoneBy(id, event) : Result<bool>(false);
    RETURN_IF_ERROR(is_earlier);
    if (*is_earlier) return true;
    step->fate = Fate::kRefused;
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

  // The event that introduced what the reversal names.
  static uint64_t TargetOf(EventView event, const Reversal& reversal) {
    const FieldInfo* own = event.info().FindField(reversal.names);
    return own != nullptr && own->names != DocumentKind::kNone ? event.Referred(reversal.names) : event.seq();
  }

  // Whether the event of that id, which says something else than would be said now, undid this one on another day or
  // for another reason.
  Result<bool> WasUndoneBy(const std::string& id, EventView event) const {
    const auto seq = log_.FindEventId(id);
    RETURN_IF_ERROR(seq);
    if (!seq->has_value()) return false;
    const auto stored = log_.Get(**seq);
    RETURN_IF_ERROR(stored);
    const auto reversals = ReversalsOf(event.info());
    return std::any_of(reversals.begin(), reversals.end(), [&](const Reversal& each) {
      return each.by == stored->view().type() && stored->view().Referred(each.names) == TargetOf(event, each);
    });
  }

  const EventLog& log_;
  const uint64_t from_, last_;  // the events that are undone
  const UndoSettings& settings_;
  Ledger::Transaction* const transaction_;
  std::unordered_map<uint64_t, Date> undone_on_;  // by seq: the last day on which something that names it was undone
  uint64_t first_seq_ = 0;
  uint64_t last_seq_ = 0;
};

}  // namespace

uint64_t UndoneImport::Count(UndoStep::Fate fate) const {
  return static_cast<uint64_t>(
      std::count_if(steps.begin(), steps.end(), [fate](const UndoStep& step) { return step.fate == fate; }));
}

std::string UndoingId(std::string_view id) {
  constexpr std::string_view kBefore = "undo-";
  constexpr size_t kDigits = 16;
  const bool fits = kBefore.size() + id.size() <= kMaxNumberBytes;
  return std::string(kBefore) + (fits ? std::string(id) : ToHex(Sha256(id)).substr(0, kDigits));
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
  undone.is_committed = !settings.is_rehearsal && (settings.is_partly || undone.Count(Fate::kRefused) == 0);
  if (undone.is_committed) RETURN_IF_ERROR(transaction->Commit());
  return undone;
}

}  // namespace duebook
