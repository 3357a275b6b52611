// Columns of the history that somebody has changed, with checksums made anew or not: what they can be is looked at
// before it is believed, so that no figure is wrong and nothing crashes.

#include "tests/support/forged_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "tests/projections/forged_ledger.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;

TEST(ForgedColumns, NothingFurtherIsKeptOfEventsThatNameWhatIsNotThere) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  const fs::path history = folder.path() / kDerivedFolder / kStoredHistory.name;
  ForgeColumn(history / "customers.seq.4", [](std::string* bytes) {
    ASSERT_EQ(*bytes, std::string("\1\0\0\0", 4));
    bytes->front() = 2;
  });
  const uint64_t position = (*ReadColumnHeads(history))->head.position();
  const std::vector<fs::path> before = FilesOf(folder.path());
  {
    const auto ledger = folder.Open(WithFolds());
    for (uint64_t number = 900; number < 908; number++) {
      EXPECT_EQ(RecordOne(*ledger, IssueInvoice("C1", number, "10")).substr(0, 8), "recorded");
    }
  }
  std::vector<std::string> made;
  for (const fs::path& file : FilesOf(folder.path())) {
    if (std::find(before.begin(), before.end(), file) == before.end()) made.push_back(file.filename().string());
  }
  EXPECT_THAT(made, testing::ElementsAre(testing::StartsWith("index-")));
  EXPECT_EQ((*ReadColumnHeads(history))->head.position(), position);
}

TEST(ForgedColumns, ADamagedColumnIsAFindingAndIsNotBelieved) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  const auto before = AnswersOf(folder.path());
  spdlog::set_level(spdlog::level::off);
  for (const fs::path& file : FilesOf(folder.path())) {
    if (!IsColumn(file)) continue;
    SCOPED_TRACE(file.filename());
    const std::string bytes = ReadWholeFile(file);
    const auto expect_found = [&] {
      EXPECT_TRUE(IsFound(folder.path()));
      EXPECT_EQ(AnswersOf(folder.path()), before);
    };
    std::string changed = bytes;
    changed[bytes.size() / 2] = static_cast<char>(changed[bytes.size() / 2] ^ 1);
    std::ofstream(file, std::ios::binary) << changed;
    expect_found();
    std::ofstream(file, std::ios::binary) << bytes.substr(1);
    expect_found();
    fs::remove(file);
    expect_found();
    fs::create_directory(file);
    expect_found();
    fs::remove(file);
    std::ofstream(file, std::ios::binary) << bytes << "what the next state has";
    EXPECT_EQ(AnswersOf(folder.path()), before);
    EXPECT_FALSE(IsFound(folder.path()));
    std::ofstream(file, std::ios::binary) << bytes;
  }
  spdlog::set_level(spdlog::level::info);
}

TEST(ForgedColumns, NoSeqBehindTheLastEventIsBelieved) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  Fill(folder, "C2", 5);
  const auto before = AnswersOf(folder.path());
  spdlog::set_level(spdlog::level::off);
  size_t forged = 0;
  for (const fs::path& file : FilesOf(folder.path())) {
    if (!IsColumn(file) || file.stem().extension() != ".seq") continue;
    SCOPED_TRACE(file.filename().string());
    const std::string right = ReadWholeFile(file);
    const ColumnHead head = (*ReadColumnHeads(file.parent_path()))->head;
    ForgeColumn(file, [](std::string* bytes) { bytes->replace(bytes->size() - 4, 4, "\xff\xff\xff\xff"); });
    EXPECT_EQ(AnswersOf(folder.path()), before);
    EXPECT_TRUE(IsFound(folder.path()));
    Overwrite(file, right);
    WriteColumnHeads(file.parent_path(), head);
    forged++;
  }
  spdlog::set_level(spdlog::level::info);
  EXPECT_GT(forged, 6U);
  EXPECT_FALSE(IsFound(folder.path()));
}

TEST(ForgedColumns, AMovementOfAnotherKindCrashesNothing) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  const fs::path kinds = folder.path() / kDerivedFolder / kStoredHistory.name / "movements.kind.1";
  spdlog::set_level(spdlog::level::off);
  for (const MovementKind kind : {MovementKind::kIssued, MovementKind::kApplied, MovementKind::kReversed}) {
    ForgeColumn(kinds, [kind](std::string* bytes) { bytes->assign(bytes->size(), static_cast<char>(kind)); });
    AnswersOf(folder.path());
    EXPECT_TRUE(IsFound(folder.path()));
  }
  spdlog::set_level(spdlog::level::info);
}

