#include "ledger/log/derived/fold_track.h"

#include "ledger/log/derived/fold_merging.h"

namespace duebook {

Status FoldTrack::Resume() {
  const Folds folds = Folds::Open(log_, maker_->kind());
  kept_ = position_ = folds.position();
  return maker_->ResumeAfter(folds);
}

Status FoldTrack::Add(EventView event) {
  maker_->Add(event);
  position_ = event.seq();
  return position_ % sizes_.most == 0 ? Keep() : Status();
}

Status FoldTrack::Keep() {
  const uint64_t first_seq = kept_ + 1;
  kept_ = position_;
  RETURN_IF_ERROR(Folds::Write(log_, maker_->kind(), first_seq, position_, maker_->TakeSections()));
  return MergeFolds(log_, maker_->kind(), sizes_);
}

}  // namespace duebook
