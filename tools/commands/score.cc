// A customer rated by a scorecard: what it looks at, what that earns, and with --record the grade as an event.

#include <fmt/core.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/values/hash.h"
#include "projections/reports/score_card.h"
#include "projections/reports/score_factors.h"
#include "projections/shared/customer_search.h"
#include "projections/shared/found_event.h"
#include "projections/shared/report_columns.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/format_options.h"
#include "tools/commands/recording.h"
#include "tools/commands/score_card_file.h"
#include "tools/import/rows/toml_file.h"

namespace duebook {

namespace {

const std::vector<ReportColumn>& Columns() {
  static const std::vector<ReportColumn> columns{
      kCustomerColumn,
      {"factor", "what the card looks at; in the last row, score", ColumnType::kWord},
      {"value", "what there is to see; empty where there is nothing; in the last row, the grade"},
      {"weight", "of 1000", ColumnType::kNumber},
      {"points", "what the value earns, 0 to 1000", ColumnType::kNumber},
      {"contribution", "weight x points / 1000, rounded half to even; in the last row, the score",
       ColumnType::kNumber}};
  return columns;
}

struct Options {
  std::string customer;
  std::string card;  // the file
  bool record = false;
  CutOptions cut;
  FormatOptions format;
};

struct NamedCard {
  ScoreCard card;
  std::string source;  // "NAME/VERSION SHA256", of the file's bytes
};

Result<NamedCard> ReadCard(const std::string& file) {
  const auto text = ReadTomlText(file);
  RETURN_IF_ERROR(text);
  auto card = ParseScoreCard(*text, file);
  RETURN_IF_ERROR(card);
  std::string source = fmt::format("{}/{} {}", card->name, card->version, ToHex(Sha256(*text)));
  return NamedCard{std::move(*card), std::move(source)};
}

Report ReportOf(const std::string& customer, const Cut& cut, const ScoreCard& card, const FactorValues& values,
                const Score& score) {
  Report report{"score", cut, {}, {}, {}, {}};
  for (const ReportColumn& column : Columns()) report.columns.push_back({std::string(column.name), column.type});
  for (size_t i = 0; i < card.parts.size(); i++) {
    const ScoreCard::Part& part = card.parts[i];
    const std::optional<int64_t> value = values.at(static_cast<size_t>(part.factor));
    report.rows.push_back({customer, Term{std::string(FactorName(part.factor)), "factor"},
                           value.has_value() ? Cell(*value) : Cell(), int64_t{part.weight},
                           int64_t{score.parts[i].points}, int64_t{score.parts[i].contribution}});
  }
  report.rows.push_back({customer, Term{"score", "factor"}, std::string(card.GradeOf(score.score)),
                         int64_t{kWholeScore}, Cell(), int64_t{score.score}});
  return report;
}

FoundEvent RatingOf(const std::string& customer, const NamedCard& named, const Score& score, Date day, int time) {
  return {EventType::CustomerRated,
          IdOver("rating:", {customer, named.source, day.ToString()}, time),
          {{"date", day.ToString()},
           {"customer", customer},
           {"grade", std::string(named.card.GradeOf(score.score))},
           {"score", std::to_string(score.score)},
           {"rated_by", named.source}},
          /*once=*/true};
}

int Run(const Session& session, const Options& options) {
  const auto format = options.format.ChosenFormat();
  if (!format.ok()) return Complain(format.error(), kBadUsage);
  if (options.record && !options.cut.known.empty()) {
    return Complain({ErrorCode::kInvalidArgument, "--record with --known: a rating is by all that is known",
                     "leave one of the two out"},
                    kBadUsage);
  }
  const auto card = ReadCard(options.card);
  if (!card.ok()) return Complain(card.error(), kBadUsage);
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<EventLog> reading;
  if (options.record) {
    auto opened = session.OpenForWriting();
    if (!opened.ok()) return ComplainAboutStore(opened.error());
    ledger = std::move(*opened);
  } else {
    auto opened = session.OpenForReading();
    if (!opened.ok()) return ComplainAboutStore(opened.error());
    reading = std::move(*opened);
  }
  const EventLog& log = options.record ? ledger->log() : *reading;
  const auto cut = ResolveCut(log, options.cut, DefaultDay::kToday);
  if (!cut.ok()) return Complain(cut.error(), AnswerStatus(cut.error()));
  const auto customer = FindCustomer(log, options.customer, false);
  if (!customer.ok()) return Complain(customer.error(), AnswerStatus(customer.error()));
  const auto values = FactorsOf(log, customer->id, *cut, card->card.months);
  if (!values.ok()) return Complain(values.error(), AnswerStatus(values.error()));
  const Score score = ScoreOf(card->card, *values);
  Report report = ReportOf(customer->id, *cut, card->card, *values, score);
  report.language = options.format.language();
  auto writer = ReportWriter::Open(report.columns, **format, options.format);
  if (!writer.ok()) return ComplainAboutOutput(writer.error());
  const FoundGroup rating = [&](int time) {
    return std::vector<FoundEvent>{RatingOf(customer->id, *card, score, cut->effective, time)};
  };
  const int recorded = options.record ? RecordFound(*ledger, session, {rating}).status : kDone;
  const int written = writer->Write(std::move(report), log.identity());
  return recorded == kDone ? written : recorded;
}

}  // namespace

void AddScore(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(app, session, "score", "a customer rated by a scorecard",
                                      "duebook --ledger books score C-7 --card trade-credit.toml\n"
                                      "  duebook --ledger books score C-7 --card trade-credit.toml --record");
  command.Add("CUSTOMER", &options->customer, "who is rated").Required();
  command.Add("--card", &options->card, "the scorecard, in TOML").Called("FILE").Reads().NotEmpty().Required();
  command.AddFlag("--record", &options->record, "record the grade, once a day and card");
  AddCutOptions(command, &options->cut);
  AddFormatOptions(command, &options->format, Columns());
  AddRecording(command, session, [options] { return options->record; });
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
