#include "projections/shared/event_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/books/write_off_policy.h"
#include "projections/shared/values_in_words.h"
#include "tests/support/random_records.h"
#include "tests/support/seed.h"

namespace duebook {
namespace {

Command MustMake(const Record& record) {
  auto made = MakeCommand(record, CnyContext());
  CHECK(std::holds_alternative<Command>(made));
  Command command = std::get<Command>(std::move(made));
  if (command.event().info().has_amount && command.event().currency().empty()) {
    CHECK(!command.SetCurrency(*Currency::Parse("CNY")).has_value());
  }
  return command;
}

TEST(EventTextTest, SaysWhatHappenedInOneLine) {
  struct Case {
    Record record;
    std::string_view text;
  };
  const Case cases[] = {
      {CellsRecord({{"type", "PaymentReceived"},
                    {"id", "e"},
                    {"date", "2025-01-01"},
                    {"customer", "C-1"},
                    {"payment", "RCV-7"},
                    {"amount", "1200"},
                    {"method", "bank transfer"},
                    {"reference", "INV-1 INV-2"}}),
       "Payment RCV-7 of 1200.00 CNY received by bank transfer, reference INV-1 INV-2"},
      {CellsRecord({{"type", "InvoiceIssued"},
                    {"id", "e"},
                    {"date", "2025-01-01"},
                    {"customer", "C-1"},
                    {"memo", "second\ndelivery"},
                    {"invoice", "INV-7"},
                    {"amount", "5"},
                    {"shipments", "S-1;S-2"},
                    {"instalments", "2025-02-01 2;2025-03-01 3"}}),
       "Invoice INV-7 of 5.00 CNY issued, in instalments 2025-02-01 2.00, 2025-03-01 3.00, for shipments S-1, S-2 "
       "(memo: second delivery)"},
      {CellsRecord({{"type", "PaymentApplied"},
                    {"id", "e"},
                    {"date", "2025-01-01"},
                    {"credit_note", "CN-1"},
                    {"invoice", "INV-7"},
                    {"amount", "5"}}),
       "5.00 CNY of credit note CN-1 applied to invoice INV-7"},
      {CellsRecord({{"type", "WriteOffPolicySet"},
                    {"id", "e"},
                    {"date", "2025-01-01"},
                    {"bands", "1000 1 controller;- 2 controller+cfo"}}),
       "Write-off policy set: 1000.00 1 controller, - 2 controller+cfo; requests within 12 months are added "
       "up"},
      {CellsRecord({{"type", "WriteOffApproved"}, {"id", "e"}, {"date", "2025-01-01"}, {"write_off", "W-1"}}),
       "Write-off W-1 approved"},
  };
  for (const Case& each : cases) EXPECT_EQ(EventText(MustMake(each.record).event()), each.text);
}

TEST(EventTextTest, NamesWhatTheLedgerWorkedOut) {
  Command reversal = MustMake(CellsRecord({{"type", "ApplicationReversed"},
                                           {"id", "e"},
                                           {"date", "2025-01-01"},
                                           {"application", "a-1"},
                                           {"reason", "bounced"}}));
  EXPECT_EQ(EventText(reversal.event()), "Application a-1 reversed: bounced");
  reversal.Set("amount", Minor{500});
  reversal.Set("discount", Minor{0});
  EXPECT_EQ(EventText(reversal.event()), "Application a-1 of 5.00 CNY reversed: bounced");
  reversal.Set("discount", Minor{10});
  EXPECT_EQ(EventText(reversal.event()), "Application a-1 of 5.00 CNY with discount 0.10 CNY reversed: bounced");
}

// A field that is added to the schema must be added to the sentence too.
TEST(EventTextTest, LeavesOutNoFieldOfAnyType) {
  const uint32_t seed = TestSeed(11);
  TRACE_SEED(seed);
  RandomRecords records(seed);
  for (const EventTypeInfo& info : AllEventTypes()) {
    Command command = MustMake(records.Make(info, true));
    for (const FieldInfo& field : info.fields) {
      if (field.internal && field.type == FieldType::kAmount) command.Set(field.name, Minor{12'345});
      if (field.internal && field.type == FieldType::kDate) command.Set(field.name, Date());
      if (field.type == FieldType::kChosenBand) command.Set(field.name, schema::ChosenBand(17, 12'345, 1));
    }
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      const std::string text = EventText(command.event(), language);
      for (const FieldInfo& field : info.fields) {
        std::string value = ValueInWords(command.event(), field, language);
        if (field.type == FieldType::kHash) value.resize(12);
        value = value.substr(0, value.find_first_of(";\n"));
        EXPECT_NE(text.find(value), std::string::npos) << info.name << " " << field.name << ": " << text;
      }
      EXPECT_EQ(text.find('\n'), std::string::npos);
      EXPECT_EQ(text.find_first_of("[]{}"), std::string::npos);
    }
  }
}

// The sum is kept up to the largest amount, so that one says it may be more.
TEST(EventTextTest, ASumTooLargeToBeKeptIsToldAsAtLeastThat) {
  const auto text = [](Minor added_up, Language language) {
    Command request = MustMake(CellsRecord({{"type", "WriteOffRequested"},
                                            {"date", "2025-01-01"},
                                            {"id", "e"},
                                            {"write_off", "W"},
                                            {"invoice", "I"},
                                            {"amount", "1"},
                                            {"reason", "gone"}}));
    request.Set("chosen", schema::ChosenBand(17, added_up, 1));
    return EventText(request.event(), language);
  };
  EXPECT_THAT(text(kMostAddedUp, Language::kEnglish), testing::HasSubstr("for 92233720368547758.07 or more"));
  EXPECT_THAT(text(kMostAddedUp, Language::kChinese), testing::HasSubstr("合计 92233720368547758.07 及以上"));
  EXPECT_THAT(text(kMostAddedUp - 1, Language::kChinese), testing::Not(testing::HasSubstr("及以上")));
}

TEST(EventTextTest, WordsAmongTheValuesAreInTheLanguage) {
  const auto terms = [](std::string value) {
    const Command set = MustMake(
        CellsRecord({{"type", "TermsSet"}, {"customer", "C"}, {"date", "2025-01-01"}, {"id", "e"}, {"terms", value}}));
    return EventText(set.event(), Language::kChinese);
  };
  EXPECT_EQ(terms("net 60"), "账期改为 60 天内付清");
  EXPECT_EQ(terms("2.5/10 NET 30"), "账期改为 10 天内付款折扣 2.5%，30 天内付清");
  EXPECT_EQ(terms("net 0"), "账期改为 立即付清");
  EXPECT_EQ(terms("2/0 net 30"), "账期改为 当日付款折扣 2%，30 天内付清");
  EXPECT_EQ(terms("1/0 net 0"), "账期改为 当日付款折扣 1%，立即付清");
  const auto method = [](std::string value) {
    const Command received = MustMake(CellsRecord({{"type", "PaymentReceived"},
                                                   {"customer", "C"},
                                                   {"date", "2025-01-01"},
                                                   {"id", "e"},
                                                   {"payment", "P"},
                                                   {"amount", "1"},
                                                   {"method", value}}));
    return EventText(received.event(), Language::kChinese);
  };
  EXPECT_EQ(method("transfer"), "收款 P，金额 1.00 CNY，方式 转账");
  EXPECT_EQ(method("by pigeon"), "收款 P，金额 1.00 CNY，方式 by pigeon");
}

TEST(EventTextTest, NumbersStandApartFromTheWordsAroundThem) {
  const Command applied = MustMake(CellsRecord({{"type", "PaymentApplied"},
                                                {"id", "e"},
                                                {"date", "2025-01-01"},
                                                {"payment", "PAY-24-003"},
                                                {"invoice", "INV-7"},
                                                {"amount", "5"}}));
  EXPECT_EQ(EventText(applied.event(), Language::kChinese), "以收款 PAY-24-003 核销发票 INV-7，金额 5.00 CNY");
}

}  // namespace
}  // namespace duebook
