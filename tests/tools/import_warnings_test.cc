// What looks wrong in an import: which entries are alike, which dates distant, which amounts unusual, and what is
// remembered.

#include "tools/import/pipeline/import_warnings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/values/check.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Date Day(std::string_view text) { return *Date::Parse(text); }

class ImportWarningsTest : public testing::Test {
 protected:
  // The codes of the warnings about a record, which is noted then in the next line.
  std::vector<std::string> Codes(std::vector<std::pair<std::string, std::string>> fields) {
    std::vector<std::string> codes;
    for (const ImportWarning& warning : Add(std::move(fields))) codes.emplace_back(CodeName(warning.code));
    return codes;
  }

  std::vector<ImportWarning> Add(std::vector<std::pair<std::string, std::string>> fields) {
    fields.emplace_back("id", "e" + std::to_string(++line_));
    Record record;
    for (const auto& [name, text] : fields) {
      record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
    }
    const MadeCommand made = MakeCommand(record, {kCny, "ann"});
    CHECK(std::holds_alternative<Command>(made));
    const auto entry = EntryOf(std::get<Command>(made), kCny);
    if (!entry.has_value()) return {};
    auto warnings = warnings_.Look(*entry, "a.csv");
    warnings_.Note(*entry, "a.csv", line_);
    return warnings;
  }

  std::vector<std::string> Invoice(const std::string& number, const std::string& amount) {
    return Codes({{"type", "InvoiceIssued"},
                  {"date", "2025-06-01"},
                  {"customer", "C"},
                  {"invoice", number},
                  {"amount", amount}});
  }

  std::vector<std::string> Dated(const std::string& day, const std::string& due) {
    return Codes({{"type", "InvoiceIssued"},
                  {"date", day},
                  {"due", due},
                  {"customer", "C"},
                  {"invoice", "I-" + std::to_string(line_)},
                  {"amount", "1.00"}});
  }

  const Currency kCny = *Currency::Parse("CNY");
  ImportWarnings warnings_{Day("2026-03-15"), 4};
  uint64_t line_ = 0;
};

TEST_F(ImportWarningsTest, NumbersAreTheSameButForCaseSignsAndZeros) {
  EXPECT_THAT(Invoice("INV-007/A", "1.00"), IsEmpty());
  EXPECT_THAT(Invoice("inv 7a", "1.00"), ElementsAre("duplicate_entry"));
  EXPECT_THAT(Invoice("INV-70A", "1.00"), IsEmpty());
  EXPECT_THAT(Invoice("INV-7A", "1.01"), IsEmpty());
  EXPECT_THAT(Invoice("1-12", "1.00"), IsEmpty());
  EXPECT_THAT(Invoice("11-2", "1.00"), IsEmpty());
}

TEST_F(ImportWarningsTest, AnEntryIsLikeOneOfItsOwnTypeCustomerAndCurrencyAlone) {
  const std::vector<std::pair<std::string, std::string>> payment{
      {"type", "PaymentReceived"}, {"date", "2025-06-01"}, {"payment", "1"}, {"reference", "x"}, {"amount", "9.00"}};
  const auto with = [&](std::string name, std::string text) {
    auto fields = payment;
    fields.emplace_back(std::move(name), std::move(text));
    if (fields.back().first != "customer") fields.emplace_back("customer", "C");
    return Codes(fields);
  };
  EXPECT_THAT(with("customer", "C"), IsEmpty());
  EXPECT_THAT(with("customer", "D"), IsEmpty());
  EXPECT_THAT(with("currency", "EUR"), IsEmpty());
  EXPECT_THAT(with("memo", "told again"), ElementsAre("duplicate_entry"));
  EXPECT_THAT(with("memo", "and again"), ElementsAre("duplicate_entry"));
  EXPECT_THAT(Codes({{"type", "CreditNoteIssued"},
                     {"date", "2025-06-01"},
                     {"customer", "C"},
                     {"credit_note", "x"},
                     {"amount", "9.00"}}),
              IsEmpty());
}

TEST_F(ImportWarningsTest, WithoutACustomerTheInvoiceStandsForIt) {
  const auto note = [&](const std::string& invoice) {
    return Codes({{"type", "CreditNoteIssued"},
                  {"date", "2025-06-01"},
                  {"credit_note", "CN-1"},
                  {"invoice", invoice},
                  {"amount", "9.00"}});
  };
  EXPECT_THAT(note("I-1"), IsEmpty());
  EXPECT_THAT(note("I-2"), IsEmpty());
  EXPECT_THAT(note("I-1"), ElementsAre("duplicate_entry"));
}

TEST_F(ImportWarningsTest, DatesAreDistantFrom20YearsBeforeAnd10YearsAfter) {
  EXPECT_THAT(Dated("2006-03-16", "2036-03-14"), IsEmpty());
  EXPECT_THAT(Dated("2006-03-15", "2006-04-15"), ElementsAre("distant_date"));
  EXPECT_THAT(Dated("2036-03-15", "2036-04-15"), ElementsAre("distant_date", "distant_date"));
  EXPECT_THAT(Dated("2025-03-15", "2036-03-15"), ElementsAre("distant_date"));
}

TEST_F(ImportWarningsTest, AnInvoiceIsDueOnItsDateOrLater) {
  EXPECT_THAT(Dated("2025-03-15", "2025-03-15"), IsEmpty());
  EXPECT_THAT(Dated("2025-03-15", "2025-03-14"), ElementsAre("due_before_date"));
  EXPECT_THAT(Codes({{"type", "InvoiceIssued"},
                     {"date", "2025-03-15"},
                     {"customer", "C"},
                     {"invoice", "I"},
                     {"amount", "2.00"},
                     {"instalments", "2025-04-15 1.00;2025-03-14 1.00"}}),
              ElementsAre("due_before_date"));
}

TEST_F(ImportWarningsTest, AnAmountIsUnusualFromAThousandTimesTheLargestOn) {
  EXPECT_THAT(Invoice("1", "1.00"), IsEmpty());
  EXPECT_THAT(Invoice("2", "999.99"), IsEmpty());
  EXPECT_THAT(Invoice("3", "999989.99"), IsEmpty());
  EXPECT_THAT(Invoice("4", "999989990.00"), ElementsAre("unusual_amount"));
}

TEST_F(ImportWarningsTest, TheLargestAmountMayBeAsLargeAsThereIs) {
  EXPECT_THAT(Invoice("1", "92233720368547758.07"), IsEmpty());
  EXPECT_THAT(Invoice("2", "92233720368547758.06"), IsEmpty());
}

TEST_F(ImportWarningsTest, SaysWhereTheOtherIs) {
  EXPECT_THAT(Invoice("1", "1.00"), IsEmpty());
  const auto found = Add(
      {{"type", "InvoiceIssued"}, {"date", "2025-06-01"}, {"customer", "C"}, {"invoice", "01"}, {"amount", "1.00"}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].field, "invoice");
  EXPECT_THAT(found[0].sentence, testing::HasSubstr("stands in line 1 under another id"));
}

TEST_F(ImportWarningsTest, WhatWasNotedFirstIsForgottenFirst) {
  for (int i = 1; i <= 4; i++) Invoice("I-" + std::to_string(i), "1.00");
  EXPECT_THAT(Invoice("I 1", "1.00"), ElementsAre("duplicate_entry"));
  Invoice("I-5", "1.00");
  EXPECT_THAT(Invoice("I 1", "1.00"), IsEmpty());
  EXPECT_THAT(Invoice("I 5", "1.00"), ElementsAre("duplicate_entry"));
}

}  // namespace
}  // namespace duebook
