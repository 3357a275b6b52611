#include <fmt/core.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/commands/progress.h"
#include "tools/import/import_pipeline.h"
#include "tools/import/mapped_source.h"
#include "tools/import/rejects_file.h"

namespace duebook {

namespace {

struct Options {
  std::vector<std::string> files;
  std::string map;
  std::string rejects;
  bool csv = false;
  bool receipts = false;
  bool atomic = false;
  bool dry_run = false;
  bool as_imported = false;
};

// Refusals shown one by one; the rest are counted.
constexpr uint64_t kShownRefusals = 20;

// Tells what became of each line: receipts, rejects, messages, progress.
class Teller : public ImportObserver {
 public:
  Teller(const Options& options, ResultFile receipts, std::optional<RejectsFile> rejects)
      : options_(options), receipts_(std::move(receipts)), rejects_(std::move(rejects)), progress_("lines") {}

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

  bool unreadable() const { return unreadable_; }
  // A file could not be opened or read at all.
  bool unopened() const { return unopened_; }
  bool output_failed() const { return output_failed_; }
  // The files that hold refused lines.
  std::string rejects() const { return rejects_.has_value() ? rejects_->Names() : ""; }
  uint64_t hidden() const { return shown_ < refusals_ ? refusals_ - shown_ : 0; }

 private:
  Status TellBatch(const ImportSource& source, const ImportBatch& batch, std::span<const Outcome> outcomes) {
    std::string receipts;
    auto outcome = outcomes.begin();
    for (const ImportBatch::Item& item : batch.items) {
      const Rejection* rejection = item.is_refused() ? item.rejection.get() : std::get_if<Rejection>(&*outcome);
      if (rejection != nullptr) RETURN_IF_ERROR(TellRefusal(source, batch, item, *rejection));
      if (options_.receipts || options_.dry_run)
        AddReceipt(source, item, rejection, rejection == nullptr ? &*outcome : nullptr, &receipts);
      if (!item.is_refused()) outcome++;
    }
    lines_ += batch.lines;
    if (rejects_.has_value()) RETURN_IF_ERROR(rejects_->Flush());
    RETURN_IF_ERROR(receipts_.Write(receipts));
    RETURN_IF_ERROR(receipts_.Flush());
    progress_.Show(source.bytes_read(), source.bytes_total(), lines_);
    return Status();
  }

  // A receipt names the file only where there are several. What was not recorded gets none.
  void AddReceipt(const ImportSource& source, const ImportBatch::Item& item, const Rejection* rejection,
                  const Outcome* outcome, std::string* receipts) {
    if (rejection == nullptr && !recorded_ && !options_.dry_run) return;
    if (options_.files.size() > 1) receipts->append(source.name()).append(":");
    receipts->append(std::to_string(item.line));
    if (rejection != nullptr) {
      receipts->append(" refused ").append(CodeName(rejection->code));
    } else if (const auto* duplicate = std::get_if<Duplicate>(outcome)) {
      receipts->append(" duplicate ").append(std::to_string(duplicate->seq));
    } else if (options_.dry_run) {
      receipts->append(" ok");
    } else {
      receipts->append(" ").append(std::to_string(std::get<Recorded>(*outcome).seq));
    }
    receipts->append("\n");
  }

  Status TellRefusal(const ImportSource& source, const ImportBatch& batch, const ImportBatch::Item& item,
                     const Rejection& rejection) {
    if (rejects_.has_value()) {
      return rejects_->Add(source.name(), item.line, source.header(), batch.TextOf(item), rejection);
    }
    refusals_++;
    if (shown_ < kShownRefusals) {
      shown_++;
      Tell(fmt::format("{}:{}: {}{}{}: {}\n", source.name(), item.line, rejection.field,
                       rejection.field.empty() ? "" : ": ", CodeName(rejection.code), rejection.sentence));
    }
    return Status();
  }

