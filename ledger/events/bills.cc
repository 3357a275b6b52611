#include "ledger/events/bills.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/events/fundings.h"
#include "ledger/events/reversals.h"

namespace duebook {

namespace {

constexpr std::string_view kCommercialAcceptance = "commercial_acceptance";

std::string_view WordOf(BillState state) {
  switch (state) {
    case BillState::kHeld:
      return "held";
    case BillState::kEndorsed:
      return "endorsed";
    case BillState::kDiscounted:
      return "discounted";
    case BillState::kHonoured:
      return "honoured";
  }
  return "";
}

std::string Called(const BillOfPayment& bill, std::string_view payment) {
  return fmt::format("bill {} of payment {}", bill.number.text(), payment);
}

Rejection RefuseState(const BillOfPayment& bill, std::string_view payment) {
  return {RejectionCode::kBillState,
          fmt::format("{} was {} by event {}", Called(bill, payment), WordOf(bill.state()), bill.steps.back().seq),
          "payment"};
}

// Refuses a payment that was reversed, one that is not by a bill, and one whose bill is in none of the states up to
// this one.
std::optional<Rejection> CheckBillUpTo(RuleCase& rule_case, BillState last) {
  if (auto rejection = CheckPaymentStands(rule_case)) return rejection;
  const NamedDocument& payment = rule_case.named.By("payment");
  const auto& funding = payment.Get<Funding>();
  if (funding.has_bill()) {
    if (funding.bill->state() <= last) return std::nullopt;
    return RefuseState(*funding.bill, payment.number());
  }
  return Rejection{RejectionCode::kNotBill, fmt::format("payment {} is not by a bill", payment.number()), "payment"};
}

// Changes what is at risk of the bill, and with it of all bills of the customer, from a day on.
void AddAtRisk(Books& books, Funding& payment, Date date, Sum change) {
  BillOfPayment& bill = payment.bill.Mutable();
  bill.at_risk.Add(date, change);
  PapersOfCustomer& papers = books.MutableCustomer(payment.customer).papers.Mutable();
  papers.RiskOf(payment.currency, bill.method).Add(date, change);
}

// Says that from a day on the bill is a risk up to the day before `safe_from`. What held of the days before stays.
void SetSafeFrom(Books& books, Funding& payment, Date from, Date safe_from) {
  BillOfPayment& bill = payment.bill.Mutable();
  if (bill.safe_from != Date::Max()) AddAtRisk(books, payment, std::max(from, bill.safe_from), payment.amount);
  bill.safe_from = std::max(from, safe_from);
  if (bill.safe_from != Date::Max()) AddAtRisk(books, payment, bill.safe_from, -payment.amount);
}

// The first day on which a bill in this state is no risk, if nothing else becomes of it: one that was passed on is
// taken for paid some days behind its due date, as nobody reports that it was.
Date SafeFrom(const BillOfPayment& bill) {
  switch (bill.state()) {
    case BillState::kHeld:
      return Date::Max();
    case BillState::kHonoured:
      return Date::Min();
    case BillState::kEndorsed:
    case BillState::kDiscounted:
      break;
  }
  return bill.due.AddDays(kDaysToComeBack + 1);
}

}  // namespace

bool IsByBill(const schema::PaymentReceived& body) { return body.bill() != nullptr && body.bill_due() != nullptr; }

const BillOfPayment* NamedBill(const RuleCase& rule_case) {
  const auto* payment = rule_case.named.By("payment").As<Funding>();
  return payment == nullptr || !payment->has_bill() ? nullptr : &*payment->bill;
}

std::optional<Rejection> CheckBillDates(RuleCase& rule_case) {
  const BillOfPayment* bill = NamedBill(rule_case);
  if (bill == nullptr || rule_case.event.date() >= bill->last_step) return std::nullopt;
  return Rejection{RejectionCode::kBeforeItsCause,
                   fmt::format("dated {}, before the last step of {}, or the reversal of one, on {}",
                               rule_case.event.date().ToString(), Called(*bill, rule_case.named.By("payment").number()),
                               bill->last_step.ToString()),
                   "date"};
}

std::optional<Rejection> CheckBillIsHeld(RuleCase& rule_case) { return CheckBillUpTo(rule_case, BillState::kHeld); }

std::optional<Rejection> CheckBillIsUnpaid(RuleCase& rule_case) {
  return CheckBillUpTo(rule_case, BillState::kDiscounted);
}

void EvolveBillReceived(const EvolveCase& evolve_case, Funding& payment) {
  Books& books = evolve_case.books;
  const auto& body = evolve_case.event.body<schema::PaymentReceived>();
  const std::string_view number = EventView::Text(body.bill());
  const Books::Found again = books.FindDocument(DocumentKind::kBill, number);
  auto& owner =
      again ? books.Mutable<BillNumber>(again) : books.CreateDocument<BillNumber>(DocumentKind::kBill, number);
  EvolveBase(evolve_case, owner, body.amount());
  owner.free_from = Date::Max();

  BillOfPayment& bill = payment.bill.Mutable();
  bill.number = books.Keep(number);
  const bool is_commercial = EventView::Text(body.method()) == kCommercialAcceptance;
  bill.method = is_commercial ? BillMethod::kCommercialAcceptance : BillMethod::kBankAcceptance;
  bill.due = DateOf(*body.bill_due());
  AddAtRisk(books, payment, payment.date, payment.amount);
}

void EvolveBillStep(const EvolveCase& evolve_case, BillState state) {
  auto& payment = evolve_case.Mutable<Funding>("payment");
  if (!payment.has_bill()) return evolve_case.books.Distrust("it is about the bill of a payment that is by none");
  BillOfPayment& bill = payment.bill.Mutable();
  const Date date = evolve_case.event.date();
  bill.steps.push_back({evolve_case.event.seq(), state});
  bill.last_step = date;
  SetSafeFrom(evolve_case.books, payment, date, SafeFrom(bill));
}

void EvolveBillTakenBack(const EvolveCase& evolve_case, Funding& payment) {
  if (!payment.has_bill()) return;
  const Date date = evolve_case.event.date();
  SetSafeFrom(evolve_case.books, payment, date, date);
  auto& number = evolve_case.books.MutableDocument<BillNumber>(DocumentKind::kBill, payment.bill->number);
  if (number.seq != payment.seq) return evolve_case.books.Distrust("its bill came in again by another payment");
  number.free_from = date;
}

std::optional<Rejection> CheckLastBillStep(const Reversible& original, const Books::Found& changed) {
  if (original.reversed) return std::nullopt;
  const auto& payment = changed.Get<Funding>();
  if (payment.reversed) {
    return Rejection{
        RejectionCode::kBillState,
        fmt::format("{} was dishonoured: its payment is reversed", Called(*payment.bill, original.number.text())),
        "event"};
  }
  if (payment.bill->steps.back().seq == original.seq) return std::nullopt;
  Rejection rejection = RefuseState(*payment.bill, original.number.text());
  rejection.sentence += "; undo that first";
  rejection.field = "event";
  return rejection;
}

void EvolveBillStepUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  auto& payment = books.Mutable<Funding>(changed);
  BillOfPayment& bill = payment.bill.Mutable();
  if (bill.steps.empty() || bill.steps.back().seq != original.seq)
    return books.Distrust("it undoes a step of a bill that is not the last");
  bill.steps.pop_back();
  bill.last_step = std::max(bill.last_step, date);
  SetSafeFrom(books, payment, date, SafeFrom(bill));
}

}  // namespace duebook
