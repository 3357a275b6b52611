// A ledger with something for every report, whose folds and columns are short, so that somebody may forge them; and
// what is asked of it then.

#pragma once

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ledger/log/checkpoint_check.h"
#include "ledger/log/keys_of_log.h"
#include "ledger/proof/key_chain.h"
#include "projections/history/stored_history.h"
#include "projections/shared/projection.h"
#include "projections/tracks.h"
#include "projections/verification.h"
#include "tests/projections/scenario.h"
#include "tests/support/check_events.h"
#include "tests/support/test_ledger.h"

namespace duebook {

inline constexpr FoldSizes kShort{32, 4, {64, 128}, 4096};

inline LedgerOptions WithFolds() {
  LedgerOptions options;
  options.tracks = MakeAllTracks;
  options.fold_sizes = kShort;
  return options;
}

// Adds what the reports of credit and collecting list: 16 events.
inline void FillCollecting(Ledger& ledger, const std::string& customer) {
  const auto record = [&](FieldTexts fields) {
    EXPECT_EQ(RecordOne(ledger, MakeTestCommand(fields)).substr(0, 8), "recorded");
  };
  const std::string own = "-" + customer;
  record({{"type", "InterestSet"},
          {"date", "2025-01-01"},
          {"actor", "ann"},
          {"id", "z" + own},
          {"customer", customer},
          {"rate", "12"}});
  record(
      {{"type", "TolerancePolicySet"}, {"date", "2025-01-01"}, {"actor", "ann"}, {"id", "t" + own}, {"amount", "5"}});
  record({{"type", "InvoiceIssued"},
          {"date", "2025-01-02"},
          {"actor", "ann"},
          {"id", "i" + own},
          {"customer", customer},
          {"invoice", "I" + own},
          {"amount", "50"},
          {"due", "2025-01-03"}});
  record({{"type", "PaymentReceived"},
          {"date", "2025-01-04"},
          {"actor", "ann"},
          {"id", "b" + own},
          {"customer", customer},
          {"payment", "B" + own},
          {"amount", "20"},
          {"method", "bank_acceptance"},
          {"bill", "L" + own},
          {"bill_due", "2025-06-01"}});
  record({{"type", "PaymentReceived"},
          {"date", "2025-01-10"},
          {"actor", "ann"},
          {"id", "y" + own},
          {"customer", customer},
          {"payment", "Y" + own},
          {"amount", "49"}});
  record({{"type", "PaymentApplied"},
          {"date", "2025-01-10"},
          {"actor", "ann"},
          {"id", "a" + own},
          {"payment", "Y" + own},
          {"invoice", "I" + own},
          {"amount", "49"}});
  record({{"type", "DifferenceClosed"},
          {"date", "2025-01-10"},
          {"actor", "ann"},
          {"id", "d" + own},
          {"difference", "D" + own},
          {"payment", "Y" + own},
          {"invoice", "I" + own},
          {"amount", "1"},
          {"reason", "rounding"}});
  record({{"type", "ContactLogged"},
          {"date", "2025-01-11"},
          {"actor", "ann"},
          {"id", "k" + own},
          {"customer", customer},
          {"channel", "phone"},
          {"outcome", "reached"}});
  record({{"type", "CreditOverridden"},
          {"date", "2025-01-11"},
          {"actor", "ann"},
          {"id", "o" + own},
          {"customer", customer},
          {"override", "O" + own},
          {"amount", "5"},
          {"until", "2025-02-28"},
          {"reason", "urgent"}});
  record({{"type", "ShipmentRecorded"},
          {"date", "2025-01-11"},
          {"actor", "ann"},
          {"id", "s" + own},
          {"customer", customer},
          {"shipment", "S" + own},
          {"amount", "20"}});
  record({{"type", "PromiseMade"},
          {"date", "2025-01-11"},
          {"actor", "ann"},
          {"id", "p" + own},
          {"customer", customer},
          {"promise", "P" + own},
          {"amount", "5"},
          {"due", "2025-01-20"}});
  record({{"type", "InvoiceIssued"},
          {"date", "2025-01-11"},
          {"actor", "ann"},
          {"id", "j" + own},
          {"customer", customer},
          {"invoice", "J" + own},
          {"amount", "70"},
          {"due", "2025-01-12"}});
  record({{"type", "DisputeOpened"},
          {"date", "2025-01-11"},
          {"id", "c" + own},
          {"dispute", "C" + own},
          {"invoice", "J" + own},
          {"amount", "5"},
          {"reason", "torn"}});
  record({{"type", "WriteOffRequested"},
          {"date", "2025-01-11"},
          {"actor", "ann"},
          {"id", "w" + own},
          {"write_off", "W" + own},
          {"invoice", "J" + own},
          {"amount", "5"},
          {"reason", "insolvent"}});
  record({{"type", "CreditPolicySet"},
          {"date", "2025-01-12"},
          {"actor", "ann"},
          {"id", "q" + own},
          {"checks", "none"},
          {"bills", "bank_acceptance"}});
  record({{"type", "ReminderPolicySet"}, {"date", "2025-01-12"}, {"actor", "ann"}, {"id", "r" + own}, {"gap", "4"}});
}

// Adds a customer with something for nearly every report, from document `first` on: 39 events; and if `with_collecting`
// something for each.
inline void Fill(const LedgerFolder& folder, const std::string& customer, uint64_t first,
                 bool with_collecting = false) {
  const auto ledger = folder.Open(WithFolds());
  EXPECT_EQ(RecordOne(*ledger, OpenCustomer(customer)).substr(0, 8), "recorded");
  EXPECT_EQ(RecordOne(*ledger, MakeTestCommand({{"type", "RoleGranted"},
                                                {"id", "role-" + customer},
                                                {"date", "2025-01-01"},
                                                {"user", customer},
                                                {"role", "controller"}}))
                .substr(0, 8),
            "recorded");
  for (uint64_t n = first; n < first + 4; n++) {
    const std::string digits = std::to_string(n);
    const auto record = [&](FieldTexts fields) {
      EXPECT_EQ(RecordOne(*ledger, MakeTestCommand(fields)).substr(0, 8), "recorded");
    };
    EXPECT_EQ(RecordAll(*ledger, ListOf(IssueInvoice(customer, n, "100"), ReceivePayment(customer, n))).size(), 2U);
    record({{"type", "InvoiceIssued"},
            {"id", "j" + digits},
            {"date", "2025-01-02"},
            {"customer", customer},
            {"invoice", "J" + digits},
            {"amount", "90"},
            {"salesperson", "sue"},
            {"instalments", "2025-02-01 30.00;2025-03-01 60.00"}});
    record({{"type", "ShipmentRecorded"},
            {"id", "s" + digits},
            {"date", "2025-01-02"},
            {"customer", customer},
            {"shipment", "S" + digits},
            {"amount", "20"}});
    record({{"type", "WriteOffRequested"},
            {"id", "w" + digits},
            {"date", "2025-01-07"},
            {"write_off", "W" + digits},
            {"invoice", "J" + digits},
            {"amount", "5"},
            {"reason", "insolvent"}});
    RecordOne(*ledger, ApplyPayment("a" + digits, "P" + digits, "I" + digits, "1"));
    record({{"type", "DisputeOpened"},
            {"id", "d" + digits},
            {"date", "2025-01-05"},
            {"dispute", "D" + digits},
            {"invoice", "J" + digits},
            {"amount", "5"},
            {"reason", "torn"}});
    record({{"type", "PromiseMade"},
            {"id", "m" + digits},
            {"date", "2025-01-06"},
            {"customer", customer},
            {"promise", "M" + digits},
            {"amount", "5"},
            {"due", "2025-02-01"},
            {"invoices", "I" + digits}});
    if (n % 2 == 0) RecordOne(*ledger, ReversePayment("r" + digits, "P" + digits));
    if (with_collecting && n == first) FillCollecting(*ledger, customer);
  }
}

inline std::string TextOf(const Report& report) {
  std::string text;
  for (const auto* rows : {&report.rows, &report.totals}) {
    for (const Row& row : *rows) {
      for (const Cell& cell : row) text += CellText(cell) + "|";
      text += "\n";
    }
  }
  return text;
}

// Returns what each report says, of everything and of one customer, at the end and amid a fold; nothing if it tells of
// damage.
inline std::vector<std::optional<std::string>> AnswersOf(const std::filesystem::path& ledger) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kRead);
  CHECK(log.ok());
  std::vector<std::optional<std::string>> answers;
  for (const ReportInfo& info : AllReports()) {
    for (const uint64_t known : {(*log)->last_seq(), (*log)->last_seq() * 4 / 5}) {
      for (const char* customer : {"", "C1"}) {
        ReportRequest request;
        request.log = log->get();
        request.cut = {*Date::Parse("2025-02-15"), known};
        request.before = Cut{*Date::Parse("2025-01-03"), known / 2};
        if (*customer != '\0') request.customers = {customer};
        request.subject = info.name == "statement" ? "C1" : info.name == "customers" ? "" : "invoice:J1";
        const auto report = RunReport(info, request);
        answers.push_back(report.ok() ? std::optional(TextOf(*report)) : std::nullopt);
        EXPECT_TRUE(report.ok() || !report.error().sentence.empty());
      }
    }
  }
  return answers;
}

