// Folds that somebody has changed, with checksums made anew, or put there from a ledger that went another way: reports
// are right, or it is told; what cannot be seen without the events is found by verification; and nothing crashes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <random>

#include "ledger/log/derived/index_fold.h"
#include "ledger/log/derived/index_words.h"
#include "projections/reports/cash_book.h"
#include "projections/shared/company.h"
#include "tests/projections/forged_ledger.h"
#include "tests/support/fold_parts.h"
#include "tests/support/forged_columns.h"
#include "tests/support/seed.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;

void ChangeSomeBytes(std::string* bytes, std::mt19937& random) {
  for (uint64_t changes = 1 + random() % 3; changes > 0 && !bytes->empty(); changes--) {
    const size_t place = random() % bytes->size();
    const int kind = static_cast<int>(random() % 4);
    if (kind == 0) (*bytes)[place] = static_cast<char>(random());
    if (kind == 1) (*bytes)[place] = static_cast<char>((*bytes)[place] + 1);
    if (kind == 2)
      std::fill_n(bytes->begin() + static_cast<ptrdiff_t>(place), std::min<size_t>(8, bytes->size() - place), '\xff');
    if (kind == 3 && random() % 4 == 0) bytes->resize(place);
  }
}

// Changes some bytes of a section of a fold, or of a column; or, of columns, how many rows there are said to be.
void Forge(const fs::path& file, std::mt19937& random) {
  if (IsColumn(file)) {
    if (random() % 8 == 0) return ForgeRows(file, random);
    return ForgeColumn(file, [&](std::string* bytes) {
      const std::string right = *bytes;
      while (*bytes == right) ChangeSomeBytes(bytes, random);
    });
  }
  FoldParts parts = ReadParts(file);
  std::string* section = nullptr;
  do {
    section = &parts.sections[random() % parts.sections.size()];
  } while (section->empty());
  const std::string right = *section;
  while (*section == right) ChangeSomeBytes(section, random);
  WriteParts(file, parts);
}

// Goes on behind the folds with eight more events, which are a fold. Returns whether all were recorded.
bool GoOn(const LedgerFolder& folder) {
  const auto ledger = folder.Open(WithFolds());
  std::vector<MadeCommand> commands;
  for (uint64_t number = 900; number < 904; number++) commands.push_back(IssueInvoice("C1", number, "10"));
  for (uint64_t number = 900; number < 904; number++) commands.push_back(ReceivePayment("C2", number));
  std::vector<std::string> expected;
  for (uint64_t i = 1; i <= 8; i++) expected.push_back(fmt::format("recorded {}", ledger->log().last_seq() + i));
  return RecordAll(*ledger, std::move(commands)) == expected;
}

TEST(ForgedFolds, AreToldOrChangeNoFigureOrAreFoundByVerification) {
  const uint32_t seed = TestSeed(20'261'129);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  const LedgerFolder folder;
  const TemporaryFolder kept;
  Fill(folder, "C2", 5, true);
  Fill(folder, "C1", 1, true);
  const fs::path ledger = folder.path();
  const auto before = AnswersOf(ledger);
  for (size_t i = 0; i < before.size(); i++) {
    ASSERT_TRUE(before[i].has_value() && !before[i]->empty()) << AllReports()[i / 4].name << " " << i % 4;
  }
  std::vector<fs::path> files = FilesOf(ledger);
  const auto first_column = std::stable_partition(files.begin(), files.end(), std::not_fn(IsColumn));
  const auto folds = static_cast<size_t>(first_column - files.begin());
  ASSERT_GT(folds, 1U);
  ASSERT_GT(files.size(), folds + 40);
  ASSERT_TRUE(fs::exists(ledger / kDerivedFolder / "index-1-64")) << "one is merged";
  ASSERT_FALSE(IsFound(ledger));
  fs::copy(ledger, kept / "right", fs::copy_options::recursive);
  spdlog::set_level(spdlog::level::off);
  uint64_t told = 0;
  uint64_t others = 0;
  for (uint64_t round = 0; round < 240; round++) {
    // There are many more columns than folds.
    const fs::path& file = files[round % 2 == 0 ? random() % folds : folds + random() % (files.size() - folds)];
    SCOPED_TRACE(fmt::format("{}: {}", round, file.filename().string()));
    Forge(file, random);
    const auto answers = AnswersOf(ledger);
    AskForKeysAndCheckpoints(ledger);
    bool other = false;
    for (size_t i = 0; i < before.size(); i++) {
      told += answers[i].has_value() ? 0 : 1;
      other = other || (answers[i].has_value() && answers[i] != before[i]);
    }
    others += other ? 1 : 0;
    const bool found = IsFound(ledger);
    if (other) EXPECT_TRUE(found);
    // Whoever goes on behind it makes folds of what is right, or the forged one is still found.
    const bool recorded = GoOn(folder);
    if (!recorded || IsFound(ledger)) EXPECT_TRUE(found);
    fs::remove_all(ledger);
    fs::copy(kept / "right", ledger, fs::copy_options::recursive);
  }
  spdlog::set_level(spdlog::level::info);
  EXPECT_EQ(AnswersOf(ledger), before);
  EXPECT_GT(told, 0U);
  EXPECT_GT(others, 10U);
}

