#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "ledger/command/spelling.h"
#include "ledger/log/kept_files.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/import_preview.h"
#include "tools/commands/import_summary.h"
#include "tools/commands/import_teller.h"
#include "tools/import/invoice/invoice_source.h"
#include "tools/import/pipeline/import_pipeline.h"
#include "tools/import/pipeline/mapped_source.h"
#include "tools/import/pipeline/rejects_file.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"
#include "tools/undo/reversals.h"

namespace duebook {

namespace {

std::optional<std::string> WrongUsage(const ImportOptions& options) {
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

void TellRest(const ImportResult& result, const ImportTeller& teller) {
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

// An event that was taken back keeps its id, so that the same line, imported again, is one that was there.
Status TellTakenBack(const EventLog& log, const ImportTeller& teller) {
  for (const KnownLine& known : teller.known()) {
    const auto event = log.Get(known.seq);
    RETURN_IF_ERROR(event);
    const auto undone = UndoneBy(log, event->view());
    RETURN_IF_ERROR(undone);
    if (!undone->has_value()) continue;
    Tell(ShownText(fmt::format("{}:{}: event {} was taken back by event {}, and keeps its id and number: nothing is "
                               "recorded of it again; the same holds of others that were taken back",
                               known.file, known.line, known.seq, **undone)) +
         "\n");
    return Status();
  }
  return Status();
}

// Files lie beside the log, and come with no export of it.
Status TellMissingFiles(const EventLog& log, uint64_t first_seq) {
  const auto missing = MissingFiles(log, first_seq);
  RETURN_IF_ERROR(missing);
  if (missing->empty()) return Status();
  Tell(fmt::format(
      "{} file{} that these events name {} not kept here: copy what lies in {} of the ledger that they come "
      "from into {}; `duebook verify` names what is missing\n",
      missing->size(), missing->size() == 1 ? "" : "s", missing->size() == 1 ? "is" : "are", kFilesFolder,
      (log.directory() / kFilesFolder).string()));
  return Status();
}

// What --map says.
struct Maps {
  std::shared_ptr<const ImportMap> rows;  // null: files have records of the ledger's own, or are e-invoices
  CustomerNames customers;                // of e-invoices
};

// Whether lines that are kept alone lack what a map looks up in the lines around them.
bool LooksUpInItself(const Maps& maps) {
  if (maps.rows == nullptr) return false;
  return std::any_of(maps.rows->lookups.begin(), maps.rows->lookups.end(),
                     [](const MapLookup& lookup) { return lookup.rows == nullptr; });
}

bool IsFile(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::is_regular_file(path, unknown);
}

// After receipts, the summary goes to standard error.
int Summarize(const ImportOptions& options, const ImportResult& result, const ImportTeller& teller,
              bool looks_up_in_itself, std::chrono::steady_clock::duration took) {
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
    if (looks_up_in_itself) {
      text += "the map looks values up in the file itself: mend that, and import it as a whole\n";
    }
  }
  if (counts.refused == 0 && IsFile(options.rejects)) {
    text += fmt::format("nothing was refused; {} is from before\n", options.rejects);
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

// The format in which lines that are kept are read again by the name of their file; null if that is told otherwise.
const InputFormat* FormatOfRejects(const ImportOptions& options, const Maps& maps) {
  if (maps.rows != nullptr) return maps.rows->format == nullptr ? InputFormatOfName(options.rejects) : nullptr;
  return options.csv ? nullptr : &RecordFormatOfName(options.rejects);
}

ImportMode ModeOf(const ImportOptions& options) {
  if (options.dry_run) return ImportMode::kRehearsal;
  return options.atomic ? ImportMode::kAllOrNothing : ImportMode::kEach;
}

Result<Maps> LoadMaps(const ImportOptions& options) {
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
NextSource SourcesOf(const ImportOptions& options, const Maps& maps, const EventLog& log,
                     const CommandContext& context) {
  if (options.invoice) {
    auto invoices = std::make_shared<InvoiceSources>(options.files, options.encoding, maps.customers, context);
    return [invoices] { return invoices->Next(); };
  }
  const IsKnownId is_known = [&log](std::string_view id) -> Result<bool> {
    const auto seq = log.FindEventId(Nfc(id));
    RETURN_IF_ERROR(seq);
    return seq->has_value();
  };
  return [&options, rows = maps.rows, is_known, context,
          next = size_t{0}]() mutable -> Result<std::unique_ptr<ImportSource>> {
    if (next == options.files.size()) return std::unique_ptr<ImportSource>();
    const std::string& file = options.files[next++];
    if (rows != nullptr) return OpenMappedSource(file, rows, context, is_known);
    RowSettings settings;
    settings.sheet = options.sheet;
    return OpenRecordSource(file, options.csv ? &kCsvInput : nullptr, context, options.encoding, settings);
  };
}

int Preview(const Session& session, const ImportOptions& options, const Maps& maps) {
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const NextSource next = SourcesOf(options, maps, **log, session.Context((*log)->identity(), options.as_imported));
  ImportWarnings warnings(Today());
  int status = kDone;
  std::string text;
  for (size_t i = 0; i < options.files.size(); i++) {
    auto source = next();
    const auto report = source.ok() ? PreviewOf(source->get(), *options.preview, maps.rows == nullptr,
                                                (*log)->identity().currency, &warnings)
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

int Run(const Session& session, const ImportOptions& options) {
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
    auto opened = RejectsFile::Open(options.rejects, FormatOfRejects(options, *maps));
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
  const NextSource next_source = SourcesOf(options, *maps, (*ledger)->log(), context);
  auto receipts = ResultFile::Open("");
  if (!receipts.ok()) return Complain(receipts.error(), kRefused);
  const uint64_t first_seq = (*ledger)->log().last_seq() + 1;
  ImportTeller teller(options, first_seq, std::move(*receipts), std::move(rejects), std::move(warnings));
  const ImportSettings settings{.mode = ModeOf(options), .today = Today(), .is_strict = options.strict};
  const auto result = RunImport(ledger->get(), next_source, settings, &teller);
  const Status finished = teller.FinishRejects();
  if (!result.ok()) {
    return teller.output_failed() ? Complain(result.error(), kRefused) : ComplainAboutStore(result.error());
  }
  if (!finished.ok()) return Complain(finished.error(), kRefused);
  const Status told = TellTakenBack((*ledger)->log(), teller);
  if (!told.ok()) return ComplainAboutStore(told.error());
  const Status missing = TellMissingFiles((*ledger)->log(), first_seq);
  if (!missing.ok()) return ComplainAboutStore(missing.error());
  const int status =
      Summarize(options, *result, teller, LooksUpInItself(*maps), std::chrono::steady_clock::now() - start);
  if (teller.unopened()) return kBadUsage;
  return result->counts.refused > 0 || teller.unreadable() ? kRefused : status;
}

}  // namespace

void AddImport(CLI::App& app, Session& session) {
  auto options = std::make_shared<ImportOptions>();
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
      .NotEmpty()
      .WritesInPlace({"", kReasonsEnding});
  Option warnings =
      command.Add("--warnings", &options->warnings,
                  "list here, as CSV, what is recorded and looks wrong: an entry told twice, a due date before the "
                  "invoice's, a date decades away, an amount a thousand times what the customer had so far");
  warnings.Called("FILE").NotEmpty().WritesInPlace();
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
  AddRecording(command, session);
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
