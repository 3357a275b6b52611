// Ids, numbers, users and roles at the ledger's door: what looks like a known name is that name or is refused, and what
// older ledgers hold stays usable as they hold it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/command/spelling.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kComposed = "M\u00fcller";
constexpr std::string_view kDecomposed = "Mu\u0308ller";
constexpr std::string_view kUnseen = "M\u00fcller\u200b";

Command Made(FieldTexts fields, bool as_spelled = false) {
  CommandContext context = CnyContext();
  context.as_spelled = as_spelled;
  return Accepted(CellsRecord(fields), context);
}
// As versions before this rule recorded it.
Command MadeBefore(FieldTexts fields) { return Made(fields, true); }

Record OpenRecord(std::string_view id, std::string_view customer) {
  return CellsRecord({{"type", "CustomerOpened"}, {"id", id}, {"date", "2025-01-01"}, {"customer", customer}});
}
Command Open(std::string_view id, std::string_view customer) { return Accepted(OpenRecord(id, customer)); }

std::string CustomerOf(const Ledger& ledger, uint64_t seq) {
  return std::string(ledger.log().Get(seq)->view().customer());
}

TEST(SpelledNames, ANameIsRecordedInNfc) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  EXPECT_EQ(RecordOne(*ledger, Made({{"type", "CustomerOpened"},
                                     {"id", kDecomposed},
                                     {"date", "2025-01-01"},
                                     {"actor", kDecomposed},
                                     {"customer", kDecomposed},
                                     {"name", kDecomposed},
                                     {"salesperson", kDecomposed}})),
            "recorded 1");
  const StoredEvent stored = *ledger->log().Get(1);
  const EventView event = stored.view();
  EXPECT_EQ(event.id(), kComposed);
  EXPECT_EQ(event.actor(), kComposed);
  EXPECT_EQ(event.customer(), kComposed);
  EXPECT_EQ(EventView::Text(event.body<schema::CustomerOpened>().salesperson()), kComposed);
  EXPECT_EQ(EventView::Text(event.body<schema::CustomerOpened>().name()), kDecomposed);  // text is stored as given
}

TEST(SpelledNames, AnotherSpellingIsTheSameCustomerAndTheSameNumber) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  const auto invoice = [](std::string_view id, std::string_view customer, std::string_view number) {
    return Made({{"type", "InvoiceIssued"},
                 {"id", id},
                 {"date", "2025-01-02"},
                 {"customer", customer},
                 {"invoice", number},
                 {"amount", "5"}});
  };
  EXPECT_THAT(
      RecordAll(*ledger, ListOf(Open("c1", kComposed), Open("c2", kDecomposed), invoice("i1", kDecomposed, kDecomposed),
                                invoice("i2", kComposed, kComposed), invoice("i3", kComposed, kDecomposed))),
      ElementsAre("recorded 1", "refused duplicate_number", "recorded 2", "refused duplicate_number",
                  "refused duplicate_number"));
  // A retry in any spelling.
  EXPECT_EQ(RecordOne(*ledger, Open("c1", kDecomposed)), "duplicate 1");
  EXPECT_EQ(RecordOne(*ledger, invoice("i1", kComposed, kComposed)), "duplicate 2");
  EXPECT_EQ(CustomerOf(*ledger, 2), kComposed);
}

TEST(SpelledNames, WhatIsNotSeenIsRefusedInEveryName) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordAll(*ledger, ListOf(OpenCustomer("C"), IssueInvoice("C", 1, "5")));
  const Record promise = CellsRecord({{"type", "PromiseMade"},
                                      {"id", "p"},
                                      {"date", "2025-01-02"},
                                      {"customer", "C"},
                                      {"promise", "P"},
                                      {"amount", "5"},
                                      {"due", "2025-02-01"},
                                      {"invoices", "I1"}});
  for (const std::string_view unseen : {"\u200b", "\u202e", "\u0085", "\u2028", "\u00ad", "\u3164"}) {
    for (const std::string_view field : {"id", "actor", "customer", "promise", "invoices"}) {
      const std::string name = "I1" + std::string(unseen);
      EXPECT_EQ(RecordOne(*ledger, Accepted(With(promise, field, CellValue(name)))), "refused bad_field") << field;
    }
  }
  for (const std::string_view blank : {"\u00a0", "\u2003", "\u3000"}) {
    EXPECT_EQ(RecordOne(*ledger, Open("c2", "C" + std::string(blank))), "refused bad_field");
    EXPECT_EQ(RecordOne(*ledger, Open("c2", std::string(blank) + "C")), "refused bad_field");
  }
  const auto grant = [](std::string_view user, std::string_view role) {
    return Made({{"type", "RoleGranted"}, {"id", "g"}, {"date", "2025-01-02"}, {"user", user}, {"role", role}});
  };
  EXPECT_EQ(RecordOne(*ledger, grant("li.na\u200b", "cfo")), "refused bad_field");
  EXPECT_EQ(RecordOne(*ledger, grant("li.na", "cfo\u200b")), "refused bad_field");
  EXPECT_EQ(
      RecordOne(*ledger,
                Made({{"type", "WriteOffPolicySet"}, {"id", "p"}, {"date", "2025-01-02"}, {"bands", "- 1 cfo\u200b"}})),
      "refused bad_field");
  EXPECT_EQ(ledger->log().last_seq(), 2U);
}

