// What events say beside what they move, as a cut sees it: facts that are dated up to its day, known at it, and not
// reversed by then.

#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

class VisibleFacts {
 public:
  // The history has the part kFacts, and must outlive it. Cost: one pass over the reversals.
  VisibleFacts(const History& history, const Cut& cut);

  // Visits the rows of facts of these types, in order of seq. Cost: one pass over the facts.
  template <class Visit>
  void ForEach(std::initializer_list<EventType> types, Visit&& visit) const {
    ForEachOrReversed(types, [&](uint32_t row) {
      if (!IsReversed(row)) visit(row);
    });
  }
  // The same of those, too, that were reversed by then.
  template <class Visit>
  void ForEachOrReversed(std::initializer_list<EventType> types, Visit&& visit) const {
    const History::Facts& facts = history_.facts;
    for (uint32_t row = 0; row < rows_; ++row) {
      if (IsOneOf(facts.type[row], types) && facts.date[row] <= day_) visit(row);
    }
  }
  bool IsReversed(uint32_t fact) const { return reversed_.size() > fact && reversed_[fact]; }

  // Visits the parts of a fact, in their order, by their rows in the history's fact_parts.
  template <class Visit>
  void ForEachPart(uint32_t fact, Visit&& visit) const {
    const ColumnView<uint32_t>& of_facts = history_.fact_parts.fact;
    for (size_t part = RowsBelow(of_facts, fact); part < of_facts.size() && of_facts[part] == fact; ++part) visit(part);
  }

 private:
  static bool IsOneOf(EventType type, std::initializer_list<EventType> types) {
    bool found = false;
    for (const EventType each : types) found = found || each == type;
    return found;
  }

  const History& history_;
  Date day_;
  uint32_t rows_;
  std::vector<bool> reversed_;  // by row, up to the last that is
};

// Returns whether the first of two facts counts for less than the second: of several that say the same of a customer or
// a document, the last by date and then by seq is in force.
inline bool IsEarlierFact(const History& history, uint32_t first, uint32_t second) {
  const History::Facts& facts = history.facts;
  if (facts.date[first] != facts.date[second]) return facts.date[first] < facts.date[second];
  return first < second;
}

}  // namespace duebook
