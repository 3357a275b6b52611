// A ledger with short folds of the index, and what must be found in it.

#pragma once

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "ledger/log/derived/fold_track.h"
#include "ledger/log/derived/index_fold.h"
#include "ledger/log/event_index.h"
#include "tests/support/test_ledger.h"

namespace duebook {

inline constexpr FoldSizes kShort{16, 4};

class IndexFoldTest : public testing::Test {
 protected:
  static Tracks IndexTrack(const EventLog& log, const FoldSizes& sizes) {
    Tracks tracks;
    tracks.push_back(std::make_unique<FoldTrack>(log, std::make_unique<IndexFoldMaker>(), sizes));
    return tracks;
  }

  LedgerOptions Options() const {
    LedgerOptions options;
    options.tracks = IndexTrack;
    options.fold_sizes = sizes_;
    if (clock_.has_value()) options.clock = [time = *clock_] { return time; };
    return options;
  }

  // Customers with invoices, payments, applications and reversals, a few commands at a time.
  void Fill(const std::string& name, uint64_t first, uint64_t count) {
    const auto ledger = folder_.Open(Options());
    RecordOne(*ledger, OpenCustomer(name));
    for (uint64_t n = first; n < first + count; n++) {
      RecordAll(*ledger, ListOf(IssueInvoice(name, n, "100"), ReceivePayment(name, n)));
      const std::string digits = std::to_string(n);
      RecordOne(*ledger, ApplyPayment("a" + digits, "P" + digits, "I" + digits, "1"));
      if (n % 3 == 0) RecordOne(*ledger, ReversePayment("r" + digits, "P" + digits));
    }
  }

  // For every key that the log's events know, what is found under it is what the events say.
  void ExpectComplete() {
    const auto log = folder_.OpenForReading();
    std::map<std::string, uint64_t> introducing;
    std::map<uint64_t, std::set<uint64_t>> touching;
    std::map<EventType, std::vector<uint64_t>> types;
    std::map<std::string, uint64_t> ids;
    ClockSpans spans;
    ASSERT_TRUE(log->Scan(1, log->last_seq(),
                          [&](EventView event) {
                            const uint64_t seq = event.seq();
                            ids.emplace(event.id(), seq);
                            AddToSpans(event, &spans);
                            types[event.type()].push_back(seq);
                            touching[seq].insert(seq);
                            ForEachIntroducedKey(event, [&](const std::string& key) { introducing.emplace(key, seq); });
                            for (size_t i = 0; i < event.reference_count(); i++)
                              touching[event.reference(i)].insert(seq);
                            return true;
                          })
                    .ok());
    for (const auto& [key, seq] : introducing) {
      EXPECT_THAT(*log->Find(key), testing::ElementsAreArray(touching[seq]));
    }
    for (const auto& [type, seqs] : types) EXPECT_EQ(*log->Find(TypeKey(type)), seqs);
    for (const auto& [id, seq] : ids) EXPECT_EQ(*log->FindEventId(id), seq) << id;
    EXPECT_EQ(*log->FindClockSpans(), spans);
    EXPECT_EQ(*log->FindEventId("none"), std::nullopt);
    EXPECT_TRUE(log->Find(CustomerKey("none"))->empty());
  }

  std::vector<std::string> FoldFiles() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / kDerivedFolder)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  FoldSizes sizes_ = kShort;
  std::optional<Time> clock_;  // stands still there
  LedgerFolder folder_;
};

}  // namespace duebook
