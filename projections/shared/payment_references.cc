#include "projections/shared/payment_references.h"

namespace duebook {

Result<std::unordered_map<uint64_t, std::string>> ReferencesOf(const EventLog& log, const std::vector<uint64_t>& seqs) {
  std::unordered_map<uint64_t, std::string> references;
  RETURN_IF_ERROR(log.GetMany(seqs, [&](EventView event) {
    if (event.type() != EventType::PaymentReceived) return;
    const std::string_view reference = EventView::Text(event.body<schema::PaymentReceived>().reference());
    if (!reference.empty()) references.emplace(event.seq(), reference);
  }));
  return references;
}

}  // namespace duebook
