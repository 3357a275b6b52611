// The books against a plain map: whatever is changed and undone in between.

#include "ledger/books/books.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/support/seed.h"

namespace duebook {
namespace {

constexpr auto kPayment = DocumentKind::kPayment;

TEST(Books, HoldWhatWasCreatedOfEachKindUnderItsOwnNumber) {
  Books books;
  EXPECT_FALSE(books.FindDocument(kPayment, "1"));
  books.CreateDocument<Funding>(kPayment, "1").amount = 10;
  books.CreateDocument<Invoice>(DocumentKind::kInvoice, "1").amount = 20;
  books.CreateCustomer("1").terms.push_back({Date::Min(), "net 30"});
  EXPECT_EQ(books.FindDocument(kPayment, "1").document()->amount, 10);
  EXPECT_EQ(books.FindDocument(DocumentKind::kInvoice, "1").document()->amount, 20);
  EXPECT_EQ(books.FindCustomer("1").As<Customer>()->terms.back().text, "net 30");
  EXPECT_FALSE(books.FindCustomer("2"));
  EXPECT_EQ(books.FindDocument(kPayment, "1").As<Invoice>(), nullptr) << "there is one, but it is no invoice";
}

TEST(Books, ControlIsThereFromTheStart) {
  Books books;
  EXPECT_TRUE(books.control().closed_through.empty());
  books.MutableControl().closed_through.push_back(Date::FromDays(7));
  EXPECT_EQ(books.control().closed_through.size(), 1U);
}

TEST(Books, SayWhenAnEventDoesNotFollow) {
  Books books;
  books.CreateCustomer("A");
  EXPECT_TRUE(books.status().ok());
  books.CreateCustomer("A");
  EXPECT_EQ(books.status().error().code, ErrorCode::kDamaged);
  Books others;
  others.MutableDocument<Invoice>(DocumentKind::kInvoice, "never");
  EXPECT_EQ(others.status().error().code, ErrorCode::kDamaged);
}

// One figure for each payment, in a map.
using Amounts = std::map<std::string, Minor>;

Minor AmountIn(Books& books, const std::string& number) {
  const DocumentBase* document = books.FindDocument(kPayment, number).document();
  return document == nullptr ? -1 : document->amount;
}

TEST(Books, AgreeWithAMapWhateverIsUndone) {
  const uint32_t seed = TestSeed(31);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  Books books;
  Amounts amounts, before;
  bool undoing = false;
  for (int step = 0; step < 15'000; step++) {
    const std::string number = std::to_string(random() % 60);
    const auto amount = static_cast<Minor>(random() % 1000);
    if (const uint32_t what = random() % 8; what == 0 && !undoing) {
      books.StartUndo();
      before = amounts;
      undoing = true;
    } else if (what == 1 && undoing) {
      undoing = false;
      if (random() % 2 == 0) {
        books.StopUndo();
      } else {
        books.Rollback();
        amounts = before;
      }
    } else if (amounts.contains(number)) {
      amounts[number] = books.MutableDocument<Funding>(kPayment, number).amount = amount;
    } else {
      amounts[number] = books.CreateDocument<Funding>(kPayment, number).amount = amount;
    }
    const auto found = amounts.find(number);
    ASSERT_EQ(AmountIn(books, number), found == amounts.end() ? -1 : found->second) << number;
    ASSERT_TRUE(books.status().ok());
  }
  for (const auto& [number, amount] : amounts) EXPECT_EQ(AmountIn(books, number), amount) << number;
}

TEST(Books, RollbackForgetsWhatWasCreatedAndRestoresWhatWasChanged) {
  Books books;
  books.CreateDocument<Funding>(kPayment, "1").amount = 10;
  books.StartUndo();
  books.MutableDocument<Funding>(kPayment, "1").amount = 11;
  books.MutableDocument<Funding>(kPayment, "1").amount = 12;
  books.CreateDocument<Funding>(kPayment, "2").amount = 20;
  books.Rollback();
  EXPECT_EQ(AmountIn(books, "1"), 10);
  EXPECT_EQ(AmountIn(books, "2"), -1);
  books.CreateDocument<Funding>(kPayment, "2").amount = 21;
  EXPECT_EQ(AmountIn(books, "2"), 21);
}

// Enough for several blocks of entries, and for tables that grow: also with what was read meanwhile.
TEST(Books, AdoptWhatTheyHaveNotWhileChangesCanBeUndone) {
  Books books;
  const auto number = [](int i) { return std::to_string(i); };
  for (int i = 0; i < 300; i += 2) books.CreateDocument<Funding>(kPayment, number(i)).amount = i;
  books.StartUndo();
  for (int i = 0; i < 300; i += 4) books.MutableDocument<Funding>(kPayment, number(i)).amount = 1000;
  for (int i = 1000; i < 1200; i++) books.CreateDocument<Funding>(kPayment, number(i)).amount = 1000;
  Books read;
  for (int i = 0; i < 300; i++) read.CreateDocument<Funding>(kPayment, number(i)).amount = i;
  books.Adopt(std::move(read));
  EXPECT_EQ(AmountIn(books, "4"), 1000) << "what is here stays";
  books.Rollback();
  for (int i = 0; i < 300; i++) EXPECT_EQ(AmountIn(books, number(i)), i);
  for (int i = 1000; i < 1200; i++) EXPECT_EQ(AmountIn(books, number(i)), -1);
  for (int i = 1000; i < 1400; i++) books.CreateDocument<Funding>(kPayment, number(i)).amount = i;
  for (int i = 1000; i < 1400; i++) EXPECT_EQ(AmountIn(books, number(i)), i);
  EXPECT_TRUE(books.status().ok());
}

}  // namespace
}  // namespace duebook
