// The cash that came in, for promises to take from: pools of payments or of their applications, by invoice and by
// customer. A payment is one sum, however often it was applied: what one pool gives of it no other pool has any more.

#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"
#include "projections/reports/cash_pool.h"

namespace duebook {

class PromiseCash {
 public:
  // The history must outlive it.
  explicit PromiseCash(const History& history);

  // The number of the pool of what was applied to this invoice, or of what this customer paid in this currency; a new
  // pool if nobody asked for it before.
  uint32_t OfInvoice(uint32_t item);
  uint32_t OfCustomer(uint32_t customer, Currency currency);
  size_t pools() const { return pools_.size(); }

  // Fills the pools that were asked for with the cash that the cut sees. To be called once, before any is taken. Cost:
  // a pass over the history, and sorting that cash.
  void Gather(const Cut& cut);

  // What somebody would take of these pools (each once), of the days from `first` to `last`.
  struct Wish {
    const std::vector<uint32_t>* pools;
    Date first, last;
    Minor amount;
    bool whole;  // or else nothing
  };
  // Takes the oldest cash, and says how much it is. Cost: the logarithm of the pools' size for each sum taken.
  Minor Take(const Wish& wish);

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Place {
    uint32_t pool = kNone;
    size_t place = 0;
  };

  static uint64_t KeyOf(uint32_t customer, Currency currency) { return uint64_t{customer} << 32 | currency.packed(); }
  void AddPayments(const Cut& cut);
  void AddApplications(const Cut& cut);
  // The oldest cash that the wish asks for and that is there, as far as the amount goes.
  std::vector<std::pair<Place, Minor>> Find(const Wish& wish);
  void Lower(Place place, Minor amount);
  Minor ClippedLeft(Place place);

  const History* history_;
  std::vector<CashPool> pools_;
  std::vector<uint32_t> pool_of_invoice_;                    // by item
  std::unordered_map<uint64_t, uint32_t> pool_of_customer_;  // by KeyOf
  std::vector<Minor> left_;                                  // of each payment, by item
  std::vector<Place> place_of_payment_;                      // in its customer's pool, likewise
};

}  // namespace duebook
