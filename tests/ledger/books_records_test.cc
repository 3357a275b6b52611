// Records of the books as they are stored: no member is forgotten, and bytes that are no record are refused.

#include "ledger/books_records.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "ledger/books.h"

namespace duebook {
namespace {

// Changes of one member each, to a value that it doesn't have by default.
template <class T>
using Members = std::vector<std::function<void(T&)>>;

const Date kDay = Date::FromDays(20'000);

template <class T>
Members<T> OfDocument(Members<T> members) {
  members.push_back([](T& record) { record.seq = 300; });
  members.push_back([](T& record) { record.date = kDay; });
  members.push_back([](T& record) { record.customer = "客户"; });
  members.push_back([](T& record) { record.currency = *Currency::Parse("JPY"); });
  members.push_back([](T& record) { record.amount = -5; });
  return members;
}

template <class T>
void ExpectEachMemberStored(const Members<T>& members) {
  std::set<std::string> stored{EncodeBooksRecord(T())};
  T whole;
  for (const auto& change : members) {
    T one;
    change(one);
    change(whole);
    const std::string bytes = EncodeBooksRecord(one);
    EXPECT_TRUE(stored.insert(bytes).second) << "member " << stored.size() << " is not stored";
    const auto read = DecodeBooksRecord(bytes);
    ASSERT_TRUE(read.has_value() && std::holds_alternative<T>(*read));
    EXPECT_EQ(EncodeBooksRecord(*read), bytes);
  }
  const std::string bytes = EncodeBooksRecord(whole);
  const auto read = DecodeBooksRecord(bytes);
  ASSERT_TRUE(read.has_value() && std::holds_alternative<T>(*read));
  EXPECT_EQ(EncodeBooksRecord(*read), bytes);
  for (size_t length = 0; length < bytes.size(); length++) {
    EXPECT_FALSE(DecodeBooksRecord(bytes.substr(0, length)).has_value()) << length;
  }
  EXPECT_FALSE(DecodeBooksRecord(bytes + '\0').has_value());
}

TEST(BooksRecords, DocumentsAreStoredWhole) {
  ExpectEachMemberStored(OfDocument<PlainDocument>({}));
  ExpectEachMemberStored(OfDocument<Invoice>({
      [](Invoice& invoice) { invoice.open.Add(kDay, 7); },
      [](Invoice& invoice) { invoice.settled.Add(kDay, 7); },
      [](Invoice& invoice) { invoice.voided = true; },
      [](Invoice& invoice) { invoice.last_movement = kDay; },
      [](Invoice& invoice) { invoice.terms = "net 30"; },
  }));
  ExpectEachMemberStored(OfDocument<Promise>({[](Promise& promise) { promise.withdrawn = true; }}));
  ExpectEachMemberStored(OfDocument<Dispute>({
      [](Dispute& dispute) { dispute.invoice = "I"; },
      [](Dispute& dispute) { dispute.invoice_seq = 7; },
      [](Dispute& dispute) { dispute.resolved = true; },
  }));
}

TEST(BooksRecords, CashIsStoredWhole) {
  ExpectEachMemberStored(OfDocument<Funding>({
      [](Funding& funding) { funding.unapplied.Add(kDay, 7); },
      [](Funding& funding) {
        funding.applications = {"a", "b"};
      },
      [](Funding& funding) { funding.refunded = 7; },
      [](Funding& funding) { funding.reversed = true; },
  }));
  ExpectEachMemberStored(OfDocument<Application>({
      [](Application& application) { application.discount = 7; },
      [](Application& application) { application.invoice = "I"; },
      [](Application& application) { application.invoice_seq = 7; },
      [](Application& application) { application.funding_kind = DocumentKind::kPayment; },
      [](Application& application) { application.funding = "P"; },
      [](Application& application) { application.funding_seq = 7; },
      [](Application& application) { application.reversed = true; },
  }));
}

TEST(BooksRecords, WriteOffsAreStoredWhole) {
  ExpectEachMemberStored(OfDocument<WriteOff>({
      [](WriteOff& write_off) { write_off.invoice = "I"; },
      [](WriteOff& write_off) { write_off.invoice_seq = 7; },
      [](WriteOff& write_off) { write_off.requester = "li"; },
      [](WriteOff& write_off) { write_off.request = Sha256("x"); },
      [](WriteOff& write_off) { write_off.state = WriteOffState::kReversed; },
      [](WriteOff& write_off) { write_off.approvals.emplace_back(); },
      [](WriteOff& write_off) {
        write_off.approvals = {{"wang", Date(), {}}};
      },
      [](WriteOff& write_off) {
        write_off.approvals = {{"wang", kDay, {}}};
      },
      [](WriteOff& write_off) {
        write_off.approvals = {{"wang", kDay, {"controller", "cfo"}}};
      },
      [](WriteOff& write_off) { write_off.in_force_from = kDay; },
      [](WriteOff& write_off) { write_off.recovered = 7; },
  }));
}

TEST(BooksRecords, CustomersAndControlAreStoredWhole) {
  const Currency jpy = *Currency::Parse("JPY");
  ExpectEachMemberStored<Customer>({
      [](Customer& customer) { customer.seq = 7; },
      [](Customer& customer) { customer.date = kDay; },
      [](Customer& customer) {
        customer.terms.push_back({kDay, "net 30"});
      },
      [](Customer& customer) {
        customer.salespersons.push_back({kDay, "li"});
      },
      [](Customer& customer) {
        customer.payment_recorders = {"li", "wang"};
      },
      [](Customer& customer) { customer.requests.emplace_back(); },
      [=](Customer& customer) {
        customer.requests = {{"W", Date(), Currency(), 0}};
      },
      [=](Customer& customer) {
        customer.requests = {{"W", kDay, Currency(), 0}};
      },
      [=](Customer& customer) {
        customer.requests = {{"W", kDay, jpy, 0}};
      },
      [=](Customer& customer) {
        customer.requests = {{"W", kDay, jpy, 7}};
      },
  });
  ExpectEachMemberStored<Control>({
      [](Control& control) { control.role_changes.emplace_back(); },
      [](Control& control) {
        control.role_changes = {{"li", "cfo", kDay, false}};
      },
      [](Control& control) {
        control.role_changes = {{"li", "cfo", kDay, true}};
      },
      [](Control& control) { control.policies.emplace_back(); },
      [=](Control& control) {
        control.policies = {{7, kDay, {jpy, 6, {}}}};
      },
      [=](Control& control) {
        control.policies = {{7, kDay, {jpy, 6, {{std::nullopt, 2, {"cfo"}}}}}};
      },
      [=](Control& control) {
        control.policies = {{7, kDay, {jpy, 6, {{100, 2, {"cfo"}}}}}};
      },
      [](Control& control) {
        control.closed_through = {kDay, kDay};
      },
  });
  ExpectEachMemberStored<Turnover>({[](Turnover& turnover) { turnover.sum = 7; }});
}

TEST(BooksRecords, OfAKindNobodyKnowsAreRefused) {
  EXPECT_FALSE(DecodeBooksRecord("").has_value());
  std::string bytes = EncodeBooksRecord(Turnover{7});
  bytes.front() = static_cast<char>(std::variant_size_v<BooksRecord>);
  EXPECT_FALSE(DecodeBooksRecord(bytes).has_value());
}

}  // namespace
}  // namespace duebook
