#include "tools/server/warm_ledger.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "projections/history/stored_history.h"

namespace duebook {

WarmLedger::WarmLedger(std::unique_ptr<Ledger> ledger, std::shared_ptr<GrowingHistory> history)
    : ledger_(std::move(ledger)), history_(std::move(history)), columns_(history_), newest_(history_->position()) {}

Result<std::unique_ptr<WarmLedger>> WarmLedger::Make(std::unique_ptr<Ledger> ledger) {
  auto stored = LoadStoredHistory(ledger->log(), kAllHistoryParts);
  RETURN_IF_ERROR(stored);
  RETURN_IF_ERROR(stored->history->CatchUp(ledger->log()));
  return std::unique_ptr<WarmLedger>(new WarmLedger(std::move(ledger), std::move(stored->history)));
}

Status WarmLedger::Publish() {
  const std::lock_guard lock(publishing_);
  RETURN_IF_ERROR(history_->CatchUp(ledger_->log()));
  if (history_->position() == newest()) return Status();
  newest_.store(history_->position(), std::memory_order_release);
  if (told_) told_(newest());
  return Status();
}

Result<std::vector<Outcome>> WarmLedger::Record(std::span<MadeCommand> commands) {
  auto outcomes = ledger_->Record(commands);
  RETURN_IF_ERROR(outcomes);
  RETURN_IF_ERROR(Publish());
  return outcomes;
}

namespace {

// The events behind `known` that are about one of the customers of what is staged.
Result<std::vector<uint64_t>> NewerThan(uint64_t known, const EventLog& log, const Ledger::Transaction& staging,
                                        const std::vector<Outcome>& outcomes) {
  std::set<std::string> customers;
  for (const Outcome& outcome : outcomes) {
    const auto* staged = std::get_if<Recorded>(&outcome);
    if (staged == nullptr) continue;
    RETURN_IF_ERROR(staging.Visit(staged->seq, [&](EventView event) { customers.emplace(event.customer()); }));
  }
  std::vector<uint64_t> newer;
  for (const std::string& customer : customers) {
    if (customer.empty()) continue;
    const auto seqs = log.Find(CustomerKey(customer));
    RETURN_IF_ERROR(seqs);
    std::copy(std::upper_bound(seqs->begin(), seqs->end(), known), seqs->end(), std::back_inserter(newer));
  }
  std::sort(newer.begin(), newer.end());
  return newer;
}

}  // namespace

Result<WarmLedger::Answered> WarmLedger::RecordOn(const Terms& terms, std::span<MadeCommand> commands) {
  auto staging = ledger_->Begin();
  RETURN_IF_ERROR(staging);
  Answered answered;
  bool is_refused = false;
  for (MadeCommand& command : commands) {
    auto outcome = staging->Stage(std::move(command));
    RETURN_IF_ERROR(outcome);
    is_refused = is_refused || std::holds_alternative<Rejection>(*outcome);
    answered.outcomes.push_back(*std::move(outcome));
  }
  if (terms.if_known.has_value()) {
    auto newer = NewerThan(*terms.if_known, log(), *staging, answered.outcomes);
    RETURN_IF_ERROR(newer);
    answered.newer = *std::move(newer);
  }
  if (terms.only_rehearsed || !answered.newer.empty() || (terms.all_or_nothing && is_refused)) return answered;
  RETURN_IF_ERROR(staging->Commit());
  RETURN_IF_ERROR(Publish());
  answered.recorded = true;
  return answered;
}

}  // namespace duebook
