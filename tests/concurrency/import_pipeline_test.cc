// Files into a ledger: what is recorded, what is refused, and where it is said to be.

#include "tools/import/pipeline/import_pipeline.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tools/import/rows/record_splitter.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Writes down what the import tells: "3 recorded 1", "4 duplicate 1", "5 refused bad_date".
class Notes : public ImportObserver {
 public:
  Status OnBatch(const ImportSource& source, const ImportBatch& batch, std::span<const Outcome> outcomes) override {
    source_ = source.name();
    for (size_t i = 0; i < outcomes.size(); i++) {
      const ImportBatch::Item& item = batch.items[i];
      const auto* rejection = std::get_if<Rejection>(&outcomes[i]);
      if (rejection != nullptr) {
        lines.push_back(fmt::format("{} refused {}", item.line, CodeName(rejection->code)));
        texts.emplace_back(batch.TextOf(item));
      } else if (const auto* duplicate = std::get_if<Duplicate>(&outcomes[i])) {
        lines.push_back(fmt::format("{} duplicate {}", item.line, duplicate->seq));
      } else {
        lines.push_back(fmt::format("{} recorded {}", item.line, std::get<Recorded>(outcomes[i]).seq));
      }
    }
    return Status();
  }
  void OnNothingRecorded() override { lines.emplace_back("nothing recorded"); }
  void OnUnreadable(const Error& error) override { unreadable.push_back(error.sentence); }

  std::vector<std::string> lines;
  std::vector<std::string> texts;  // of refused lines
  std::vector<std::string> unreadable;

 private:
  std::string source_;
};

class ImportPipelineTest : public testing::Test {
 protected:
  ImportPipelineTest() {
    CHECK(EventLog::Create(folder_ / "ledger", {"Acme", *Currency::Parse("CNY"), "", {}}).ok());
    auto opened = Ledger::Open(folder_ / "ledger");
    CHECK(opened.ok());
    ledger_ = std::move(*opened);
  }

  ImportResult Import(const std::vector<std::string>& files, Notes* notes, ImportMode mode = ImportMode::kEach) {
    size_t next = 0;
    const CommandContext context{*Currency::Parse("CNY"), "clerk", false};
    const auto result = RunImport(
        ledger_.get(),
        [&]() -> Result<std::unique_ptr<ImportSource>> {
          if (next == files.size()) return std::unique_ptr<ImportSource>();
          return OpenRecordSource(files[next++], nullptr, context);
        },
        {.mode = mode}, notes);
    CHECK(result.ok());
    return *result;
  }

