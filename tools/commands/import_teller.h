// What an import tells of its lines.

#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tools/commands/import_options.h"
#include "tools/commands/progress.h"
#include "tools/commands/session.h"
#include "tools/import/pipeline/import_pipeline.h"
#include "tools/import/pipeline/reasons_file.h"
#include "tools/import/pipeline/rejects_file.h"

namespace duebook {

// Refusals, and lines that repeat others, shown one by one; the rest are counted.
inline constexpr uint64_t kMostShown = 20;

// Of so many lines at most that were there already it is looked up whether they were taken back.
inline constexpr size_t kMostLookedUp = 1024;

// Rows of a file that have no number of their own, for each of which the ledger has one that says the same.
struct AlikeRows {
  std::string file;
  uint64_t first_line;
  std::string first_source;  // where the other one came from
  uint64_t rows;
};

// A line of which the ledger knows the event, whose seq this is, from before the import.
struct KnownLine {
  std::string file;
  uint64_t line;
  uint64_t seq;
};

// Tells what became of each line: receipts, rejects, messages, progress.
class ImportTeller : public ImportObserver {
 public:
  // `first_seq`: of the first event that the import may record.
  ImportTeller(const ImportOptions& options, uint64_t first_seq, ResultFile receipts,
               std::optional<RejectsFile> rejects, std::optional<ReasonsFile> warnings)
      : options_(options),
        first_seq_(first_seq),
        receipts_(std::move(receipts)),
        rejects_(std::move(rejects)),
        warnings_(std::move(warnings)),
        progress_("lines") {}

  Status OnBatch(const ImportSource& source, const ImportBatch& batch, std::span<const Outcome> outcomes) override {
    const Status status = TellBatch(source, batch, outcomes);
    output_failed_ = output_failed_ || !status.ok();
    return status;
  }

  void OnNothingRecorded() override { recorded_ = false; }

  void OnUnreadable(const Error& error) override {
    unreadable_ = true;
    unopened_ = unopened_ || error.code != ErrorCode::kInvalidArgument;
    Complain(error, kRefused);
  }

  Status FinishRejects() { return rejects_.has_value() ? rejects_->Finish() : Status(); }

  bool unreadable() const { return unreadable_; }
  // A file could not be opened or read at all.
  bool unopened() const { return unopened_; }
  bool output_failed() const { return output_failed_; }
  // The ledger was empty, and a line names a customer.
  bool unopened_customers() const { return unopened_customers_; }
  // The files that hold refused lines, and those that hold the reasons.
  std::string rejects() const { return rejects_.has_value() ? rejects_->Names() : ""; }
  std::string reasons() const { return rejects_.has_value() ? rejects_->ReasonsNames() : ""; }
  // Returns them by file, in order.
  const std::vector<AlikeRows>& alike() const { return alike_; }
  // Returns the lines that were there already, in order: all or, of more than kMostLookedUp, some that are spread
  // evenly over them.
  const std::vector<KnownLine>& known() const { return known_; }
  uint64_t first_seq() const { return first_seq_; }  // of the import
  // What was not shown one by one.
  uint64_t hidden_refusals() const { return options_.invoice ? 0 : refusals_ - std::min(refusals_, kMostShown); }
  uint64_t hidden_repetitions() const { return repetitions_ - std::min(repetitions_, kMostShown); }

 private:
  Status TellBatch(const ImportSource& source, const ImportBatch& batch, std::span<const Outcome> outcomes);
  // A receipt names the file only where there are several. What was not recorded gets none.
  void AddReceipt(const ImportSource& source, const ImportBatch::Item& item, const Outcome& outcome,
                  std::span<const ImportWarning> warnings, std::string* receipts);
  // What a line was refused for: by the ledger for one reason, or with --strict for all that it would be warned of.
  static std::vector<Reason> ReasonsOf(const Rejection& rejection, std::span<const ImportWarning> warnings);
  Status ListWarnings(const ImportSource& source, const ImportBatch::Item& item,
                      std::span<const ImportWarning> warnings);
  Status TellRefusal(const ImportSource& source, const ImportBatch& batch, const ImportBatch::Item& item,
                     const Rejection& rejection, std::span<const ImportWarning> warnings);
  void TellRepetition(const ImportSource& source, const ImportBatch::Item& item, const Duplicate& duplicate);
  void NoteKnown(const ImportSource& source, const ImportBatch::Item& item, uint64_t seq);
  // The row may be a fact of its own, for which the ledger has another that says the same. Read again from the same
  // line it is none.
  void NoteAlike(const ImportSource& source, const ImportBatch::Item& item, const Duplicate& duplicate);

  const ImportOptions& options_;
  const uint64_t first_seq_;
  ResultFile receipts_;
  std::vector<AlikeRows> alike_;
  std::vector<KnownLine> known_;  // every one of those whose number known_step_ divides
  uint64_t known_lines_ = 0;
  uint64_t known_step_ = 1;
  std::optional<RejectsFile> rejects_;
  std::optional<ReasonsFile> warnings_;
  Progress progress_;
  uint64_t lines_ = 0;
  uint64_t refusals_ = 0;  // told line by line, or too many for that
  uint64_t repetitions_ = 0;
  bool recorded_ = true;
  bool unreadable_ = false;
  bool unopened_ = false;
  bool unopened_customers_ = false;
  bool output_failed_ = false;
};

}  // namespace duebook
