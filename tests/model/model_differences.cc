// Small differences in the reference model: up to what they may be closed, and what takes them back.

#include <algorithm>

#include "tests/model/arithmetic.h"
#include "tests/model/model.h"

namespace duebook::model {

namespace {

using enum RejectionCode;

bool OfOneMonth(Date a, Date b) { return a.year() == b.year() && a.month() == b.month(); }

}  // namespace

Wide Model::ClosedInMonth(const Fact& difference, const Cut& cut) const {
  Wide sum = 0;
  for (const Fact* fact : Visible(cut)) {
    const bool like = fact->type == "DifferenceClosed" && fact->actor == difference.actor &&
                      fact->currency == difference.currency && OfOneMonth(fact->date, difference.date);
    if (like && !Undone(*fact, cut)) sum += fact->amount;
  }
  return sum;
}

const Fact* Model::ToleranceOn(const std::string& currency, Date day) const {
  const Fact* policy = nullptr;
  for (const Fact& fact : facts_) {
    const bool governs = fact.type == "TolerancePolicySet" && fact.currency == currency && fact.date <= day;
    if (governs && (policy == nullptr || fact.date >= policy->date)) policy = &fact;
  }
  return policy;
}

// Closes exactly what is left, on its day and as the least of all later ones, within the policy of its currency on its
// day.
void Model::CheckDifference(const Fact& command, Why& why) const {
  const Cut now;
  const Fact& payment = *Find("PaymentReceived", command.payment);
  const Fact* invoice = Find("InvoiceIssued", command.invoice);
  if (Bounced(payment.number, now)) why.insert(kAlreadyReversed);
  const Wide left = invoice == nullptr ? LeastUnapplied(payment, command.date) : LeastOpen(*invoice, command.date);
  const Wide on_day = invoice == nullptr ? Unapplied(payment, {command.date}) : Open(*invoice, {command.date});
  if (command.amount != left || command.amount != on_day) why.insert(kNotTheRest);
  if (invoice != nullptr) {
    std::optional<Date> paid;
    for (const Fact& fact : facts_) {
      const bool pays = fact.type == "PaymentApplied" && fact.payment == payment.number &&
                        fact.invoice == invoice->number &&
                        !Has("ApplicationReversed", &Fact::application, fact.id, now);
      if (pays) paid = std::min(fact.date, paid.value_or(fact.date));
    }
    if (!paid.has_value()) why.insert(kUnknownReference);
    if (paid.has_value() && command.date < *paid) why.insert(kBeforeItsCause);
  }

  const Fact* policy = ToleranceOn(command.currency, command.date);
  bool within = policy != nullptr && command.amount <= policy->amount;
  if (within && invoice != nullptr) within = command.amount <= *LargestDifference(*invoice, command.date);
  if (within && policy->per_month.has_value()) {
    within = ClosedInMonth(command, now) + command.amount <= *policy->per_month;
  }
  if (!within) why.insert(kOverTolerance);
}

std::vector<Fact> Model::TakenBackFirst(const Fact& command) const {
  const bool whole = command.type == "PaymentReversed" || command.type == "BillDishonoured";
  std::vector<Fact> taken_back;
  if (!whole && command.type != "ApplicationReversed") return taken_back;
  const auto add = [&](const char* type, std::string Fact::*names, const std::string& id) {
    Fact reversal;
    reversal.type = type;
    reversal.id = command.id + ":" + std::to_string(taken_back.size() + 1);
    reversal.date = command.date;
    reversal.actor = command.actor;
    reversal.customer = command.customer;
    reversal.currency = command.currency;
    reversal.imported = command.imported;
    reversal.source = command.source;
    reversal.*names = id;
    taken_back.push_back(reversal);
  };
  const Fact* application = Find("PaymentApplied", command.application);
  const std::string& payment = whole ? command.payment : application->payment;
  for (const Fact& fact : facts_) {
    const bool of_it =
        fact.type == "DifferenceClosed" && fact.payment == payment && (whole || fact.invoice == application->invoice);
    if (of_it && !Undone(fact, Cut{})) add("EventReversed", &Fact::event, fact.id);
  }
  for (const Fact& fact : facts_) {
    const bool of_it = whole && fact.type == "PaymentApplied" && fact.payment == payment;
    if (of_it && !Has("ApplicationReversed", &Fact::application, fact.id, Cut{})) {
      add("ApplicationReversed", &Fact::application, fact.id);
    }
  }
  // What a payment by deposit released of it is not released any more.
  for (const Fact& fact : facts_) {
    const bool by_deposit =
        whole && fact.type == "PaymentReceived" && fact.number == command.payment && !fact.guarantee.empty();
    if (by_deposit) add("EventReversed", &Fact::event, fact.id + ":1");
  }
  return taken_back;
}

std::map<std::string, DifferenceRow> Model::Differences(const Cut& cut) const {
  std::map<std::string, DifferenceRow> rows;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type != "DifferenceClosed") continue;
    DifferenceRow& row = rows[fact->number];
    row.state = Undone(*fact, cut) ? "reversed" : "in force";
    row.amount = fact->amount;
    for (const Fact* other : Visible(cut)) {
      const bool like = other->type == "DifferenceClosed" && other->actor == fact->actor &&
                        other->currency == fact->currency && OfOneMonth(other->date, fact->date);
      const bool so_far = std::pair(other->date, other->seq) <= std::pair(fact->date, fact->seq);
      if (like && so_far && !Undone(*other, cut)) row.month_total += other->amount;
    }
  }
  return rows;
}

}  // namespace duebook::model