// The index leaves out that an invoice is the customer's, whose payment is applied to it.
TEST(ForgedFolds, AnEventWithoutOneThatItNamesIsTold) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  const auto log = folder.OpenForReading();
  const uint64_t customer = log->FindIntroducing(CustomerKey("C1"))->value();
  const uint64_t invoice = log->FindIntroducing(DocumentKey(DocumentKind::kInvoice, "I1"))->value();
  const uint64_t word = customer << kPlaceBits | (invoice - 1);
  const fs::path index = folder.path() / kDerivedFolder / "index-1-32";
  FoldParts parts = ReadParts(index);
  std::string& references = parts.sections[kReferences];
  size_t i = 0;
  while (WordAt<uint64_t>(references, i) != word) i++;
  references.erase(i * sizeof(word), sizeof(word));
  WriteParts(index, parts);
  const auto forged = folder.OpenForReading();
  for (const std::string_view name : {"balance", "statement", "trail"}) {
    ReportRequest request;
    request.log = forged.get();
    request.cut = {Date::Max(), forged->last_seq()};
    request.customers = {"C1"};
    request.subject = name == "statement" ? "C1" : "customer:C1";
    for (const ReportInfo& info : AllReports()) {
      if (info.name != name) continue;
      const auto report = RunReport(info, request);
      EXPECT_TRUE(!report.ok() && report.error().code == ErrorCode::kDamaged) << name;
    }
  }
  EXPECT_TRUE(IsFound(folder.path()));
}

// What the index says of the invoice is then taken from the log.
TEST(ForgedFolds, AnIndexInWhichAnEventNamesALaterOneIsNotBelieved) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  const fs::path index = folder.path() / kDerivedFolder / "index-1-32";
  FoldParts parts = ReadParts(index);
  const std::string key = DocumentKey(DocumentKind::kInvoice, "I1");
  const std::vector<uint64_t> right = *folder.OpenForReading()->Find(key);
  const uint64_t word = right.front() << kPlaceBits;  // event 1 names it
  std::string& references = parts.sections[kReferences];
  size_t i = 0;
  while (WordAt<uint64_t>(references, i) < word) i++;
  references.insert(i * sizeof(word), reinterpret_cast<const char*>(&word), sizeof(word));
  WriteParts(index, parts);
  EXPECT_EQ(*folder.OpenForReading()->Find(key), right);
}

// Returns whether cash is suggested; if it is not, that is for damage.
bool IsSuggested(const EventLog& log) {
  ReportRequest request;
  request.log = &log;
  request.cut = {Date::Max(), log.last_seq()};
  const auto suggestions = SuggestCash(request);
  EXPECT_TRUE(suggestions.ok() || suggestions.error().code == ErrorCode::kDamaged);
  return suggestions.ok();
}