  const Options& options_;
  ResultFile receipts_;
  std::optional<RejectsFile> rejects_;
  Progress progress_;
  uint64_t lines_ = 0;
  uint64_t refusals_ = 0;  // told line by line, or too many for that
  uint64_t shown_ = 0;
  bool recorded_ = true;
  bool unreadable_ = false;
  bool unopened_ = false;
  bool output_failed_ = false;
};

std::optional<std::string> WrongUsage(const Options& options) {
  size_t standard_inputs = 0;
  for (const std::string& file : options.files) {
    standard_inputs += file == "-" ? 1 : 0;
    std::error_code none;
    for (const char* ending : {"", ".reasons.csv"}) {
      if (!options.rejects.empty() && std::filesystem::equivalent(file, options.rejects + ending, none)) {
        return fmt::format("--rejects {} would overwrite what is imported; name another file", options.rejects);
      }
    }
  }
  if (standard_inputs > 1) return "standard input can be read once only";
  return std::nullopt;
}

// After receipts, the summary goes to standard error.
int Summarize(const Options& options, const ImportResult& result, const Teller& teller,
              std::chrono::steady_clock::duration took) {
  if (teller.hidden() > 0) {
    Tell(fmt::format("... and {} more refused; --rejects FILE keeps them all with their reasons\n", teller.hidden()));
  }
  const ImportCounts& counts = result.counts;
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  std::string text = fmt::format("{} lines read, {} events {}, {} already there, {} refused, {}.{:03} s\n",
                                 counts.lines, counts.recorded, result.committed ? "recorded" : "would be recorded",
                                 counts.duplicates, counts.refused, milliseconds / 1000, milliseconds % 1000);
  if (!teller.rejects().empty()) {
    text += fmt::format("refused lines are in {}; beside them, in FILE.reasons.csv, is why\n", teller.rejects());
  }
  if (options.dry_run) {
    text += "nothing was recorded (--dry-run)\n";
  } else if (!result.committed) {
    text += "nothing was recorded (--atomic)\n";
  }
  if (!options.receipts && !options.dry_run) return WriteResult(text);
  Tell(text);
  return kDone;
}

ImportMode ModeOf(const Options& options) {
  if (options.dry_run) return ImportMode::kRehearsal;
  return options.atomic ? ImportMode::kAllOrNothing : ImportMode::kEach;
}

InputFormat FormatOf(const Options& options) { return options.csv ? InputFormat::kCsv : InputFormat::kByName; }

int Run(const Session& session, const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  if (const auto wrong = WrongUsage(options)) return Complain({ErrorCode::kInvalidArgument, *wrong, ""}, kBadUsage);
  std::shared_ptr<const ImportMap> map;
  if (!options.map.empty()) {
    auto read = LoadMap(options.map);
    if (!read.ok()) return Complain(read.error(), kBadUsage);
    map = std::make_shared<const ImportMap>(std::move(*read));
  }
  auto ledger = session.OpenForWriting();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  std::optional<RejectsFile> rejects;
  if (!options.rejects.empty()) {
    auto opened = RejectsFile::Open(options.rejects);
    if (!opened.ok()) return Complain(opened.error(), kBadUsage);
    rejects.emplace(std::move(*opened));
  }
  const CommandContext context = session.Context((*ledger)->log().identity(), options.as_imported);
  size_t next = 0;
  const auto next_source = [&]() -> Result<std::unique_ptr<ImportSource>> {
    if (next == options.files.size()) return std::unique_ptr<ImportSource>();
    const std::string& file = options.files[next++];
    return map == nullptr ? OpenRecordSource(file, FormatOf(options), context) : OpenMappedSource(file, map, context);
  };
  auto receipts = ResultFile::Open("");
  if (!receipts.ok()) return Complain(receipts.error(), kRefused);
  Teller teller(options, std::move(*receipts), std::move(rejects));
  const auto result = RunImport(ledger->get(), next_source, ModeOf(options), &teller);
  if (!result.ok()) {
    return teller.output_failed() ? Complain(result.error(), kRefused) : ComplainAboutStore(result.error());
  }
  const int status = Summarize(options, *result, teller, std::chrono::steady_clock::now() - start);
  if (teller.unopened()) return kBadUsage;
  return result->counts.refused > 0 || teller.unreadable() ? kRefused : status;
}

}  // namespace

void AddImport(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command =
      AddCommand(app, "import", "record every line of files",
                 "duebook --ledger books import invoices.csv payments.jsonl --rejects refused.csv\n"
                 "  duebook --ledger books import --map open-items.toml erp-export.csv\n\n"
                 "JSON Lines: one event a line. CSV: the field names as header, one event a row. A line\n"
                 "that cannot be recorded is refused and costs no other; import it again when mended:\n"
                 "nothing is recorded twice.");
  command.Add("FILE", &options->files, "files to read; - is standard input").Required();
  command.Add("--map", &options->map, "how columns of a foreign CSV become events").Called("FILE.toml");
  command
      .Add("--rejects", &options->rejects,
           "keep refused lines here, if there are any, and their reasons in FILE.reasons.csv")
      .Called("FILE");
  command.AddFlag("--csv", &options->csv, "read CSV whatever the file's name; else CSV is what ends in .csv");
  command.AddFlag("--receipts", &options->receipts,
                  "print LINE SEQ, LINE duplicate SEQ or LINE refused CODE (FILE:LINE of several files) on standard "
                  "output once it is durable");
  command.AddFlag("--atomic", &options->atomic, "record all or nothing");
  command.AddFlag("--dry-run", &options->dry_run,
                  "print LINE ok or LINE refused CODE for what would become of each line, and record nothing");
  command.AddFlag("--as-imported", &options->as_imported,
                  "history of another system: report, rather than enforce, who may do what");
  AddClockOption(command, session);
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