  // Imports one file with this text and answers its notes.
  std::vector<std::string> ImportText(std::string_view name, std::string_view text) {
    Notes notes;
    Import({folder_.Write(name, text)}, &notes);
    return notes.lines;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Ledger> ledger_;
};

constexpr std::string_view kOpened =
    R"({"type":"CustomerOpened","id":"c1","date":"2025-01-01","customer":"C1","name":"华东贸易"})";
constexpr std::string_view kInvoice =
    R"({"type":"InvoiceIssued","id":"i1","date":"2025-01-02","customer":"C1","invoice":"INV-1","amount":"100.00"})";
constexpr std::string_view kPayment =
    R"({"type":"PaymentReceived","id":"p1","date":"2025-01-03","customer":"C1","payment":"P-1","amount":60})";
constexpr std::string_view kApplied =
    R"({"type":"PaymentApplied","id":"a1","date":"2025-01-03","payment":"P-1","invoice":"INV-1","amount":"60.00"})";

std::string Lines(std::initializer_list<std::string_view> lines) {
  std::string text;
  for (const std::string_view line : lines) text.append(line).append("\n");
  return text;
}

TEST_F(ImportPipelineTest, RecordsEveryLineInOrder) {
  EXPECT_THAT(ImportText("a.jsonl", Lines({kOpened, kInvoice, kPayment, kApplied})),
              ElementsAre("1 recorded 1", "2 recorded 2", "3 recorded 3", "4 recorded 4"));
}

TEST_F(ImportPipelineTest, RecordsNothingTwice) {
  ImportText("a.jsonl", Lines({kOpened, kInvoice}));
  EXPECT_THAT(ImportText("a.jsonl", Lines({kOpened, kInvoice})), ElementsAre("1 duplicate 1", "2 duplicate 2"));
}

TEST_F(ImportPipelineTest, RecordsGoodLinesAroundABadOne) {
  const std::string bad[] = {
      "{",
      "[]",
      "nonsense",
      R"({"type":"CustomerOpened"} {})",
      R"({"type":"CustomerOpened",})",
      "{\"type\":\"Customer\xff\"}",
      std::string(R"({"memo":)") + std::string(50, '[') + std::string(50, ']') + "}",
      R"({"memo":)" + std::string(5000, '['),
      std::string("{\"type\":\0}", 10),
      R"({"amount": 01})",
      R"({"amount": tru})",
      std::string(kMaxRecordBytes + 10, ' ') + "x",
  };
  const char* const codes[] = {"bad_json", "bad_json", "bad_json", "bad_json", "bad_json", "bad_utf8",
                               "bad_json", "bad_json", "bad_json", "bad_json", "bad_json", "too_long"};
  for (size_t i = 0; i < std::size(bad); i++) {
    const std::string good = fmt::format(R"({{"type":"NoteAdded","id":"n{}","date":"2025-01-01","text":"x"}})", i);
    const auto notes = ImportText("bad.jsonl", Lines({good, bad[i], good}));
    ASSERT_EQ(notes.size(), 3U) << bad[i].substr(0, 100);
    EXPECT_EQ(notes[0], fmt::format("1 recorded {}", i + 1));
    EXPECT_EQ(notes[1], fmt::format("2 refused {}", codes[i])) << bad[i].substr(0, 100);
    EXPECT_EQ(notes[2], fmt::format("3 duplicate {}", i + 1));
  }
}

TEST_F(ImportPipelineTest, ReadsMarksLineEndsAndBlankLinesOfOtherSystems) {
  EXPECT_THAT(ImportText("a.jsonl", fmt::format("\xEF\xBB\xBF{}\r\n\r\n  \n{}", kOpened, kInvoice)),
              ElementsAre("1 recorded 1", "4 recorded 2"));
  EXPECT_THAT(ImportText("empty.jsonl", ""), ElementsAre());
  EXPECT_THAT(ImportText("empty.csv", ""), ElementsAre());
  EXPECT_THAT(ImportText("mark.csv", "\xEF\xBB\xBF"), ElementsAre());
}

TEST_F(ImportPipelineTest, ReadsCsvWithQuotesAndLinesInCells) {
  EXPECT_THAT(ImportText("a.csv",
                         "type,id,date,customer,name,invoice,amount,memo\n"
                         "CustomerOpened,c1,2025-01-01,C1,\"Li, \"\"Ming\"\"\nand Sons\",,,\r\n"
                         "InvoiceIssued,i1,2025-01-02,C1,,INV-1,100.00,\n"
                         "InvoiceIssued,i2,2025-01-02,C1,,INV-2,1\"2,\n"
                         "InvoiceIssued,i3,2025-01-02,C1,,INV-3,\"5\"0,\n"
                         "InvoiceIssued,i4,2025-01-02,C1,,INV-4\n"
                         "InvoiceIssued,i5,2025-01-02,C1,,INV-5,5,"),
              ElementsAre("2 recorded 1", "4 recorded 2", "5 refused bad_amount", "6 refused bad_csv",
                          "7 refused bad_csv", "8 recorded 3"));
  EXPECT_THAT(ImportText("open.csv",
                         "type,id,date,text\n"
                         "NoteAdded,n1,2025-01-02,\"never closed\n"
                         "NoteAdded,n2,2025-01-02,fine\n"),
              ElementsAre("2 refused bad_csv", "3 recorded 4"));
}

TEST_F(ImportPipelineTest, RefusesAHeaderThatCannotBeRead) {
  Notes notes;
  Import({folder_.Write("twice.csv", "type,type\nx,y\n"), folder_.Write("empty.csv", "type,,id\n")}, &notes);
  EXPECT_THAT(notes.unreadable, ElementsAre(HasSubstr("the column type twice"), HasSubstr("column 2")));
}

TEST_F(ImportPipelineTest, GoesOnAfterAFileThatCannotBeRead) {
  Notes notes;
  Import({(folder_ / "absent.jsonl").string(), folder_.path().string(), folder_.Write("a.jsonl", kOpened)}, &notes);
  EXPECT_THAT(notes.unreadable, ElementsAre(HasSubstr("No such file"), HasSubstr("is a folder")));
  EXPECT_THAT(notes.lines, ElementsAre("1 recorded 1"));
}

TEST_F(ImportPipelineTest, GivesRefusedLinesBackUnchanged) {
  Notes notes;
  const std::string line = R"({ "type" : "InvoiceIssued" , "id":"ünïcode" })";
  Import({folder_.Write("a.jsonl", line)}, &notes);
  EXPECT_THAT(notes.texts, ElementsAre(line));
}

TEST_F(ImportPipelineTest, RecordsAllOrNothing) {
  Notes notes;
  const std::string good = folder_.Write("good.jsonl", Lines({kOpened, kInvoice}));
  const std::string bad = folder_.Write("bad.jsonl", Lines({kPayment, "{"}));
  EXPECT_FALSE(Import({good, bad}, &notes, ImportMode::kAllOrNothing).committed);
  EXPECT_EQ(ledger_->log().last_seq(), 0U);
  EXPECT_FALSE(Import({good, (folder_ / "absent").string()}, &notes, ImportMode::kAllOrNothing).committed);
  EXPECT_EQ(ledger_->log().last_seq(), 0U);
  EXPECT_FALSE(Import({good}, &notes, ImportMode::kRehearsal).committed);
  EXPECT_EQ(ledger_->log().last_seq(), 0U);
  EXPECT_TRUE(Import({good}, &notes, ImportMode::kAllOrNothing).committed);
  EXPECT_EQ(ledger_->log().last_seq(), 2U);
}

TEST_F(ImportPipelineTest, CountsWhatBecameOfEachLine) {
  Notes notes;
  const auto result =
      Import({folder_.Write("a.jsonl", Lines({kOpened, kOpened, kInvoice, "{", "", kApplied}))}, &notes);
  EXPECT_EQ(result.counts.lines, 5U);
  EXPECT_EQ(result.counts.recorded, 2U);
  EXPECT_EQ(result.counts.duplicates, 0U);
  EXPECT_EQ(result.counts.repeated, 1U);
  EXPECT_EQ(result.counts.refused, 2U);
}

TEST_F(ImportPipelineTest, ABouncedPaymentRecordsItsReversalsFirst) {
  constexpr std::string_view bounced = R"({"type":"PaymentReversed","id":"b1","date":"2025-02-01","payment":"P-1"})";
  EXPECT_THAT(
      ImportText("a.jsonl", Lines({kOpened, kInvoice, kPayment, kApplied, bounced, bounced})),
      ElementsAre("1 recorded 1", "2 recorded 2", "3 recorded 3", "4 recorded 4", "5 recorded 6", "6 duplicate 6"));
  EXPECT_EQ(ledger_->log().Get(5)->view().type(), EventType::ApplicationReversed);
}

}  // namespace
}  // namespace duebook
