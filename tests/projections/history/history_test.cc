#include "projections/history/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "projections/history/salespeople.h"
#include "tests/projections/hand_made_history.h"
#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const char* Name(MovementKind kind) {
  constexpr const char* kNames[] = {"",         "issued",      "debited",  "credited", "applied",
                                    "discount", "written off", "refunded", "bounced"};
  return kNames[static_cast<size_t>(kind)];
}

// "INV issued 100.00 2025-01-05" for each movement from row `first` on, with "<- PAY" for the other side.
std::vector<std::string> Movements(const History& history, size_t first = 0) {
  std::vector<std::string> texts;
  for (size_t i = first; i < history.movements.seq.size(); ++i) {
    const uint32_t item = history.movements.item[i];
    std::string text(history.items.number[item]);
    text.append(" ").append(Name(history.movements.kind[i])).append(" ");
    text.append(FormatAmount(history.movements.amount[i], history.items.currency[item])).append(" ");
    text.append(history.movements.date[i].ToString());
    if (history.movements.counterpart[i] != kNoItem) {
      text.append(" <- ").append(history.items.number[history.movements.counterpart[i]]);
    }
    texts.push_back(text);
  }
  return texts;
}

class HistoryTest : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({"2025-01-01 CustomerOpened customer=C name=Chen salesperson=sue terms='2/10 net 30'"});
  }
  History Load() {
    auto history = History::Load(scenario_.log(), kAllHistoryParts);
    EXPECT_TRUE(history.ok());
    return *std::move(history);
  }
  // What these lines add to the movements.
  std::vector<std::string> Moved(const std::vector<std::string>& lines) {
    const size_t before = Load().movements.seq.size();
    scenario_.Given(lines);
    return Movements(Load(), before);
  }
  Scenario scenario_;
};

TEST_F(HistoryTest, EachEventLeavesItsMovements) {
  EXPECT_THAT(Moved({"2025-01-05 InvoiceIssued customer=C invoice=I amount=1000"}),
              ElementsAre("I issued 1000.00 2025-01-05"));
  EXPECT_THAT(Moved({"2025-01-06 DebitNoteIssued debit_note=B invoice=I amount=10"}),
              ElementsAre("I debited 10.00 2025-01-06"));
  EXPECT_THAT(Moved({"2025-01-06 CreditNoteIssued credit_note=N1 invoice=I amount=20"}),
              ElementsAre("I credited -20.00 2025-01-06"));
  EXPECT_THAT(Moved({"2025-01-07 CreditNoteIssued customer=C credit_note=N2 amount=30"}),
              ElementsAre("N2 issued 30.00 2025-01-07"));
  EXPECT_THAT(Moved({"2025-01-08 PaymentReceived customer=C payment=P amount=500"}),
              ElementsAre("P issued 500.00 2025-01-08"));
  EXPECT_THAT(Moved({"2025-01-09 PaymentApplied id=A payment=P invoice=I amount=392 discount=8"}),
              ElementsAre("I applied -392.00 2025-01-09 <- P", "I discount -8.00 2025-01-09",
                          "P applied -392.00 2025-01-09 <- I"));
  EXPECT_THAT(Moved({"2025-01-10 ApplicationReversed application=A"}),
              ElementsAre("I applied 392.00 2025-01-10 <- P", "I discount 8.00 2025-01-10",
                          "P applied 392.00 2025-01-10 <- I"));
  EXPECT_THAT(Moved({"2025-01-11 PaymentApplied credit_note=N2 invoice=I amount=30"}),
              ElementsAre("I applied -30.00 2025-01-11 <- N2", "N2 applied -30.00 2025-01-11 <- I"));
  EXPECT_THAT(Moved({"2025-01-12 PaymentReceived customer=C payment=P2 amount=7",
                     "2025-01-13 PaymentReversed payment=P2 reason=bounced"}),
              ElementsAre("P2 issued 7.00 2025-01-12", "P2 bounced -7.00 2025-01-13"));
  EXPECT_THAT(Moved({"2025-01-14 RefundPaid refund=F payment=P amount=100"}),
              ElementsAre("P refunded -100.00 2025-01-14"));
  EXPECT_THAT(Moved({"2025-01-15 InvoiceIssued customer=C invoice=J amount=50", "2025-01-16 InvoiceVoided invoice=J"}),
              ElementsAre("J issued 50.00 2025-01-15", "J credited -50.00 2025-01-16"));
  EXPECT_THAT(Moved({"2025-01-17 PromiseMade customer=C promise=R amount=1 due=2025-02-01",
                     "2025-01-17 NoteAdded customer=C text=called",
                     "2025-01-17 DisputeOpened dispute=D invoice=I amount=5 reason=torn"}),
              IsEmpty());
}

