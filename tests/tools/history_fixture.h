// Tests that import a made-up history of many events with the built program, and disturb it.

#pragma once

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <string>
#include <string_view>
#include <vector>

#include "ledger/log/event_log.h"
#include "tests/support/running_program.h"
#include "tests/support/seed.h"
#include "tests/tools/program_fixture.h"
#include "tools/bench/generator.h"

namespace duebook {

// Each line becomes one event, none is refused.
inline std::string MadeUpHistory(uint64_t events) {
  bench::Generator generator(events, 1);
  std::string lines;
  while (generator.Next(&lines)) continue;
  return lines;
}

// The reports that are compared with those of a ledger that nothing happened to.
inline constexpr const char* kReports[] = {"balance --format csv", "aging --format csv --effective 2025-06-30",
                                           "open-items --format csv --effective 2025-12-31"};

class HistoryTest : public ProgramTest {
 protected:
  HistoryTest() { spdlog::set_level(spdlog::level::warn); }

  // Writes history.jsonl, and imports it to `undisturbed`.
  void MakeHistory(uint64_t events) {
    events_ = events;
    Write("history.jsonl", MadeUpHistory(events));
    MakeLedger("undisturbed");
    Print("duebook --ledger undisturbed import history.jsonl");
    ids_ = IdsIn("undisturbed");
    ASSERT_EQ(ids_.size(), events);
    for (const char* report : kReports)
      reports_.push_back(Print(fmt::format("duebook --ledger undisturbed {}", report)));
  }

  // The ids of all events in order of seq. Empty, and a failure, if the ledger cannot be opened.
  std::vector<std::string> IdsIn(const std::string& ledger) {
    std::vector<std::string> ids;
    const auto log = EventLog::Open(folder_ / ledger, EventLog::Mode::kRead);
    if (!log.ok()) {
      ADD_FAILURE() << log.error().ToString();
      return ids;
    }
    const Status status = (*log)->Scan(1, (*log)->last_seq(), [&](EventView event) {
      EXPECT_EQ(event.seq(), ids.size() + 1);
      ids.emplace_back(event.id());
      return true;
    });
    EXPECT_TRUE(status.ok());
    EXPECT_EQ(ids.size(), (*log)->last_seq());
    return ids;
  }

  // How many events of history.jsonl are in the ledger: its first ones, in their order, and nothing else.
  uint64_t ExpectPrefix(const std::string& ledger) {
    const std::vector<std::string> there = IdsIn(ledger);
    EXPECT_LE(there.size(), ids_.size());
    for (size_t i = 0; i < std::min(there.size(), ids_.size()); i++) {
      if (there[i] == ids_[i]) continue;
      ADD_FAILURE() << "event " << i + 1 << " is " << there[i] << ", not " << ids_[i];
      break;
    }
    return there.size();
  }

  // Each report is what the undisturbed ledger knew when it had as many events.
  void ExpectReportsAsKnownAt(uint64_t seq, const std::string& ledger) {
    for (const char* report : kReports) {
      const bool as_undisturbed = Print(fmt::format("duebook --ledger {} {}", ledger, report)) ==
                                  Print(fmt::format("duebook --ledger undisturbed {} --known {}", report, seq));
      EXPECT_TRUE(as_undisturbed) << report << " as known at " << seq;
    }
  }

  void ExpectSound(const std::string& ledger) {
    const ShellResult verified = Run("duebook --ledger " + ledger + " verify");
    EXPECT_EQ(verified.status, 0) << verified.err;
  }

  // The import of the whole history records what is missing, and nothing twice; then every report is as undisturbed.
  void ExpectImportGoesOn(const std::string& ledger) {
    const uint64_t there = ExpectPrefix(ledger);
    EXPECT_THAT(Print(fmt::format("duebook --ledger {} import history.jsonl", ledger)),
                testing::StartsWith(fmt::format("{} lines read, {} events recorded, {} already there, 0 refused",
                                                events_, events_ - there, there)));
    EXPECT_EQ(ExpectPrefix(ledger), events_);
    ExpectSound(ledger);
    size_t expected = 0;
    for (const char* report : kReports) {
      const bool as_undisturbed = Print(fmt::format("duebook --ledger {} {}", ledger, report)) == reports_[expected++];
      EXPECT_TRUE(as_undisturbed) << report;  // the text is too long to be shown
    }
  }

  RunningProgram Start(const std::string& command) { return {command, DUEBOOK_PROGRAM, folder_.path()}; }

  uint64_t events_ = 0;
  std::vector<std::string> ids_;      // of line 1, 2, ...
  std::vector<std::string> reports_;  // of the undisturbed ledger, as kReports
};

// The line of the history that a receipt (LINE SEQ or LINE duplicate SEQ) acknowledges; 0, and a failure, if it names
// an event of another line.
inline uint64_t Acknowledged(const std::string& receipt) {
  const uint64_t line = std::stoull(receipt);
  const bool as_expected = receipt == fmt::format("{0} {0}", line) || receipt == fmt::format("{0} duplicate {0}", line);
  EXPECT_TRUE(as_expected) << receipt;
  return as_expected ? line : 0;
}

// How often random tests repeat: DUEBOOK_ROUNDS, or else as often as said here.
inline uint64_t TestRounds(uint64_t otherwise) {
  const char* given = std::getenv("DUEBOOK_ROUNDS");
  return given == nullptr ? otherwise : std::stoull(given);
}

}  // namespace duebook
