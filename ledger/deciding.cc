// What becomes of a command: a retry, a conflict, a refusal, or events. All of this under decide_mutex.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/command/spelling.h"
#include "ledger/command/unsettled_record.h"
#include "ledger/event/event_clock.h"
#include "ledger/events/general.h"
#include "ledger/ledger_impl.h"

namespace duebook {

namespace {

// Names that an older ledger may hold in a spelling that nothing new is given.
class NamesInBooks : public KnownNames {
 public:
  explicit NamesInBooks(Books* books) : books_(books) {}
  bool KnowsCustomer(std::string_view id) override { return static_cast<bool>(books_->FindCustomer(id)); }
  bool KnowsDocument(DocumentKind kind, std::string_view number) override {
    return static_cast<bool>(books_->FindDocument(kind, number));
  }
  bool KnowsUserOrRole(std::string_view name) override {
    const Control& control = books_->control();
    const auto knows = [name](const RoleChange& change) { return change.user == name || change.role == name; };
    return std::any_of(control.role_changes.begin(), control.role_changes.end(), knows);
  }

 private:
  Books* books_;
};

// Returns what a command with the id of a stored event is: a retry, or a conflict.
Outcome Compare(const Command& command, EventView stored) {
  const bool stands = command.gives_way() && command.event().type() == stored.type();
  if (stands || SameContent(command, stored)) {
    return Duplicate{stored.seq(), std::string(stored.source()), command.gives_way()};
  }
  return IdConflict(stored);
}

}  // namespace

Status Ledger::Impl::VisitEvent(uint64_t seq, const std::function<void(EventView)>& visit) const {
  for (const Batch* batch : {static_cast<const Batch*>(&gathering), committing.get()}) {
    if (batch != nullptr && !batch->events.empty() && seq >= batch->first_seq &&
        seq - batch->first_seq < batch->events.size()) {
      visit(EventView(batch->events[seq - batch->first_seq]));
      return Status();
    }
  }
  return log->GetMany({seq}, visit);
}

Result<std::optional<uint64_t>> Ledger::Impl::SeqOfId(std::string_view id) const {
  auto since = ids.Find(id, [&](uint64_t seq) -> Result<bool> {
    bool is_it = false;
    RETURN_IF_ERROR(VisitEvent(seq, [&](EventView event) { is_it = event.id() == id; }));
    return is_it;
  });
  return since.ok() && !since->has_value() ? from_log->SeqOfId(id) : since;
}

Result<std::optional<uint64_t>> Ledger::Impl::SeqOfGivenId(std::string_view id) const {
  if (id.empty()) return std::optional<uint64_t>();
  const std::string spelled = Nfc(id);
  auto seq = SeqOfId(spelled);
  return seq.ok() && !seq->has_value() && spelled != id ? SeqOfId(id) : seq;
}

// Nothing if the id is new.
Result<std::optional<Outcome>> Ledger::Impl::FindEarlier(const Command& command) {
  const auto seq = SeqOfId(command.event().id());
  RETURN_IF_ERROR(seq);
  if (!seq->has_value()) return std::optional<Outcome>();
  std::optional<Outcome> outcome;
  RETURN_IF_ERROR(VisitEvent(**seq, [&](EventView stored) { outcome = Compare(command, stored); }));
  return outcome;
}

Result<std::optional<Outcome>> Ledger::Impl::Settle(Command* command) {
  const std::shared_ptr<const UnsettledRecord> record = command->unsettled();
  const bool gives_way = command->gives_way();
  const auto seq = SeqOfGivenId(record->id());
  RETURN_IF_ERROR(seq);
  NamesInBooks names(&books);
  auto read = seq->has_value() ? record->ReadAsGiven() : record->ReadAsNew(&names);
  RETURN_IF_ERROR(books.status());
  auto* settled = std::get_if<Command>(&read);
  if (settled != nullptr && gives_way) settled->GiveWay();
  std::optional<Outcome> outcome;
  if (seq->has_value()) {
    RETURN_IF_ERROR(VisitEvent(**seq, [&](EventView stored) {
      outcome = settled != nullptr ? Compare(*settled, stored) : Outcome(IdConflict(stored));
    }));
  } else if (settled == nullptr) {
    outcome = std::get<Rejection>(std::move(read));
  } else {
    *command = std::move(*settled);
  }
  return outcome;
}

// An id that is known is a conflict, whatever else is wrong with the record.
Result<Rejection> Ledger::Impl::Judge(Rejection rejection) {
  const auto seq = SeqOfGivenId(rejection.unsettled == nullptr ? rejection.id : rejection.unsettled->id());
  RETURN_IF_ERROR(seq);
  if (seq->has_value()) {
    RETURN_IF_ERROR(VisitEvent(**seq, [&](EventView stored) { rejection = IdConflict(stored); }));
  } else if (rejection.unsettled != nullptr) {
    NamesInBooks names(&books);
    auto read = rejection.unsettled->ReadAsNew(&names);
    RETURN_IF_ERROR(books.status());
    if (auto* precise = std::get_if<Rejection>(&read)) rejection = std::move(*precise);
  }
  return rejection;
}

Result<std::optional<uint64_t>> Ledger::Impl::IntroducedSince(const Rejection& rejection) {
  const std::optional<uint64_t> seq = books.FindIntroduction(rejection.missing_kind, rejection.missing);
  RETURN_IF_ERROR(books.status());
  return seq;
}

// What was recorded since they were loaded is little, and is folded into them here: in a transaction with what it has
// staged, which can be undone again.
Status Ledger::Impl::UseLoadedBooks() {
  if (!from_log->is_loaded()) return Status();
  Books all;
  auto position = from_log->TakeLoaded(&all);
  RETURN_IF_ERROR(position);
  const auto fold_before = [&](uint64_t end) -> Status {
    Status folded;
    for (uint64_t seq = *position + 1; seq < end && folded.ok(); seq++) {
      RETURN_IF_ERROR(VisitEvent(seq, [&](EventView event) { folded = Fold(all, event, seq); }));
      *position = seq;
    }
    return folded;
  };
  RETURN_IF_ERROR(fold_before(next_seq - gathering.events.size()));
  if (books.is_undo_recording()) all.StartUndo();
  RETURN_IF_ERROR(fold_before(next_seq));
  books = std::move(all);
  return Status();
}

void Ledger::Impl::Gather(Command* command, const Named& named) {
  command->SetSequence(next_seq, gathering.recorded_at);
  std::string bytes = command->TakeBytes();
  if (gathering.recorded_at.microseconds - gathering.clock.microseconds > kClockTolerance) {
    bytes = WithClockReading(EventView(bytes), gathering.clock);
  }
  const EventView event(gathering.events.emplace_back(std::move(bytes)));
  Evolve(books, event, named);
  ids.Insert(event.id(), next_seq);
  next_seq++;
}

Result<Outcome> Ledger::Impl::Admit(MadeCommand* command) {
  RETURN_IF_ERROR(UseLoadedBooks());
  if (auto* made = std::get_if<Command>(command)) return AdmitCommand(*made);
  auto judged = Judge(std::get<Rejection>(std::move(*command)));
  RETURN_IF_ERROR(judged);
  return Outcome(*std::move(judged));
}

Result<Outcome> Ledger::Impl::AdmitCommand(Command& command) {
  if (command.unsettled() != nullptr) {
    const auto outcome = Settle(&command);
    RETURN_IF_ERROR(outcome);
    if (outcome->has_value()) return **outcome;
  }
  const auto earlier = FindEarlier(command);
  RETURN_IF_ERROR(earlier);
  if (earlier->has_value()) return **earlier;
  if (command.gives_way() && command.event().info().customer == CustomerUse::kIntroduced) {
    const auto* customer = books.FindCustomer(command.event().customer()).As<Customer>();
    if (customer != nullptr) return Outcome(Duplicate{customer->seq, "", true});
  }
  Admitted admitted;
  auto refused = Decide(books, log->identity(), &command, &admitted);
  RETURN_IF_ERROR(refused);
  if (refused->has_value()) return Outcome(*std::move(*refused));

  for (const Command& each : admitted.preceding) {
    const auto taken = FindEarlier(each);
    RETURN_IF_ERROR(taken);
    if (taken->has_value()) {
      return Outcome(Rejection{
          RejectionCode::kIdConflict,
          fmt::format("it has to record an event with the id {}, which was used before", each.event().id()), "id"});
    }
  }
  // From here on nothing can be refused.
  if (gathering.events.empty()) {
    gathering.first_seq = next_seq;
    gathering.clock = options.clock();
    gathering.recorded_at = last_recorded_at = std::max(gathering.clock, last_recorded_at);
  }
  const uint64_t first_seq = next_seq;
  for (Command& each : admitted.preceding) Gather(&each, FindNamed(books, each.event()));
  Gather(&command, admitted.named);
  for (uint64_t seq = first_seq; seq < next_seq; seq++) books.PutAway();
  RETURN_IF_ERROR(books.status());
  return Outcome(Recorded{next_seq - 1, first_seq});
}

}  // namespace duebook