TEST(SpelledNames, ALookAlikeApprovesNothing) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordAll(*ledger, ListOf(OpenCustomer("C"), IssueInvoice("C", 1, "5")));
  RecordOne(*ledger, Made({{"type", "WriteOffRequested"},
                           {"id", "w"},
                           {"date", "2025-01-03"},
                           {"actor", kComposed},
                           {"write_off", "W"},
                           {"invoice", "I1"},
                           {"amount", "5"}}));
  const auto approve = [](std::string_view actor) {
    return Made(
        {{"type", "WriteOffApproved"}, {"id", "a"}, {"date", "2025-01-03"}, {"actor", actor}, {"write_off", "W"}});
  };
  EXPECT_EQ(RecordOne(*ledger, approve(kUnseen)), "refused bad_field");
  EXPECT_EQ(RecordOne(*ledger, approve(kDecomposed)), "refused self_approval");
}

TEST(SpelledNames, TextMayHaveLinesAndNothingThatTurnsIt) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  const auto note = [](std::string_view id, std::string_view text) {
    return Made({{"type", "NoteAdded"}, {"id", id}, {"date", "2025-01-01"}, {"text", text}});
  };
  EXPECT_EQ(RecordOne(*ledger, note("n1", "two\n\tlines \u200d")), "recorded 1");
  for (const std::string_view text : {"a\rb", "a\u202eb", "a\u009bb"})
    EXPECT_EQ(RecordOne(*ledger, note("n2", text)), "refused bad_field");
}

TEST(SpelledNames, TheFirstFaultInTheOrderOfCodesIsTheOneTold) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  const auto made = MakeCommand(With(OpenRecord("c1", kUnseen), "amount", CellValue("5")), CnyContext());
  EXPECT_EQ(RecordOne(*ledger, made), "refused unknown_field");
  const auto later = MakeCommand(With(OpenRecord("c1", kUnseen), "date", CellValue("2025-02-30")), CnyContext());
  const auto outcome = ledger->Record(later);
  const auto& judged = std::get<Rejection>(*outcome);
  EXPECT_EQ(judged.code, RejectionCode::kBadField);
  EXPECT_THAT(judged.sentence, HasSubstr("U+200B"));
}

// --- ledgers of before ---

class OlderLedger : public testing::Test {
 protected:
  OlderLedger() : ledger_(folder_.Open()) {
    RecordAll(
        *ledger_,
        ListOf(MadeBefore({{"type", "CustomerOpened"},
                           {"id", "c-\u200b"},
                           {"date", "2025-01-01"},
                           {"actor", kUnseen},
                           {"memo", "a\rb"},
                           {"customer", kDecomposed}}),
               MadeBefore({{"type", "CustomerOpened"}, {"id", "c2"}, {"date", "2025-01-01"}, {"customer", kUnseen}}),
               MadeBefore({{"type", "PaymentReceived"},
                           {"id", "p"},
                           {"date", "2025-01-02"},
                           {"customer", kDecomposed},
                           {"payment", "P\u00a0"},
                           {"amount", "5"}}),
               MadeBefore({{"type", "RoleGranted"},
                           {"id", "g"},
                           {"date", "2025-01-02"},
                           {"user", kUnseen},
                           {"role", "administrator"}})));
    EXPECT_EQ(ledger_->log().last_seq(), 4U);
    ledger_.reset();
    ledger_ = folder_.Open();
  }