// The column says that another event opened the customer: what is recorded about it would leave no rows.
TEST(ForgedFolds, AnEventUnderATypeThatIsNotItsOwnIsTold) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  const fs::path index = folder.path() / kDerivedFolder / "index-1-32";
  const FoldParts right = ReadParts(index);
  for (const EventType type : {EventType::SigningKeyChanged, EventType::PeriodClosed, EventType::PeriodReopened,
                               EventType::TolerancePolicySet, EventType::CompanyDescribed}) {
    SCOPED_TRACE(static_cast<int>(type));
    FoldParts parts = right;
    parts.sections[kTypes].back() = static_cast<char>(type);  // of the last word: its type
    WriteParts(index, parts);
    const auto log = folder.OpenForReading();
    const auto of_type = log->FindOfType(type);
    ASSERT_FALSE(of_type.ok());
    EXPECT_EQ(of_type.error().code, ErrorCode::kDamaged);
    EXPECT_EQ(KeysOf(*log).ok(), type != EventType::SigningKeyChanged);
    EXPECT_EQ(MissingCheckpoints(*log).ok(), type != EventType::PeriodClosed);
    EXPECT_EQ(CompanyAt(*log, {Date::Max(), log->last_seq()}).ok(), type != EventType::CompanyDescribed);
    EXPECT_EQ(NextDescription(*log, Date::Min()).ok(), type != EventType::CompanyDescribed);
    EXPECT_EQ(IsSuggested(*log), type == EventType::SigningKeyChanged || type == EventType::CompanyDescribed);
    EXPECT_TRUE(IsFound(folder.path()));
  }
  // Verification does not ask the index for the keys, so it tells what is wrong.
  const auto verified = VerifyLedger(*folder.OpenForReading());
  ASSERT_TRUE(verified.ok() && verified->fault.has_value());
  EXPECT_THAT(verified->fault->sentence, testing::HasSubstr("(index) is not what they make"));
}

// The ledger was restored to an earlier event and went another way; a fold of the one lies among those of the other.
TEST(ForgedFolds, EachIsHeldAgainstTheEventsThatItNames) {
  const LedgerFolder folder;
  const TemporaryFolder kept;
  Fill(folder, "C1", 1);
  fs::copy(folder.path(), kept / "fork", fs::copy_options::recursive);
  Fill(folder, "C2", 5);
  Fill(folder, "C3", 9);
  const auto before = AnswersOf(folder.path());
  {
    auto fork = Ledger::Open(kept / "fork", WithFolds());
    ASSERT_TRUE(fork.ok());
    RecordOne(**fork, OpenCustomer("X"));
    for (uint64_t n = 20; n < 90; n++) RecordOne(**fork, IssueInvoice("X", n, "77"));
  }
  uint64_t replaced = 0;
  for (const fs::path& fold : FilesOf(kept / "fork")) {
    const fs::path own = folder.path() / kDerivedFolder / fold.filename();
    if (IsColumn(fold) || !fs::exists(own) || ReadWholeFile(own) == ReadWholeFile(fold)) continue;
    const std::string bytes = ReadWholeFile(own);
    fs::copy_file(fold, own, fs::copy_options::overwrite_existing);
    EXPECT_EQ(AnswersOf(folder.path()), before) << fold.filename();
    EXPECT_TRUE(IsFound(folder.path())) << fold.filename();
    std::ofstream(own, std::ios::binary) << bytes;
    replaced++;
  }
  EXPECT_GT(replaced, 1U);
  const fs::path own = folder.path() / kDerivedFolder / kStoredHistory.name;
  fs::remove_all(own);
  fs::copy(kept / "fork" / kDerivedFolder / kStoredHistory.name, own);
  EXPECT_EQ(AnswersOf(folder.path()), before);
  EXPECT_TRUE(IsFound(folder.path()));
}

TEST(ForgedFolds, ADamagedHeadOrTableIsAFinding) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  std::vector<fs::path> files;
  for (const fs::path& file : FilesOf(folder.path())) {
    if (!IsColumn(file)) files.push_back(file);
  }
  const fs::path history = folder.path() / kDerivedFolder / kStoredHistory.name;
  for (const char* head : {kColumnHeadFile, kSyncedColumnHeadFile}) files.push_back(history / head);
  for (const fs::path& file : files) {
    const std::string bytes = ReadWholeFile(file);
    for (const size_t place : {size_t{3}, bytes.size() - 3, bytes.size() - 40}) {
      std::string changed = bytes;
      changed[place] = static_cast<char>(changed[place] ^ 1);
      std::ofstream(file, std::ios::binary) << changed;
      EXPECT_TRUE(IsFound(folder.path())) << file.filename() << " " << place;
    }
    std::ofstream(file, std::ios::binary) << bytes;
  }
  EXPECT_FALSE(IsFound(folder.path()));
}

// Whatever is wrong with one column: its bytes, as checksums tell, or that it is shorter than it should be, or not
// there.
// A seq behind the last event would make a table longer or shorter than what rows of others were held against.
// What undoes an event is folded by whoever asks, on top of the columns: the page in which the undone one stands is
// looked at for that, whatever the report is.

}  // namespace
}  // namespace duebook
