// Several calls that become durable together, or not at all.

#include "ledger/ledger_impl.h"

namespace duebook {

struct Ledger::Transaction::State {
  Ledger* ledger;
  std::unique_lock<std::mutex> lock;  // of decide_mutex
  uint64_t next_seq;                  // before the transaction
  Time last_recorded_at;
};

Ledger::Transaction::Transaction(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ledger::Transaction::Transaction(Transaction&&) noexcept = default;

Result<Ledger::Transaction> Ledger::Begin() {
  while (true) {
    RETURN_IF_ERROR(impl_->Accepts());
    std::unique_lock lock(impl_->decide_mutex);
    const uint64_t earlier = impl_->gathering.number - (impl_->gathering.events.empty() ? 1 : 0);
    if (impl_->gathering.events.empty() && impl_->committing == nullptr) {
      impl_->books.StartUndo();
      auto state = std::make_unique<Transaction::State>();
      *state = {this, std::move(lock), impl_->next_seq, impl_->last_recorded_at};
      return Transaction(std::move(state));
    }
    lock.unlock();
    RETURN_IF_ERROR(WaitUntilDurable(earlier));
  }
}

Result<Outcome> Ledger::Transaction::Stage(MadeCommand command) {
  CHECK(state_ != nullptr && state_->lock.owns_lock());
  Impl& impl = *state_->ledger->impl_;
  Result<Outcome> outcome = impl.Admit(&command);
  if (!outcome.ok()) return impl.Fail(outcome.error());
  return outcome;
}

Status Ledger::Transaction::Visit(uint64_t seq, const std::function<void(EventView)>& visit) const {
  CHECK(state_ != nullptr && state_->lock.owns_lock());
  return state_->ledger->impl_->VisitEvent(seq, visit);
}

Result<std::optional<uint64_t>> Ledger::Transaction::IntroducedSince(const Rejection& rejection) const {
  CHECK(state_ != nullptr && state_->lock.owns_lock());
  return state_->ledger->impl_->IntroducedSince(rejection);
}

Status Ledger::Transaction::Commit() {
  CHECK(state_ != nullptr && state_->lock.owns_lock());
  Ledger* ledger = state_->ledger;
  const Batch& gathering = ledger->impl_->gathering;
  const uint64_t commit = gathering.number - (gathering.events.empty() ? 1 : 0);
  ledger->impl_->books.StopUndo();
  state_->lock.unlock();
  state_.reset();
  return ledger->WaitUntilDurable(commit);
}

Ledger::Transaction::~Transaction() {
  if (state_ == nullptr) return;
  Impl& impl = *state_->ledger->impl_;
  impl.books.Rollback();
  for (size_t i = impl.gathering.events.size(); i-- > 0;) {
    impl.ids.TakeBack(EventView(impl.gathering.events[i]).id(), impl.gathering.first_seq + i);
  }
  const uint64_t number = impl.gathering.number;
  impl.gathering = Batch();
  impl.gathering.number = number;
  impl.next_seq = state_->next_seq;
  impl.last_recorded_at = state_->last_recorded_at;
}

}  // namespace duebook
