#include "projections/history/rows_by_seq.h"

#include <gtest/gtest.h>

#include <map>

namespace duebook {
namespace {

TEST(RowsBySeq, FindsEveryRowAndNoOther) {
  // Neighbours, gaps within a word, within a block, over several blocks; the first row of a table is not always 0.
  std::map<uint64_t, uint32_t> rows;
  RowsBySeq by_seq;
  uint32_t row = 7;
  for (const uint64_t start : {1, 60, 5'000, 8'191, 40'960, 1'000'000}) {
    for (uint64_t seq = start; seq < start + 300; seq += 1 + seq % 5) {
      if (!rows.empty() && seq <= rows.rbegin()->first) continue;
      by_seq.Add(seq, row);
      rows.emplace(seq, row++);
    }
  }
  for (uint64_t seq = 0; seq < 1'010'000; seq++) {
    const auto expected = rows.find(seq);
    ASSERT_EQ(by_seq.Find(seq), expected == rows.end() ? RowsBySeq::kAbsent : expected->second) << seq;
  }
  EXPECT_EQ(by_seq.Find(UINT64_MAX), RowsBySeq::kAbsent);
}

}  // namespace
}  // namespace duebook
