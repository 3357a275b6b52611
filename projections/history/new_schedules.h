// The schedules of invoices that were rescheduled, which are few: what falls due when of what is open, from a day on.
//
// A schedule is in force from its date on until a later one is, or until the day before it is reversed; of those in
// force on a day the last one by date and seq counts. Debit notes that were recorded after it or are dated after it are
// not in it: they fall due with its last part.

#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

class NewSchedules {
 public:
  // An event, and the one that reversed it, if one did.
  struct Said {
    uint64_t seq = 0;
    Date date;
    uint64_t reversed_seq = std::numeric_limits<uint64_t>::max();
    Date reversed;

    bool is_reversed() const { return reversed_seq != std::numeric_limits<uint64_t>::max(); }
    // Returns whether it counts; `sees(date, seq)` says which events do.
    template <class Sees>
    bool Counts(const Sees& sees) const {
      return sees(date, seq) && !(is_reversed() && sees(reversed, reversed_seq));
    }
  };
  struct Schedule : Said {
    std::vector<Date> dues;  // ascending
    std::vector<Minor> amounts;
  };
  struct DebitNote : Said {
    Minor amount = 0;
  };
  struct OfItem {
    uint32_t item = 0;
    std::vector<Schedule> schedules;     // in order of seq
    std::vector<DebitNote> debit_notes;  // likewise
  };
  // What is in force: no schedule is null, and then the one as issued is.
  struct InForce {
    const Schedule* schedule = nullptr;
    Sum beside = 0;  // debit notes that are not in it
  };

  // Those that are known at `known`, of a history that has HistoryPart::kFacts. Cost: a pass over the types of facts;
  // where there is no schedule, no more.
  NewSchedules(const History& history, uint64_t known);

  // In order of item.
  const std::vector<OfItem>& items() const { return items_; }
  // Null if the item never had one.
  const OfItem* Find(uint32_t item) const;

  template <class Sees>
  static InForce Of(const OfItem& item, const Sees& sees) {
    InForce in_force;
    for (const Schedule& each : item.schedules) {
      const bool is_later = in_force.schedule == nullptr || each.date >= in_force.schedule->date;
      if (is_later && each.Counts(sees)) in_force.schedule = &each;
    }
    if (in_force.schedule == nullptr) return in_force;
    for (const DebitNote& note : item.debit_notes) {
      const bool is_beside = note.seq > in_force.schedule->seq || note.date > in_force.schedule->date;
      if (is_beside && note.Counts(sees)) in_force.beside += note.amount;
    }
    return in_force;
  }

 private:
  void AddSchedules(const History& history, size_t facts);
  void AddDebitNotes(const History& history, size_t facts);
  void AddReversals(const History& history, uint64_t known);

  std::vector<OfItem> items_;
};

}  // namespace duebook
