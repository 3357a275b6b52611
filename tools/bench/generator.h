// A made-up history of a trading company of any size, the same for the same seed: what benchmarks run on.
//
// Every record is accepted by the ledger's rules. Of 100 events about 33 are invoices, 27 payments, 27 applications, 2
// credit notes, 4 promises, 3 disputes with their ends, 3 contacts; a customer for every 500. A tenth of the payments
// is partial; an eighth of the invoices is never paid.

#pragma once

#include <cstdint>
#include <queue>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "ledger/values/date.h"

namespace duebook::bench {

class Generator {
 public:
  Generator(uint64_t events, uint32_t seed);

  // Appends the next record as one line of JSON Lines. False when there are no more.
  bool Next(std::string* line);

 private:
  // What will happen to an invoice later.
  struct Later {
    Date date;
    uint64_t invoice;
    enum class Kind { kPay, kApply, kCredit, kPromise, kDispute, kResolve, kContact } kind;
    uint64_t customer;
    uint64_t amount;                            // minor units
    bool operator<(const Later& other) const {  // the earliest is on top
      return std::tie(date, invoice, kind) > std::tie(other.date, other.invoice, other.kind);
    }
  };

  uint64_t Below(uint64_t bound) { return random_() % bound; }
  Date DateOf(uint64_t event) const;
  void OpenCustomer(std::string* line);
  void IssueInvoice(Date date, std::string* line);
  void Happen(const Later& later, std::string* line);
  void Plan(Date date, uint64_t invoice, uint64_t customer, uint64_t amount);

  uint64_t events_;
  uint64_t customers_;
  uint64_t made_ = 0;
  uint64_t invoices_ = 0;
  std::mt19937_64 random_;
  std::priority_queue<Later> later_;
};

}  // namespace duebook::bench
