// Which invoices unapplied payments pay, by which rule and why; a payment for which no rule finds an answer has a row
// that says why. What is found is recorded where --record is asked for.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "projections/history/customer_attribute.h"
#include "projections/reports/cash_book.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kApplyReport;

namespace {

std::string NumberOf(const History& history, uint32_t item) {
  return item == kNoItem ? std::string() : std::string(history.items.number[item]);
}

std::string IdOf(const History& history, const CashSuggestion& suggestion, const SuggestedApplication& application,
                 int time) {
  const Currency currency = history.items.currency[suggestion.payment];
  return IdOver("apply:",
                {NumberOf(history, suggestion.payment), NumberOf(history, application.credit_note),
                 NumberOf(history, application.invoice), FormatAmount(application.amount, currency),
                 FormatAmount(suggestion.unapplied, currency)},
                time);
}

Result<Report> RunApply(const ReportRequest& request) {
  const auto found = SuggestCash(request);
  RETURN_IF_ERROR(found);
  const History& history = found->history;
  const Cut cut = request.ClippedCut();
  const CustomerAttribute names(history, cut, kNameAttribute);
  Report report = EmptyReport(kApplyReport, cut);
  for (const CashSuggestion& suggestion : found->payments) {
    const uint32_t customer = history.items.customer[suggestion.payment];
    const Currency currency = history.items.currency[suggestion.payment];
    const auto add = [&](Cell invoice, Cell amount, Cell discount, Cell difference, Cell credit_note, Cell event) {
      report.rows.push_back({NumberOf(history, suggestion.payment), std::string(history.customers.id[customer]),
                             currency.ToString(), std::move(invoice), std::move(amount), std::move(discount),
                             std::move(difference), std::move(credit_note), Term{std::string(suggestion.rule), "apply"},
                             Term{std::string(suggestion.reason), "apply"}, std::move(event),
                             std::string(names.Of(customer))});
    };
    if (suggestion.applications.empty()) add("", {}, {}, {}, "", "");
    for (const SuggestedApplication& each : suggestion.applications) {
      add(NumberOf(history, each.invoice), Money{each.amount, currency}, Money{each.discount, currency},
          Money{each.difference, currency}, NumberOf(history, each.credit_note), IdOf(history, suggestion, each, 1));
    }
  }
  return report;
}

std::string AmountText(Minor amount, Currency currency) { return amount == 0 ? "" : FormatAmount(amount, currency); }

FoundEvent ApplicationOf(const History& history, const CashSuggestion& suggestion, const SuggestedApplication& each,
                         int time) {
  const Currency currency = history.items.currency[suggestion.payment];
  const bool by_credit_note = each.credit_note != kNoItem;
  return {EventType::PaymentApplied,
          IdOf(history, suggestion, each, time),
          {{"date", each.day.ToString()},
           {by_credit_note ? "credit_note" : "payment",
            NumberOf(history, by_credit_note ? each.credit_note : suggestion.payment)},
           {"invoice", NumberOf(history, each.invoice)},
           {"amount", FormatAmount(each.amount, currency)},
           {"discount", AmountText(each.discount, currency)},
           {"rule", std::string(suggestion.rule) + "/1"}}};
}

// What the payer left out, nobody knows; so its reason is none of the known ones.
FoundEvent DifferenceOf(const History& history, const CashSuggestion& suggestion, const SuggestedApplication& each,
                        int time) {
  const std::string payment = NumberOf(history, suggestion.payment);
  const std::string invoice = NumberOf(history, each.invoice);
  return {EventType::DifferenceClosed,
          IdOver("difference:", {payment, invoice}, time),
          {{"date", each.day.ToString()},
           {"difference", NumberAround("DIFF-", payment, "", time)},
           {"payment", payment},
           {"invoice", invoice},
           {"amount", FormatAmount(each.difference, history.items.currency[suggestion.payment])},
           {"reason", "other"}}};
}

std::vector<FoundEvent> EventsOf(const History& history, const CashSuggestion& suggestion, int time) {
  std::vector<FoundEvent> events;
  for (const SuggestedApplication& each : suggestion.applications) {
    events.push_back(ApplicationOf(history, suggestion, each, time));
    if (each.difference > 0) events.push_back(DifferenceOf(history, suggestion, each, time));
  }
  return events;
}

Result<std::vector<FoundGroup>> RecordApply(const ReportRequest& request) {
  auto suggested = SuggestCash(request);
  RETURN_IF_ERROR(suggested);
  const auto found = std::make_shared<const CashSuggestions>(*std::move(suggested));
  std::vector<FoundGroup> groups;
  for (const CashSuggestion& suggestion : found->payments) {
    if (suggestion.applications.empty()) continue;
    groups.emplace_back([found, &suggestion](int time) { return EventsOf(found->history, suggestion, time); });
  }
  return groups;
}

}  // namespace

const ReportInfo kApplyReport{
    "apply",
    "which invoices unapplied payments pay, and why",
    "duebook apply\n"
    "  duebook apply --rule oldest --record --actor ann",
    ReportRows::kItems,
    RunApply,
    {
        {"payment", "its number"},
        kCustomerColumn,
        kCurrencyColumn,
        {"invoice", "the invoice that it pays; none where no rule finds one"},
        {"amount", "how much of it", ColumnType::kMoney},
        {"discount", "what is let off of it for paying early", ColumnType::kMoney},
        {"difference", "what is closed of its rest", ColumnType::kMoney},
        {"credit_note", "the credit note that pays in place of the payment, if one does"},
        {"rule", "by which the invoice was found: reference, exact, subset, net, near, oldest, prc or none",
         ColumnType::kWord},
        {"reason", "why it is that invoice, or none", ColumnType::kWord},
        {"event", "the id of the application, with --record"},
        kNameColumn,
    },
    ListParameters({kOnePayment, kCashOrder}),
    DefaultDay::kEvery,
    false,
    nullptr,
    RecordApply,
    true,
    false,
    true};

}  // namespace duebook