// Whichever type a fact is taken for, nothing in it leads out of a column, and reports that read its event tell that it
// is another's.
TEST(ForgedColumns, AFactOfAnotherTypeIsToldAndCrashesNothing) {
  const LedgerFolder folder;
  Fill(folder, "C2", 5, true);
  Fill(folder, "C1", 1, true);
  const fs::path types = folder.path() / kDerivedFolder / kStoredHistory.name / "facts.type.1";
  const std::string right = ReadWholeFile(types);
  spdlog::set_level(spdlog::level::off);
  std::set<std::string> told;
  for (size_t row = 0; row < right.size(); row++) {
    for (const char type : std::set<char>(right.begin(), right.end())) {
      if (type == right[row]) continue;
      ForgeColumn(types, [&](std::string* bytes) {
        *bytes = right;
        (*bytes)[row] = type;
      });
      const auto log = folder.OpenForReading();
      for (const char* name : {"bills", "contacts", "credit", "customers", "overrides", "worklist"}) {
        SCOPED_TRACE(fmt::format("row {} as {} in {}", row, InfoOf(static_cast<EventType>(type)).name, name));
        ReportRequest request;
        request.log = log.get();
        request.cut = {*Date::Parse("2025-02-15"), log->last_seq()};
        const auto report = RunReport(*FindReport(name), request);
        if (report.ok()) continue;
        EXPECT_EQ(report.error().code, ErrorCode::kDamaged);
        told.insert(name);
      }
    }
    EXPECT_TRUE(IsFound(folder.path()));
  }
  spdlog::set_level(spdlog::level::info);
  EXPECT_THAT(told, testing::ElementsAre("bills", "contacts", "credit", "customers", "overrides", "worklist"));
}

// What was cleared, and on which day, is believed by reports, as it can be: only the events tell that it is not right.
TEST(ForgedColumns, WhatIsClearedIsComparedByVerification) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  {
    const auto ledger = folder.Open(WithFolds());
    for (const auto& [id, field, value] :
         {std::tuple("given", "attributes", "region North"), std::tuple("ended", "clear", "region")}) {
      EXPECT_EQ(RecordOne(*ledger, MakeTestCommand({{"type", "CustomerChanged"},
                                                    {"id", id},
                                                    {"date", "2025-01-05"},
                                                    {"customer", "C1"},
                                                    {field, value}}))
                    .substr(0, 8),
                "recorded");
    }
  }
  Fill(folder, "C2", 5);
  EXPECT_FALSE(IsFound(folder.path()));
  const fs::path history = folder.path() / kDerivedFolder / kStoredHistory.name;
  const ColumnHead head = (*ReadColumnHeads(history))->head;
  size_t forged = 0;
  for (const fs::path& file : FilesOf(folder.path())) {
    const std::string name = file.filename().string();
    if (name.rfind("attributes.date", 0) != 0 && name.rfind("attributes.attribute", 0) != 0) continue;
    SCOPED_TRACE(name);
    const std::string right = ReadWholeFile(file);
    // Four rows of two bytes: the name of C1, its region, the end of that, and the name of C2.
    ForgeColumn(file, [](std::string* bytes) {
      ASSERT_EQ(bytes->size(), 4 * sizeof(uint16_t));
      char& ended = (*bytes)[2 * sizeof(uint16_t)];
      ended = static_cast<char>(ended ^ 1);
    });
    EXPECT_TRUE(IsFound(folder.path()));
    Overwrite(file, right);
    WriteColumnHeads(history, head);
    forged++;
  }
  EXPECT_EQ(forged, 2U);
  EXPECT_FALSE(IsFound(folder.path()));
}

TEST(ForgedColumns, NothingIsFoldedOnADamagedPage) {
  const LedgerFolder folder;
  {
    const auto ledger = folder.Open(WithFolds());
    std::vector<MadeCommand> commands = ListOf(OpenCustomer("C1"), IssueInvoice("C1", 1, "100"),
                                               MakeTestCommand({{"type", "DebitNoteIssued"},
                                                                {"id", "debit"},
                                                                {"debit_note", "D1"},
                                                                {"date", "2025-01-02"},
                                                                {"invoice", "I1"},
                                                                {"amount", "7"}}));
    for (uint64_t number = 2; number < 3'000; number++) commands.push_back(IssueInvoice("C1", number, "10"));
    RecordAll(*ledger, std::move(commands));
  }
  {
    const auto ledger = folder.Open();
    EXPECT_EQ(RecordOne(*ledger, MakeTestCommand({{"type", "EventReversed"},
                                                  {"id", "undo"},
                                                  {"date", "2025-01-03"},
                                                  {"event", "debit"},
                                                  {"reason", "wrong"}})),
              "recorded 3002");
  }
  const auto before = AnswersOf(folder.path());
  const fs::path seqs = folder.path() / kDerivedFolder / kStoredHistory.name / "movements.seq.4";
  std::string bytes = ReadWholeFile(seqs);
  ASSERT_GT(bytes.size(), 2U * 4096U);
  std::fill_n(bytes.begin(), 64, '\0');
  Overwrite(seqs, bytes);
  spdlog::set_level(spdlog::level::off);
  EXPECT_EQ(AnswersOf(folder.path()), before);
  spdlog::set_level(spdlog::level::info);
}

}  // namespace
}  // namespace duebook
