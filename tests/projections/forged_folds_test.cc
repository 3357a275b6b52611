// Folds that somebody has changed, with checksums made anew, or put there from a ledger that went another way: reports
// are right, or it is told; what cannot be seen without the events is found by verification; and nothing crashes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <random>

#include "ledger/checkpoint_check.h"
#include "ledger/compression.h"
#include "ledger/derived/fold_check.h"
#include "ledger/key_chain.h"
#include "projections/fold_makers.h"
#include "projections/projection.h"
#include "projections/verification.h"
#include "tests/projections/scenario.h"
#include "tests/support/check_events.h"
#include "tests/support/seed.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;

constexpr FoldSizes kShort{32, 4, {64, 128}};

LedgerOptions WithFolds() {
  LedgerOptions options;
  options.folds = MakeFoldMakers;
  options.fold_sizes = kShort;
  return options;
}

// A customer with something for every report, from document `first` on.
void Fill(const LedgerFolder& folder, const std::string& customer, uint64_t first) {
  const auto ledger = folder.Open(WithFolds());
  EXPECT_EQ(RecordOne(*ledger, OpenCustomer(customer)).substr(0, 8), "recorded");
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
  }
}

std::string TextOf(const Report& report) {
  std::string text;
  for (const auto* rows : {&report.rows, &report.totals}) {
    for (const Row& row : *rows) {
      for (const Cell& cell : row) text += CellText(cell) + "|";
      text += "\n";
    }
  }
  return text;
}

// What each report says, of everything and of one customer, at the end and amid a fold; "" if it tells of damage.
std::vector<std::string> AnswersOf(const fs::path& ledger) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kRead);
  CHECK(log.ok());
  std::vector<std::string> answers;
  for (const ReportInfo& info : AllReports()) {
    for (const uint64_t known : {(*log)->last_seq(), (*log)->last_seq() * 2 / 3}) {
      for (const char* customer : {"", "C1"}) {
        ReportRequest request;
        request.log = log->get();
        request.cut = {*Date::Parse("2025-02-15"), known};
        request.before = Cut{*Date::Parse("2025-01-15"), known / 2};
        if (*customer != '\0') request.customers = {customer};
        request.subject = info.name == "statement" ? "C1" : "invoice:J1";
        const auto report = info.run(request);
        answers.push_back(report.ok() ? TextOf(*report) : "");
        EXPECT_TRUE(report.ok() || !report.error().sentence.empty());
      }
    }
  }
  return answers;
}

// What checks ask the index, which must end them in no other way than by an error.
void AskForKeysAndCheckpoints(const fs::path& ledger) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kVerify);
  if (!log.ok()) return;
  static_cast<void>(KeyChain::Of(**log));
  static_cast<void>(MissingCheckpoints(**log));
  static_cast<void>(VerifyCheckpoints(**log, KeyChain::Of(**log), {}));
}

// Whether verification tells of the folds.
bool IsFound(const fs::path& ledger) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kVerify);
  if (!log.ok()) return true;
  for (auto& maker : MakeFoldMakers()) {
    FoldCheck check(**log, std::move(maker));
    const auto fault = CheckEvents(**log, &check);
    if (!fault.ok() || fault->has_value()) return true;
  }
  return false;
}

std::vector<fs::path> FoldsOf(const fs::path& ledger) {
  std::vector<fs::path> files;
  const auto there = FoldFilesIn(ledger);
  CHECK(there.ok());
  for (const FoldFile& file : *there) files.push_back(file.path);
  std::sort(files.begin(), files.end());
  return files;
}

// Changes some words of a section as somebody may who knows the format: all checksums are right afterwards.
void Forge(const fs::path& path, std::mt19937& random) {
  std::string head;
  std::vector<std::string> sections;
  {
    const auto file = SectionFile::Open(path);
    CHECK(file.ok());
    head = (*file)->head();
    for (size_t i = 0; i < (*file)->section_count(); i++) sections.push_back(*(*file)->Read(i));
  }
  std::string* section = nullptr;
  do {
    section = &sections[random() % sections.size()];
  } while (section->empty());
  const bool compressed = path.filename().string().starts_with("history") && section != &sections.front();
  std::string bytes = *section;
  if (compressed) {
    bytes.resize(*DecompressedSize(*section));
    CHECK(Decompress(*section, bytes.data(), bytes.size()));
  }
  for (uint64_t changes = 1 + random() % 3; changes > 0 && !bytes.empty(); changes--) {
    const size_t place = random() % bytes.size();
    const int kind = static_cast<int>(random() % 4);
    if (kind == 0) bytes[place] = static_cast<char>(random());
    if (kind == 1) bytes[place] = static_cast<char>(bytes[place] + 1);
    if (kind == 2)
      std::fill_n(bytes.begin() + static_cast<ptrdiff_t>(place), std::min<size_t>(8, bytes.size() - place), '\xff');
    if (kind == 3 && random() % 4 == 0) bytes.resize(place);
  }
  *section = compressed ? Compress(bytes) : bytes;
  CHECK(SectionFile::Write(path, head, sections).ok());
}

