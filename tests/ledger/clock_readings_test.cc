// A clock that goes back: `recorded_at` does not, and the event keeps what the clock said.

#include <gmock/gmock.h>

#include "ledger/event/event_clock.h"
#include "ledger/event/event_json.h"
#include "ledger/log/event_index.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int64_t kSecond = 1'000'000;
const Time kNoon = *Time::Parse("2026-03-01T12:00:00Z");

Time After(Time time, int64_t seconds) { return Time{time.microseconds + seconds * kSecond}; }

class ClockReadings : public testing::Test {
 protected:
  std::unique_ptr<Ledger> Open() {
    LedgerOptions options;
    options.clock = [this] { return now_; };
    return folder_.Open(std::move(options));
  }
  // Payment `number` at this time, and the clock's reading that its event keeps.
  std::optional<Time> ReadingOf(Ledger& ledger, Time now, uint64_t number) {
    now_ = now;
    EXPECT_THAT(RecordOne(ledger, ReceivePayment("A", number)), HasSubstr("recorded"));
    return ledger.log().Get(ledger.log().last_seq())->view().clock();
  }

  LedgerFolder folder_;
  Time now_ = kNoon;
};

TEST_F(ClockReadings, AreKeptWhereTheClockIsMoreThanASecondBehind) {
  const auto ledger = Open();
  RecordOne(*ledger, OpenCustomer("A"));
  const Time ahead = After(kNoon, 3600);
  EXPECT_EQ(ReadingOf(*ledger, ahead, 1), std::nullopt);
  EXPECT_EQ(ReadingOf(*ledger, After(ahead, -1), 2), std::nullopt);
  const Time behind{ahead.microseconds - kSecond - 1};
  EXPECT_EQ(ReadingOf(*ledger, behind, 3), behind);
  EXPECT_EQ(ReadingOf(*ledger, Time{0}, 4), Time{0});
  EXPECT_EQ(ReadingOf(*ledger, Time{-5}, 5), Time{-5});
  for (uint64_t seq = 2; seq <= 6; seq++) EXPECT_EQ(ledger->log().Get(seq)->view().recorded_at(), ahead);
  EXPECT_EQ(ReadingOf(*ledger, After(ahead, 1), 6), std::nullopt);
  EXPECT_EQ(ledger->log().Get(7)->view().recorded_at(), After(ahead, 1));
  ExpectSound(ledger->log());
}

TEST_F(ClockReadings, ChangeNothingElseOfAnEvent) {
  const auto ledger = Open();
  RecordOne(*ledger, OpenCustomer("A"));
  now_ = After(kNoon, -7);
  const auto commands = [] {
    return ListOf(IssueInvoice("A", 1, "100"), ReceivePayment("A", 60), ApplyPayment("a", "P60", "I1", "50"),
                  ReversePayment("r", "P60"));
  };
  EXPECT_THAT(RecordAll(*ledger, commands()), ElementsAre("recorded 2", "recorded 3", "recorded 4", "recorded 6"));
  EXPECT_THAT(RecordAll(*ledger, commands()), ElementsAre("duplicate 2", "duplicate 3", "duplicate 4", "duplicate 6"));
  for (uint64_t seq = 2; seq <= 6; seq++) EXPECT_EQ(ledger->log().Get(seq)->view().clock(), now_) << seq;
  std::string json;
  AppendEventJson(ledger->log().Get(2)->view(), &json);
  EXPECT_THAT(json, HasSubstr(R"("recorded_at":"2026-03-01T12:00:00.000000Z","clock":"2026-03-01T11:59:53.000000Z")"));
  ExpectSound(ledger->log());
}

TEST_F(ClockReadings, StayWithATransactionThatIsNotCommitted) {
  const auto ledger = Open();
  RecordOne(*ledger, OpenCustomer("A"));
  now_ = After(kNoon, -7);
  EXPECT_THAT(RecordAll(*ledger, ListOf(ReceivePayment("A", 1), ReceivePayment("none", 2)), Admission::kAllOrNothing),
              ElementsAre("recorded 2", "refused unknown_reference"));
  EXPECT_EQ(ReadingOf(*ledger, kNoon, 1), std::nullopt);
}

TEST_F(ClockReadings, AClockThatIsBehindByMoreThanAMinuteIsTold) {
  const auto ledger = Open();
  now_ = Time{0};
  EXPECT_TRUE(ledger->CheckClock().ok()) << "there is no event that it could be behind";
  now_ = kNoon;
  RecordOne(*ledger, OpenCustomer("A"));
  now_ = After(kNoon, -60);
  EXPECT_TRUE(ledger->CheckClock().ok());
  now_.microseconds--;
  const Status status = ledger->CheckClock();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kClockBehind);
  EXPECT_THAT(status.error().ToString(),
              AllOf(HasSubstr("the clock says 2026-03-01T11:58:59Z"), HasSubstr("recorded at 2026-03-01T12:00:00Z"),
                    HasSubstr("--clock-is-right")));
}

TEST_F(ClockReadings, MakeSpansOfOneTimeEach) {
  const auto ledger = Open();
  RecordOne(*ledger, OpenCustomer("A"));
  EXPECT_THAT(*ledger->log().FindClockSpans(), IsEmpty());
  ReadingOf(*ledger, After(kNoon, 100), 1);
  ReadingOf(*ledger, After(kNoon, 10), 2);  // event 3
  ReadingOf(*ledger, After(kNoon, 5), 3);
  ReadingOf(*ledger, After(kNoon, 20), 4);
  ReadingOf(*ledger, After(kNoon, 200), 5);  // event 6
  ReadingOf(*ledger, After(kNoon, 30), 6);
  const ClockSpan first{3, 5, After(kNoon, 100), After(kNoon, 5), After(kNoon, 20)};
  const ClockSpan second{7, 7, After(kNoon, 200), After(kNoon, 30), After(kNoon, 30)};
  EXPECT_THAT(*ledger->log().FindClockSpans(), ElementsAre(first, second));
}

}  // namespace
}  // namespace duebook
