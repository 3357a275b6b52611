#include "tools/commands/import_teller.h"

#include <fmt/core.h>

#include "tools/render/shown_text.h"

namespace duebook {

Status ImportTeller::TellBatch(const ImportSource& source, const ImportBatch& batch,
                               std::span<const Outcome> outcomes) {
  std::string receipts;
  if (!batch.remark.empty()) Tell(ShownText(fmt::format("{}: {}", source.name(), batch.remark)) + "\n");
  auto warning = batch.warnings.begin();
  for (size_t i = 0; i < outcomes.size(); i++) {
    const ImportBatch::Item& item = batch.items[i];
    const auto first_warning = warning;
    while (warning != batch.warnings.end() && warning->item == i) ++warning;
    const std::span<const ImportWarning> warnings(first_warning, warning);
    const auto* rejection = std::get_if<Rejection>(&outcomes[i]);
    if (rejection != nullptr) {
      RETURN_IF_ERROR(TellRefusal(source, batch, item, *rejection, warnings));
    } else {
      RETURN_IF_ERROR(ListWarnings(source, item, warnings));
    }
    const auto* duplicate = std::get_if<Duplicate>(&outcomes[i]);
    if (duplicate != nullptr && IsRepeated(*duplicate, first_seq_)) TellRepetition(source, item, *duplicate);
    if (duplicate != nullptr && duplicate->seq < first_seq_) NoteKnown(source, item, duplicate->seq);
    if (duplicate != nullptr && source.IsNumberedByContent(item)) NoteAlike(source, item, *duplicate);
    if (const auto replaced = batch.replaced.find(i); replaced != batch.replaced.end()) {
      Tell(ShownText(fmt::format("{}:{}: {}", source.name(), item.line, replaced->second)) + "\n");
    }
    if (options_.receipts) AddReceipt(source, item, outcomes[i], warnings, &receipts);
  }
  lines_ += batch.lines;
  if (rejects_.has_value()) RETURN_IF_ERROR(rejects_->Flush());
  if (warnings_.has_value()) RETURN_IF_ERROR(warnings_->Flush());
  RETURN_IF_ERROR(receipts_.Write(receipts));
  RETURN_IF_ERROR(receipts_.Flush());
  progress_.Show(source.bytes_read(), source.bytes_total(), lines_);
  return Status();
}

void ImportTeller::AddReceipt(const ImportSource& source, const ImportBatch::Item& item, const Outcome& outcome,
                              std::span<const ImportWarning> warnings, std::string* receipts) {
  const auto* rejection = std::get_if<Rejection>(&outcome);
  if (rejection == nullptr && !recorded_ && !options_.dry_run) return;
  if (options_.files.size() > 1) receipts->append(source.name()).append(":");
  receipts->append(std::to_string(item.line));
  if (rejection != nullptr) {
    receipts->append(" refused ").append(ReasonsOf(*rejection, warnings).front().code);
  } else if (const auto* duplicate = std::get_if<Duplicate>(&outcome)) {
    receipts->append(" duplicate");
    // A rehearsal numbers what will not be there.
    const bool is_there = !options_.dry_run || duplicate->seq < first_seq_;
    if (is_there) receipts->append(" ").append(std::to_string(duplicate->seq));
  } else if (options_.dry_run) {
    receipts->append(" ok");
  } else {
    receipts->append(" ").append(std::to_string(std::get<Recorded>(outcome).seq));
  }
  receipts->append("\n");
}

std::vector<Reason> ImportTeller::ReasonsOf(const Rejection& rejection, std::span<const ImportWarning> warnings) {
  if (warnings.empty()) return {Reason(rejection)};
  return {warnings.begin(), warnings.end()};
}

Status ImportTeller::ListWarnings(const ImportSource& source, const ImportBatch::Item& item,
                                  std::span<const ImportWarning> warnings) {
  if (!warnings_.has_value()) return Status();
  for (const ImportWarning& warning : warnings) RETURN_IF_ERROR(warnings_->Add(source.name(), item.line, warning));
  return Status();
}

Status ImportTeller::TellRefusal(const ImportSource& source, const ImportBatch& batch, const ImportBatch::Item& item,
                                 const Rejection& rejection, std::span<const ImportWarning> warnings) {
  unopened_customers_ = unopened_customers_ || (first_seq_ == 1 && rejection.missing_kind == "customer");
  const std::vector<Reason> reasons = ReasonsOf(rejection, warnings);
  if (rejects_.has_value()) {
    const bool is_kept = rejects_->Holds(source.name(), item.line);
    const std::vector<KeptLine> kept = is_kept ? std::vector<KeptLine>() : source.KeptWith(batch, item);
    for (const Reason& reason : reasons) {
      RETURN_IF_ERROR(rejects_->Add(source.name(), item.line, source.frame(), kept, reason));
    }
    return Status();
  }
  if (refusals_++ < kMostShown || options_.invoice) {
    for (const Reason& reason : reasons) {
      Tell(ShownText(fmt::format("{}:{}: {}", source.name(), item.line, TextOf(reason))) + "\n");
    }
  }
  return Status();
}

void ImportTeller::TellRepetition(const ImportSource& source, const ImportBatch::Item& item,
                                  const Duplicate& duplicate) {
  if (repetitions_++ >= kMostShown) return;
  const std::string same_file = source.name() + ":";
  const bool is_same = duplicate.source.starts_with(same_file);
  Tell(fmt::format("{}:{}: repeats {}{}\n", source.name(), item.line, is_same ? "line " : "",
                   is_same ? duplicate.source.substr(same_file.size()) : duplicate.source));
}

// With each doubling of the step half of the lines are dropped.
void ImportTeller::NoteKnown(const ImportSource& source, const ImportBatch::Item& item, uint64_t seq) {
  const uint64_t number = known_lines_++;
  if (number % known_step_ != 0) return;
  if (known_.size() == kMostLookedUp) {
    for (size_t i = 0; i < known_.size() / 2; i++) known_[i] = std::move(known_[2 * i]);
    known_.resize(known_.size() / 2);
    known_step_ *= 2;
  }
  known_.push_back({source.name(), item.line, seq});
}

void ImportTeller::NoteAlike(const ImportSource& source, const ImportBatch::Item& item, const Duplicate& duplicate) {
  const bool is_same = duplicate.source == fmt::format("{}:{}", SourceOfFile(source.name()), item.line);
  if (is_same || IsRepeated(duplicate, first_seq_)) return;
  if (alike_.empty() || alike_.back().file != source.name()) {
    alike_.push_back({source.name(), item.line, duplicate.source, 0});
  }
  alike_.back().rows++;
}

}  // namespace duebook
