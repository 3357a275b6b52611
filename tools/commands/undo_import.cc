// The command that takes an import back.

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>

#include "ledger/values/parse_number.h"
#include "ledger/values/suggestion.h"
#include "projections/shared/report.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/terminal_source.h"
#include "tools/import/pipeline/import_source.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"
#include "tools/undo/import_undo.h"

namespace duebook {

namespace {

using Fate = UndoStep::Fate;

struct Options {
  std::string import;
  std::string date;
  std::string reason;
  bool partly = false;
  bool dry_run = false;
};

// Refused events, and earlier runs, shown one by one; the rest are counted.
constexpr size_t kMostShown = 20;

// What is to be taken back, and the other runs of its file.
struct Chosen {
  ImportRun run;
  uint64_t from;  // the first of its events that is
  Time recorded;  // when that was recorded
  std::vector<ImportRun> earlier;
};

Error NoSuchImport(const std::string& file, const FoundRuns& found) {
  const std::string hint = "the column `source` of `duebook events` names the file and line of each event";
  return {ErrorCode::kNotFound,
          fmt::format("no event came from a file called {}{}", file,
                      DidYouMean(file, {found.files.begin(), found.files.end()})),
          hint};
}

Result<Chosen> ChooseLastRun(const EventLog& log, const std::string& file) {
  auto found = FindRuns(log, file);
  RETURN_IF_ERROR(found);
  if (found->runs.empty()) return NoSuchImport(file, *found);
  const ImportRun last = std::move(found->runs.back());
  found->runs.pop_back();
  return Chosen{last, last.first_seq, last.first_recorded, std::move(found->runs)};
}

// The rest of a run, from this event on.
Result<Chosen> ChooseRunFrom(const EventLog& log, uint64_t seq) {
  const auto event = log.Get(seq);
  if (!event.ok()) {
    return Error{ErrorCode::kNotFound, fmt::format("there is no event {}; the last is {}", seq, log.last_seq()), ""};
  }
  const std::string file(FileOfSource(event->view().source()));
  if (file.empty()) {
    return Error{ErrorCode::kNotFound,
                 fmt::format("event {} has the source {} and was not imported", seq, event->view().source()),
                 "undo it by an event of its own, see `duebook record --help`"};
  }
  auto found = FindRuns(log, file);
  RETURN_IF_ERROR(found);
  for (ImportRun& run : found->runs) {
    if (seq < run.first_seq || seq > run.last_seq) continue;
    return Chosen{std::move(run), seq, event->view().recorded_at(), {}};
  }
  return NoSuchImport(file, *found);
}

// A file goes before an event whose number it is called by.
Result<Chosen> Choose(const EventLog& log, const std::string& import) {
  const auto of_file = ChooseLastRun(log, import == "-" ? "stdin" : SourceOfFile(import));
  const auto seq = ParseNumber(import);
  const bool is_no_file = !of_file.ok() && of_file.error().code == ErrorCode::kNotFound;
  return seq.has_value() && is_no_file ? ChooseRunFrom(log, *seq) : of_file;
}

// "event 7", "events 2 to 7"
std::string EventsFrom(uint64_t first, uint64_t last) {
  return first == last ? fmt::format("event {}", first) : fmt::format("events {} to {}", first, last);
}

// "events 2 to 7, recorded TIME to TIME"
std::string Described(const ImportRun& run, uint64_t from, Time recorded) {
  const std::string until = recorded == run.last_recorded ? "" : fmt::format(" to {}", run.last_recorded.ToString());
  return fmt::format("{}, recorded {}{}", EventsFrom(from, run.last_seq), recorded.ToString(), until);
}

void TellOthers(const Chosen& chosen) {
  if (chosen.earlier.empty()) return;
  Tell(fmt::format(
      "{} was imported before, too; `duebook undo-import EVENT` takes back what it brought from there on:\n",
      chosen.run.file));
  const size_t hidden = chosen.earlier.size() - std::min(chosen.earlier.size(), kMostShown);
  if (hidden > 0) Tell(fmt::format("... {} earlier imports, and\n", hidden));
  for (size_t i = hidden; i < chosen.earlier.size(); i++) {
    const ImportRun& run = chosen.earlier[i];
    Tell(Described(run, run.first_seq, run.first_recorded) + "\n");
  }
}

Row RowOf(const UndoStep& step) {
  Row row{static_cast<int64_t>(step.seq), step.date, InfoOf(step.type).name, step.text, Cell(), Cell(), Cell()};
  switch (step.fate) {
    case Fate::kTakenBack:
      row[4] = InfoOf(step.by).name;
      row[5] = step.on;
      if (step.further > 0) row[6] = fmt::format("after {} more that it makes", step.further);
      break;
    case Fate::kTakenBackAlready:
      row[6] = "was taken back already";
      break;
    case Fate::kStays:
      row[6] = "stays: " + step.why;
      break;
    case Fate::kForbidden:
      row[6] = "refused: " + step.why;
      break;
  }
  return row;
}

std::string TableOf(const UndoneImport& undone) {
  Report report;
  report.columns = {{"seq", ColumnType::kNumber},
                    {"date", ColumnType::kDate},
                    {"type"},
                    {"text"},
                    {"taken_back_by"},
                    {"on", ColumnType::kDate},
                    {"remark"}};
  for (const UndoStep& step : undone.steps) report.rows.push_back(RowOf(step));
  return RenderRows(report) + "\n";
}

void TellRefused(const UndoneImport& undone) {
  size_t shown = 0;
  for (const UndoStep& step : undone.steps) {
    if (step.fate != Fate::kForbidden || shown++ >= kMostShown) continue;
    Tell(ShownText(fmt::format("event {}, {}: {}", step.seq, InfoOf(step.type).name, step.why)) + "\n");
  }
  if (shown > kMostShown) Tell(fmt::format("... and {} more refused; --dry-run shows them all\n", shown - kMostShown));
}

// "what stays: 1 CustomerOpened, 1 NoteAdded"
std::string TextOfStaying(const UndoneImport& undone) {
  std::map<EventType, uint64_t> types;
  for (const UndoStep& step : undone.steps) {
    if (step.fate == Fate::kStays) types[step.type]++;
  }
  std::string kinds;
  for (const auto& [type, count] : types) {
    kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", count, InfoOf(type).name);
  }
  return kinds.empty() ? "" : fmt::format("what stays: {}\n", kinds);
}

std::string Summary(const Options& options, const Chosen& chosen, const UndoneImport& undone) {
  const uint64_t refused = undone.Count(Fate::kForbidden);
  std::string text = fmt::format("{}: {}\n", chosen.run.file, Described(chosen.run, chosen.from, chosen.recorded));
  text += fmt::format("{} {}taken back, {} taken back already, {} stay, {} refused\n", undone.Count(Fate::kTakenBack),
                      undone.is_committed ? "" : "would be ", undone.Count(Fate::kTakenBackAlready),
                      undone.Count(Fate::kStays), refused);
  text += TextOfStaying(undone);
  if (options.dry_run) return text + "nothing was recorded (--dry-run)\n";
  if (!undone.is_committed) return text + "nothing was recorded; --partly takes back what can be\n";
  if (undone.first_seq == 0) return text + "nothing was recorded\n";
  return text + fmt::format("recorded {}\n", EventsFrom(undone.first_seq, undone.last_seq));
}

int Run(const Session& session, const Options& options) {
  const auto day = options.date.empty() ? Result<Date>(Today()) : ParseDateOption("--date", options.date);
  if (!day.ok()) return Complain(day.error(), kBadUsage);
  auto ledger = session.OpenForWriting();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  const auto chosen = Choose((*ledger)->log(), options.import);
  if (!chosen.ok()) return Complain(chosen.error(), AnswerStatus(chosen.error()));
  UndoSettings settings;
  settings.day = *day;
  settings.reason =
      options.reason.empty() ? fmt::format("the import of {} was taken back", chosen->run.file) : options.reason;
  settings.source = TerminalSource();
  settings.context = session.Context((*ledger)->log().identity(), false);
  settings.is_partly = options.partly;
  settings.is_rehearsal = options.dry_run;
  const auto undone = UndoImport(ledger->get(), chosen->run, chosen->from, settings);
  if (!undone.ok()) return ComplainAboutStore(undone.error());
  TellOthers(*chosen);
  if (!options.dry_run) TellRefused(*undone);
  const int status = WriteSentences((options.dry_run ? TableOf(*undone) : "") + Summary(options, *chosen, *undone));
  return undone->Count(Fate::kForbidden) > 0 ? kRefused : status;
}

}  // namespace

void AddUndoImport(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(
      app, session, "undo-import", "take back what one import recorded",
      "duebook --ledger books undo-import erp-export.csv --dry-run\n"
      "  duebook --ledger books --actor ann undo-import erp-export.csv --reason 'the file of last year'\n\n"
      "Each invoice, payment and so on that the import recorded is undone by an event that says so, the last one\n"
      "first: nothing is deleted, and ids and numbers stay used. If one cannot be undone, none is. Customers and\n"
      "notes stay. A second time nothing is recorded.");
  command
      .Add("IMPORT", &options->import,
           "a file, as `source` names it: what its last import recorded; or the number of an event: what its import "
           "recorded from there on, unless a file is called so")
      .Required()
      .NotEmpty()
      .Called("FILE|EVENT");
  command
      .Add("--date", &options->date,
           "the day on which it is undone, where that is not before the event itself (default: today)")
      .Called("YYYY-MM-DD")
      .NotEmpty();
  command.Add("--reason", &options->reason, "why (default: that the import of the file was taken back)")
      .Called("TEXT")
      .NotEmpty();
  command.AddFlag("--partly", &options->partly, "undo what can be, though something cannot");
  command.AddFlag("--dry-run", &options->dry_run, "record nothing, and show each event and what undoes it");
  AddRecording(command, session);
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