TEST(ForgedFolds, AreToldOrChangeNoFigureOrAreFoundByVerification) {
  const uint32_t seed = TestSeed(20'261'129);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  Fill(folder, "C2", 5);
  const fs::path ledger = folder.path();
  const std::vector<std::string> before = AnswersOf(ledger);
  const std::vector<fs::path> folds = FoldsOf(ledger);
  ASSERT_GT(folds.size(), 3U);
  ASSERT_FALSE(IsFound(ledger));
  spdlog::set_level(spdlog::level::off);
  for (uint64_t round = 0; round < 250; round++) {
    SCOPED_TRACE(round);
    const fs::path& fold = folds[random() % folds.size()];
    const std::string kept = ReadWholeFile(fold);
    Forge(fold, random);
    const std::vector<std::string> answers = AnswersOf(ledger);
    AskForKeysAndCheckpoints(ledger);
    bool other = false;
    for (size_t i = 0; i < before.size(); i++) other = other || (answers[i] != before[i] && !answers[i].empty());
    if (other) {
      EXPECT_TRUE(IsFound(ledger)) << fold.filename();
    }
    // Whoever goes on behind it either tells, or makes folds of what is right.
    folder.Open(WithFolds());
    std::ofstream(fold, std::ios::binary) << kept;
  }
  spdlog::set_level(spdlog::level::info);
  EXPECT_EQ(AnswersOf(ledger), before);
}

TEST(ForgedFolds, AnEventUnderATypeThatIsNotItsOwnIsTold) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  fs::path index;
  for (const fs::path& fold : FoldsOf(folder.path())) {
    if (fold.filename().string().starts_with("index-1-")) index = fold;
  }
  std::vector<std::string> sections;
  std::string head;
  {
    const auto file = SectionFile::Open(index);
    ASSERT_TRUE(file.ok());
    head = (*file)->head();
    for (size_t i = 0; i < (*file)->section_count(); i++) sections.push_back(*(*file)->Read(i));
  }
  sections[3].back() = static_cast<char>(EventType::SigningKeyChanged);  // of the last word: its type
  ASSERT_TRUE(SectionFile::Write(index, head, sections).ok());
  const auto log = folder.OpenForReading();
  EXPECT_EQ(KeyChain::Of(*log).error().code, ErrorCode::kDamaged);
  AskForKeysAndCheckpoints(folder.path());
  // Verification does not ask the index for the keys, so it tells what is wrong.
  const auto verified = VerifyLedger(*log);
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
  const std::vector<std::string> before = AnswersOf(folder.path());
  {
    auto fork = Ledger::Open(kept / "fork", WithFolds());
    ASSERT_TRUE(fork.ok());
    RecordOne(**fork, OpenCustomer("X"));
    for (uint64_t n = 20; n < 90; n++) RecordOne(**fork, IssueInvoice("X", n, "77"));
  }
  uint64_t replaced = 0;
  for (const fs::path& fold : FoldsOf(kept / "fork")) {
    const fs::path own = folder.path() / kDerivedFolder / fold.filename();
    if (!fs::exists(own) || ReadWholeFile(own) == ReadWholeFile(fold)) continue;
    const std::string bytes = ReadWholeFile(own);
    fs::copy_file(fold, own, fs::copy_options::overwrite_existing);
    EXPECT_EQ(AnswersOf(folder.path()), before) << fold.filename();
    EXPECT_TRUE(IsFound(folder.path())) << fold.filename();
    std::ofstream(own, std::ios::binary) << bytes;
    replaced++;
  }
  EXPECT_GT(replaced, 1U);
}

TEST(ForgedFolds, ADamagedHeadOrTableIsAFinding) {
  const LedgerFolder folder;
  Fill(folder, "C1", 1);
  for (const fs::path& fold : FoldsOf(folder.path())) {
    const std::string bytes = ReadWholeFile(fold);
    for (const size_t place : {size_t{3}, bytes.size() - 3, bytes.size() - 40}) {
      std::string changed = bytes;
      changed[place] = static_cast<char>(changed[place] ^ 1);
      std::ofstream(fold, std::ios::binary) << changed;
      EXPECT_TRUE(IsFound(folder.path())) << fold.filename() << " " << place;
    }
    std::ofstream(fold, std::ios::binary) << bytes;
  }
  EXPECT_FALSE(IsFound(folder.path()));
}

}  // namespace
}  // namespace duebook
