#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/import_preview.h"
#include "tools/commands/import_summary.h"
#include "tools/commands/progress.h"
#include "tools/import/invoice/invoice_source.h"
#include "tools/import/pipeline/import_pipeline.h"
#include "tools/import/pipeline/mapped_source.h"
#include "tools/import/pipeline/rejects_file.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

struct Options {
  std::vector<std::string> files;
  std::string map;
  std::string rejects;
  std::string warnings;
  std::string encoding;
  std::string sheet;
  std::optional<uint64_t> preview;  // rows
  bool csv = false;
  bool invoice = false;
  bool receipts = false;
  bool atomic = false;
  bool dry_run = false;
  bool as_imported = false;
  bool strict = false;
};

// Refusals, and lines that repeat others, shown one by one; the rest are counted.
constexpr uint64_t kMostShown = 20;

// Rows of a file that have no number of their own, for each of which the ledger has one that says the same.
struct AlikeRows {
  std::string file;
  uint64_t first_line;
  std::string first_source;  // where the other one came from
  uint64_t rows;
};

// Tells what became of each line: receipts, rejects, messages, progress.
class Teller : public ImportObserver {
 public:
  // `first_seq`: of the first event that the import may record.
  Teller(const Options& options, uint64_t first_seq, ResultFile receipts, std::optional<RejectsFile> rejects,
         std::optional<ReasonsFile> warnings)
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
  uint64_t first_seq() const { return first_seq_; }  // of the import
  // What was not shown one by one.
  uint64_t hidden_refusals() const { return options_.invoice ? 0 : refusals_ - std::min(refusals_, kMostShown); }
  uint64_t hidden_repetitions() const { return repetitions_ - std::min(repetitions_, kMostShown); }

