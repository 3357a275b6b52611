// Promises in the reference model (RULES.md, section 7).

#include <algorithm>
#include <tuple>

#include "tests/model/model.h"

namespace duebook::model {

namespace {

bool Overlap(const Fact& a, const Fact& b) {
  if (a.customer != b.customer || a.currency != b.currency) return false;
  if (!a.plan.empty() && a.plan == b.plan) return false;  // of one plan
  if (a.invoices.empty() || b.invoices.empty()) return a.invoices.empty() && b.invoices.empty();
  return std::any_of(a.invoices.begin(), a.invoices.end(), [&](const std::string& invoice) {
    return std::find(b.invoices.begin(), b.invoices.end(), invoice) != b.invoices.end();
  });
}

// What is left to be counted: of each payment, and of each application of one.
using CashLeft = std::map<const Fact*, Wide>;

struct Judged {
  const Fact* made;
  Date last_day;
  std::string ended;  // "withdrawn" or "superseded", if it was before its day
};

}  // namespace

std::map<std::string, PromiseRow> Model::Promises(const Cut& cut, int grace_days) const {
  const std::vector<const Fact*> visible = Visible(cut);
  const auto in_order = [](const Fact* a, const Fact* b) {
    return std::pair(a->date, a->seq) < std::pair(b->date, b->seq);
  };

  CashLeft left;
  for (const Fact* fact : visible) {
    const bool payment = fact->type == "PaymentReceived" && !Bounced(fact->number, cut);
    const bool application = fact->type == "PaymentApplied" && !fact->payment.empty() &&
                             !Has("ApplicationReversed", &Fact::application, fact->id, cut);
    if (payment || application) left[fact] = fact->amount;
  }

  std::vector<Judged> promises;
  for (const Fact* made : visible) {
    if (made->type != "PromiseMade") continue;
    Judged promise{made, made->due->AddDays(made->grace > 0 ? made->grace : grace_days), ""};
    for (const Fact* other : visible) {
      const bool newer = other->type == "PromiseMade" && other->date > made->date && Overlap(*made, *other);
      if (newer && other->date <= promise.last_day) promise.last_day = other->date, promise.ended = "superseded";
    }
    for (const Fact* other : visible) {
      const bool withdrawn = other->type == "PromiseWithdrawn" && other->promise == made->number;
      if (withdrawn && other->date <= promise.last_day) promise.last_day = other->date, promise.ended = "withdrawn";
    }
    promises.push_back(promise);
  }
  std::sort(promises.begin(), promises.end(), [](const Judged& a, const Judged& b) {
    return std::pair(*a.made->due, a.made->seq) < std::pair(*b.made->due, b.made->seq);
  });

  // Takes what counts for a promise; nothing if only the whole will do and it does not suffice.
  const auto take = [&](const Judged& promise, bool whole_only) {
    std::vector<const Fact*> cash;
    for (const auto& [fact, amount] : left) {
      const bool named = std::find(promise.made->invoices.begin(), promise.made->invoices.end(), fact->invoice) !=
                         promise.made->invoices.end();
      const bool counts = promise.made->invoices.empty() ? fact->type == "PaymentReceived" : named;
      const bool in_time = fact->date >= promise.made->date && fact->date <= promise.last_day;
      const bool same = fact->customer == promise.made->customer && fact->currency == promise.made->currency;
      if (counts && in_time && same) cash.push_back(fact);
    }
    std::sort(cash.begin(), cash.end(), in_order);
    CashLeft after = left;
    Wide taken = 0;
    for (const Fact* fact : cash) {
      const Fact* payment = fact->type == "PaymentApplied" ? Find("PaymentReceived", fact->payment) : fact;
      const Wide amount = std::min({promise.made->amount - taken, after[fact], after[payment]});
      taken += amount;
      after[fact] -= amount;
      if (payment != fact) after[payment] -= amount;
    }
    if (whole_only && taken < promise.made->amount) return Wide{0};
    left = after;
    return taken;
  };

  std::map<std::string, PromiseRow> rows;
  for (const Judged& promise : promises) {
    PromiseRow& row = rows[promise.made->number];
    row.received = take(promise, !promise.ended.empty());
    const bool passed = cut.effective > promise.last_day;
    if (row.received == promise.made->amount) {
      row.state = "kept";
    } else if (!promise.ended.empty()) {
      row.state = promise.ended;
    } else if (!passed) {
      row.state = "pending";
    } else {
      row.state = row.received > 0 ? "partly kept" : "broken";
    }
  }
  return rows;
}

}  // namespace duebook::model
