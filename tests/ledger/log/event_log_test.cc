// The event log against a model: whatever was recorded, in whatever batches, and however often the log was opened
// again in between, is found by seq, id, customer, document, type and time.

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/support/seed.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

class ModelOfLog {
 public:
  struct Entry {
    std::string id;
    Time recorded_at;
  };

  void Add(const Command& command, const std::string& customer, const std::string& payment) {
    const uint64_t seq = entries_.size() + 1;
    entries_.push_back({std::string(command.event().id()), Time{}});
    by_key_[CustomerKey(customer)].push_back(seq);
    by_key_[TypeKey(command.event().type())].push_back(seq);
    if (!payment.empty()) by_key_[DocumentKey(DocumentKind::kPayment, payment)].push_back(seq);
  }

  void Check(const EventLog& log) {
    ASSERT_EQ(log.last_seq(), entries_.size());
    uint64_t seq = 0;
    Time last{};
    ASSERT_TRUE(log.Scan(1, log.last_seq(),
                         [&](EventView event) {
                           EXPECT_EQ(event.seq(), ++seq);
                           EXPECT_EQ(event.id(), entries_[seq - 1].id);
                           EXPECT_GE(event.recorded_at(), last);
                           entries_[seq - 1].recorded_at = last = event.recorded_at();
                           return true;
                         })
                    .ok());
    EXPECT_EQ(seq, entries_.size());
    for (const auto& [key, seqs] : by_key_) EXPECT_EQ(log.Find(key).value(), seqs);
    for (size_t i = 0; i < entries_.size(); i++) {
      EXPECT_EQ(log.FindEventId(entries_[i].id).value(), i + 1);
      // The newest of those recorded at the same time.
      size_t newest = i;
      while (newest + 1 < entries_.size() && entries_[newest + 1].recorded_at == entries_[i].recorded_at) newest++;
      EXPECT_EQ(log.SeqAt(entries_[i].recorded_at).value(), newest + 1);
    }
    EXPECT_EQ(log.FindEventId("never").value(), std::nullopt);
    EXPECT_TRUE(log.Find(CustomerKey("never")).value().empty());
  }

  void CheckRange(const EventLog& log, uint64_t first, uint64_t last) const {
    std::vector<std::string> ids;
    ASSERT_TRUE(log.Scan(first, last,
                         [&](EventView event) {
                           ids.emplace_back(event.id());
                           return true;
                         })
                    .ok());
    std::vector<std::string> expected;
    for (uint64_t seq = std::max<uint64_t>(first, 1); seq <= last && seq <= entries_.size(); seq++) {
      expected.push_back(entries_[seq - 1].id);
    }
    EXPECT_EQ(ids, expected) << first << " to " << last;
  }

  size_t size() const { return entries_.size(); }

 private:
  std::vector<Entry> entries_;
  std::map<std::string, std::vector<uint64_t>> by_key_;
};

TEST(EventLog, FindsWhatWasRecordedHoweverItCameIn) {
  const uint32_t seed = TestSeed(20251);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  const auto below = [&](uint32_t bound) { return random() % bound; };
  const LedgerFolder folder;
  ModelOfLog model;
  // A clock that often goes back.
  LedgerOptions options;
  options.clock = [&] { return Time{static_cast<int64_t>(1'000'000 + below(1000))}; };
  std::unique_ptr<Ledger> ledger = folder.Open(options);
  const std::vector<std::string> customers{"A", "B", "客户"};
  for (const std::string& customer : customers) {
    Command command = OpenCustomer(customer);
    model.Add(command, customer, "");
    ASSERT_EQ(RecordOne(*ledger, std::move(command)), fmt::format("recorded {}", model.size()));
  }
  const uint32_t sizes[] = {1, 1, 2, 17, 127, 128, 129, 400};
  for (int round = 0; round < 25; round++) {
    std::vector<MadeCommand> commands;
    for (uint32_t left = sizes[below(std::size(sizes))]; left > 0; left--) {
      const std::string& customer = customers[below(3)];
      const uint64_t number = model.size() + 1;
      commands.push_back(ReceivePayment(customer, number));
      model.Add(std::get<Command>(commands.back()), customer, fmt::format("P{}", number));
    }
    ASSERT_TRUE(ledger->Record(commands).ok());
    if (below(3) == 0) {
      ledger.reset();
      ledger = folder.Open(options);
    }
    const uint64_t first = below(static_cast<uint32_t>(model.size()) + 2);
    model.CheckRange(ledger->log(), first, first + below(300));
  }
  model.Check(ledger->log());
  model.Check(*folder.OpenForReading());
  ExpectSound(ledger->log());
}

TEST(EventLog, CommitsThousandsOfEventsTogether) {
  const LedgerFolder folder;
  std::unique_ptr<Ledger> ledger = folder.Open();
  std::vector<MadeCommand> commands;
  commands.push_back(OpenCustomer("A"));
  for (uint64_t number = 1; number < 5000; number++) commands.push_back(ReceivePayment("A", number));
  ASSERT_TRUE(ledger->Record(commands).ok());
  EXPECT_EQ(folder.OpenForReading()->last_seq(), 5000U);
  // One commit has one time.
  EXPECT_EQ(ledger->log().Get(1)->view().recorded_at(), ledger->log().Get(5000)->view().recorded_at());
}

TEST(EventLog, GivesEventsBySeqAndRefusesOthers) {
  const LedgerFolder folder;
  std::unique_ptr<Ledger> ledger = folder.Open();
  ASSERT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
  ASSERT_EQ(RecordOne(*ledger, ReceivePayment("A", 1)), "recorded 2");
  EXPECT_EQ(ledger->log().Get(2)->view().id(), "p1");
  EXPECT_EQ(ledger->log().Get(0).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(ledger->log().Get(3).error().code, ErrorCode::kNotFound);
  std::vector<std::string> ids;
  ASSERT_TRUE(ledger->log().GetMany({1, 2}, [&](EventView event) { ids.emplace_back(event.id()); }).ok());
  EXPECT_EQ(ids, (std::vector<std::string>{"open-A", "p1"}));
}

TEST(EventLog, TimeNeverGoesBackWhateverTheClockSays) {
  const LedgerFolder folder;
  int64_t now = 5'000;
  LedgerOptions options;
  options.clock = [&] { return Time{now}; };
  std::unique_ptr<Ledger> ledger = folder.Open(options);
  ASSERT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
  now = 3'000;
  ASSERT_EQ(RecordOne(*ledger, ReceivePayment("A", 1)), "recorded 2");
  ledger.reset();
  now = 1'000;
  ledger = folder.Open(options);
  ASSERT_EQ(RecordOne(*ledger, ReceivePayment("A", 2)), "recorded 3");
  now = 9'000;
  ASSERT_EQ(RecordOne(*ledger, ReceivePayment("A", 3)), "recorded 4");
  std::vector<int64_t> times;
  ASSERT_TRUE(ledger->log()
                  .Scan(1, 4,
                        [&](EventView event) {
                          times.push_back(event.recorded_at().microseconds);
                          return true;
                        })
                  .ok());
  EXPECT_TRUE(std::is_sorted(times.begin(), times.end()));
  EXPECT_EQ(times.front(), 5'000);
  EXPECT_EQ(times.back(), 9'000);
}

}  // namespace
}  // namespace duebook
