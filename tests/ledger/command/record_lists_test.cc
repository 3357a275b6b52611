// Lists of a record: instalments, bands, numbers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/command/command.h"
#include "tests/support/records.h"

namespace duebook {
namespace {

Record PolicyRecord(RawValue bands) {
  return With(CellsRecord({{"type", "WriteOffPolicySet"}, {"id", "e-1"}, {"date", "2025-03-01"}}), "bands",
              std::move(bands));
}

TEST(RecordLists, ReadsListsFromCellsAndJson) {
  const Command from_cell = Accepted(PolicyRecord(CellValue("1000.00 1 credit controller; - 2 controller+cfo")));
  const Command from_json = Accepted(PolicyRecord(
      ListValue({ObjectValue({{"up_to", TextValue("1000")}, {"roles", ListValue({TextValue("credit controller")})}}),
                 ObjectValue({{"approvals", NumberValue("2")},
                              {"roles", ListValue({TextValue("controller"), TextValue("cfo")})}})})));
  EXPECT_EQ(TextOf(from_cell, "bands"), "1000.00 1 credit controller;- 2 controller+cfo");
  EXPECT_TRUE(SameContent(from_cell, from_json.event()));
  EXPECT_EQ(TextOf(Accepted(PolicyRecord(CellValue("- 1"))), "bands"), "- 1");
  EXPECT_EQ(TextOf(Accepted(With(PolicyRecord(CellValue("- 1")), "months", NumberValue("6"))), "months"), "6");
}

TEST(RecordLists, ReadsColonsInListsAsBlanks) {
  EXPECT_EQ(TextOf(Accepted(PolicyRecord(CellValue("1000.00:1:credit controller;:2:a:b"))), "bands"),
            "1000.00 1 credit controller;- 2 a:b");
  EXPECT_EQ(TextOf(Accepted(PolicyRecord(CellValue("1000.00 1 east:controller;-:1"))), "bands"),
            "1000.00 1 east:controller;- 1");
  const Command invoice = Accepted(CellsRecord({{"type", "InvoiceIssued"},
                                                {"id", "e-1"},
                                                {"date", "2025-03-01"},
                                                {"customer", "C-1"},
                                                {"invoice", "INV-1"},
                                                {"amount", "5"},
                                                {"instalments", "2025-04-01:2;2025-05-01: 3.00"}}));
  EXPECT_EQ(TextOf(invoice, "instalments"), "2025-04-01 2.00;2025-05-01 3.00");
}

TEST(RecordLists, TellsTheFormOfAList) {
  const auto sentence = [](RawValue bands) { return SentenceOf(PolicyRecord(std::move(bands))); };
  for (const char* cell : {"1000", "1000 team-lead", "5000;- 1", R"([{"approvals":1}])", R"({"approvals":1})"}) {
    EXPECT_EQ(sentence(CellValue(cell)),
              "bands must be written UP_TO APPROVALS ROLE+ROLE;- APPROVALS ROLE, such as 5000.00 1 team-lead;- 2 "
              "team-lead+cfo")
        << cell;
  }
  EXPECT_THAT(sentence(TextValue("1000 1 cfo")), testing::StartsWith("bands must be a list, such as [{\"up_to\":"));
  EXPECT_THAT(sentence(ListValue({TextValue("1000 1 cfo")})), testing::StartsWith("bands must be a list, such as [{"));
}

TEST(RecordLists, RefusesFaultsInLists) {
  struct Case {
    RawValue bands;
    std::string_view answer;
  };
  const Case cases[] = {
      {TextValue("1000 1 cfo"), "bad_field bands"},
      {ListValue({}), "missing_field bands"},
      {ListValue({TextValue("1000 1 cfo")}), "bad_field bands"},
      {ListValue({ObjectValue({{"approval", NumberValue("1")}})}), "unknown_field bands"},
      {ListValue({ObjectValue({{"approvals", NumberValue("1")}, {"approvals", NumberValue("2")}})}), "bad_field bands"},
      {ListValue({ObjectValue({{"approvals", NumberValue("-1")}})}), "bad_field bands.approvals"},
      {ListValue({ObjectValue({{"approvals", NumberValue("1.0")}})}), "bad_field bands.approvals"},
      {ListValue({ObjectValue({{"up_to", NumberValue("0.001")}})}), "bad_amount bands.up_to"},
      {ListValue({ObjectValue({{"up_to", NumberValue("0")}})}), "bad_amount bands.up_to"},
      {ListValue({ObjectValue({{"roles", TextValue("cfo")}})}), "bad_field bands.roles"},
      {ListValue({ObjectValue({{"roles", ListValue({TextValue("a"), TextValue("b"), TextValue("a")})}})}),
       "bad_field bands.roles"},
      {CellValue("1000"), "bad_field bands.approvals"},
      {CellValue("1000 1 a++b"), "bad_field bands.roles"},
      {CellValue("- 1;"), "bad_field bands"},
  };
  for (const Case& each : cases) EXPECT_EQ(Answer(PolicyRecord(each.bands)), each.answer) << each.bands.text;
}

TEST(RecordLists, RefusesFaultsInInstalments) {
  const Record invoice = InvoiceRecord();
  const auto answer = [&](RawValue instalments) {
    return Answer(With(invoice, "instalments", std::move(instalments)));
  };
  EXPECT_EQ(answer(CellValue("2025-04-01 2;2025-05-01 3.00")), "accepted");
  EXPECT_EQ(answer(CellValue("2025-04-31 2")), "bad_date instalments.due");
  EXPECT_EQ(answer(CellValue("2025-04-01")), "bad_amount instalments.amount");
  EXPECT_EQ(answer(CellValue("2025-04-01 2.001")), "bad_amount instalments.amount");
  EXPECT_EQ(answer(ListValue({ObjectValue({{"due", TextValue("2025-04-01")}})})), "missing_field instalments.amount");
  EXPECT_EQ(answer(ListValue({ObjectValue({{"amount", NumberValue("5")}})})), "missing_field instalments.due");
  EXPECT_EQ(answer(ListValue(std::vector<RawValue>(20'000, CellValue("2025-04-01 1")))), "bad_field instalments");
}

}  // namespace
}  // namespace duebook
