#include "projections/reports/statement_letter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/shared/letter_language.h"
#include "projections/shared/totals.h"
#include "tests/projections/scenario.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

// All that is written in a letter.
std::string TextOf(const Letter& letter) {
  std::string text = letter.title + "|" + letter.company.name;
  for (const std::string& line : letter.recipient) text += "|" + line;
  for (const auto& [name, cell] : letter.particulars) {
    text += "|" + name;
    if (const auto* words = std::get_if<std::string>(&cell)) text += "|" + *words;
    if (const auto* word = std::get_if<Term>(&cell)) text += "|" + word->name;
  }
  for (const LetterPart& part : letter.parts) {
    text += "|" + part.heading;
    for (const std::string& line : part.lines) text += "|" + line;
    if (!part.table.has_value()) continue;
    for (const Row& row : part.table->rows) {
      for (const Cell& cell : row) {
        if (const auto* word = std::get_if<Term>(&cell)) text += "|" + word->name;
        if (const auto* words = std::get_if<std::string>(&cell)) text += "|" + *words;
        if (const auto* number = std::get_if<int64_t>(&cell)) text += "|" + std::to_string(*number);
      }
    }
  }
  return text;
}

class Letters : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({
        "2025-01-01 CustomerOpened customer=C name=Chen address=Street contact=Wang terms='2/10 net 30' "
        "salesperson=sam language=en memo=whisper",
        "2025-01-05 InvoiceIssued customer=C invoice=I1 amount=1000 due=2025-02-28 memo=whisper actor=ann",
        "2025-01-07 InvoiceIssued customer=C invoice=I2 amount=30 currency=USD due=2025-01-31",
        "2025-01-10 PaymentReceived customer=C payment=P1 amount=400 payer=whisper reference=thanks",
        "2025-01-10 PaymentApplied id=A1 payment=P1 invoice=I1 amount=390 discount=7",
        "2025-01-20 WriteOffRequested write_off=W1 invoice=I1 amount=100 reason=whisper actor=ann",
        "2025-01-21 WriteOffApproved write_off=W1 actor=con",
        "2025-01-22 CreditNoteIssued customer=C credit_note=N1 amount=60 reason=whisper",
        "2025-01-23 PaymentReceived customer=C payment=P2 amount=11",
        "2025-01-24 PaymentReversed payment=P2 reason=whisper",
        "2998-02-10 CustomerChanged customer=C clear=contact;language",
    });
  }
  Letter Write(std::string_view last) {
    ReportRequest request = scenario_.Request();
    request.subject = "C";
    request.to = Day(last);
    auto letter = StatementLetter(request);
    EXPECT_TRUE(letter.ok());
    return *letter;
  }
  Scenario scenario_;
};

TEST_F(Letters, NameNothingThatIsForTheCompanyAlone) {
  const std::string text = TextOf(Write("2025-01-31"));
  for (const char* word : {"whisper", "ann", "con", "sam", "Event", "WriteOff", "Write"}) {
    EXPECT_THAT(text, Not(HasSubstr(word)));
  }
  EXPECT_THAT(text, HasSubstr("|Adjustment|I1|"));
  EXPECT_THAT(text, HasSubstr("|Payment|P1|thanks|"));
  EXPECT_THAT(text, HasSubstr("|Payment returned|P2|"));
  EXPECT_THAT(text, HasSubstr("|Discount|I1|"));
}

TEST_F(Letters, OpenItemsAddUpToTheClosingBalance) {
  for (const char* day : {"2025-01-05", "2025-01-10", "2025-01-21", "2025-01-31", "2025-03-31"}) {
    Letter letter = Write(day);
    std::map<std::string, Sum> closing, open, due;
    for (const Row& row : letter.parts[0].table->rows) {
      const Money balance = std::get<Money>(row.back());
      closing[balance.currency.ToString()] = balance.amount;
    }
    for (const Row& row : letter.parts[1].table->rows) {
      const Money balance = std::get<Money>(row.back());
      due[balance.currency.ToString()] = balance.amount;
    }
    const Report& items = *letter.parts[2].table;
    for (const Row& row : items.rows) {
      const Money left = std::get<Money>(row[ColumnIndex(items, "Open")]);
      open[left.currency.ToString()] += left.amount;
    }
    EXPECT_EQ(open, closing) << day;
    EXPECT_EQ(due, closing) << day;
  }
}

TEST(LanguageOfLetter, IsTheCustomersElseTheCompanysElseChinese) {
  Company company;
  EXPECT_EQ(LanguageOfLetter("en", company), Language::kEnglish);
  EXPECT_EQ(LanguageOfLetter("", company), Language::kChinese);
  company.language = Language::kEnglish;
  EXPECT_EQ(LanguageOfLetter("", company), Language::kEnglish);
  EXPECT_EQ(LanguageOfLetter("zh", company), Language::kChinese);
}

TEST_F(Letters, GoToWhereTheCustomerIsWhenTheyAreSentInItsLanguage) {
  EXPECT_THAT(Write("2025-01-31").recipient, ElementsAre("Chen", "Wang", "Street"));
  EXPECT_EQ(Write("2025-01-31").language, Language::kEnglish);
  EXPECT_THAT(Write("2998-02-28").recipient, ElementsAre("Chen", "Street"));
  EXPECT_EQ(Write("2998-02-28").language, Language::kChinese);
}

TEST(DayOfSending, IsTheLatestAnywhereWhenTheLastEventWasRecorded) {
  for (const auto& [time, day] :
       {std::pair("2025-03-01T09:59:59.999999Z", "2025-03-01"), std::pair("2025-03-01T10:00:00Z", "2025-03-02")}) {
    const LedgerFolder folder;
    LedgerOptions options;
    options.clock = [now = Time::Parse(time).value()] { return now; };
    const auto ledger = folder.Open(std::move(options));
    EXPECT_EQ(RecordOne(*ledger, OpenCustomer("C1")).substr(0, 8), "recorded");
    ReportRequest request;
    request.log = &ledger->log();
    request.cut = {Day("2025-01-31"), ledger->log().last_seq()};
    EXPECT_EQ(SendingOf(request)->day, Day(day));
    request.cut.effective = Day("2025-03-03");
    EXPECT_EQ(SendingOf(request)->day, Day("2025-03-03")) << "and no earlier than the last day of the statement";
  }
}

}  // namespace
}  // namespace duebook
