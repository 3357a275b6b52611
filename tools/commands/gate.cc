// The gate of shipments, asked before anything leaves: what the ledger would say of a shipment.

#include <fmt/core.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/events/credit_gate.h"
#include "ledger/loading/gate_of_log.h"
#include "ledger/values/suggestion.h"
#include "projections/shared/customer_search.h"
#include "projections/shared/report_columns.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/format_options.h"

namespace duebook {

namespace {

struct Options {
  std::string customer, amount, currency, order, payment, effective;
  FormatOptions format;
};

const std::vector<ReportColumn>& Columns() {
  static const std::vector<ReportColumn> columns{
      {"check", "approval, hold, confirmation, overdue or limit", ColumnType::kWord},
      {"verdict", "passed, failed, prepaid where a payment stands in for it, or off where the policy does not ask it",
       ColumnType::kWord},
      {"figure", "what is overdue, or the exposure with the shipment", ColumnType::kBalance},
      {"allowed", "up to what that may be", ColumnType::kMoney},
  };
  return columns;
}

std::string_view WordOf(CheckedCredit::Verdict verdict) {
  switch (verdict) {
    case CheckedCredit::Verdict::kPassed:
      return "passed";
    case CheckedCredit::Verdict::kFailed:
      return "failed";
    case CheckedCredit::Verdict::kPrepaid:
      return "prepaid";
    case CheckedCredit::Verdict::kOff:
      return "off";
  }
  CHECK(false);
}

Report ReportOf(const std::vector<CheckedCredit>& all, const Cut& cut) {
  Report report;
  report.name = "gate";
  report.cut = cut;
  for (const ReportColumn& column : Columns()) report.columns.push_back({std::string(column.name), column.type});
  for (const CheckedCredit& each : all) {
    const bool has_figure = each.figure.has_value();
    report.rows.push_back({Term{std::string(kCreditChecks[static_cast<size_t>(each.check)]), "gate"},
                           Term{std::string(WordOf(each.verdict)), "gate"},
                           has_figure ? Cell(Money{*each.figure, each.currency}) : Cell(),
                           has_figure ? Cell(Money{each.allowed, each.currency}) : Cell()});
  }
  return report;
}

Error Wrong(std::string sentence, std::string hint) {
  return {ErrorCode::kInvalidArgument, std::move(sentence), std::move(hint)};
}

// Says why the shipment would be refused, check by check, and returns the exit status.
int TellFailed(const std::vector<CheckedCredit>& all) {
  int status = kDone;
  for (const CheckedCredit& each : all) {
    if (each.verdict == CheckedCredit::Verdict::kFailed) status = Refuse(each.rejection);
  }
  return status;
}

int Run(const Session& session, const Options& options) {
  const auto format = options.format.ChosenFormat();
  if (!format.ok()) return Complain(format.error(), kBadUsage);
  const auto day = options.effective.empty() ? Result(Today()) : ParseDateOption("--effective", options.effective);
  if (!day.ok()) return Complain(day.error(), kBadUsage);
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const auto currency =
      options.currency.empty() ? std::optional((*log)->identity().currency) : Currency::Parse(options.currency);
  if (!currency.has_value()) {
    return Complain(Wrong(fmt::format("--currency {}: there is no such currency", options.currency),
                          "write its three letters, such as CNY"),
                    kBadUsage);
  }
  const std::optional<Decimal> decimal = Decimal::Parse(options.amount);
  const auto amount = decimal.has_value() ? decimal->ToMinor(currency->decimals()) : std::nullopt;
  if (!amount.has_value() || *amount <= 0) {
    return Complain(Wrong(fmt::format("{} is no amount above zero in {}", Quoted(options.amount), currency->ToString()),
                          "write such as 100.00"),
                    kBadUsage);
  }
  const auto customer = FindCustomer(**log, options.customer, false);
  if (!customer.ok()) return Complain(customer.error(), AnswerStatus(customer.error()));
  const ShipmentToJudge shipment{
      .customer = customer->id, .date = *day, .currency = *currency, .amount = *amount, .order = options.order};
  const auto judged = JudgeShipmentByLog(**log, shipment, options.payment);
  if (!judged.ok()) return Complain(judged.error(), AnswerStatus(judged.error()));
  const Cut cut{*day, (*log)->last_seq()};
  const int written = WriteReport(ReportOf(*judged, cut), (*log)->identity(), **format, options.format);
  return written == kDone ? TellFailed(*judged) : written;
}

}  // namespace

void AddGate(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command =
      AddCommand(app, session, "gate", "whether goods may be shipped to a customer, by the credit policy in force",
                 "duebook --ledger books gate C-8 100.00 --effective 2026-03-02 || true\n\n"
                 "Asks what the ledger asks of a ShipmentRecorded. The exit status is 1 if it would be refused.");
  command.Add("CUSTOMER", &options->customer, "to whom they go").Required();
  command.Add("AMOUNT", &options->amount, "what they are worth, as they will be invoiced").Required();
  command.Add("--currency", &options->currency, "of the amount (default: the ledger's)").Called("CODE").NotEmpty();
  command.Add("--order", &options->order, "the number of the order").Called("NUMBER").NotEmpty();
  command.Add("--payment", &options->payment, "the payment that pays for them in advance").Called("NUMBER").NotEmpty();
  command.Add("--effective", &options->effective, "the day on which they leave (default: today)")
      .Called("YYYY-MM-DD")
      .NotEmpty();
  AddFormatOptions(command, &options->format, Columns());
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
