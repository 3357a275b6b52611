// Accounts that answer at once what a credit policy asks of a customer on any day: its balance, what is shipped and not
// invoiced, what secures it, what is overdue. An account is made of the customer's documents when it is first asked
// for, and is kept up from then on: what an event changes is taken off before it is folded, and put on after. Without a
// policy there are none.

#pragma once

#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <cstdint>

#include "ledger/events/named.h"

namespace duebook {

// Returns the account of a customer, in which overdue money is counted so, too. Requires that the customer is there.
// Cost: nothing to speak of if it was asked so before; else a pass over all documents of the customer.
const CreditAccount& CreditAccountOf(Books& books, std::string_view customer, OverdueCount count);

// Returns the least that is unapplied of a payment on this day and any later one, less what shipments reserve of it.
Sum LeastUnreserved(const CreditAccount& account, const Books::Found& payment, Date date);

// Changes in the figures of an account, gathered so that those that cancel out cost nothing.
class CreditChanges {
 public:
  void Add(Currency currency, size_t figure, Date day, Sum change) {
    if (change != 0) changes_.push_back({currency, static_cast<uint32_t>(figure), day, change});
  }
  void PutInto(CreditAccount& account);

 private:
  struct Change {
    Currency currency;
    uint32_t figure;
    Date day;
    Sum change;
  };
  absl::InlinedVector<Change, 16> changes_;
};

// Keeps the account of an event's customer up, if there is one: made before the event is folded, and ended after.
class CreditAccountUpdate {
 public:
  CreditAccountUpdate(Books& books, EventView event, const Named& named);
  void End();

 private:
  void Include(const Books::Found& document);
  void IncludeShipmentsOf(const Books::Found& invoice);
  // Adds, or takes off, what the documents included stand for from the event's date on.
  void AddAll(int sign);
  void AddReserved(int sign);

  Books& books_;
  const EventView event_;
  CreditAccount* account_ = nullptr;  // null: there is none
  absl::InlinedVector<Books::Found, 4> documents_;
  CreditChanges changes_;
};

}  // namespace duebook