// Asks what checks ask the index, which must end them in no other way than by an error.
inline void AskForKeysAndCheckpoints(const std::filesystem::path& ledger) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kVerify);
  if (!log.ok()) return;
  static_cast<void>(KeysOf(**log));
  static_cast<void>(MissingCheckpoints(**log));
  static_cast<void>(VerifyCheckpoints(**log, KeysOf(**log), {}));
}

// Returns whether verification tells of the folds or columns.
inline bool IsFound(const std::filesystem::path& ledger) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kVerify);
  if (!log.ok()) return true;
  for (const auto& check : MakeTrackChecks(**log)) {
    const auto fault = CheckEvents(**log, check.get());
    if (!fault.ok() || fault->has_value()) return true;
  }
  return false;
}

// Returns the folds of the index and the columns of the history, each of which somebody may forge by itself.
inline std::vector<std::filesystem::path> FilesOf(const std::filesystem::path& ledger) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(ledger / kDerivedFolder)) {
    const bool is_head = entry.path().filename() == kColumnHeadFile || entry.path().filename() == kSyncedColumnHeadFile;
    if (entry.is_regular_file() && entry.file_size() > 0 && !is_head) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

inline bool IsColumn(const std::filesystem::path& file) { return file.parent_path().filename() == kStoredHistory.name; }

}  // namespace duebook