  LedgerFolder folder_;
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(OlderLedger, AnOldFileImportedAgainRecordsNothing) {
  const auto first = [](std::string_view memo) {
    return Made({{"type", "CustomerOpened"},
                 {"id", "c-\u200b"},
                 {"date", "2025-01-01"},
                 {"actor", kUnseen},
                 {"memo", memo},
                 {"customer", kDecomposed}});
  };
  EXPECT_EQ(RecordOne(*ledger_, first("a\rb")), "duplicate 1");
  EXPECT_EQ(RecordOne(*ledger_, first("a\rc")), "refused id_conflict");
  EXPECT_EQ(RecordOne(*ledger_, Open("c2", kUnseen)), "duplicate 2");
  const FieldTexts note{{"type", "NoteAdded"}, {"id", "e\u0301"}, {"date", "2025-01-03"}, {"text", "x"}};
  EXPECT_EQ(RecordOne(*ledger_, MadeBefore(note)), "recorded 5");
  EXPECT_EQ(RecordOne(*ledger_, Made(note)), "duplicate 5");
  EXPECT_EQ(RecordOne(*ledger_, Open("c2", kComposed)), "refused id_conflict");
  // Broken, its id is still known.
  const auto broken = MakeCommand(Without(OpenRecord("c-\u200b", kUnseen), "date"), CnyContext());
  EXPECT_EQ(RecordOne(*ledger_, broken), "refused id_conflict");
}

TEST_F(OlderLedger, WhatItHoldsIsNamedAsItHoldsIt) {
  const auto pay = [](std::string_view id, std::string_view customer) {
    return Made({{"type", "PaymentReceived"},
                 {"id", id},
                 {"date", "2025-01-02"},
                 {"customer", customer},
                 {"payment", id},
                 {"amount", "5"}});
  };
  EXPECT_EQ(RecordOne(*ledger_, pay("p1", kDecomposed)), "recorded 5");
  EXPECT_EQ(CustomerOf(*ledger_, 5), kDecomposed);
  EXPECT_EQ(RecordOne(*ledger_, pay("p2", kUnseen)), "recorded 6");
  EXPECT_EQ(CustomerOf(*ledger_, 6), kUnseen);
  EXPECT_EQ(RecordOne(*ledger_, pay("p1", kDecomposed)), "duplicate 5");
  EXPECT_EQ(RecordOne(*ledger_, pay("p3", "M\u00fcller\u200c")), "refused bad_field");
  // The events that a reversal brings name it so too.
  RecordOne(*ledger_, IssueInvoice(std::string(kDecomposed), 1, "5"));
  EXPECT_EQ(RecordOne(*ledger_, ApplyPayment("a", "P\u00a0", "I1", "5")), "recorded 8");
  EXPECT_EQ(RecordOne(*ledger_, Made({{"type", "PaymentReversed"},
                                      {"id", "r"},
                                      {"date", "2025-01-04"},
                                      {"actor", kUnseen},
                                      {"payment", "P\u00a0"}})),
            "recorded 10");
  EXPECT_EQ(ledger_->log().Get(9)->view().actor(), kUnseen);
  ExpectSound(ledger_->log());
}

TEST_F(OlderLedger, NfcIsLookedUpFirst) {
  EXPECT_EQ(RecordOne(*ledger_, Open("c3", kComposed)), "recorded 5");
  EXPECT_EQ(RecordOne(*ledger_, Made({{"type", "PaymentReceived"},
                                      {"id", "p1"},
                                      {"date", "2025-01-02"},
                                      {"customer", kDecomposed},
                                      {"payment", "P1"},
                                      {"amount", "5"}})),
            "recorded 6");
  EXPECT_EQ(CustomerOf(*ledger_, 6), kComposed);
}

TEST_F(OlderLedger, ARoleOfALookAlikeCanBeTakenAway) {
  EXPECT_EQ(RecordOne(*ledger_, Made({{"type", "RoleRevoked"},
                                      {"id", "r"},
                                      {"date", "2025-01-03"},
                                      {"actor", kUnseen},
                                      {"user", kUnseen},
                                      {"role", "administrator"}})),
            "recorded 5");
  EXPECT_EQ(RecordOne(*ledger_, Made({{"type", "RoleGranted"},
                                      {"id", "g2"},
                                      {"date", "2025-01-04"},
                                      {"actor", "ann"},
                                      {"user", "M\u00fcller\u200c"},
                                      {"role", "cfo"}})),
            "refused bad_field");
}

TEST_F(OlderLedger, PeopleAreComparedHoweverTheirNamesAreComposed) {
  RecordAll(*ledger_, ListOf(IssueInvoice(std::string(kDecomposed), 1, "5"), MadeBefore({{"type", "WriteOffRequested"},
                                                                                         {"id", "w"},
                                                                                         {"date", "2025-01-03"},
                                                                                         {"actor", "Zoe\u0301"},
                                                                                         {"write_off", "W"},
                                                                                         {"invoice", "I1"},
                                                                                         {"amount", "5"}})));
  EXPECT_EQ(RecordOne(*ledger_, Made({{"type", "WriteOffApproved"},
                                      {"id", "a"},
                                      {"date", "2025-01-03"},
                                      {"actor", "Zo\u00e9"},
                                      {"write_off", "W"}})),
            "refused self_approval");
}

}  // namespace
}  // namespace duebook
