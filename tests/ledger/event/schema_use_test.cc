#include "ledger/event/schema_use.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/framed/layout.h"
#include "tests/support/raw_store.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::HasSubstr;

SchemaUse UseOf(const EventLog& log) {
  SchemaUse use;
  EXPECT_TRUE(log.Scan(1, log.last_seq(),
                       [&](EventView event) {
                         use.Add(event);
                         return true;
                       })
                  .ok());
  return use;
}

std::optional<std::string> LackingOf(std::string_view text) {
  const auto use = SchemaUse::Decode(text);
  EXPECT_TRUE(use.has_value()) << text;
  return use.has_value() ? use->lacking() : std::nullopt;
}

TEST(SchemaUse, CountsTheFieldsOfEachTableUpToTheLastThatIsUsed) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordOne(*ledger, OpenCustomer("A"));
  // The name is the first field of a CustomerOpened; due is the fourth of an invoice, and the last of it that is given.
  EXPECT_EQ(UseOf(ledger->log()).Encode(), "CustomerOpened 1\nEvent 13\n");
  RecordOne(*ledger, IssueInvoice("A", 1, "10"));
  EXPECT_EQ(UseOf(ledger->log()).Encode(), "CustomerOpened 1\nEvent 13\nInvoiceIssued 4\n");
}

TEST(SchemaUse, SaysWhetherAnEventUsesMore) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "10"), IssueInvoice("A", 2, "10")));
  SchemaUse use;
  std::vector<bool> more;
  EXPECT_TRUE(ledger->log().Scan(1, 3, [&](EventView event) { return more.push_back(use.Add(event)), true; }).ok());
  EXPECT_EQ(more, std::vector<bool>({true, true, false}));
}

TEST(SchemaUse, ReadsBack) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "10")));
  const std::string text = UseOf(ledger->log()).Encode();
  const auto use = SchemaUse::Decode(text);
  ASSERT_TRUE(use.has_value());
  EXPECT_EQ(use->Encode(), text);
  EXPECT_EQ(use->lacking(), std::nullopt);
  EXPECT_EQ(SchemaUse::Decode("")->lacking(), std::nullopt);
}

TEST(SchemaUse, NamesWhatThisProgramLacks) {
  EXPECT_EQ(LackingOf("Event 14\nLaterEvent 1\n"), "LaterEvent");
  EXPECT_EQ(LackingOf("Event 14\nInvoiceIssued 99\n"), "fields of InvoiceIssued");
  EXPECT_EQ(LackingOf("Instalment 3\n"), "fields of Instalment");
  EXPECT_EQ(LackingOf("Instalment 2\n"), std::nullopt);
}

TEST(SchemaUse, RefusesWhatItDidNotWrite) {
  for (const char* text :
       {"Event", "Event 14", "Event x\n", "Event 0\n", "Event 14\n\n", "Event\n14\n", "Event 99999999\n"}) {
    EXPECT_FALSE(SchemaUse::Decode(text).has_value()) << text;
  }
}

TEST(SchemaUse, IsKeptByTheStore) {
  const LedgerFolder folder;
  RecordAll(*folder.Open(), ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "10")));
  const std::string use = UseOf(*folder.OpenForReading()).Encode();
  EXPECT_EQ(RawStore(folder.path()).Entries("default").at(kSchemaRow), use);
  RecordOne(*folder.Open(), ReceivePayment("A", 2));
  EXPECT_THAT(RawStore(folder.path()).Entries("default").at(kSchemaRow), HasSubstr("PaymentReceived"));
}

TEST(SchemaUse, ThatCannotBeReadIsDamage) {
  const LedgerFolder folder;
  RecordOne(*folder.Open(), OpenCustomer("A"));
  RawStore(folder.path()).Put("default", kSchemaRow, "Event");
  const auto log = EventLog::Open(folder.path(), EventLog::Mode::kRead);
  ASSERT_FALSE(log.ok());
  EXPECT_EQ(log.error().code, ErrorCode::kDamaged);
  EXPECT_THAT(log.error().sentence, HasSubstr("its events' schema"));
}

}  // namespace
}  // namespace duebook
