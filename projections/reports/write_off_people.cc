#include "projections/reports/write_off_people.h"

#include <utility>

#include "ledger/command/spelling.h"
#include "projections/history/customer_attribute.h"

namespace duebook {

WriteOffPeople::WriteOffPeople(History history, const Cut& cut) : history_(std::move(history)) {
  for (const uint32_t row : RowsOfAttribute(history_, cut, kSalespersonAttribute)) {
    assignments_[history_.attributes.customer[row]].push_back(row);
  }
  const History::Items& items = history_.items;
  const size_t known_items = RowsKnown(items.seq, cut.known);
  for (uint32_t item = 0; item < known_items; ++item) {
    const bool is_payment = items.kind[item] == ItemKind::kPayment && items.date[item] <= cut.effective;
    if (is_payment) payments_[items.customer[item]].push_back(item);
  }
}

const std::vector<uint32_t>* WriteOffPeople::RowsOf(const RowsOfCustomers& rows, uint64_t customer_seq) const {
  const auto found = rows.find(history_.CustomerAt(customer_seq));
  return found == rows.end() ? nullptr : &found->second;
}

std::optional<WriteOffPeople::Said> WriteOffPeople::SalespersonOn(uint64_t customer_seq, Date day,
                                                                  uint64_t before) const {
  const History::Attributes& assignments = history_.attributes;
  const std::vector<uint32_t>* rows = RowsOf(assignments_, customer_seq);
  std::optional<uint32_t> last;
  for (size_t i = 0; rows != nullptr && i < rows->size(); ++i) {
    const uint32_t row = (*rows)[i];
    if (assignments.seq[row] >= before) break;
    const Date date = assignments.date[row];
    if (date <= day && (!last.has_value() || date >= assignments.date[*last])) last = row;
  }
  if (!last.has_value()) return std::nullopt;
  return Said{Nfc(assignments.value[*last]), assignments.seq[*last]};
}

uint64_t WriteOffPeople::FirstPaymentBy(uint64_t customer_seq, std::string_view user, uint64_t before) {
  const History::Items& items = history_.items;
  const std::vector<uint32_t>* rows = RowsOf(payments_, customer_seq);
  Recorders& recorders = recorders_[customer_seq];
  for (; rows != nullptr && recorders.next < rows->size(); ++recorders.next) {
    const uint32_t item = (*rows)[recorders.next];
    if (items.seq[item] >= before) break;
    recorders.first_seqs.emplace(Nfc(history_.people.name[items.recorder[item]]), items.seq[item]);
  }
  const auto found = recorders.first_seqs.find(user);
  return found == recorders.first_seqs.end() ? 0 : found->second;
}

}  // namespace duebook
