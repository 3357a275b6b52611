#include "tests/projections/large_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace duebook {
namespace {

constexpr uint64_t kEventsPerCommit = 4096;

std::string Number(char kind, uint64_t seq) { return std::string(1, kind).append(std::to_string(seq)); }

}  // namespace

LargeLog::LargeLog(const std::filesystem::path& directory, uint32_t seed, const std::string& ledger_id)
    : random_(seed) {
  const LedgerIdentity identity{"Acme", Currency::Parse("CNY").value(), ledger_id, Time{0}};
  const Status created = EventLog::Create(directory, identity);
  EXPECT_TRUE(created.ok()) << created.error().ToString();
  auto opened = EventLog::Open(directory, EventLog::Mode::kWrite);
  EXPECT_TRUE(opened.ok()) << opened.error().ToString();
  log_ = std::move(*opened);
}

template <class Make>
void LargeLog::Add(EventType type, int32_t date, uint64_t customer, std::vector<uint64_t> documents, Make&& make) {
  flatbuffers::FlatBufferBuilder builder;
  const flatbuffers::Offset<void> body = make(builder);
  documents.insert(documents.begin(), customer);
  const std::string id = Number('e', next_seq_);
  const std::string customer_id = Number('C', customer == 0 ? next_seq_ : customer);
  const auto recorded_at = static_cast<int64_t>((next_seq_ - 1) / kEventsPerCommit);
  builder.Finish(schema::CreateEventDirect(
      builder, next_seq_, recorded_at, date, Currency::Parse(customer % 7 == 3 ? "USD" : "CNY")->packed(), false,
      id.c_str(), "clerk", "test", nullptr, customer_id.c_str(), &documents, type, body));
  pending_.emplace_back(reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize());
  ++next_seq_;
}

void LargeLog::AddCustomer() {
  customers_.push_back(next_seq_);
  const std::string salesperson = Below(3) == 0 ? "" : Number('s', Below(5));
  Add(EventType::CustomerOpened, 18262, 0, {}, [&](auto& builder) {
    return schema::CreateCustomerOpenedDirect(builder, "name", nullptr, nullptr, salesperson.c_str()).Union();
  });
}

void LargeLog::AddInvoice() {
  const uint64_t customer = customers_[Below(static_cast<uint32_t>(customers_.size()))];
  const int32_t date = today_ - static_cast<int32_t>(Below(5));
  const Minor amount = 100 + Below(1'000'000);
  invoices_.push_back({next_seq_, customer, date, amount});
  const std::string number = Number('I', next_seq_);
  Add(EventType::InvoiceIssued, date, customer, {}, [&](auto& builder) {
    const schema::Amount total(amount), tax(0), first_amount(amount / 3), second_amount(amount - amount / 3);
    const schema::Date due(date + 60), first_due(date + 30);
    std::vector<flatbuffers::Offset<schema::Instalment>> instalments;
    if (Below(10) == 0) {
      instalments = {schema::CreateInstalment(builder, &first_due, &first_amount),
                     schema::CreateInstalment(builder, &due, &second_amount)};
    }
    return schema::CreateInvoiceIssuedDirect(builder, number.c_str(), &total, &tax, &due, nullptr,
                                             instalments.empty() ? nullptr : &instalments,
                                             Below(4) == 0 ? "s1" : nullptr)
        .Union();
  });
}

void LargeLog::AddPayment() {
  if (invoices_.empty()) return AddInvoice();
  const Document& invoice =
      invoices_[invoices_.size() - 1 - Below(static_cast<uint32_t>(std::min<size_t>(invoices_.size(), 1000)))];
  const int32_t date = std::max(invoice.date, today_ - static_cast<int32_t>(Below(3)));
  const Minor amount = 1 + Below(1'000'000);
  payments_.push_back({next_seq_, invoice.customer, date, amount});
  const std::string number = Number('P', next_seq_);
  Add(EventType::PaymentReceived, date, invoice.customer, {}, [&](auto& builder) {
    const schema::Amount total(amount);
    return schema::CreatePaymentReceivedDirect(builder, number.c_str(), &total).Union();
  });
}

