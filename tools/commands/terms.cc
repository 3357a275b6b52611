// What payment terms mean for an invoice of some day, without a ledger.

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/values/payment_terms.h"
#include "ledger/values/percentage.h"
#include "ledger/values/suggestion.h"
#include "projections/shared/report_columns.h"
#include "projections/shared/selection.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/format_options.h"
#include "tools/render/render.h"

namespace duebook {

namespace {

struct Options {
  std::string text;
  std::string date;
  std::string amount;
  std::string currency;
  FormatOptions format;
};

const std::vector<ReportColumn>& Columns() {
  static const std::vector<ReportColumn> columns{
      {"part", "its place among the parts that fall due", ColumnType::kNumber},
      {"due", "the day on which it falls due", ColumnType::kDate},
      {"amount", "how much of the amount does", ColumnType::kMoney},
      {"discount", "per cent that an early payment earns"},
      {"discount_until", "the last day on which it does", ColumnType::kDate},
      {"tolerated_until", "the last day on which it still counts", ColumnType::kDate},
  };
  return columns;
}

// A row for each part and beside it, as far as there are any, a discount.
Report ReportOf(const PaymentTerms& terms, Date date, std::optional<Minor> amount, Currency currency) {
  Report report;
  report.name = "terms";
  report.cut = {date, 0};
  report.is_of_ledger = false;
  for (const ReportColumn& column : Columns()) report.columns.push_back({std::string(column.name), column.type});
  // Any amount that is large enough shows on which days something falls due.
  const auto parts = terms.Split(date, amount.value_or(PaymentTerms::kPartsPerMillion), {});
  for (size_t i = 0; i < std::max(parts.size(), terms.discounts.size()); i++) {
    Row& row = report.rows.emplace_back(Columns().size());
    if (i < parts.size()) {
      row[0] = static_cast<int64_t>(i + 1);
      row[1] = parts[i].first;
      if (amount.has_value()) row[2] = Money{parts[i].second, currency};
    }
    if (i < terms.discounts.size()) {
      row[3] = ShownPercentage(terms.discounts[i].ppm);
      row[4] = terms.discounts[i].Until(date);
      row[5] = terms.discounts[i].ToleratedUntil(date);
    }
  }
  return report;
}

Error Wrong(std::string sentence, std::string hint) {
  return {ErrorCode::kInvalidArgument, std::move(sentence), std::move(hint)};
}

int Run(const Options& options) {
  const auto format = options.format.ChosenFormat();
  if (!format.ok()) return Complain(format.error(), kBadUsage);
  std::string problem;
  const auto terms = PaymentTerms::Parse(options.text, &problem);
  if (!terms.has_value()) {
    return Complain(Wrong(fmt::format("{} are no payment terms: {}", Quoted(options.text), problem),
                          "write such as \"net 30\", \"2/10 net 30\", \"monthly 25 pay 10+1\" or \"30% net 0, 70% net "
                          "60\""),
                    kBadUsage);
  }
  const auto date = ParseDateOption("--date", options.date);
  if (!date.ok()) return Complain(date.error(), kBadUsage);
  const auto currency = options.currency.empty() ? std::optional(Currency()) : Currency::Parse(options.currency);
  if (!currency.has_value()) {
    return Complain(Wrong(fmt::format("--currency {}: there is no such currency", options.currency),
                          "write its three letters, such as CNY"),
                    kBadUsage);
  }
  std::optional<Minor> amount;
  if (!options.amount.empty()) {
    const std::optional<Decimal> decimal = Decimal::Parse(options.amount);
    amount = decimal.has_value() ? decimal->ToMinor(currency->decimals()) : std::nullopt;
    if (!amount.has_value() || *amount <= 0) {
      return Complain(Wrong(fmt::format("--amount {}: it is no amount above zero with {} decimals", options.amount,
                                        currency->decimals()),
                            "write such as 100.01"),
                      kBadUsage);
    }
  }
  Report report = ReportOf(*terms, *date, amount, *currency);
  report.language = options.format.language();
  if ((*format)->name != "table") return WriteReport(std::move(report), LedgerIdentity(), **format, options.format);
  // Of no ledger, so that there is no more to say of it than the rows.
  const Status chosen = ChooseColumns(options.format.columns, &report);
  if (!chosen.ok()) return Complain(chosen.error(), kBadUsage);
  report.separates_thousands = !options.format.plain;
  return WriteResult(RenderRows(report), options.format.output);
}

}  // namespace

void AddTerms(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command =
      AddCommand(app, session, "terms", "when an invoice is due by payment terms, and what discounts it grants",
                 "duebook terms '2/10 net 30' --date 2025-03-03\n"
                 "  duebook terms '30% net 0, 70% monthly 25 pay 10+1 workday' --date 2025-03-04 --amount 100.01\n\n"
                 "Needs no ledger; `workday` knows Saturdays and Sundays alone.");
  command.Add("TERMS", &options->text, "the terms, as an invoice or a customer has them").Required();
  command.Add("--date", &options->date, "the invoice's date").Called("YYYY-MM-DD").Required().NotEmpty();
  Option amount = command.Add("--amount", &options->amount, "the invoice's amount");
  amount.Called("AMOUNT").NotEmpty();
  command.Add("--currency", &options->currency, "of the amount (default: one with two decimals)")
      .Called("CODE")
      .NotEmpty()
      .Needs(amount);
  AddFormatOptions(command, &options->format, Columns());
  command.Run(session, [options] { return Run(*options); });
}

}  // namespace duebook
