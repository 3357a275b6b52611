// A log that somebody has rewritten as whole as it was: every event reads well, and some do not follow from those
// before them. That is told, with the event; nothing dies of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "ledger/log/framed/frame.h"
#include "ledger/log/framed/layout.h"
#include "tests/support/check_events.h"
#include "tests/support/raw_store.h"
#include "tests/support/seed.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::HasSubstr;

using Events = std::vector<std::string>;

Command On(std::string_view day, std::string_view type, std::string_view id, FieldTexts fields,
           std::string_view actor = "clerk") {
  Record record = CellsRecord(fields);
  const std::string date = fmt::format("2025-01-{}", day);
  record.fields.emplace_back("type", CellValue(type));
  record.fields.emplace_back("id", CellValue(id));
  record.fields.emplace_back("date", CellValue(date));
  record.fields.emplace_back("actor", CellValue(actor));
  return Accepted(record);
}

// An event of every type that changes the books.
std::vector<MadeCommand> OneOfEach() {
  return ListOf(
      OpenCustomer("A"), IssueInvoice("A", 1, "100"), IssueInvoice("A", 2, "100"), IssueInvoice("A", 3, "100"),
      IssueInvoice("A", 4, "100"), ReceivePayment("A", 50), ReceivePayment("A", 60), ReceivePayment("A", 70),
      On("02", "ShipmentRecorded", "s1", {{"customer", "A"}, {"shipment", "S1"}, {"amount", "5"}}),
      On("02", "CreditNoteIssued", "c1",
         {{"customer", "A"}, {"credit_note", "C1"}, {"amount", "5"}, {"invoice", "I1"}}),
      On("02", "CreditNoteIssued", "c2", {{"customer", "A"}, {"credit_note", "C2"}, {"amount", "8"}}),
      On("02", "DebitNoteIssued", "d1", {{"debit_note", "D1"}, {"amount", "9"}, {"invoice", "I1"}}),
      ApplyPayment("a1", "P50", "I1", "30"), ApplyPayment("a2", "P60", "I2", "40"),
      On("03", "PaymentApplied", "a3", {{"credit_note", "C2"}, {"invoice", "I1"}, {"amount", "8"}}),
      On("03", "ApplicationReversed", "r1", {{"application", "a1"}, {"reason", "wrong"}}), ReversePayment("r2", "P60"),
      On("04", "RefundPaid", "f1", {{"refund", "R1"}, {"payment", "P70"}, {"amount", "7"}}),
      On("04", "PromiseMade", "m1", {{"customer", "A"}, {"promise", "M1"}, {"amount", "7"}, {"due", "2025-02-01"}}),
      On("04", "PromiseWithdrawn", "m2", {{"promise", "M1"}, {"reason", "moved"}}),
      On("04", "DisputeOpened", "q1", {{"dispute", "Q1"}, {"invoice", "I1"}, {"amount", "7"}, {"reason", "late"}}),
      On("05", "DisputeResolved", "q2", {{"dispute", "Q1"}, {"outcome", "rejected"}}),
      On("05", "WriteOffRequested", "w1", {{"write_off", "W1"}, {"invoice", "I2"}, {"amount", "7"}, {"reason", "old"}}),
      On("06", "WriteOffApproved", "w2", {{"write_off", "W1"}}, "boss"),
      On("07", "WriteOffReversed", "w3", {{"write_off", "W1"}, {"reason", "paid"}}),
      On("07", "WriteOffRequested", "w4", {{"write_off", "W2"}, {"invoice", "I3"}, {"amount", "7"}, {"reason", "old"}}),
      On("07", "WriteOffApproved", "w5", {{"write_off", "W2"}}, "boss"),
      On("08", "RecoveryReceived", "w6", {{"recovery", "V1"}, {"write_off", "W2"}, {"amount", "3"}}),
      On("08", "WriteOffRequested", "w7", {{"write_off", "W3"}, {"invoice", "I3"}, {"amount", "7"}, {"reason", "old"}}),
      On("08", "WriteOffRejected", "w8", {{"write_off", "W3"}, {"reason", "no"}}, "boss"),
      On("08", "InvoiceVoided", "v1", {{"invoice", "I4"}, {"reason", "error"}}),
      On("09", "RoleGranted", "g1", {{"user", "boss"}, {"role", "reopen-period"}}),
      On("09", "PeriodClosed", "z1", {{"through", "2025-01-08"}}),
      On("09", "PeriodReopened", "z2", {{"through", "2025-01-08"}}, "boss"),
      On("09", "RoleRevoked", "g2", {{"user", "boss"}, {"role", "reopen-period"}}));
}

