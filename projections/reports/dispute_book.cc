#include "projections/reports/dispute_book.h"

#include <unordered_map>

#include "projections/history/visible_facts.h"

namespace duebook {

namespace {

std::vector<JudgedDispute> VisibleDisputes(const History& history, const Cut& cut) {
  const History::Disputes& disputes = history.disputes;
  std::vector<JudgedDispute> visible;
  const size_t rows = RowsKnown(disputes.seq, cut.known);
  for (uint32_t row = 0; row < rows; ++row) {
    if (disputes.date[row] > cut.effective) continue;
    visible.push_back({.row = row,
                       .item = disputes.item[row],
                       .date = disputes.date[row],
                       .amount = disputes.amount[row],
                       .kind = disputes.kind[row],
                       .owner = disputes.owner[row]});
  }
  return visible;
}

// The disputes by their rows.
class ByRow {
 public:
  explicit ByRow(std::vector<JudgedDispute>* disputes) : disputes_(disputes) {}
  // Null if the cut does not see the dispute of this row.
  JudgedDispute* Find(uint32_t row) const {
    const auto found = std::lower_bound(disputes_->begin(), disputes_->end(), row,
                                        [](const JudgedDispute& each, uint32_t of_row) { return each.row < of_row; });
    return found == disputes_->end() || found->row != row ? nullptr : &*found;
  }

 private:
  std::vector<JudgedDispute>* disputes_;
};

void Resolve(const History& history, const Cut& cut, const ByRow& disputes) {
  const History::DisputeResolutions& resolutions = history.resolutions;
  const size_t rows = RowsKnown(resolutions.seq, cut.known);
  for (size_t row = 0; row < rows; ++row) {
    if (resolutions.date[row] > cut.effective) continue;
    JudgedDispute* dispute = disputes.Find(resolutions.dispute[row]);
    if (dispute == nullptr) continue;
    dispute->resolved = resolutions.date[row];
    dispute->outcome = resolutions.outcome[row];
    dispute->upheld = resolutions.upheld[row];
  }
}

// The last one by date, then seq, is the owner; whoever the opening names comes before all of them.
void Assign(const History& history, const VisibleFacts& facts, const ByRow& disputes) {
  std::unordered_map<const JudgedDispute*, uint32_t> assigned;  // by which fact
  facts.ForEach({EventType::DisputeAssigned}, [&](uint32_t row) {
    JudgedDispute* dispute = disputes.Find(RowOf(history.disputes.seq, history.facts.subject[row]));
    if (dispute == nullptr) return;
    const auto [before, is_first] = assigned.emplace(dispute, row);
    if (!is_first && !IsEarlierFact(history, before->second, row)) return;
    before->second = row;
    dispute->owner = history.facts.key[row];
  });
}

void Credit(const History& history, const VisibleFacts& facts, const ByRow& disputes) {
  facts.ForEach({EventType::CreditNoteIssued}, [&](uint32_t row) {
    JudgedDispute* dispute = disputes.Find(RowOf(history.disputes.seq, history.facts.subject[row]));
    if (dispute != nullptr) dispute->credited += history.facts.amount[row];
  });
}

void ShareWhatIsOpen(const ItemBalances& balances, std::vector<JudgedDispute>& disputes) {
  std::unordered_map<uint32_t, Sum> left;  // by item
  for (JudgedDispute& dispute : disputes) {
    if (dispute.resolved.has_value()) continue;
    Sum& of_invoice = left.emplace(dispute.item, balances[dispute.item]).first->second;
    dispute.open = std::min(Sum{dispute.amount}, of_invoice);
    of_invoice -= dispute.open;
  }
}

}  // namespace

std::vector<JudgedDispute> JudgeDisputes(const History& history, const Cut& cut, const ItemBalances& balances) {
  std::vector<JudgedDispute> disputes = VisibleDisputes(history, cut);
  if (disputes.empty()) return disputes;
  const ByRow by_row(&disputes);
  Resolve(history, cut, by_row);
  const VisibleFacts facts(history, cut);
  Assign(history, facts, by_row);
  Credit(history, facts, by_row);
  ShareWhatIsOpen(balances, disputes);
  return disputes;
}

}  // namespace duebook
