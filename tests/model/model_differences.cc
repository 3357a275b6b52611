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

// Closes exactly what is left, on its day and on every later one, within the policy of its currency on its day.
void Model::CheckDifference(const Fact& command, Why& why) const {
  const Cut now;
  const Fact& payment = *Find("PaymentReceived", command.payment);
  const Fact* invoice = Find("InvoiceIssued", command.invoice);
  if (Has("PaymentReversed", &Fact::payment, payment.number, now)) why.insert(kAlreadyReversed);
  const Wide left = invoice == nullptr ? LeastUnapplied(payment, command.date) : LeastOpen(*invoice, command.date);
  const Wide on_day = invoice == nullptr ? Unapplied(payment, {command.date}) : Open(*invoice, {command.date});
  if (command.amount != left || command.amount != on_day) why.insert(kNotTheRest);
  if (invoice != nullptr) {
    const bool paid = std::any_of(facts_.begin(), facts_.end(), [&](const Fact& fact) {
      return fact.type == "PaymentApplied" && fact.payment == payment.number && fact.invoice == invoice->number &&
             !Has("ApplicationReversed", &Fact::application, fact.id, now);
    });
    if (!paid) why.insert(kUnknownReference);
  }

  const Fact* policy = nullptr;
  for (const Fact& fact : facts_) {
    const bool governs =
        fact.type == "TolerancePolicySet" && fact.currency == command.currency && fact.date <= command.date;
    if (governs && (policy == nullptr || fact.date >= policy->date)) policy = &fact;
  }
  bool within = policy != nullptr && command.amount <= policy->amount;
  if (within && invoice != nullptr && !policy->percent.empty()) {
    Wide billed = invoice->amount;
    for (const Fact* fact : Visible({command.date})) {
      const bool debits = fact->type == "DebitNoteIssued" && fact->invoice == invoice->number;
      if (debits && !Undone(*fact, {command.date})) billed += fact->amount;
    }
    within = command.amount * 1'000'000 <= *TenThousandths(policy->percent) * billed;
  }
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
    const bool of_it = fact.type == "DifferenceClosed" && fact.payment == payment && !payment.empty() &&
                       (whole || fact.invoice == application->invoice);
    if (of_it && !Undone(fact, Cut{})) add("EventReversed", &Fact::event, fact.id);
  }
  for (const Fact& fact : facts_) {
    const bool of_it = whole && fact.type == "PaymentApplied" && fact.payment == payment;
    if (of_it && !Has("ApplicationReversed", &Fact::application, fact.id, Cut{})) {
      add("ApplicationReversed", &Fact::application, fact.id);
    }
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
