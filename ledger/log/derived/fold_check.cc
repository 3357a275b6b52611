#include "ledger/log/derived/fold_check.h"

#include <utility>

#include "ledger/log/derived/damaged.h"

namespace duebook {

FoldCheck::FoldCheck(const EventLog& log, std::unique_ptr<FoldMaker> maker)
    : maker_(std::move(maker)), folds_(Folds::Open(log, maker_->kind())) {}

bool FoldCheck::Check(std::span<const EventView> events) {
  for (const EventView event : events) {
    if (event.seq() > folds_.position()) break;
    maker_->Add(event);
    const Folds::Fold& fold = folds_.all()[next_];
    if (event.seq() < fold.last_seq) continue;
    next_++;
    if (IsAsMade(*fold.file, maker_->TakeSections())) continue;
    fault_ = DerivedDiffers(fold.first_seq, fold.last_seq, maker_->kind().name);
    return false;
  }
  return true;
}

Result<std::optional<EventLog::Fault>> FoldCheck::Finish() {
  if (fault_.has_value()) return fault_;
  return FaultOfDerived(folds_.fault());
}

bool FoldCheck::IsAsMade(const SectionFile& file, const std::vector<std::string>& made) const {
  if (file.section_count() != made.size()) return false;
  for (size_t i = 0; i < made.size(); i++) {
    const auto stored = file.Read(i);
    if (!stored.ok() || *stored != made[i]) return false;
  }
  return true;
}

}  // namespace duebook
