// The cuts of a curve: one for each of its steps, of which each sees what the one before it sees. They go along one
// axis: through days as known at one event, or through what was known of one day.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "ledger/values/check.h"
#include "ledger/values/cut.h"
#include "ledger/values/date.h"

namespace duebook {

class CurveCuts {
 public:
  // Every day from `first` to `last`, which is not before it, as known at `known`.
  static CurveCuts OfDays(uint64_t known, Date first, Date last) {
    CHECK(first <= last);
    return CurveCuts(static_cast<size_t>(last - first) + 1, {last, known}, first, {});
  }
  // One day, as known at each of these events, of which there is at least one, and which ascend.
  static CurveCuts OfSeqs(Date effective, std::vector<uint64_t> seqs) {
    CHECK(!seqs.empty() && std::is_sorted(seqs.begin(), seqs.end()));
    const size_t size = seqs.size();
    const uint64_t known = seqs.back();
    return CurveCuts(size, {effective, known}, effective, std::move(seqs));
  }

  size_t size() const { return size_; }
  const Cut& last() const { return last_; }
  Cut operator[](size_t step) const {
    if (is_of_days()) return {first_.AddDays(static_cast<int64_t>(step)), last_.known};
    return {last_.effective, seqs_[step]};
  }
  // The first step that sees what happened. Requires that the last one does.
  size_t FirstToSee(Date date, uint64_t seq) const {
    if (is_of_days()) return date <= first_ ? 0 : static_cast<size_t>(date - first_);
    return static_cast<size_t>(std::lower_bound(seqs_.begin(), seqs_.end(), seq) - seqs_.begin());
  }

  bool is_of_days() const { return seqs_.empty(); }

 private:
  CurveCuts(size_t size, Cut last, Date first, std::vector<uint64_t> seqs)
      : size_(size), last_(last), first_(first), seqs_(std::move(seqs)) {}

  size_t size_;
  Cut last_;
  Date first_;
  std::vector<uint64_t> seqs_;  // empty if the steps are days
};

}  // namespace duebook
