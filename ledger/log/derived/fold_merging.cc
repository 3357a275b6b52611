#include "ledger/log/derived/fold_merging.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "ledger/values/file_error.h"

namespace duebook {

namespace {

// How many of the folds, from the first on, make up one of this length; 0 if they do not.
size_t CountOf(std::span<const Folds::Fold> folds, uint64_t length) {
  if ((folds.front().first_seq - 1) % length != 0) return 0;
  const uint64_t last_seq = folds.front().first_seq - 1 + length;
  const auto last =
      std::find_if(folds.begin(), folds.end(), [=](const auto& fold) { return fold.last_seq >= last_seq; });
  return last != folds.end() && last->last_seq == last_seq ? static_cast<size_t>(last - folds.begin()) + 1 : 0;
}

// How many of the folds, from the first on, make up the largest that there can be.
size_t CountOfLargest(std::span<const Folds::Fold> folds, const FoldSizes& sizes) {
  for (auto length = sizes.merged.rbegin(); length != sizes.merged.rend(); ++length) {
    if (const size_t count = CountOf(folds, *length); count > 0) return count;
  }
  return std::max<size_t>(CountOf(folds, sizes.most), 1);
}

// Removes the folds that hold a part of what one of these holds; first and last event of each.
Status RemoveParts(const EventLog& log, const FoldKind& kind, const std::vector<std::pair<uint64_t, uint64_t>>& whole) {
  const auto files = FoldFilesIn(log.directory());
  RETURN_IF_ERROR(files);
  for (const FoldFile& file : *files) {
    const bool is_part = std::any_of(whole.begin(), whole.end(), [&](const auto& each) {
      return each.first <= file.first_seq && file.last_seq <= each.second &&
             each != std::pair(file.first_seq, file.last_seq);
    });
    std::error_code error;
    if (file.kind == kind.name && is_part) std::filesystem::remove(file.path, error);
    if (error) return FileError("remove", file.path, error);
  }
  return Status();
}

}  // namespace

Status MergeFolds(const EventLog& log, const FoldKind& kind, const FoldSizes& sizes) {
  if (kind.merge == nullptr) return Status();
  const Folds folds = Folds::Open(log, kind);
  std::vector<std::pair<uint64_t, uint64_t>> whole;
  for (std::span<const Folds::Fold> rest(folds.all()); !rest.empty();) {
    const auto parts = rest.first(CountOfLargest(rest, sizes));
    rest = rest.subspan(parts.size());
    const Status merged = parts.size() > 1 ? Folds::Merge(log, kind, parts) : Status();
    if (merged.ok()) {
      whole.emplace_back(parts.front().first_seq, parts.back().last_seq);
    } else if (merged.error().code == ErrorCode::kDamaged) {
      WarnOfDerived(log, merged.error().sentence);
    } else {
      return merged;
    }
  }
  return RemoveParts(log, kind, whole);
}

}  // namespace duebook
