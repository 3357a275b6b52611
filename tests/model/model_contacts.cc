// Contacts, escalations and the verdicts on promises of many in the reference model.

#include <algorithm>

#include "tests/model/arithmetic.h"
#include "tests/model/model.h"

namespace duebook::model {

std::vector<const Fact*> Model::Contacts(const Cut& cut) const {
  std::vector<const Fact*> contacts;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type == "ContactLogged" && !Undone(*fact, cut)) contacts.push_back(fact);
  }
  return contacts;
}

std::vector<const Fact*> Model::OpenEscalations(const Cut& cut) const {
  std::vector<const Fact*> open;
  for (const Fact* fact : Visible(cut)) {
    const bool closed = Has("EscalationClosed", &Fact::escalation, fact->number, cut);
    if (fact->type == "EscalationStarted" && !closed) open.push_back(fact);
  }
  return open;
}

// The last day that is asked for is the cut's, too.
std::map<Key, RateRow> Model::PromiseRates(const Cut& at, Date from, Date to, const std::string& by) const {
  const Cut cut{std::min(at.effective, to), at.known};
  std::map<Key, RateRow> rows;
  const std::map<std::string, PromiseRow> verdicts = Promises(cut, 0);
  for (const Fact* made : Visible(cut)) {
    if (made->type != "PromiseMade") continue;
    const Date last = made->due->AddDays(made->grace);
    if (last < from || last >= cut.effective) continue;
    std::string key = made->customer;
    if (by == "salesperson") key = SalespersonOn(made->customer, made->date, cut);
    if (by == "month") key = last.ToString().substr(0, 7);
    if (by == "plan") key = made->plan;
    RateRow& row = rows[{key, made->currency}];
    const PromiseRow& verdict = verdicts.at(made->number);
    row.promises++;
    row.states[verdict.state]++;
    if (verdict.state == "withdrawn" || verdict.state == "superseded") continue;
    row.amount += made->amount;
    row.received += verdict.received;
  }
  for (auto& [key, row] : rows) {
    if (row.amount > 0) row.kept_rate = HalfEven(row.received * 10'000, row.amount);
  }
  return rows;
}

}  // namespace duebook::model
