// Reminders: whom to remind of what, the letters, and that they were sent.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/values/file_error.h"
#include "ledger/values/files.h"
#include "ledger/values/hash.h"
#include "ledger/values/in_parallel.h"
#include "projections/shared/company.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/found_event.h"
#include "projections/shared/totals.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/format_options.h"
#include "tools/commands/letters.h"
#include "tools/commands/parameter_options.h"
#include "tools/commands/recording.h"
#include "tools/letters/reminder_letters.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

constexpr const char* kList = "reminders.csv";
constexpr std::string_view kIdPrefix = "reminder:";

struct Options {
  std::optional<uint64_t> level;
  std::string templates;
  std::string folder;  // of letters
  bool record = false;
  ParameterOptions parameters;
  CutOptions cut;
  FormatOptions format;
};

// A letter, where it lies, and by which event it is recorded.
struct Sent {
  ReminderLetter letter;
  std::string file;    // its name in the folder; "" if it is written nowhere
  std::string sha256;  // likewise
  std::string event;   // the event's id; "" unless it is recorded
};

const std::vector<ReportColumn>& Columns() {
  static const std::vector<ReportColumn> columns{
      kCustomerColumn,
      kCurrencyColumn,
      {"level", "which reminder it is", ColumnType::kNumber},
      {"invoices", "of which the customer is reminded, by due date"},
      {"amount", "of which the customer is reminded", ColumnType::kMoney},
      {"credit", "what is unapplied of the customer's money", ColumnType::kBalance},
      {"channel", "how it goes out", ColumnType::kWord},
      {"file", "the letter's name in the folder, with --output"},
      {"sha256", "of the letter, with --output"},
      {"event", "the id of the event that says that it was sent, with --record"},
      kNameColumn,
  };
  return columns;
}

// All that a run works with. The reminders refer to what it was worked out from.
struct RemindRun {
  const Options* options;
  ReportRequest request;
  std::unique_ptr<const History> history;
  std::unique_ptr<const Collecting> collecting;
  std::vector<Reminder> reminders;  // by customer, currency, level
  std::vector<Sent> sent;           // one each

  std::string_view CustomerOf(const Reminder& reminder) const {
    return history->customers.id[collecting->items.accounts()[reminder.account].customer];
  }
  Currency CurrencyOf(const Reminder& reminder) const {
    return collecting->items.accounts()[reminder.account].currency;
  }
};

Status FindReminders(RemindRun* run) {
  auto history = run->request.LoadHistory(Collecting::kParts);
  RETURN_IF_ERROR(history);
  run->history = std::make_unique<const History>(*std::move(history));
  const Cut cut = run->request.ClippedCut();
  auto policies = ReminderPolicies::Make(*run->request.log, *run->history, cut);
  RETURN_IF_ERROR(policies);
  run->collecting = std::make_unique<const Collecting>(*run->history, cut, *std::move(policies));
  const ReminderItems& items = run->collecting->items;
  run->reminders = run->options->record ? items.RemindersToRecord(cut) : items.Reminders();
  if (run->options->level.has_value()) {
    std::erase_if(run->reminders, [&](const Reminder& reminder) {
      return static_cast<uint64_t>(reminder.step->level) != *run->options->level;
    });
  }
  const auto key = [&](const Reminder& reminder) {
    return std::tuple(run->CustomerOf(reminder), run->CurrencyOf(reminder).ToString(), reminder.step->level);
  };
  std::sort(run->reminders.begin(), run->reminders.end(),
            [&](const Reminder& a, const Reminder& b) { return key(a) < key(b); });
  run->sent.resize(run->reminders.size());
  return Status();
}

// Makes every letter before the first is written.
Status MakeLetters(const ReminderTemplates& templates, const fs::path& ledger, RemindRun* run) {
  ReminderSending sending{
      run->request.log,           run->collecting.get(), InterestAt(*run->history, run->collecting->cut), {}, "",
      !run->options->format.plain};
  auto company = CompanyAt(*run->request.log, run->collecting->cut);
  RETURN_IF_ERROR(company);
  sending.company = *std::move(company);
  sending.logo = LogoOf(sending.company, ledger);
  return InParallel(run->reminders.size(), [&](size_t i) -> Status {
    auto letter = LetterOf(run->reminders[i], sending, templates);
    RETURN_IF_ERROR(letter);
    run->sent[i].letter = *std::move(letter);
    return Status();
  });
}

std::vector<Column> ListColumns() {
  std::vector<Column> columns;
  for (const ReportColumn& column : Columns()) columns.push_back({std::string(column.name), column.type});
  return columns;
}