TEST_F(HistoryTest, AWriteOffMovesWithTheApprovalThatCompletesIt) {
  scenario_.Given({"2025-01-05 InvoiceIssued customer=C invoice=I amount=1000",
                   "2025-01-05 RoleGranted user=con role=controller", "2025-01-05 RoleGranted user=fin role=cfo",
                   "2025-01-05 WriteOffPolicySet bands='- 2 controller+cfo'"});
  EXPECT_THAT(Moved({"2025-02-01 WriteOffRequested write_off=W invoice=I amount=100 actor=ann"}), IsEmpty());
  EXPECT_THAT(Moved({"2025-02-09 WriteOffApproved write_off=W actor=con"}), IsEmpty());
  EXPECT_THAT(Moved({"2025-02-10 WriteOffApproved write_off=W actor=fin"}),
              ElementsAre("I written off -100.00 2025-02-10"));
  EXPECT_THAT(Moved({"2025-02-20 WriteOffReversed write_off=W"}), ElementsAre("I written off 100.00 2025-02-20"));
}

TEST_F(HistoryTest, ItemsHaveTheirDatesAndSalespeople) {
  scenario_.Given({"2025-01-05 InvoiceIssued customer=C invoice=I amount=10 salesperson=tom",
                   "2025-01-06 InvoiceIssued customer=C invoice=J amount=90 "
                   "instalments='2025-02-01 30.00;2025-03-01 60.00'",
                   "2025-01-07 PaymentReceived customer=C payment=P amount=5"});
  const auto history = Load();
  EXPECT_EQ(CustomerAttribute(history, Cut{}, kNameAttribute).Of(0), "Chen");
  EXPECT_EQ(Salespeople(history, Cut{}).OfCustomer(0, Date::Parse("2025-01-07").value()), "sue");
  const auto& items = history.items;
  ASSERT_EQ(items.seq.size(), 3U);
  EXPECT_EQ(items.due[0].ToString(), "2025-02-04");  // net 30
  EXPECT_EQ(items.due[1].ToString(), "2025-03-01");  // the last instalment's
  EXPECT_EQ(items.due[2], items.date[2]);
  EXPECT_EQ(history.people.name[items.salesperson[0]], "tom");
  EXPECT_EQ(history.people.name[items.salesperson[1]], "");
  EXPECT_THAT(ValuesOf(items.kind), ElementsAre(ItemKind::kInvoice, ItemKind::kInvoice, ItemKind::kPayment));
  EXPECT_THAT(ValuesOf(history.instalments.item), ElementsAre(1, 1));
  EXPECT_THAT(ValuesOf(history.instalments.amount), ElementsAre(3000, 6000));
}

TEST_F(HistoryTest, RowsAreFoundBySeq) {
  for (int i = 0; i < 40; ++i) {
    scenario_.Given({"2025-01-05 PaymentReceived customer=C payment=P" + std::to_string(i) + " amount=1",
                     "2025-01-05 NoteAdded customer=C text=x"});
  }
  const auto history = Load();
  for (uint32_t i = 0; i < 40; ++i) EXPECT_EQ(history.ItemAt(2 + 2 * i), i);
  for (const uint64_t seq : {0, 1, 3, 81, 82, 1000}) EXPECT_EQ(history.ItemAt(seq), kNoItem) << seq;
  EXPECT_EQ(history.CustomerAt(1), 0U);
}

// An index may leave an event out that another one names.
TEST_F(HistoryTest, AnEventThatNamesOneWhichIsNotThereIsDamage) {
  scenario_.Given({"2025-01-05 InvoiceIssued customer=C invoice=I amount=10",       // 2
                   "2025-01-05 PaymentReceived customer=C payment=P amount=10",     // 3
                   "2025-01-06 PaymentApplied id=A payment=P invoice=I amount=10",  // 4
                   "2025-01-07 DisputeOpened dispute=D invoice=I amount=1 reason=torn"});
  const auto status_of = [&](const std::vector<uint64_t>& seqs) {
    GrowingHistory history;
    EXPECT_TRUE(scenario_.log().GetMany(seqs, [&](EventView event) { history.Evolve(event); }).ok());
    return history.status();
  };
  EXPECT_TRUE(status_of({1, 2, 3, 4, 5}).ok());
  for (const std::vector<uint64_t>& seqs : {{1, 3, 4}, {1, 2, 4}, {1, 5}, std::vector<uint64_t>{2}}) {
    const Status status = status_of(seqs);
    ASSERT_FALSE(status.ok()) << testing::PrintToString(seqs);
    EXPECT_EQ(status.error().code, ErrorCode::kDamaged);
    EXPECT_THAT(status.error().sentence, testing::HasSubstr(fmt::format("event {} refers to one", seqs.back())));
  }
}

TEST(RowsKnown, CountsTheRowsUpToASeq) {
  GrowingColumn<uint64_t> seq;
  for (const uint64_t value : {2, 2, 5, 9}) seq.Add(value);
  const struct {
    uint64_t known;
    size_t rows;
  } cases[] = {{0, 0}, {1, 0}, {2, 2}, {4, 2}, {5, 3}, {8, 3}, {9, 4}, {UINT64_MAX, 4}};
  for (const auto& one : cases) EXPECT_EQ(RowsKnown(seq.View(), one.known), one.rows) << one.known;
  EXPECT_EQ(RowsKnown({}, 7), 0U);
}

}  // namespace
}  // namespace duebook
