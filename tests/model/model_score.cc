// What a scorecard looks at in the reference model: how a customer dealt with the ledger's money in the months before.

#include <algorithm>

#include "tests/model/arithmetic.h"
#include "tests/model/model.h"

namespace duebook::model {

// Days from due to paid of the cash that was applied, each weighted by how much it paid: of each application by the
// parts that were open when it was made.
std::optional<Wide> Model::DaysLate(const std::string& customer, Date after, const Cut& cut) const {
  Wide applied = 0, days = 0;
  for (const Fact* application : Visible(cut)) {
    const bool cash = application->type == "PaymentApplied" && !application->payment.empty();
    const bool theirs = application->customer == customer && application->currency == currency_;
    if (!cash || !theirs || application->date <= after) continue;
    if (Has("ApplicationReversed", &Fact::application, application->id, cut)) continue;
    // What came before it, without applications that the cut sees undone.
    Model before(currency_);
    for (const Fact* fact : Visible(cut)) {
      const std::string& undone = fact->type == "PaymentApplied" ? fact->id : fact->application;
      if (Has("ApplicationReversed", &Fact::application, undone, cut)) continue;
      const Date counts = fact->in_force_from.value_or(fact->date);
      if (std::pair(counts, fact->seq) < std::pair(application->date, application->seq)) before.facts_.push_back(*fact);
    }
    Wide left = application->amount;
    for (const OpenItem& part : before.OpenParts(*Find("InvoiceIssued", application->invoice), {application->date})) {
      const Wide paid = std::min(left, part.open);
      left -= paid;
      applied += paid;
      days += paid * std::max(0, application->date - part.due);
    }
  }
  if (applied == 0) return std::nullopt;
  return HalfEven(days, applied);
}

std::map<std::string, std::optional<Wide>> Model::ScoreFactors(const std::string& customer, int months,
                                                               const Cut& cut) const {
  const Key key{customer, currency_};
  const Date after = cut.effective.AddMonths(-months);
  std::map<std::string, std::optional<Wide>> factors{{"broken", 0}, {"disputes", 0}, {"bounced", 0}, {"holds", 0}};
  for (const Fact* fact : Visible(cut)) {
    if (fact->customer != customer || fact->date <= after) continue;
    const bool theirs = fact->currency == currency_;
    const bool bounces = fact->type == "PaymentReversed" || fact->type == "BillDishonoured";
    if (fact->type == "DisputeOpened" && theirs) ++*factors["disputes"];
    if (bounces && theirs) ++*factors["bounced"];
    if (fact->type == "CreditHoldPlaced") ++*factors["holds"];
  }
  Wide promised = 0, received = 0;
  for (const auto& [number, verdict] : Promises(cut, 0)) {
    const Fact& made = *Find("PromiseMade", number);
    const Date last = made.due->AddDays(made.grace);
    if (Key(made.customer, made.currency) != key || last <= after || last >= cut.effective) continue;
    if (verdict.state == "withdrawn" || verdict.state == "superseded") continue;
    if (verdict.state == "broken") ++*factors["broken"];
    promised += made.amount;
    received += verdict.received;
  }
  factors["promise_rate"] = promised == 0 ? std::nullopt : std::optional(received * 100 / promised);
  factors["days_late"] = DaysLate(customer, after, cut);
  const CreditRow credit = Credit(cut).at(key);
  factors["overdue_days"] = credit.oldest;
  factors["utilisation"] = std::nullopt;
  if (credit.limit > 0) {
    const Wide percent = std::max<Wide>(0, credit.exposure) * 100 / credit.limit;
    factors["utilisation"] = std::min(percent, kMostOfAnAmount);  // no greater number is shown
  }
  // A month is whole on the day of its number, or on the last day of a shorter month.
  const Date opened = Find("CustomerOpened", customer)->date, day = cut.effective;
  const bool is_last_day = day == Date::Max() || day.AddDays(1).day() == 1;
  const bool begun = day.day() < opened.day() && !is_last_day;
  factors["relation"] = (day.year() - opened.year()) * 12 + day.month() - opened.month() - (begun ? 1 : 0);
  return factors;
}

}  // namespace duebook::model
