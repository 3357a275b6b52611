// Who a customer's people were when a write-off was approved: who looked after the customer, and who had recorded
// payments of it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/customer_attribute.h"
#include "projections/history/history.h"

namespace duebook {

class WriteOffPeople {
 public:
  // Holds the people of what the cut sees. The history has the part kRecorders.
  WriteOffPeople(History history, const Cut& cut);
  WriteOffPeople(const WriteOffPeople&) = delete;
  WriteOffPeople& operator=(const WriteOffPeople&) = delete;

  // A person, in NFC, and the event that says so.
  struct Said {
    std::string user;
    uint64_t seq = 0;
  };
  // The salesperson of a customer, who was introduced by this event, on a day, by what was recorded before event
  // `before`. Nothing if there was none.
  std::optional<Said> SalespersonOn(uint64_t customer_seq, Date day, uint64_t before) const;
  // The first payment of the customer that this user (in NFC) recorded before event `before`; 0 if there is none. Asked
  // of each customer with ascending `before`, it looks at each payment once.
  uint64_t FirstPaymentBy(uint64_t customer_seq, std::string_view user, uint64_t before);

 private:
  struct Recorders {
    size_t next = 0;                                          // payment to be looked at
    std::map<std::string, uint64_t, std::less<>> first_seqs;  // by user
  };

  const History history_;
  const CustomerAttribute salespeople_;
  std::unordered_map<uint32_t, std::vector<uint32_t>> payments_;  // by customer: rows of items, in order of seq
  std::unordered_map<uint64_t, Recorders> recorders_;             // by the customer's seq
};

}  // namespace duebook
