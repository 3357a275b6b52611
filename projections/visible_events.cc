#include "projections/visible_events.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace duebook {

std::vector<uint64_t> MergeSeqs(std::vector<uint64_t> a, const std::vector<uint64_t>& b) {
  const auto middle = static_cast<ptrdiff_t>(a.size());
  a.insert(a.end(), b.begin(), b.end());
  std::inplace_merge(a.begin(), a.begin() + middle, a.end());
  a.erase(std::unique(a.begin(), a.end()), a.end());
  return a;
}

Result<std::vector<uint64_t>> SeqsOfTypes(const EventLog& log, std::initializer_list<EventType> types) {
  std::vector<uint64_t> seqs;
  for (const EventType type : types) {
    auto found = log.Find(TypeKey(type));
    RETURN_IF_ERROR(found);
    seqs = MergeSeqs(std::move(seqs), *found);
  }
  return seqs;
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

Status ForEachVisible(const EventLog& log, const std::vector<uint64_t>& seqs, const Cut& cut,
                      const std::function<void(EventView)>& visit) {
  const auto end = std::upper_bound(seqs.begin(), seqs.end(), cut.known);
  return log.GetMany(std::vector<uint64_t>(seqs.begin(), end), [&](EventView event) {
    if (cut.Sees(event.date(), event.seq())) visit(event);
  });
}

Result<std::vector<std::string>> CustomersWith(const ReportRequest& request, const Cut& cut, EventType type) {
  if (!request.customers.empty()) return request.customers;
  auto seqs = SeqsOfTypes(*request.log, {type});
  RETURN_IF_ERROR(seqs);
  std::set<std::string, std::less<>> customers;
  RETURN_IF_ERROR(ForEachVisible(*request.log, *seqs, cut, [&](EventView event) {
    if (!customers.contains(event.customer())) customers.emplace(event.customer());
  }));
  return std::vector<std::string>(customers.begin(), customers.end());
}

}  // namespace duebook
