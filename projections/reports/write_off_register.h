// The register of write-offs: each with its approvals, its state, and every rule of RULES.md, section 8, that it
// breaks.
//
// The ledger enforces these rules for what is recorded in it; what was imported from another system may break them,
// and is judged here by the same arithmetic (ledger/books/write_off_policy.h). Each approval is judged by what the log
// held at that moment: roles, policies, salespeople and who had recorded payments.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/books/books_records.h"
#include "ledger/books/write_off_policy.h"
#include "ledger/event/event.h"
#include "projections/reports/role_register.h"
#include "projections/reports/write_off_people.h"

namespace duebook {

enum class WriteOffBreak {
  kSelfApproval,           // the requester approved
  kMissingRole,            // a role that the band asks for was held by no approver, or an approver held none of them
  kMissingApproval,        // in force with fewer people than the band asks for
  kOverThreshold,          // in force by approvals that suffice for smaller amounts only, or above the last band
  kSplitting,              // in force by approvals that suffice for it alone, not with the requests it is added up with
  kApprovalBeforeRequest,  // an approval dated before the request
  kSalespersonApproves,    // the customer's salesperson approved
  kReceiverApproves,       // who recorded payments of the customer approved
  kOneLogin,               // request and approval were typed under two names, at one login
};
std::string_view BreakName(WriteOffBreak name);  // "self_approval"
std::vector<WriteOffBreak> AllWriteOffBreaks();

enum class WriteOffStage { kRequested, kInForce, kRejected, kReversed };
std::string_view StageName(WriteOffStage stage);  // "in force"

struct DatedApprover : WriteOffApprover {
  Date date;
  uint64_t seq = 0;  // of the approval
};

struct WriteOffEntry {
  uint64_t seq = 0;  // of the request
  uint64_t customer_seq = 0, invoice_seq = 0;
  std::string number, customer, invoice, requested_by;
  Currency currency;
  Minor amount = 0;
  Date requested;
  std::optional<WriteOffPolicy> policy;  // that governs it, as the request says
  uint64_t policy_seq = 0;
  int band = -1;  // of the policy's bands, likewise; -1: above all
  std::vector<DatedApprover> approvers;
  bool unqualified_approver = false;  // one held none of the band's roles
  WriteOffStage stage = WriteOffStage::kRequested;
  Sum recovered = 0;
  uint64_t ended_seq = UINT64_MAX;  // of its rejection or reversal
  // With the seqs of the events about it that show it; of splitting, also the requests that it is added up with do
  // (WriteOffRegister::Evidence).
  std::map<WriteOffBreak, std::set<uint64_t>> breaks;
  std::string requested_from;  // the request's source
  // An approval rests on a role, or the band on a policy, that was granted or set while nobody was administrator.
  bool without_administrator = false;
};

// A fold over the events that a cut sees: all that name write-offs, set policies or roles. Others are ignored.
class WriteOffRegister {
 public:
  // `effective`: the cut's. An approval may be dated before the day from which the write-off is in force. `people` is
  // asked of imported approvals; it may be null where there are none, and must outlive the register.
  WriteOffRegister(Date effective, WriteOffPeople* people) : effective_(effective), people_(people) {}

  void Evolve(EventView event);
  // In order of request.
  const std::vector<WriteOffEntry>& entries() const { return entries_; }
  // The seqs of all events that show a break of the entry. Cost: of splitting, a look at each request of the customer.
  std::set<uint64_t> Evidence(const WriteOffEntry& entry, WriteOffBreak name) const;

 private:
  WriteOffEntry* Find(uint64_t seq);
  void AddRequest(EventView event);
  void AddApproval(EventView event);
  void End(EventView event, WriteOffStage stage);
  void JudgeApprover(WriteOffEntry& entry, const DatedApprover& approver);
  void JudgeSource(WriteOffEntry& entry, EventView approval);
  bool RestsOnNoAdministrator(const WriteOffEntry& entry, const DatedApprover& approver) const;
  static void JudgeApprovals(WriteOffEntry& entry);

  Date effective_;
  WriteOffPeople* people_;
  std::vector<WriteOffEntry> entries_;
  std::unordered_map<uint64_t, size_t> index_;                             // of entries, by seq
  std::map<std::pair<uint64_t, Currency>, std::vector<size_t>> requests_;  // entries, by customer and currency
  RoleRegister roles_;
  std::vector<DatedWriteOffPolicy> policies_;
};

}  // namespace duebook