 private:
  Status TellBatch(const ImportSource& source, const ImportBatch& batch, std::span<const Outcome> outcomes) {
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

  // A receipt names the file only where there are several. What was not recorded gets none.
  void AddReceipt(const ImportSource& source, const ImportBatch::Item& item, const Outcome& outcome,
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

  // What a line was refused for: by the ledger for one reason, or with --strict for all that it would be warned of.
  static std::vector<Reason> ReasonsOf(const Rejection& rejection, std::span<const ImportWarning> warnings) {
    if (warnings.empty()) return {Reason(rejection)};
    return {warnings.begin(), warnings.end()};
  }

  Status ListWarnings(const ImportSource& source, const ImportBatch::Item& item,
                      std::span<const ImportWarning> warnings) {
    if (!warnings_.has_value()) return Status();
    for (const ImportWarning& warning : warnings) RETURN_IF_ERROR(warnings_->Add(source.name(), item.line, warning));
    return Status();
  }

  Status TellRefusal(const ImportSource& source, const ImportBatch& batch, const ImportBatch::Item& item,
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

  void TellRepetition(const ImportSource& source, const ImportBatch::Item& item, const Duplicate& duplicate) {
    if (repetitions_++ >= kMostShown) return;
    const std::string same_file = source.name() + ":";
    const bool is_same = duplicate.source.starts_with(same_file);
    Tell(fmt::format("{}:{}: repeats {}{}\n", source.name(), item.line, is_same ? "line " : "",
                     is_same ? duplicate.source.substr(same_file.size()) : duplicate.source));
  }

  // The row may be a fact of its own, for which the ledger has another that says the same. Read again from the same
  // line it is none.
  void NoteAlike(const ImportSource& source, const ImportBatch::Item& item, const Duplicate& duplicate) {
    const bool is_same = duplicate.source == fmt::format("{}:{}", SourceOfFile(source.name()), item.line);
    if (is_same || IsRepeated(duplicate, first_seq_)) return;
    if (alike_.empty() || alike_.back().file != source.name()) {
      alike_.push_back({source.name(), item.line, duplicate.source, 0});
    }
    alike_.back().rows++;
  }

  const Options& options_;
  const uint64_t first_seq_;
  ResultFile receipts_;
  std::vector<AlikeRows> alike_;
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

std::optional<std::string> WrongUsage(const Options& options) {
  if (options.preview == 0) return "--preview 0: no row is shown";
  if (options.preview.has_value() && (options.receipts || options.atomic || options.dry_run || options.strict ||
                                      !options.rejects.empty() || !options.warnings.empty())) {
    return "--preview decides nothing: leave --receipts, --atomic, --dry-run, --strict, --rejects and --warnings out";
  }
  if (options.invoice && (options.csv || !options.sheet.empty())) {
    return "--invoice reads XML: leave --csv and --sheet out";
  }
  if (options.invoice && !options.rejects.empty()) {
    return "--rejects keeps lines of files; an e-invoice that is refused stays as it is, in its own file";
  }
  size_t standard_inputs = 0;
  for (const std::string& file : options.files) {
    standard_inputs += file == "-" ? 1 : 0;
  }
  if (standard_inputs > 1) return "standard input can be read once only";
  const InputFormat* named = InputFormatOfName(options.rejects);
  if (named != nullptr && named->refused_as != nullptr) {
    return fmt::format("--rejects {}: refused rows are kept as text, never as {}; call the file refused{}",
                       options.rejects, named->title, named->refused_as->ending);
  }
  // What is refused is imported again, and then read by its name.
  const auto format_of = [&](const std::string& file) {
    return options.map.empty() ? &RecordFormatOfName(file) : InputFormatOfName(file);
  };
  const InputFormat* format = format_of(options.rejects);
  const auto is_read_as_rejects = [&](const std::string& file) {
    const InputFormat* of_file = format_of(file);
    return of_file == nullptr || format == (of_file->refused_as == nullptr ? of_file : of_file->refused_as);
  };
  if (!options.rejects.empty() && !options.csv && format != nullptr &&
      std::none_of(options.files.begin(), options.files.end(), is_read_as_rejects)) {
    return fmt::format("--rejects {}: by its name it would be read as {}, which no line of these files is",
                       options.rejects, format->title);
  }
  return std::nullopt;
}

void TellRest(const ImportResult& result, const Teller& teller) {
  if (teller.hidden_refusals() > 0) {
    Tell(fmt::format("... and {} more refused; --rejects FILE keeps them all with their reasons\n",
                     teller.hidden_refusals()));
  }
  if (teller.hidden_repetitions() > 0)
    Tell(fmt::format("... and {} more repeat others\n", teller.hidden_repetitions()));
  for (const AlikeRows& alike : teller.alike()) {
    Tell(ShownText(fmt::format("{}:{}: says the same as {}, which is there, and counts as the same{}; a row of its own "
                               "needs a cell that tells them apart",
                               alike.file, alike.first_line, alike.first_source,
                               alike.rows == 1 ? "" : fmt::format(", as do others, {} in all", alike.rows))) +
         "\n");
  }
  for (const LateReference& late : result.late) {
    Tell(
        fmt::format("{}: {} comes only with {}, dated {}\n", late.line, late.thing, late.source, late.date.ToString()));
  }
  if (teller.unopened_customers() && result.counts.recorded == 0) {
    Tell("a customer is opened before any line names it: see `duebook record CustomerOpened --help`\n");
  }
}

// After receipts, the summary goes to standard error.
int Summarize(const Options& options, const ImportResult& result, const Teller& teller,
              std::chrono::steady_clock::duration took) {
  TellRest(result, teller);
  const ImportCounts& counts = result.counts;
  const std::string repeated = counts.repeated == 0 ? "" : fmt::format(", {} repeated", counts.repeated);
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  // By its first event an import is named, to be taken back.
  const bool is_recorded = result.committed && counts.recorded > 0;
  std::string text = Foretell(result.foretold);
  text += fmt::format("{} {} read, {} events {}, {} already there{}, {} refused, {}.{:03} s{}\n", counts.lines,
                      options.invoice ? "invoices" : "lines", counts.recorded,
                      result.committed ? "recorded" : "would be recorded", counts.duplicates, repeated, counts.refused,
                      milliseconds / 1000, milliseconds % 1000,
                      is_recorded ? fmt::format(", from event {}", teller.first_seq()) : "");
  text += TextOfWarnings(counts, options.warnings);
  if (!teller.rejects().empty()) {
    text += fmt::format("refused lines are in {}; why is in {}\n", teller.rejects(), teller.reasons());
  }
  if (options.dry_run) {
    text += "nothing was recorded (--dry-run)\n";
  } else if (!result.committed) {
    text += "nothing was recorded (--atomic)\n";
  }
  if (!options.receipts) return WriteSentences(text);
  Tell(text);
  return kDone;
}

ImportMode ModeOf(const Options& options) {
  if (options.dry_run) return ImportMode::kRehearsal;
  return options.atomic ? ImportMode::kAllOrNothing : ImportMode::kEach;
}

// What --map says.
struct Maps {
  std::shared_ptr<const ImportMap> rows;  // null: files have records of the ledger's own, or are e-invoices
  CustomerNames customers;                // of e-invoices
};

Result<Maps> LoadMaps(const Options& options) {
  Maps maps;
  if (options.map.empty()) return maps;
  if (options.invoice) {
    auto read = LoadCustomerNames(options.map);
    RETURN_IF_ERROR(read);
    maps.customers = std::move(*read);
    return maps;
  }
  auto read = LoadMap(options.map);
  RETURN_IF_ERROR(read);
  if (!options.encoding.empty()) read->encoding = options.encoding;
  if (!options.sheet.empty()) read->settings.sheet = options.sheet;
  maps.rows = std::make_shared<const ImportMap>(std::move(*read));
  return maps;
}

// Opens the files one after the other, e-invoices before credit notes.
NextSource SourcesOf(const Options& options, const Maps& maps, const CommandContext& context) {
  if (options.invoice) {
    auto invoices = std::make_shared<InvoiceSources>(options.files, options.encoding, maps.customers, context);
    return [invoices] { return invoices->Next(); };
  }
  return [&options, rows = maps.rows, context, next = size_t{0}]() mutable -> Result<std::unique_ptr<ImportSource>> {
    if (next == options.files.size()) return std::unique_ptr<ImportSource>();
    const std::string& file = options.files[next++];
    if (rows != nullptr) return OpenMappedSource(file, rows, context);
    RowSettings settings;
    settings.sheet = options.sheet;
    return OpenRecordSource(file, options.csv ? &kCsvInput : nullptr, context, options.encoding, settings);
  };
}

int Preview(const Session& session, const Options& options, const Maps& maps) {
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const NextSource next = SourcesOf(options, maps, session.Context((*log)->identity(), options.as_imported));
  ImportWarnings warnings(Today());
  int status = kDone;
  std::string text;
  for (size_t i = 0; i < options.files.size(); i++) {
    auto source = next();
    const auto report =
        source.ok() ? PreviewOf(source->get(), *options.preview, maps.rows == nullptr, (*log)->identity().currency,
                                &warnings)
                    : Result<Report>(source.error());
    if (!report.ok()) {
      const bool is_unopened = report.error().code != ErrorCode::kInvalidArgument;
      status = Complain(report.error(), is_unopened || status == kBadUsage ? kBadUsage : kRefused);
      continue;
    }
    if (options.files.size() > 1) text += fmt::format("{}:\n", (*source)->name());
    text += RenderRows(*report) + "\n";
  }
  const int written = WriteSentences(text + "nothing was recorded (--preview)\n");
  return status == kDone ? written : status;
}

int Run(const Session& session, const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  if (const auto wrong = WrongUsage(options)) return Complain({ErrorCode::kInvalidArgument, *wrong, ""}, kBadUsage);
  if (!options.encoding.empty()) {
    const auto decoder = TextDecoder::Make(options.encoding);
    if (!decoder.ok()) return Complain(decoder.error(), kBadUsage);
  }
  const auto maps = LoadMaps(options);
  if (!maps.ok()) return Complain(maps.error(), kBadUsage);
  if (options.preview.has_value()) return Preview(session, options, *maps);
  auto ledger = session.OpenForWriting();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  std::optional<RejectsFile> rejects;
  if (!options.rejects.empty()) {
    auto opened = RejectsFile::Open(options.rejects);
    if (!opened.ok()) return Complain(opened.error(), kBadUsage);
    rejects.emplace(std::move(*opened));
  }
  std::optional<ReasonsFile> warnings;
  if (!options.warnings.empty()) {
    auto opened = ReasonsFile::Open(options.warnings);
    if (!opened.ok()) return Complain(opened.error(), kBadUsage);
    warnings.emplace(std::move(*opened));
  }
  const CommandContext context = session.Context((*ledger)->log().identity(), options.as_imported);
  const NextSource next_source = SourcesOf(options, *maps, context);
  auto receipts = ResultFile::Open("");
  if (!receipts.ok()) return Complain(receipts.error(), kRefused);
  Teller teller(options, (*ledger)->log().last_seq() + 1, std::move(*receipts), std::move(rejects),
                std::move(warnings));
  const ImportSettings settings{.mode = ModeOf(options), .today = Today(), .is_strict = options.strict};
  const auto result = RunImport(ledger->get(), next_source, settings, &teller);
  const Status finished = teller.FinishRejects();
  if (!result.ok()) {
    return teller.output_failed() ? Complain(result.error(), kRefused) : ComplainAboutStore(result.error());
  }
  if (!finished.ok()) return Complain(finished.error(), kRefused);
  const int status = Summarize(options, *result, teller, std::chrono::steady_clock::now() - start);
  if (teller.unopened()) return kBadUsage;
  return result->counts.refused > 0 || teller.unreadable() ? kRefused : status;
}

}  // namespace

void AddImport(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command =
      AddCommand(app, session, "import", "record every line of files",
                 "duebook --ledger books import invoices.csv payments.jsonl --rejects refused.csv\n"
                 "  duebook --ledger books import --map open-items.toml erp-export.csv\n\n"
                 "JSON Lines: one event a line. CSV: the field names as header, one event a row. JSON: a list of\n"
                 "events. XLSX: a sheet like CSV. The fields are those that `duebook record TYPE --help` lists,\n"
                 "and `type` and `id` of every event. A line that cannot be recorded is refused and costs no\n"
                 "other; import it again when mended: nothing is recorded twice.");
  command.Add("FILE", &options->files, "files to read; - is standard input").Required().Reads();
  command
      .Add(
          "--map", &options->map,
          fmt::format("how the rows of another system's {} become events",
                      EnumerateInputFormats([](const InputFormat& format) { return std::string(format.title); }, "or")))
      .Called("FILE.toml")
      .Reads();
  command.AddFlag(
      "--invoice", &options->invoice,
      "each file is an e-invoice: UBL 2.1 or CII D16B, as in Factur-X; --map says with [translate.customer] "
      "who buyers are that it does not name by the customer's number");
  command
      .Add("--rejects", &options->rejects,
           fmt::format("keep refused lines here, if there are any, and their reasons in FILE{}", kReasonsEnding))
      .Called("FILE")
      .WritesInPlace({"", kReasonsEnding});
  Option warnings =
      command.Add("--warnings", &options->warnings,
                  "list here, as CSV, what is recorded and looks wrong: an entry told twice, a due date before the "
                  "invoice's, a date decades away, an amount a thousand times what the customer had so far");
  warnings.Called("FILE").WritesInPlace();
  command
      .Add("--encoding", &options->encoding,
           "how files without a mark are encoded, such as gb18030, utf-16le or latin1 (default: UTF-8, or what XML "
           "declares)")
      .Called("NAME");
  command.Add("--sheet", &options->sheet, "which sheet of a workbook (default: the first)").Called("NAME");
  command.AddFlag("--csv", &options->csv, "read CSV whatever the file's name; else CSV is what ends in .csv");
  command.AddFlag(
      "--receipts", &options->receipts,
      "print LINE SEQ once it is durable, LINE duplicate SEQ if event SEQ is the same, or LINE refused CODE on "
      "standard output; FILE:LINE of several files; with --dry-run LINE ok, and no SEQ of what is not there");
  command.AddFlag("--atomic", &options->atomic, "record all or nothing");
  command
      .Add("--preview", &options->preview,
           "show the first rows and the events that each would become, and record nothing")
      .Called("ROWS");
  command.AddFlag("--dry-run", &options->dry_run, "record nothing, and sum up what would be recorded and refused");
  command.AddFlag("--strict", &options->strict, "refuse what there would be a warning of").Excludes(warnings);
  command.AddFlag("--as-imported", &options->as_imported,
                  "history of another system: report, rather than enforce, who may do what");
  AddClockOption(command, session);
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
