// Events pass through checks in order, and none sees what those before it have found something in.

#include "ledger/log/check_line.h"

#include <gtest/gtest.h>

#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

// Finds something in the event with the seq `bad`.
class Counter : public EventCheck {
 public:
  explicit Counter(uint64_t bad = 0) : bad_(bad) {}
  bool Check(std::span<const EventView> events) override {
    EXPECT_FALSE(found_);
    for (const EventView event : events) {
      EXPECT_EQ(event.seq(), seen_ + 1);
      seen_++;
      found_ = found_ || event.seq() == bad_;
    }
    return !found_;
  }
  Result<std::optional<EventLog::Fault>> Finish() override {
    return found_ ? std::optional(EventLog::Fault{bad_, "", "bad"}) : std::nullopt;
  }
  uint64_t seen() const { return seen_; }

 private:
  uint64_t bad_;
  uint64_t seen_ = 0;
  bool found_ = false;
};

std::unique_ptr<Ledger> LedgerWith(const LedgerFolder& folder, uint64_t events) {
  auto ledger = folder.Open();
  RecordOne(*ledger, OpenCustomer("A"));
  std::vector<MadeCommand> commands;
  for (uint64_t number = 1; number < events; number++) commands.push_back(ReceivePayment("A", number));
  EXPECT_TRUE(ledger->Record(commands).ok());
  return ledger;
}

constexpr uint64_t kEvents = 400;

// In batches of seven, the last one shorter.
void PushAll(CheckLine* line) {
  constexpr uint64_t kBatch = 7;
  const LedgerFolder folder;
  const auto ledger = LedgerWith(folder, kEvents);
  for (uint64_t first = 1; first <= kEvents; first += kBatch) {
    EventBatch batch;
    EXPECT_TRUE(ledger->log()
                    .Scan(first, first + kBatch - 1,
                          [&](EventView event) {
                            batch.bytes.emplace_back(event.bytes());
                            return true;
                          })
                    .ok());
    for (const std::string& bytes : batch.bytes) batch.events.emplace_back(bytes);
    line->Push(std::move(batch));
  }
}

TEST(CheckLine, EveryCheckSeesEveryEventInOrder) {
  Counter a, b, c;
  std::vector<EventCheck*> checks{&a, &b, &c};
  CheckLine line(checks);
  PushAll(&line);
  line.End();
  for (const Counter* check : {&a, &b, &c}) EXPECT_EQ(check->seen(), kEvents);
}

TEST(CheckLine, ChecksBehindOneThatFindsSomethingSeeNoMore) {
  Counter before, finder(123), behind;
  std::vector<EventCheck*> checks{&before, &finder, &behind};
  CheckLine line(checks);
  PushAll(&line);
  line.End();
  EXPECT_EQ(before.seen(), kEvents);
  EXPECT_EQ(finder.seen(), 126U) << "all of the batch";
  EXPECT_EQ(behind.seen(), 119U) << "nothing of the batch";
}

TEST(CheckLine, EndsWithoutEvents) {
  Counter check;
  std::vector<EventCheck*> checks{&check};
  CheckLine line(checks);
  line.End();
  EXPECT_EQ(check.seen(), 0U);
}

// What further checks find is not the log's fault to tell, and stops nothing.
TEST(CheckLine, VerifyReadsAllEventsWhateverFurtherChecksFind) {
  constexpr uint64_t kManyBatches = 4100;
  const LedgerFolder folder;
  const auto ledger = LedgerWith(folder, kManyBatches);
  Counter before, finder(1), behind;
  std::vector<EventCheck*> checks{&before, &finder, &behind};
  uint64_t read = 0;
  const auto fault = ledger->log().Verify(
      1, [&read](uint64_t done, uint64_t) { read = done; }, checks);
  ASSERT_TRUE(fault.ok());
  EXPECT_FALSE(fault->has_value());
  EXPECT_EQ(read, kManyBatches);
  EXPECT_EQ(before.seen(), kManyBatches);
  EXPECT_EQ((*finder.Finish())->seq, 1U);
  EXPECT_EQ(behind.seen(), 0U);
}

}  // namespace
}  // namespace duebook
