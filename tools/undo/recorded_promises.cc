#include "tools/undo/recorded_promises.h"

#include <algorithm>
#include <iterator>

namespace duebook {

namespace {

Date DueOf(EventView promise) { return DateOf(*promise.body<schema::PromiseMade>().due()); }

}  // namespace

Result<RecordedPromises> RecordedPromises::Read(const EventLog& log, uint64_t first, uint64_t last) {
  const auto withdrawals = log.FindOfType(EventType::PromiseWithdrawn);
  RETURN_IF_ERROR(withdrawals);
  RecordedPromises recorded;
  std::vector<uint64_t>& withdrawn = recorded.withdrawn_;
  RETURN_IF_ERROR(log.GetMany(*withdrawals, [&](EventView event) { withdrawn.push_back(event.Referred("promise")); }));
  std::sort(withdrawn.begin(), withdrawn.end());
  auto promises = log.FindOfType(EventType::PromiseMade);
  RETURN_IF_ERROR(promises);
  std::erase_if(*promises, [&](uint64_t seq) { return (seq >= first && seq <= last) || recorded.IsWithdrawn(seq); });
  RETURN_IF_ERROR(log.GetMany(*promises, [&](EventView event) { recorded.Add(event); }));
  return recorded;
}

bool RecordedPromises::IsWithdrawn(uint64_t promise) const {
  return std::binary_search(withdrawn_.begin(), withdrawn_.end(), promise);
}

void RecordedPromises::Add(EventView promise) {
  const Made made{DueOf(promise), promise.seq()};
  for (const std::string& subject : SubjectsOf(promise)) {
    Made& latest = others_[subject].try_emplace(promise.date(), made).first->second;
    if (made.due > latest.due) latest = made;
  }
}

std::vector<std::string> RecordedPromises::SubjectsOf(EventView promise) {
  std::vector<std::string> subjects;
  for (const uint64_t invoice : promise.AllReferred("invoices")) subjects.push_back(std::to_string(invoice));
  if (subjects.empty()) subjects.push_back(promise.currency().ToString() + CustomerKey(promise.customer()));
  return subjects;
}

// A promise is superseded by the first that is made on a later day, so that only those of the last day before this one
// can have lost their place to it, unless another of its own day took that as well.
std::optional<uint64_t> RecordedPromises::SupersededBy(EventView promise) const {
  for (const std::string& subject : SubjectsOf(promise)) {
    const auto found = others_.find(subject);
    if (found == others_.end()) continue;
    const std::map<Date, Made>& days = found->second;
    const auto same_day_or_later = days.lower_bound(promise.date());
    if (same_day_or_later == days.begin()) continue;
    if (same_day_or_later != days.end() && same_day_or_later->first == promise.date()) continue;
    const Made& before = std::prev(same_day_or_later)->second;
    if (before.due >= promise.date()) return before.seq;
  }
  return std::nullopt;
}

}  // namespace duebook