// Returns the list of the letters; of those alone that are recorded, where they are to be.
Report ListOf(const RemindRun& run, const CustomerCells& cells) {
  Report list;
  list.name = "remind";
  list.cut = run.collecting->cut;
  list.language = run.request.language;
  list.columns = ListColumns();
  for (size_t i = 0; i < run.reminders.size(); ++i) {
    const Reminder& reminder = run.reminders[i];
    const CustomerAccount& account = run.collecting->items.accounts()[reminder.account];
    const Sent& sent = run.sent[i];
    if (run.options->record && sent.event.empty()) continue;
    std::vector<std::string> invoices;
    for (const ReminderItem* item : reminder.items) invoices.emplace_back(run.history->items.number[item->item]);
    list.rows.push_back({std::string(run.CustomerOf(reminder)), account.currency.ToString(),
                         int64_t{reminder.step->level}, std::move(invoices), Money{reminder.amount, account.currency},
                         Money{account.unapplied, account.currency}, Term{reminder.step->channel, "channel"}, sent.file,
                         sent.sha256, sent.event});
    cells.AddOfCustomer(account.customer, list.cut.effective, &list.rows.back());
  }
  return list;
}

// Writes the letters, each of which is there after a power loss, too.
Status WriteLetters(RemindRun* run) {
  const std::string& folder = run->options->folder;
  RETURN_IF_ERROR(MakeFolderOfLetters(folder));
  return InParallel(run->reminders.size(), [&](size_t i) -> Status {
    const Reminder& reminder = run->reminders[i];
    Sent& sent = run->sent[i];
    const std::string ending = fmt::format("-{}-{}.{}", run->CurrencyOf(reminder).ToString(), reminder.step->level,
                                           sent.letter.is_html ? "html" : "txt");
    sent.file = LetterFileName(run->CustomerOf(reminder), ending);
    sent.sha256 = ToHex(Sha256(sent.letter.bytes));
    return WriteNewFile(fs::path(folder) / sent.file, sent.letter.bytes);
  });
}

std::string ReminderId(const RemindRun& run, const Reminder& reminder, int time) {
  return IdOver(kIdPrefix,
                {std::string(run.CustomerOf(reminder)), run.CurrencyOf(reminder).ToString(),
                 fmt::format("{}", reminder.step->level), run.collecting->cut.effective.ToString()},
                time);
}

// Returns the debit note for what the letter is charged with, if it is, and the event that says that it was sent.
std::vector<FoundEvent> EventsOf(const RemindRun& run, size_t place, int time) {
  const Reminder& reminder = run.reminders[place];
  const Sent& sent = run.sent[place];
  const std::string customer(run.CustomerOf(reminder));
  const std::string day = run.collecting->cut.effective.ToString();
  const std::string id = ReminderId(run, reminder, time);
  std::vector<std::string_view> invoices;
  for (const ReminderItem* item : reminder.items) invoices.push_back(run.history->items.number[item->item]);
  std::vector<FoundEvent> events;
  const Minor charge = ChargeOf(reminder, *run.collecting);
  if (charge > 0) {
    constexpr size_t kDigits = 16;
    events.push_back({EventType::DebitNoteIssued,
                      id + ":1",
                      {{"date", day},
                       {"customer", customer},
                       {"debit_note", "CHG-" + id.substr(kIdPrefix.size(), kDigits)},
                       {"invoice", std::string(invoices.front())},
                       {"amount", FormatAmount(charge, run.CurrencyOf(reminder))},
                       {"kind", "charge"}}});
  }
  events.push_back({EventType::ReminderSent,
                    id,
                    {{"date", day},
                     {"customer", customer},
                     {"level", fmt::format("{}", reminder.step->level)},
                     {"invoices", fmt::format("{}", fmt::join(invoices, ";"))},
                     {"channel", reminder.step->channel},
                     {"to", sent.letter.to},
                     {"sha256", sent.sha256}}});
  return events;
}

// Takes away the letter that could not be recorded as sent, and tells that.
Status TakeBack(const RemindRun& run, size_t place) {
  const Reminder& reminder = run.reminders[place];
  Tell(fmt::format("duebook: there is no letter of level {} to {} in {}, as it could not be recorded\n",
                   reminder.step->level, ShownText(run.CustomerOf(reminder)), run.CurrencyOf(reminder).ToString()));
  if (run.sent[place].file.empty()) return Status();
  const fs::path file = fs::path(run.options->folder) / run.sent[place].file;
  std::error_code error;
  fs::remove(file, error);
  return error ? FileError("remove", file.string(), error) : Status();
}

// Records every letter with what it is charged with, as a whole or not at all, and takes away those that were refused.
// Returns the exit status.
int RecordAsSent(Ledger& ledger, const Session& session, RemindRun* run) {
  std::vector<FoundGroup> groups;
  for (size_t i = 0; i < run->reminders.size(); ++i) {
    groups.emplace_back([run, i](int time) { return EventsOf(*run, i, time); });
  }
  const RecordedFound recorded = RecordFound(ledger, session, groups);
  if (recorded.status != kDone && recorded.status != kRefused) return recorded.status;
  for (size_t i = 0; i < run->reminders.size(); ++i) {
    const auto id = recorded.ids.find(ReminderId(*run, run->reminders[i], 1));
    if (id != recorded.ids.end()) {
      run->sent[i].event = id->second;
      continue;
    }
    const Status taken_back = TakeBack(*run, i);
    if (!taken_back.ok()) Complain(taken_back.error(), kRefused);
  }
  return recorded.status;
}

