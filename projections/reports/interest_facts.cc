#include "projections/reports/interest_facts.h"

#include <map>

#include "ledger/events/debit_note_kinds.h"

namespace duebook {
namespace {

// Returns, by row of disputes, how each ended that the cut sees resolved: the row of its resolution.
std::vector<std::optional<size_t>> ResolutionsOf(const History& history, const Cut& cut, size_t disputes) {
  std::vector<std::optional<size_t>> resolutions(disputes);
  for (size_t row = 0; row < RowsKnown(history.resolutions.seq, cut.known); ++row) {
    if (history.resolutions.date[row] <= cut.effective) resolutions[history.resolutions.dispute[row]] = row;
  }
  return resolutions;
}

// Returns what was credited for each dispute, by the seq of its event.
std::multimap<uint64_t, SpannedAmount> CreditsOf(const History& history, const Cut& cut, const FactSpans& spans) {
  std::multimap<uint64_t, SpannedAmount> credits;
  for (uint32_t fact = 0; fact < RowsKnown(history.facts.seq, cut.known); ++fact) {
    if (history.facts.type[fact] != EventType::CreditNoteIssued || history.facts.date[fact] > cut.effective) continue;
    credits.emplace(history.facts.subject[fact], spans.Of(fact));
  }
  return credits;
}

}  // namespace

InterestFacts::InterestFacts(const History& history, const Cut& cut) : is_void(history.items.seq.size()) {
  const FactSpans spans(history, {Date::Max(), cut.known});
  const History::Facts& facts = history.facts;
  for (uint32_t fact = 0; fact < RowsKnown(facts.seq, cut.known); ++fact) {
    const EventType type = facts.type[fact];
    if (type != EventType::InvoiceVoided && type != EventType::DebitNoteIssued) continue;
    const uint32_t item = history.ItemAt(facts.subject[fact]);
    if (item == kNoItem) continue;  // only in columns that were forged
    if (type == EventType::InvoiceVoided) {
      if (facts.date[fact] <= cut.effective) is_void[item] = true;
    } else if (facts.key[fact] == kInterestNote || facts.key[fact] == kChargeNote) {
      notes.Add(item, {spans.Of(fact), facts.key[fact] == kInterestNote});
    }
  }
  notes.Finish();
  const History::Disputes& all = history.disputes;
  const size_t known = RowsKnown(all.seq, cut.known);
  const std::vector<std::optional<size_t>> resolutions = ResolutionsOf(history, cut, known);
  const std::multimap<uint64_t, SpannedAmount> credits = CreditsOf(history, cut, spans);
  for (size_t row = 0; row < known; ++row) {
    if (all.date[row] > cut.effective) continue;
    Dispute dispute{all.date[row], all.amount[row], {}};
    if (resolutions[row].has_value()) {
      dispute.held_back = history.resolutions.upheld[*resolutions[row]];
      const auto [begin, end] = credits.equal_range(all.seq[row]);
      for (auto credit = begin; credit != end; ++credit) dispute.credited.push_back(credit->second);
    }
    if (dispute.held_back > 0) disputes.Add(all.item[row], std::move(dispute));
  }
  disputes.Finish();
}

}  // namespace duebook
