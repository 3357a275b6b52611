// Documents on which very much happens. Deciding and folding an event must not look at all that came before it: each of
// these would take minutes then.

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "ledger/events/general.h"
#include "tests/support/records.h"

namespace duebook {
namespace {

constexpr int kMany = 100'000;

std::string DayText(int day) { return Date::FromDays(day).ToString(); }

// Books that are in memory alone, and what is recorded in them.
class BooksInMemory {
 public:
  using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // How many events it made.
  size_t Record(Fields fields, bool imported = false) {
    duebook::Record record = CellsRecord(fields);
    const std::string id = fmt::format("e{}", seq_ + 1);
    record.fields.emplace_back("id", CellValue(id));
    auto made = MakeCommand(record, {*Currency::Parse("CNY"), "clerk", imported});
    CHECK(std::holds_alternative<Command>(made));
    auto& command = std::get<Command>(made);
    Admitted admitted;
    const auto refused = Decide(books, ledger_, &command, &admitted);
    CHECK(refused.ok());
    if (refused->has_value()) {
      ADD_FAILURE() << CodeName((*refused)->code) << ": " << (*refused)->sentence;
      return 0;
    }
    std::vector<Command> events = std::move(admitted.preceding);
    events.push_back(std::move(command));
    for (Command& each : events) {
      each.SetSequence(++seq_, Time{1});
      const std::string bytes = each.TakeBytes();
      Evolve(books, EventView(bytes));
    }
    EXPECT_TRUE(books.status().ok());
    return events.size();
  }

  // A customer with an invoice and a payment.
  void Begin() {
    Record({{"type", "CustomerOpened"}, {"date", "1700-01-01"}, {"customer", "C"}, {"name", "Chen"}});
    Record({{"type", "InvoiceIssued"},
            {"date", "1700-01-01"},
            {"customer", "C"},
            {"invoice", "I"},
            {"amount", "1000000"}});
    Record({{"type", "PaymentReceived"},
            {"date", "1700-01-01"},
            {"customer", "C"},
            {"payment", "P"},
            {"amount", "1000000"}});
  }
  Sum Unapplied(int day) {
    return books.FindDocument(DocumentKind::kPayment, "P").As<Funding>()->unapplied.At(Date::FromDays(day));
  }

  Books books;

 private:
  const LedgerIdentity ledger_{"Acme", *Currency::Parse("CNY"), "", Time{1}};
  uint64_t seq_ = 0;
};

TEST(ManyMovements, ApplicationsInDescendingOrderOfDate) {
  BooksInMemory ledger;
  ledger.Begin();
  for (int i = 0; i < kMany; i++) {
    ledger.Record({{"type", "PaymentApplied"},
                   {"date", DayText(10'000 - i)},
                   {"payment", "P"},
                   {"invoice", "I"},
                   {"amount", "1"}});
  }
  EXPECT_EQ(ledger.Unapplied(10'000), 100 * (1'000'000 - kMany));
  EXPECT_EQ(ledger.Unapplied(10'000 - kMany), 100 * 1'000'000);
  EXPECT_EQ(ledger.Unapplied(10'000 - kMany + 1), 100 * (1'000'000 - 1));
}

TEST(ManyMovements, ReversalOfAPaymentWithManyApplications) {
  BooksInMemory ledger;
  ledger.Begin();
  for (int i = 0; i < kMany; i++) {
    ledger.Record(
        {{"type", "PaymentApplied"}, {"date", "2024-01-01"}, {"payment", "P"}, {"invoice", "I"}, {"amount", "1"}});
  }
  EXPECT_EQ(
      ledger.Record({{"type", "ApplicationReversed"}, {"date", "2024-01-02"}, {"application", "e4"}, {"reason", "x"}}),
      1U);
  EXPECT_EQ(
      ledger.Record({{"type", "PaymentReversed"}, {"date", "2024-01-03"}, {"payment", "P"}, {"reason", "bounced"}}),
      size_t{kMany});
  EXPECT_TRUE(
      ledger.books.FindDocument(DocumentKind::kApplication, fmt::format("e{}", kMany + 3)).As<Application>()->reversed);
}

TEST(ManyMovements, WriteOffsOfOneCustomerUnderAPolicy) {
  BooksInMemory ledger;
  ledger.Begin();
  ledger.Record(
      {{"type", "WriteOffPolicySet"}, {"date", "1700-01-01"}, {"bands", "600.00 1 boss;- 2 boss"}, {"actor", "adm"}});
  for (int i = 0; i < kMany; i++) {
    const std::string number = fmt::format("W{}", i);
    ledger.Record({{"type", "WriteOffRequested"},
                   {"date", "2024-01-01"},
                   {"write_off", number},
                   {"invoice", "I"},
                   {"amount", "0.01"},
                   {"reason", "x"},
                   {"actor", "ann"}});
    if (i % 2 == 1)
      ledger.Record({{"type", "WriteOffRejected"}, {"date", "2024-01-02"}, {"write_off", number}, {"reason", "no"}});
  }
  // Half of them were rejected, so that they add up to less than the first band's end.
  const auto& last = *ledger.books.FindDocument(DocumentKind::kWriteOff, fmt::format("W{}", kMany - 1)).As<WriteOff>();
  EXPECT_EQ(last.added_up, kMany / 2 + 1);
  EXPECT_EQ(last.band.approvals, 1);
}

TEST(ManyMovements, ApprovalsOfOneWriteOffFromAnotherSystem) {
  BooksInMemory ledger;
  ledger.Begin();
  ledger.Record({{"type", "WriteOffRequested"},
                 {"date", "2024-01-01"},
                 {"write_off", "W"},
                 {"invoice", "I"},
                 {"amount", "1"},
                 {"reason", "x"},
                 {"actor", "ann"}});
  for (int i = 0; i < kMany; i++) {
    ledger.Record(
        {{"type", "WriteOffApproved"}, {"date", "2024-01-02"}, {"write_off", "W"}, {"actor", fmt::format("b{}", i)}},
        true);
  }
  EXPECT_EQ(ledger.books.FindDocument(DocumentKind::kWriteOff, "W").As<WriteOff>()->approvals.size(), size_t{kMany});
}

}  // namespace
}  // namespace duebook
