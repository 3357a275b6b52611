#include "ledger/event_index.h"

#include <algorithm>

#include "ledger/event_log.h"

namespace duebook {

namespace {

constexpr char kCustomerPrefix = 0x01;
constexpr char kDocumentPrefix = 0x02;
constexpr char kTypePrefix = 0x03;
constexpr char kIdPrefix = 0x04;

std::string IdKey(std::string_view id) {
  std::string key(1, kIdPrefix);
  return key.append(id);
}

// What begins with the event.
template <class Visit>
void ForEachKey(EventView event, Visit&& visit) {
  visit(IdKey(event.id()));
  if (event.type() == EventType::CustomerOpened) visit(CustomerKey(event.customer()));
  ForEachIntroduced(event, [&](DocumentKind kind, std::string_view number) { visit(DocumentKey(kind, number)); });
}

}  // namespace

std::string CustomerKey(std::string_view customer) {
  std::string key(1, kCustomerPrefix);
  return key.append(customer);
}

std::string DocumentKey(DocumentKind kind, std::string_view number) {
  std::string key{kDocumentPrefix, static_cast<char>(kind)};
  return key.append(number);
}

std::string TypeKey(EventType type) { return {kTypePrefix, static_cast<char>(type)}; }

void EventIndex::Add(EventView event) {
  const uint64_t seq = event.seq();
  position_ = seq;
  ForEachKey(event, [&](const std::string& key) { introduced_.Insert(key, seq); });
  types_[event.type()].push_back(seq);
  for (size_t i = 0; i < event.reference_count(); i++) {
    if (event.reference(i) != 0) referred_.emplace_back(event.reference(i), seq);
  }
}

Result<std::optional<uint64_t>> EventIndex::Introducing(std::string_view key, const EventLog& log) const {
  return introduced_.Find(key, [&](uint64_t seq) -> Result<bool> {
    bool is_it = false;
    RETURN_IF_ERROR(log.GetMany({seq}, [&](EventView event) {
      ForEachKey(event, [&](const std::string& own) { is_it = is_it || own == key; });
    }));
    return is_it;
  });
}

Result<std::optional<uint64_t>> EventIndex::FindEventId(std::string_view id, const EventLog& log) const {
  return Introducing(IdKey(id), log);
}

Result<std::vector<uint64_t>> EventIndex::Find(std::string_view key, const EventLog& log) {
  CHECK(!key.empty());
  if (key.front() == kTypePrefix) return types_[static_cast<EventType>(key.back())];
  const auto introducing = Introducing(key, log);
  RETURN_IF_ERROR(introducing);
  std::vector<uint64_t> seqs;
  if (!introducing->has_value()) return seqs;
  if (sorted_ < referred_.size()) std::sort(referred_.begin(), referred_.end());
  sorted_ = referred_.size();
  seqs.push_back(**introducing);
  auto reference = std::lower_bound(referred_.begin(), referred_.end(), std::pair(**introducing, uint64_t{0}));
  for (; reference != referred_.end() && reference->first == **introducing; ++reference) {
    if (reference->second != seqs.back()) seqs.push_back(reference->second);
  }
  return seqs;
}

}  // namespace duebook
