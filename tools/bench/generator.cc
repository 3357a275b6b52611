#include "tools/bench/generator.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

namespace duebook::bench {

namespace {

constexpr int kDays = 3 * 365;

Date FirstDay() { return *Date::FromCivil(2023, 1, 1); }
Date Plus(Date date, uint64_t days) { return Date::FromDays(date.days() + static_cast<int32_t>(days)); }
std::string Amount(uint64_t minor) { return fmt::format("{}.{:02}", minor / 100, minor % 100); }

// Appends {"type":..., "id":"e<n>", "date":..., "actor":"clerk-<k>", REST}.
template <class... Args>
void Append(std::string* line, const char* type, uint64_t number, Date date, fmt::format_string<Args...> rest,
            Args&&... args) {
  fmt::format_to(std::back_inserter(*line), R"({{"type":"{}","id":"e{}","date":"{}","actor":"clerk-{}",)", type, number,
                 date.ToString(), number % 7);
  fmt::format_to(std::back_inserter(*line), rest, std::forward<Args>(args)...);
  *line += "}\n";
}

}  // namespace

Generator::Generator(uint64_t events, uint32_t seed)
    : events_(events), customers_(std::max<uint64_t>(events / 500, 1)), random_(seed) {}

Date Generator::DateOf(uint64_t event) const { return Plus(FirstDay(), 1 + event * kDays / events_); }

bool Generator::Next(std::string* line) {
  if (made_ == events_) return false;
  if (made_ < customers_) {
    OpenCustomer(line);
  } else if (const Date today = DateOf(made_); !later_.empty() && later_.top().date <= today) {
    const Later next = later_.top();
    later_.pop();
    Happen(next, line);
  } else {
    IssueInvoice(today, line);
  }
  made_++;
  return true;
}

void Generator::OpenCustomer(std::string* line) {
  const char* cities[] = {"杭州", "宁波", "Hamburg", "Malmö", "Lagos"};
  Append(line, "CustomerOpened", made_, FirstDay(),
         R"("customer":"C{}","name":"{} Trading {}","terms":"net 30","salesperson":"sales-{}")", made_,
         cities[Below(5)], made_, made_ % 20);
}

void Generator::IssueInvoice(Date date, std::string* line) {
  const uint64_t invoice = ++invoices_;
  const uint64_t customer = Below(customers_);
  const uint64_t amount = 1'000 + Below(5'000'000);
  Append(line, "InvoiceIssued", made_, date, R"("customer":"C{}","invoice":"INV-{}","amount":"{}","due":"{}")",
         customer, invoice, Amount(amount), Plus(date, 30).ToString());
  Plan(date, invoice, customer, amount);
}

void Generator::Plan(Date date, uint64_t invoice, uint64_t customer, uint64_t amount) {
  using Kind = Later::Kind;
  const auto plan = [&](Kind kind, uint64_t days, uint64_t minor) {
    later_.push({Plus(date, days), invoice, kind, customer, minor});
  };
  const uint64_t paid = Below(10) == 0 ? amount / 2 : amount;
  const uint64_t paid_after = 10 + Below(70);
  if (Below(16) == 0) plan(Kind::kCredit, 5, amount / 20);
  if (Below(8) == 0) plan(Kind::kPromise, 33, amount / 2);
  if (Below(20) == 0) {
    plan(Kind::kDispute, 8, amount / 10);
    plan(Kind::kResolve, 8 + Below(60), amount);
  }
  if (Below(10) == 0) plan(Kind::kContact, 35, amount);
  if (Below(8) == 0) return;
  // What a credit note may have taken off stays unpaid.
  plan(Kind::kPay, paid_after, paid - paid / 20);
  plan(Kind::kApply, paid_after + Below(3), paid - paid / 20);
}

void Generator::Happen(const Later& later, std::string* line) {
  const Date date = DateOf(made_);
  const uint64_t of = later.invoice;
  const std::string amount = Amount(std::max<uint64_t>(later.amount, 1));
  switch (later.kind) {
    case Later::Kind::kPay:
      return Append(line, "PaymentReceived", made_, date,
                    R"("customer":"C{}","payment":"PAY-{}","amount":"{}","method":"transfer")", later.customer, of,
                    amount);
    case Later::Kind::kApply:
      return Append(line, "PaymentApplied", made_, date, R"("payment":"PAY-{}","invoice":"INV-{}","amount":"{}")", of,
                    of, amount);
    case Later::Kind::kCredit:
      return Append(line, "CreditNoteIssued", made_, date,
                    R"("customer":"C{}","credit_note":"CN-{}","invoice":"INV-{}","amount":"{}")", later.customer, of,
                    of, amount);
    case Later::Kind::kPromise:
      return Append(line, "PromiseMade", made_, date,
                    R"("customer":"C{}","promise":"PR-{}","amount":"{}","due":"{}","invoices":["INV-{}"])",
                    later.customer, of, amount, Plus(date, 14).ToString(), of);
    case Later::Kind::kDispute:
      return Append(line, "DisputeOpened", made_, date,
                    R"("dispute":"D-{}","invoice":"INV-{}","amount":"{}","reason":"quantity")", of, of, amount);
    case Later::Kind::kResolve:
      return Append(line, "DisputeResolved", made_, date, R"("dispute":"D-{}","outcome":"settled")", of);
    case Later::Kind::kContact:
      return Append(line, "ContactLogged", made_, date, R"("customer":"C{}","text":"called about INV-{}")",
                    later.customer, of);
  }
}

}  // namespace duebook::bench
