// Promises to pay and what became of them (domain.md, section 7). The verdict is worked out for the cut:
//
// A promise is open from the day it was made to its deadline (the promised day plus the grace days), or until the day
// within that on which it was withdrawn or a newer promise took its place. Cash of those days counts, each sum once:
// promises take it in order of promised date. One that reaches its amount is kept. One that was closed before it did
// takes nothing: what came in is left to the promise that replaced it.

#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "ledger/event.h"

namespace duebook {

// Money that came in: a payment or, if it was applied to an invoice, one application of it.
struct CountedCash {
  uint64_t seq;
  Date date;
  Minor left;        // not yet counted for a promise
  uint64_t payment;  // seq of the payment; the same as `seq` for a payment itself
};

struct JudgedPromise {
  uint64_t seq = 0;
  uint64_t customer_seq = 0;
  std::string number, customer;
  Currency currency;
  Date date, due, deadline;
  Minor amount = 0;
  std::vector<uint64_t> invoices;  // seqs
  std::optional<Date> withdrawn, superseded;
  Minor received = 0;
  std::string state;  // "kept", "partly kept", "broken", "pending", "withdrawn" or "superseded"

  // The last day whose cash counts.
  Date LastDay() const {
    Date last = deadline;
    if (withdrawn.has_value()) last = std::min(last, *withdrawn);
    if (superseded.has_value()) last = std::min(last, *superseded);
    return last;
  }
  bool closed() const { return withdrawn.has_value() || superseded.has_value(); }
};

// A fold over the events that a cut sees of the customers with promises.
class PromiseBook {
 public:
  explicit PromiseBook(int grace_days) : grace_days_(grace_days) {}

  void Evolve(EventView event);
  // Decides every promise as at the end of `effective`.
  void Judge(Date effective);
  // In order of seq.
  const std::vector<JudgedPromise>& promises() const { return promises_; }

 private:
  using Scope = std::tuple<uint64_t, uint64_t, Currency>;  // customer, invoice (0: none named), currency

  void AddPromise(EventView event);
  void Supersede();
  static std::vector<Scope> ScopesOf(const JudgedPromise& promise);
  std::vector<CountedCash*> CashFor(const JudgedPromise& promise);
  // What of it is still to be counted: for an application, no more than is left of its payment.
  Minor Left(const CountedCash& cash) const;
  Minor Take(JudgedPromise& promise, bool only_if_reached);

  int grace_days_;
  std::vector<JudgedPromise> promises_;
  std::unordered_map<uint64_t, size_t> promise_index_;      // by seq
  std::unordered_map<uint64_t, CountedCash> payments_;      // by seq
  std::map<Scope, std::vector<uint64_t>> received_;         // payments of a customer
  std::unordered_map<uint64_t, CountedCash> applications_;  // by seq
  std::map<Scope, std::vector<uint64_t>> applied_;          // applications to an invoice
};

}  // namespace duebook