class ForgedLog : public testing::Test {
 protected:
  ForgedLog() {
    std::vector<MadeCommand> commands = OneOfEach();
    for (const std::string& said : RecordAll(*folder_.Open(), std::move(commands))) {
      EXPECT_THAT(said, HasSubstr("recorded"));
    }
    const std::string bytes = RawStore(folder_.path()).Frames().at(1);
    const auto frame = FrameView::Open(bytes);
    head_ = frame->head();
    for (uint32_t i = 0; i < frame->count(); i++) true_.emplace_back(frame->event_bytes(i));
  }

  // Stores these as events 1, 2, ...
  void Forge(Events events) {
    for (size_t i = 0; i < events.size(); i++) {
      if (VerifyEvent(events[i])) schema::GetMutableEvent(events[i].data())->mutate_seq(i + 1);
    }
    RawStore store(folder_.path());
    store.PutFrame(1, EncodeFrame(head_, events));
    store.Compact("log");  // frames are counted
  }

  // Returns what is said when the ledger is opened, or its books are verified; "" if all is well.
  std::string FaultOfOpening() {
    const auto ledger = Ledger::Open(folder_.path());
    if (ledger.ok()) return "";
    EXPECT_EQ(ledger.error().code, ErrorCode::kDamaged) << ledger.error().ToString();
    return ledger.error().sentence;
  }
  std::string FaultOfBooks() {
    const auto log = EventLog::Open(folder_.path(), EventLog::Mode::kVerify);
    if (!log.ok()) return log.error().ToString();
    const auto fault = CheckBooks(**log);
    if (!fault.ok()) return fault.error().ToString();
    return fault->has_value() ? (*fault)->sentence : "";
  }

  // The place of the event with this id, from 0.
  size_t PlaceOf(std::string_view id) const {
    const auto found = std::find_if(true_.begin(), true_.end(),
                                    [id](const std::string& bytes) { return EventView(bytes).id() == id; });
    CHECK(found != true_.end());
    return static_cast<size_t>(found - true_.begin());
  }
  // With the text `old` of that event replaced by one of the same length.
  Events Reworded(std::string_view id, std::string_view old, std::string_view text) const {
    Events events = true_;
    CHECK(ReplaceText(&events[PlaceOf(id)], old, text));
    return events;
  }
  std::string SaidOf(std::string_view id, std::string_view what) const {
    return fmt::format("event {}: {}", PlaceOf(id) + 1, what);
  }

  LedgerFolder folder_;
  FrameHead head_;
  Events true_;
};

TEST_F(ForgedLog, NamesTheEventThatDoesNotFollow) {
  const std::string not_there = "it changes what no event before it introduced";
  const std::string there = "it introduces what an event before it introduced";
  Events garbled = true_;
  garbled[5].assign(garbled[5].size(), '\xff');
  const struct {
    Events events;
    std::string said;
  } cases[] = {
      {Reworded("open-A", "A", "B"), SaidOf("i1", not_there)},
      {Reworded("i3", "I3", "IX"), SaidOf("w4", not_there)},
      {Reworded("p60", "P60", "P50"), SaidOf("p60", there)},
      {Reworded("a2", "a2", "a1"), SaidOf("a2", there)},
      {Reworded("a3", "C2", "C1"), SaidOf("a3", not_there)},
      {garbled, "event 6: its bytes are not those of an event"},
  };
  for (const auto& c : cases) {
    Forge(c.events);
    EXPECT_EQ(FaultOfBooks(), c.said);
  }
  for (const auto& c : cases) {
    Forge(c.events);
    EXPECT_EQ(FaultOfOpening(), c.said);
  }
  Forge(true_);
  EXPECT_EQ(FaultOfOpening(), "");
  EXPECT_EQ(FaultOfBooks(), "");
}

