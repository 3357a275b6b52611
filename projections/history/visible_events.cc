#include "projections/history/visible_events.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "ledger/log/derived/damaged.h"
#include "projections/history/stored_history.h"

namespace duebook {
std::vector<uint64_t> MergeSeqs(std::vector<uint64_t> a, const std::vector<uint64_t>& b) {
  const auto middle = static_cast<ptrdiff_t>(a.size());
  a.insert(a.end(), b.begin(), b.end());
  std::inplace_merge(a.begin(), a.begin() + middle, a.end());
  a.erase(std::unique(a.begin(), a.end()), a.end());
  return a;
}

Result<std::vector<uint64_t>> SeqsOfCustomers(const EventLog& log, const std::vector<std::string>& customers) {
  std::vector<uint64_t> seqs;
  for (const std::string& customer : customers) {
    auto found = log.Find(CustomerKey(customer));
    RETURN_IF_ERROR(found);
    if (found->empty()) return Error{ErrorCode::kNotFound, "there is no customer " + customer, ""};
    seqs.insert(seqs.end(), found->begin(), found->end());
  }
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  return seqs;
}

Result<std::vector<uint64_t>> SeqsOfTypes(const EventLog& log, const std::vector<EventType>& types,
                                          const std::vector<std::string>& customers) {
  std::vector<uint64_t> of_types;
  for (const EventType type : types) {
    auto found = log.Find(TypeKey(type));
    RETURN_IF_ERROR(found);
    of_types = MergeSeqs(std::move(of_types), *found);
  }
  if (customers.empty()) return of_types;
  const auto of_customers = SeqsOfCustomers(log, customers);
  RETURN_IF_ERROR(of_customers);
  std::vector<uint64_t> seqs;
  std::set_intersection(of_types.begin(), of_types.end(), of_customers->begin(), of_customers->end(),
                        std::back_inserter(seqs));
  return seqs;
}

Status ForEachVisible(const EventLog& log, const std::vector<uint64_t>& seqs, const Cut& cut,
                      const std::function<void(EventView)>& visit) {
  const auto end = std::upper_bound(seqs.begin(), seqs.end(), cut.known);
  return log.GetMany(std::vector<uint64_t>(seqs.begin(), end), [&](EventView event) {
    if (cut.Sees(event.date(), event.seq())) visit(event);
  });
}

Status ForEachOfType(const EventLog& log, EventType type, const std::vector<uint64_t>& seqs,
                     const std::function<void(EventView)>& visit) {
  bool is_of_another = false;
  RETURN_IF_ERROR(log.GetMany(seqs, [&](EventView event) {
    if (event.type() == type) return visit(event);
    is_of_another = true;
  }));
  if (!is_of_another) return Status();
  return DamagedDerived(fmt::format("the history in {} has an event under a type that is not its own",
                                    StoredColumns::FolderOf(log, kStoredHistory).string()));
}

}  // namespace duebook
