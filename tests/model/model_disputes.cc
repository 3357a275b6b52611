// Disputes in the reference model: what is open of them, what was found right, and what was credited.

#include <algorithm>

#include "tests/model/model.h"

namespace duebook::model {

const Fact* Model::Resolution(const Fact& dispute, const Cut& cut) const {
  for (const Fact* fact : Visible(cut)) {
    if (fact->type == "DisputeResolved" && fact->dispute == dispute.number) return fact;
  }
  return nullptr;
}

Wide Model::Upheld(const Fact& dispute, const Fact& resolution) {
  return resolution.upheld.value_or(resolution.outcome == "upheld" ? dispute.amount : 0);
}

Wide Model::CreditedFor(const Fact& dispute, const Cut& cut) const {
  Wide credited = 0;
  for (const Fact* fact : Visible(cut)) {
    const bool for_it = fact->type == "CreditNoteIssued" && fact->dispute == dispute.number;
    if (for_it && !Undone(*fact, cut)) credited += fact->amount;
  }
  return credited;
}

// Disputes on one invoice share what is open of it, in the order in which they were recorded.
std::map<std::string, DisputeRow> Model::Disputes(const Cut& cut) const {
  std::map<std::string, DisputeRow> rows;
  std::map<std::string, Wide> shared;  // by invoice
  for (const Fact* fact : Visible(cut)) {
    if (fact->type != "DisputeOpened") continue;
    DisputeRow& row = rows[fact->number];
    row.kind = fact->kind;
    row.owner = fact->owner;
    const Fact* assigned = nullptr;
    for (const Fact* other : Visible(cut)) {
      if (other->type != "DisputeAssigned" || other->dispute != fact->number) continue;
      if (assigned == nullptr || other->date >= assigned->date) assigned = other;
    }
    if (assigned != nullptr) row.owner = assigned->owner;
    row.credited = CreditedFor(*fact, cut);
    const Fact* resolution = Resolution(*fact, cut);
    row.state = resolution == nullptr ? "open" : "resolved";
    row.upheld = resolution == nullptr ? 0 : Upheld(*fact, *resolution);
    if (resolution != nullptr) continue;
    row.open = std::min(fact->amount, Open(*Find("InvoiceIssued", fact->invoice), cut) - shared[fact->invoice]);
    shared[fact->invoice] += row.open;
  }
  return rows;
}

}  // namespace duebook::model