TEST_F(ForgedLog, NamesTheEventWhoseAmountIsImpossible) {
  for (const Minor amount : {Minor{-1}, std::numeric_limits<Minor>::min()}) {
    Events events = true_;
    auto* body = schema::GetMutableEvent(events[PlaceOf("i2")].data());
    static_cast<schema::InvoiceIssued*>(body->mutable_body())->mutable_amount()->mutate_minor(amount);
    Forge(events);
    EXPECT_EQ(FaultOfBooks(), SaidOf("i2", "an amount of it is below zero, or was never set")) << amount;
  }
}

TEST_F(ForgedLog, NamesTheRefundOfMoreThanThereIs) {
  Events events = true_;
  auto* body = schema::GetMutableEvent(events[PlaceOf("f1")].data());
  static_cast<schema::RefundPaid*>(body->mutable_body())->mutable_amount()->mutate_minor(INT64_MAX);
  Forge(events);
  EXPECT_EQ(FaultOfBooks(), SaidOf("f1", "it refunds more than there is, or gives back more than was refunded"));
}

// As long as nobody looks at the tree, an order that makes sense is not told from the true one.
TEST_F(ForgedLog, InAnyOrderIsToldOrMakesSense) {
  const uint32_t seed = TestSeed(20'261'126);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  const auto forge = [&] {
    Events events = true_;
    if (random() % 2 == 0) {
      std::shuffle(events.begin(), events.end(), random);
    } else {
      std::swap(events[random() % events.size()], events[random() % events.size()]);
    }
    Forge(events);
  };
  int told = 0;
  constexpr int kOrders = 30;
  for (int i = 0; i < kOrders; i++) {
    forge();
    told += FaultOfBooks().empty() ? 0 : 1;
  }
  for (int i = 0; i < kOrders / 3; i++) {
    forge();
    FaultOfOpening();
  }
  EXPECT_GT(told, kOrders / 2);
}

// Returns what is wrong with the books once one event of the ledger's only frame was changed.
template <class Change>
std::string FaultAfter(std::vector<MadeCommand> commands, uint32_t place, Change&& change) {
  const LedgerFolder folder;
  RecordAll(*folder.Open(), std::move(commands));
  {
    RawStore store(folder.path());
    const std::string bytes = store.Frames().at(1);
    const auto frame = FrameView::Open(bytes);
    Events events;
    for (uint32_t i = 0; i < frame->count(); i++) events.emplace_back(frame->event_bytes(i));
    change(EventView(events[place]));
    EXPECT_TRUE(VerifyEvent(events[place]));
    store.PutFrame(1, EncodeFrame(frame->head(), events));
    store.Compact("log");
  }
  const auto log = EventLog::Open(folder.path(), EventLog::Mode::kVerify);
  if (!log.ok()) return log.error().ToString();
  const auto fault = CheckBooks(**log);
  if (!fault.ok()) return fault.error().ToString();
  return fault->has_value() ? (*fault)->sentence : "";
}

TEST(ForgedItems, APolicyWithoutBandsIsTold) {
  auto commands = ListOf(
      OpenCustomer("A"), IssueInvoice("A", 1, "100"), On("03", "WriteOffPolicySet", "p1", {{"bands", "10.00 1 lead"}}),
      On("04", "WriteOffRequested", "w1", {{"write_off", "W1"}, {"invoice", "I1"}, {"amount", "7"}}));
  const std::string fault = FaultAfter(std::move(commands), 2, [](EventView event) {
    const auto* bands = event.body<schema::WriteOffPolicySet>().bands();
    *const_cast<uint32_t*>(reinterpret_cast<const uint32_t*>(bands)) = 0;  // how many there are
  });
  EXPECT_THAT(fault, HasSubstr("event 3: it sets a policy without bands"));
}

TEST(ForgedItems, AnAmountBelowZeroInAListIsTold) {
  auto commands = ListOf(OpenCustomer("A"), On("03", "InvoiceIssued", "i1",
                                               {{"customer", "A"},
                                                {"invoice", "I1"},
                                                {"amount", "5.00"},
                                                {"instalments", "2025-02-01 2.00;2025-03-01 3.00"}}));
  const std::string fault = FaultAfter(std::move(commands), 1, [](EventView event) {
    const auto* amount = event.body<schema::InvoiceIssued>().instalments()->Get(0)->amount();
    const_cast<schema::Amount*>(amount)->mutate_minor(-200);
  });
  EXPECT_THAT(fault, HasSubstr("event 2: an amount of it is below zero"));
}

}  // namespace
}  // namespace duebook