void LargeLog::AddApplication() {
  if (payments_.empty()) return AddPayment();
  Document& payment =
      payments_[payments_.size() - 1 - Below(static_cast<uint32_t>(std::min<size_t>(payments_.size(), 100)))];
  const auto looked_at = static_cast<ptrdiff_t>(std::min<size_t>(invoices_.size(), 2000));
  const auto end = invoices_.rbegin() + looked_at;
  const auto invoice = std::find_if(
      invoices_.rbegin(), end, [&](const Document& one) { return one.customer == payment.customer && one.left > 0; });
  if (payment.left == 0 || invoice == end) return AddPayment();
  const Minor amount = std::min(payment.left, invoice->left);
  const int32_t date = std::max({payment.date, invoice->date, today_});
  payment.left -= amount;
  invoice->left -= amount;
  applications_.push_back({next_seq_, invoice->seq, payment.seq, payment.customer, date, amount});
  Add(EventType::PaymentApplied, date, payment.customer, {payment.seq, invoice->seq}, [&](auto& builder) {
    const schema::Amount applied(amount);
    return schema::CreatePaymentAppliedDirect(builder, (Number('P', payment.seq)).c_str(), nullptr,
                                              (Number('I', invoice->seq)).c_str(), &applied)
        .Union();
  });
}

void LargeLog::AddReversal() {
  if (applications_.empty()) return AddApplication();
  // What was reversed is not applied again, so that nothing is overdrawn between the two.
  const Application last = applications_.back();
  applications_.pop_back();
  Add(EventType::ApplicationReversed, last.date + static_cast<int32_t>(Below(10)), last.customer,
      {last.seq, last.invoice, last.payment}, [&](auto& builder) {
        const schema::Amount amount(last.amount), discount(0);
        return schema::CreateApplicationReversedDirect(builder, (Number('e', last.seq)).c_str(), nullptr, &amount,
                                                       &discount)
            .Union();
      });
}

void LargeLog::AddDispute() {
  if (invoices_.empty()) return AddInvoice();
  const Document invoice = invoices_.back();
  const std::string number = Number('D', next_seq_);
  const uint64_t dispute = next_seq_;
  Add(EventType::DisputeOpened, invoice.date + 1, invoice.customer, {invoice.seq}, [&](auto& builder) {
    const schema::Amount amount(50);
    return schema::CreateDisputeOpenedDirect(builder, number.c_str(), (Number('I', invoice.seq)).c_str(), &amount)
        .Union();
  });
  if (Below(2) == 0) return;
  Add(EventType::DisputeResolved, invoice.date + 9, invoice.customer, {dispute, invoice.seq},
      [&](auto& builder) { return schema::CreateDisputeResolvedDirect(builder, number.c_str()).Union(); });
}

void LargeLog::AddDebitNote() {
  if (invoices_.empty()) return AddInvoice();
  const Document invoice = invoices_.back();
  Add(EventType::DebitNoteIssued, invoice.date + 2, invoice.customer, {invoice.seq}, [&](auto& builder) {
    const schema::Amount amount(75);
    return schema::CreateDebitNoteIssuedDirect(builder, (Number('B', next_seq_)).c_str(), &amount,
                                               (Number('I', invoice.seq)).c_str())
        .Union();
  });
}

void LargeLog::Grow(uint64_t events) {
  const uint64_t end = next_seq_ + events;
  while (next_seq_ < end) {
    const uint32_t dice = customers_.empty() ? 0 : Below(1000);
    if (Below(500) == 0) ++today_;
    if (dice < 5)
      AddCustomer();
    else if (dice < 400)
      AddInvoice();
    else if (dice < 690)
      AddPayment();
    else if (dice < 980)
      AddApplication();
    else if (dice < 985)
      AddReversal();
    else if (dice < 993)
      AddDispute();
    else
      AddDebitNote();
    if (pending_.size() < kEventsPerCommit && next_seq_ < end) continue;
    Commit commit;
    commit.events = pending_;
    const Status appended = log_->Append(commit);
    ASSERT_TRUE(appended.ok()) << appended.error().ToString();
    pending_.clear();
  }
}

}  // namespace duebook
