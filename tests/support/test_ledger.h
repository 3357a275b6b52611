// A ledger in a folder of its own, and commands for it.

#pragma once

#include <fmt/core.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/ledger.h"
#include "projections/verification.h"
#include "tests/support/records.h"
#include "tests/support/store_threads.h"
#include "tests/support/temporary_folder.h"

namespace duebook {

// The folder of a new, empty ledger of company "Acme" in CNY. Its clock counts, a microsecond for each look, so that
// the same commands make the same bytes in every run.
class LedgerFolder {
 public:
  LedgerFolder() { CHECK(EventLog::Create(path(), {"Acme", *Currency::Parse("CNY"), "", Time{1}}, TestStore()).ok()); }

  std::filesystem::path path() const { return folder_ / "ledger"; }

  std::unique_ptr<Ledger> Open(LedgerOptions options = {}) const {
    if (!options.clock) options.clock = [] { return Time{kDawn + looks_++}; };
    if (!options.store.engine) options.store.engine = TestStore().engine;
    auto ledger = Ledger::Open(path(), std::move(options));
    if (!ledger.ok()) ADD_FAILURE() << ledger.error().ToString();
    return std::move(ledger.value());
  }
  std::unique_ptr<EventLog> OpenForReading() const {
    auto log = EventLog::Open(path(), EventLog::Mode::kRead, TestStore());
    if (!log.ok()) ADD_FAILURE() << log.error().ToString();
    return std::move(log.value());
  }

 private:
  static constexpr int64_t kDawn = 1'767'225'600'000'000;  // 2026-01-01
  inline static std::atomic<int64_t> looks_ = 0;

  TemporaryFolder folder_;
};

using FieldTexts = std::initializer_list<std::pair<std::string_view, std::string_view>>;

inline Command MakeTestCommand(FieldTexts fields) { return Accepted(CellsRecord(fields)); }

inline Command OpenCustomer(const std::string& customer) {
  return MakeTestCommand({{"type", "CustomerOpened"},
                          {"id", "open-" + customer},
                          {"date", "2025-01-01"},
                          {"customer", customer},
                          {"name", customer}});
}

// Payment P<number> of <number> yuan, event p<number>.
inline Command ReceivePayment(const std::string& customer, uint64_t number) {
  const std::string digits = std::to_string(number);
  return MakeTestCommand({{"type", "PaymentReceived"},
                          {"id", "p" + digits},
                          {"date", "2025-01-02"},
                          {"customer", customer},
                          {"payment", "P" + digits},
                          {"amount", digits}});
}

inline Command IssueInvoice(const std::string& customer, uint64_t number, std::string_view amount) {
  const std::string digits = std::to_string(number);
  return MakeTestCommand({{"type", "InvoiceIssued"},
                          {"id", "i" + digits},
                          {"date", "2025-01-02"},
                          {"customer", customer},
                          {"invoice", "I" + digits},
                          {"amount", amount}});
}

inline Command ApplyPayment(const std::string& id, std::string_view payment, std::string_view invoice,
                            std::string_view amount) {
  return MakeTestCommand({{"type", "PaymentApplied"},
                          {"id", id},
                          {"date", "2025-01-03"},
                          {"payment", payment},
                          {"invoice", invoice},
                          {"amount", amount}});
}

inline Command ReversePayment(const std::string& id, std::string_view payment) {
  return MakeTestCommand(
      {{"type", "PaymentReversed"}, {"id", id}, {"date", "2025-01-04"}, {"payment", payment}, {"reason", "bounced"}});
}

inline Command ClosePeriod(const std::string& id, std::string_view through) {
  return MakeTestCommand({{"type", "PeriodClosed"}, {"id", id}, {"date", "2025-06-30"}, {"through", through}});
}

// "recorded 7", "duplicate 7", "refused CODE", or "failed" if the store failed.
inline std::string Said(const Outcome& outcome) {
  if (const auto* recorded = std::get_if<Recorded>(&outcome)) return fmt::format("recorded {}", recorded->seq);
  if (const auto* duplicate = std::get_if<Duplicate>(&outcome)) return fmt::format("duplicate {}", duplicate->seq);
  return fmt::format("refused {}", CodeName(std::get<Rejection>(outcome).code));
}
inline std::string RecordOne(Ledger& ledger, MadeCommand command) {
  const auto outcome = ledger.Record(std::move(command));
  return outcome.ok() ? Said(*outcome) : "failed";
}

inline std::vector<std::string> RecordAll(Ledger& ledger, std::vector<MadeCommand> commands,
                                          Admission admission = Admission::kEach) {
  const auto outcomes = ledger.Record(commands, admission);
  std::vector<std::string> said;
  if (outcomes.ok()) {
    for (const Outcome& outcome : *outcomes) said.push_back(Said(outcome));
  } else {
    said.push_back("failed");
  }
  return said;
}

// A call that takes its commands with it.
template <class... Commands>
std::vector<MadeCommand> ListOf(Commands... commands) {
  std::vector<MadeCommand> list;
  (list.push_back(std::move(commands)), ...);
  return list;
}

// Verification finds no fault.
inline void ExpectSound(const EventLog& log) {
  const auto verified = VerifyLedger(log);
  if (!verified.ok()) {
    ADD_FAILURE() << verified.error().ToString();
  } else if (verified->fault.has_value()) {
    ADD_FAILURE() << verified->fault->sentence;
  }
}

}  // namespace duebook