// Makes, writes and records the letters as the options say, of the ledger whose log this is; `ledger` is null unless
// they are recorded.
int RemindAt(const EventLog& log, Ledger* ledger, const Session& session, const Options& options) {
  RemindRun run;
  run.options = &options;
  run.request.log = &log;
  run.request.language = options.format.language();
  const Status set = options.parameters.Set(&run.request);
  if (!set.ok()) return Complain(set.error(), kBadUsage);
  const auto cut = ResolveCut(log, options.cut, DefaultDay::kToday);
  if (!cut.ok()) return Complain(cut.error(), AnswerStatus(cut.error()));
  run.request.cut = *cut;
  std::vector<FoundCustomer> by_part;
  const Status customers = FindCustomers(*FindReport("worklist"), /*by_part=*/false, &run.request, &by_part);
  if (!customers.ok()) return Complain(customers.error(), AnswerStatus(customers.error()));
  const auto format = options.format.ChosenFormat();
  if (!format.ok()) return Complain(format.error(), kBadUsage);
  const auto templates = ReminderTemplates::Read(options.templates);
  if (!templates.ok()) return Complain(templates.error(), kBadUsage);
  const Status found = FindReminders(&run);
  if (!found.ok()) return Complain(found.error(), AnswerStatus(found.error()));
  const bool is_sent = !options.folder.empty() || ledger != nullptr;
  const Status made = is_sent ? MakeLetters(*templates, session.ledger, &run) : Status();
  if (!made.ok()) return Complain(made.error(), AnswerStatus(made.error()));
  const auto cells = CustomerCells::Make(run.request, *run.history, run.collecting->cut);
  if (!cells.ok()) return Complain(cells.error(), AnswerStatus(cells.error()));
  auto writer = ReportWriter::Open(ListColumns(), **format, options.format);
  if (!writer.ok()) return ComplainAboutOutput(writer.error());
  if (!options.folder.empty()) {
    const Status written = WriteLetters(&run);
    if (!written.ok()) return Complain(written.error(), kRefused);
  }
  const int recorded = ledger == nullptr ? kDone : RecordAsSent(*ledger, session, &run);
  if (recorded != kDone && recorded != kRefused) return recorded;
  Report list = ListOf(run, *cells);
  if (!options.folder.empty()) {
    const Status written = WriteNewFile(fs::path(options.folder) / kList, RenderCsv(list));
    if (!written.ok()) return Complain(written.error(), kRefused);
  }
  AddTotals(&list);
  const int shown = writer->Write(std::move(list), log.identity());
  return recorded == kDone ? shown : recorded;
}

int Run(const Session& session, const Options& options) {
  if (!options.record) {
    const auto log = session.OpenForReading();
    return log.ok() ? RemindAt(**log, nullptr, session, options) : ComplainAboutStore(log.error());
  }
  if (!options.cut.known.empty()) {
    return Complain({ErrorCode::kInvalidArgument, "--record with --known: what was sent since would be sent again",
                     "leave one of the two out"},
                    kBadUsage);
  }
  const auto ledger = session.OpenForWriting();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  return RemindAt((*ledger)->log(), ledger->get(), session, options);
}

}  // namespace

void AddRemind(CLI::App& app, Session& session) {
  static const std::vector<ReportParameter> parameters{kOfCustomers};
  auto options = std::make_shared<Options>();
  options->format.may_name_file = false;
  CommandOptions command = AddCommand(
      app, session, "remind", "whom to remind of what: the letters, and that they were sent",
      "duebook --ledger books remind --effective 2025-12-31\n"
      "  duebook --ledger books --actor li.na remind --output reminders-of-today --record\n\n"
      "A letter a customer, currency and level, in the customer's language. Templates are called\n"
      "reminder-LEVEL.LANG.html, reminder.LANG.html, or the same with .txt; LANG is en or zh. {{name}} stands\n"
      "for a value, {{#items}} ... {{/items}} for what is there once for each invoice, and any other block\n"
      "for what is there if it has a value.");
  command.Add("--level", &options->level, "letters of this level only").Called("N");
  command
      .Add("--templates", &options->templates, "the folder of letters of one's own; those that it has not are built in")
      .Called("DIR")
      .NotEmpty();
  command
      .Add("--output", &options->folder,
           fmt::format("the folder to which letters are written, and a list of them, {}", kList))
      .Called("DIR")
      .NotEmpty();
  command.AddFlag("--record", &options->record, "record that they were sent, and what is charged for them");
  options->parameters.AddTo(command, parameters);
  AddCutOptions(command, &options->cut);
  AddFormatOptions(command, &options->format, Columns());
  AddRecording(command, session, [options] { return options->record; });
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
