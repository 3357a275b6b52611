// The track of folds of one kind: cuts one off whenever there are enough events for it, and merges them.

#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "ledger/log/derived/fold_maker.h"
#include "ledger/log/derived/track.h"

namespace duebook {

class FoldTrack : public Track {
 public:
  // The log must outlive it.
  FoldTrack(const EventLog& log, std::unique_ptr<FoldMaker> maker, FoldSizes sizes)
      : log_(log), maker_(std::move(maker)), sizes_(sizes) {}

  uint64_t KeptTo() const override { return Folds::EndOf(log_, maker_->kind()); }
  Status Resume() override;
  uint64_t position() const override { return position_; }
  uint64_t kept() const override { return kept_; }
  Status Add(EventView event) override;
  Status Keep() override;

 private:
  const EventLog& log_;
  const std::unique_ptr<FoldMaker> maker_;
  const FoldSizes sizes_;
  uint64_t kept_ = 0;      // the last event in a fold
  uint64_t position_ = 0;  // the last event added
};

}  // namespace duebook
