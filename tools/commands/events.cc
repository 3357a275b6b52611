#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "ledger/event/event_fields.h"
#include "ledger/event/event_json.h"
#include "projections/shared/clock_column.h"
#include "projections/shared/customer_search.h"
#include "projections/shared/event_text.h"
#include "projections/shared/report_columns.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/format_options.h"

namespace duebook {

namespace {

const std::vector<ReportColumn>& Columns() {
  static const std::vector<ReportColumn> columns{kSeqColumn,
                                                 kRecordedAtColumn,
                                                 kDateColumn,
                                                 kTypeColumn,
                                                 {"id", "the event's id"},
                                                 kCustomerColumn,
                                                 kActorColumn,
                                                 kSourceColumn,
                                                 {"document", "the document that it is about"},
                                                 {"amount", "what it says of it", ColumnType::kMoney},
                                                 kCurrencyColumn,
                                                 kTextColumn,
                                                 kClockColumn};
  return columns;
}

struct Options {
  CutOptions cut;
  std::vector<std::string> types;
  std::vector<std::string> customers;
  uint64_t from_seq = 1;
  uint64_t to_seq = std::numeric_limits<uint64_t>::max();
  FormatOptions format;
};

// The events asked for, in order of seq: by the index where a filter allows it, else by a scan. `visit` answers whether
// it wants more; after a no it may still get some.
Status ForEachEvent(const EventLog& log, const Options& options, const Cut& cut,
                    const std::function<bool(EventView)>& visit) {
  const uint64_t last = std::min(options.to_seq, cut.known);
  const auto wanted = [&](EventView event) {
    const bool type = options.types.empty() ||
                      std::find(options.types.begin(), options.types.end(), event.info().name) != options.types.end();
    const bool customer = options.customers.empty() || std::find(options.customers.begin(), options.customers.end(),
                                                                 event.customer()) != options.customers.end();
    return type && customer && event.date() <= cut.effective;
  };
  if (options.types.empty() && options.customers.empty()) {
    return log.Scan(options.from_seq, last, [&](EventView event) { return !wanted(event) || visit(event); });
  }
  std::vector<uint64_t> seqs;
  const auto add = [&](const std::string& key) -> Status {
    const auto found = log.Find(key);
    RETURN_IF_ERROR(found);
    std::copy_if(found->begin(), found->end(), std::back_inserter(seqs),
                 [&](uint64_t seq) { return seq >= options.from_seq && seq <= last; });
    return Status();
  };
  if (!options.customers.empty()) {
    for (const std::string& customer : options.customers) RETURN_IF_ERROR(add(CustomerKey(customer)));
  } else {
    for (const std::string& type : options.types) RETURN_IF_ERROR(add(TypeKey(FindEventType(type)->type)));
  }
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  return log.GetMany(seqs, [&](EventView event) {
    if (wanted(event)) visit(event);
  });
}

// What the event is about, if it says an amount.
Cell AmountCell(EventView event) {
  const FieldInfo* field = event.info().FindField("amount");
  const schema::Amount* amount =
      field == nullptr || field->type != FieldType::kAmount ? nullptr : AmountField(event.body_table(), *field);
  return amount == nullptr ? Cell() : Cell(Money{amount->minor(), event.currency()});
}

Row RowOf(EventView event, Language language) {
  return {static_cast<int64_t>(event.seq()),
          event.recorded_at(),
          event.date(),
          Term{event.info().name},
          std::string(event.id()),
          std::string(event.customer()),
          std::string(event.actor()),
          std::string(event.source()),
          MainDocument(event),
          AmountCell(event),
          event.currency().ToString(),
          EventText(event, language),
          ClockCell(event)};
}

// Piece by piece, as a log may be larger than memory.
int WriteLines(const EventLog& log, const Options& options, const Cut& cut) {
  constexpr size_t kPiece = size_t{1} << 20;
  auto file = ResultFile::Open(options.format.output);
  if (!file.ok()) return Complain(file.error(), kRefused);
  std::string text;
  Status written;
  const auto write = [&] {
    if (written.ok()) written = file->Write(text);
    text.clear();
  };
  const Status status = ForEachEvent(log, options, cut, [&](EventView event) {
    if (!written.ok()) return false;
    AppendEventJson(event, &text);
    text += '\n';
    if (text.size() >= kPiece) write();
    return true;
  });
  if (!status.ok()) return ComplainAboutStore(status.error());
  write();
  if (written.ok()) written = file->Finish();
  return written.ok() ? kDone : LostResult(*file, written.error());
}

int Run(const Session& session, Options options) {
  for (const std::string& type : options.types) {
    if (FindEventType(type) != nullptr) continue;
    return Complain({ErrorCode::kInvalidArgument, fmt::format("there is no event type {}", type), ""}, kBadUsage);
  }
  const auto format = options.format.ChosenFormat();
  if (!format.ok()) return Complain(format.error(), kBadUsage);
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const auto cut = ResolveCut(**log, options.cut, DefaultDay::kEvery);
  if (!cut.ok()) return Complain(cut.error(), AnswerStatus(cut.error()));
  for (std::string& customer : options.customers) {
    auto found = FindCustomer(**log, customer, false);
    if (!found.ok()) return Complain(found.error(), AnswerStatus(found.error()));
    customer = std::move(found->id);
  }
  if ((*format)->render == nullptr) return WriteLines(**log, options, *cut);
  Report report{"events", *cut, {}, {}, {}, {}};
  for (const ReportColumn& column : Columns()) {
    if (column.where == ReportColumn::Where::kAlways) report.columns.push_back({std::string(column.name), column.type});
  }
  report.language = options.format.language();
  const Status status = ForEachEvent(**log, options, *cut, [&](EventView event) {
    report.rows.push_back(RowOf(event, options.format.language()));
    return true;
  });
  if (!status.ok()) return ComplainAboutStore(status.error());
  FinishClockColumn(&report);
  return WriteReport(std::move(report), (*log)->identity(), **format, options.format);
}

}  // namespace

void AddEvents(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(app, session, "events", "the log itself, filtered",
                                      "duebook --ledger books events --customer C-7 --type PaymentReceived\n"
                                      "  duebook --ledger books events --output all.jsonl   # import reads it again, "
                                      "with --as-imported");
  command.Add("--type", &options->types, "of this type; may repeat").MayRepeat().NotEmpty();
  command.Add("--customer", &options->customers, "about this customer; may repeat").MayRepeat().NotEmpty();
  command.Add("--from-seq", &options->from_seq, "from this event on");
  command.Add("--to-seq", &options->to_seq, "up to this event");
  AddCutOptions(command, &options->cut);
  options->format.writes_events = true;
  AddFormatOptions(command, &options->format, Columns());
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
