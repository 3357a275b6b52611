#include "projections/reports/write_off_people.h"

#include <utility>

#include "ledger/command/spelling.h"

namespace duebook {

WriteOffPeople::WriteOffPeople(History history, const Cut& cut)
    : history_(std::move(history)), salespeople_(history_, cut, kSalespersonAttribute) {
  const History::Items& items = history_.items;
  const size_t known_items = RowsKnown(items.seq, cut.known);
  for (uint32_t item = 0; item < known_items; ++item) {
    const bool is_payment = items.kind[item] == ItemKind::kPayment && items.date[item] <= cut.effective;
    if (is_payment) payments_[items.customer[item]].push_back(item);
  }
}

std::optional<WriteOffPeople::Said> WriteOffPeople::SalespersonOn(uint64_t customer_seq, Date day,
                                                                  uint64_t before) const {
  const uint32_t customer = history_.CustomerAt(customer_seq);
  if (customer == kNoItem) return std::nullopt;
  const auto row = salespeople_.RowOn(customer, day, before);
  if (!row.has_value()) return std::nullopt;
  return Said{Nfc(history_.attributes.value[*row]), history_.attributes.seq[*row]};
}

uint64_t WriteOffPeople::FirstPaymentBy(uint64_t customer_seq, std::string_view user, uint64_t before) {
  const History::Items& items = history_.items;
  const std::vector<uint32_t>& payments = payments_[history_.CustomerAt(customer_seq)];
  Recorders& recorders = recorders_[customer_seq];
  for (; recorders.next < payments.size(); ++recorders.next) {
    const uint32_t item = payments[recorders.next];
    if (items.seq[item] >= before) break;
    recorders.first_seqs.emplace(Nfc(history_.people.name[items.recorder[item]]), items.seq[item]);
  }
  const auto found = recorders.first_seqs.find(user);
  return found == recorders.first_seqs.end() ? 0 : found->second;
}

}  // namespace duebook
