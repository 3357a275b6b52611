#include "projections/history/new_schedules.h"

#include <algorithm>
#include <map>

namespace duebook {
namespace {

// Returns the rows of these facts' parts.
std::pair<size_t, size_t> PartsOf(const History& history, size_t fact) {
  return {RowsBelow(history.fact_parts.fact, static_cast<uint32_t>(fact)),
          RowsBelow(history.fact_parts.fact, static_cast<uint32_t>(fact + 1))};
}

template <class Each>
Each* FindSaid(std::vector<Each>& all, uint64_t seq) {
  const auto found =
      std::lower_bound(all.begin(), all.end(), seq, [](const Each& each, uint64_t other) { return each.seq < other; });
  return found == all.end() || found->seq != seq ? nullptr : &*found;
}

// `items` are OfItem, const or not.
template <class Items>
auto* FindItem(Items& items, uint32_t item) {
  const auto found = std::lower_bound(items.begin(), items.end(), item,
                                      [](const auto& each, uint32_t other) { return each.item < other; });
  return found == items.end() || found->item != item ? nullptr : &*found;
}

void Reverse(NewSchedules::Said* said, uint64_t seq, Date date) {
  if (said == nullptr) return;
  said->reversed_seq = seq;
  said->reversed = date;
}

}  // namespace

NewSchedules::NewSchedules(const History& history, uint64_t known) {
  const size_t facts = RowsKnown(history.facts.seq, known);
  AddSchedules(history, facts);
  if (items_.empty()) return;
  AddDebitNotes(history, facts);
  AddReversals(history, known);
}

void NewSchedules::AddSchedules(const History& history, size_t facts) {
  std::map<uint32_t, std::vector<Schedule>> schedules;
  for (size_t fact = 0; fact < facts; ++fact) {
    if (history.facts.type[fact] != EventType::InvoiceRescheduled) continue;
    Schedule schedule;
    schedule.seq = history.facts.seq[fact];
    schedule.date = history.facts.date[fact];
    const auto [begin, end] = PartsOf(history, fact);
    if (begin == end || history.fact_parts.item[begin] == kNoItem) continue;  // only in columns that were forged
    for (size_t part = begin; part < end; ++part) {
      schedule.dues.push_back(history.fact_parts.day[part]);
      schedule.amounts.push_back(history.fact_parts.amount[part]);
    }
    schedules[history.fact_parts.item[begin]].push_back(std::move(schedule));
  }
  for (auto& [item, of_item] : schedules) items_.push_back({item, std::move(of_item), {}});
}

void NewSchedules::AddDebitNotes(const History& history, size_t facts) {
  for (size_t fact = 0; fact < facts; ++fact) {
    if (history.facts.type[fact] != EventType::DebitNoteIssued) continue;
    OfItem* of_item = FindItem(items_, history.ItemAt(history.facts.subject[fact]));
    if (of_item == nullptr) continue;
    DebitNote note;
    note.seq = history.facts.seq[fact];
    note.date = history.facts.date[fact];
    note.amount = history.facts.amount[fact];
    of_item->debit_notes.push_back(note);
  }
}

void NewSchedules::AddReversals(const History& history, uint64_t known) {
  const History::FactReversals& reversals = history.fact_reversals;
  for (size_t row = 0; row < RowsKnown(reversals.seq, known); ++row) {
    const uint32_t fact = reversals.fact[row];
    OfItem* of_item = FindItem(items_, history.ItemAt(history.facts.subject[fact]));
    if (of_item == nullptr) continue;
    const uint64_t seq = history.facts.seq[fact];
    Reverse(FindSaid(of_item->schedules, seq), reversals.seq[row], reversals.date[row]);
    Reverse(FindSaid(of_item->debit_notes, seq), reversals.seq[row], reversals.date[row]);
  }
}

const NewSchedules::OfItem* NewSchedules::Find(uint32_t item) const { return FindItem(items_, item); }

}  // namespace duebook
