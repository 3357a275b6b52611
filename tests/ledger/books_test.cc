// The books against a plain map: whatever is changed, stored, dropped from memory, read again and undone in between.

#include "ledger/books.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/support/seed.h"

namespace duebook {
namespace {

constexpr auto kPayment = DocumentKind::kPayment;

// What a store would do: keeps what TakeChanges gives.
class StoredBooks {
 public:
  Books Open(size_t cached_records) {
    return Books(
        [this](std::string_view key) -> Result<std::optional<std::string>> {
          loads_++;
          if (broken_) return Error{ErrorCode::kUnavailable, "broken", ""};
          const auto found = values_.find(key);
          return found == values_.end() ? std::nullopt : std::optional<std::string>(found->second);
        },
        cached_records);
  }
  // The keys stored.
  std::vector<std::string> Store(const std::vector<BooksChange>& changes) {
    std::vector<std::string> keys;
    for (const BooksChange& change : changes) {
      keys.push_back(change.key);
      values_[change.key] = change.value;
    }
    return keys;
  }
  void Break() { broken_ = true; }
  void Spoil() {
    for (auto& [key, value] : values_) value = "\x7f";
  }
  int loads() const { return loads_; }
  const std::map<std::string, std::string, std::less<>>& values() const { return values_; }

 private:
  std::map<std::string, std::string, std::less<>> values_;
  bool broken_ = false;
  int loads_ = 0;
};

TEST(Books, HoldWhatWasCreatedOfEachKindUnderItsOwnNumber) {
  StoredBooks stored;
  Books books = stored.Open(100);
  EXPECT_EQ(books.FindDocument(kPayment, "1"), nullptr);
  books.CreateDocument<Funding>(kPayment, "1").amount = 10;
  books.CreateDocument<Invoice>(DocumentKind::kInvoice, "1").amount = 20;
  books.CreateCustomer("1").terms.push_back({Date::Min(), "net 30"});
  EXPECT_EQ(books.FindDocument(kPayment, "1")->amount, 10);
  EXPECT_EQ(books.FindDocument(DocumentKind::kInvoice, "1")->amount, 20);
  EXPECT_EQ(books.FindCustomer("1")->terms.back().text, "net 30");
  EXPECT_EQ(books.FindCustomer("2"), nullptr);
  EXPECT_EQ(books.FindDocument<Invoice>(kPayment, "1"), nullptr) << "there is one, but it is no invoice";
}

TEST(Books, ControlAndTurnoverAreThereFromTheStart) {
  StoredBooks stored;
  Books books = stored.Open(100);
  const Currency cny = *Currency::Parse("CNY");
  EXPECT_TRUE(books.control().closed_through.empty());
  EXPECT_EQ(books.turnover(cny), 0);
  books.MutableTurnover(cny).sum += 5;
  books.MutableTurnover(cny).sum += 5;
  books.MutableControl().closed_through.push_back(Date::FromDays(7));
  EXPECT_EQ(books.turnover(cny), 10);
  EXPECT_EQ(books.turnover(*Currency::Parse("USD")), 0);
  EXPECT_EQ(books.control().closed_through.size(), 1U);
}

TEST(Books, GiveEachChangedRecordOnce) {
  StoredBooks stored;
  Books books = stored.Open(100);
  books.CreateCustomer("A");
  books.CreateCustomer("B");
  books.MutableCustomer("A").terms.push_back({Date::Min(), "net 30"});
  EXPECT_EQ(stored.Store(books.TakeChanges()).size(), 2U);
  EXPECT_TRUE(books.TakeChanges().empty());
  books.FindCustomer("A");
  EXPECT_TRUE(books.TakeChanges().empty());
  books.MutableCustomer("A").terms.push_back({Date::Min(), "net 60"});
  EXPECT_EQ(stored.Store(books.TakeChanges()).size(), 1U);
  EXPECT_EQ(stored.Open(100).FindCustomer("A")->terms.back().text, "net 60");
}

// One figure for each payment, in a map.
using Amounts = std::map<std::string, Minor>;

Minor AmountIn(Books& books, const std::string& number) {
  const DocumentBase* document = books.FindDocument(kPayment, number);
  return document == nullptr ? -1 : document->amount;
}

class RandomBooks {
 public:
  RandomBooks(uint32_t seed, size_t cached_records) : random_(seed), books_(stored_.Open(cached_records)) {}

  void Step() {
    switch (random_() % 8) {
      case 0:
        if (!undoing_) Take();
        break;
      case 1:
        if (!undoing_) StartUndo();
        break;
      case 2:
        if (undoing_) EndUndo();
        break;
      default:
        Change();
    }
    const std::string number = Number();
    const auto found = amounts_.find(number);
    ASSERT_EQ(AmountIn(books_, number), found == amounts_.end() ? -1 : found->second) << number;
    ASSERT_TRUE(books_.status().ok());
  }

  void CheckAll() {
    if (undoing_) EndUndo();
    Take();
    Books fresh = stored_.Open(0);
    for (const auto& [number, amount] : amounts_) {
      ASSERT_EQ(AmountIn(books_, number), amount) << number;
      ASSERT_EQ(AmountIn(fresh, number), amount) << number;
    }
    EXPECT_EQ(stored_.values().size(), amounts_.size());
  }

 private:
  std::string Number() { return std::to_string(random_() % 60); }
  void Take() { stored_.Store(books_.TakeChanges()); }
  void Change() {
    const std::string number = Number();
    const auto amount = static_cast<Minor>(random_() % 1000);
    if (amounts_.contains(number)) {
      books_.MutableDocument<Funding>(kPayment, number).amount = amount;
    } else {
      books_.CreateDocument<Funding>(kPayment, number).amount = amount;
    }
    amounts_[number] = amount;
  }
  void StartUndo() {
    Take();
    books_.StartUndo();
    undoing_ = true;
    before_ = amounts_;
  }
  void EndUndo() {
    undoing_ = false;
    if (random_() % 2 == 0) {
      books_.StopUndo();
    } else {
      books_.Rollback();
      amounts_ = before_;
    }
  }

  std::mt19937 random_;
  StoredBooks stored_;
  Books books_;
  Amounts amounts_;
  Amounts before_;
  bool undoing_ = false;
};

TEST(Books, AgreeWithAMapHoweverFewRecordsAreKeptInMemory) {
  const uint32_t seed = TestSeed(31);
  TRACE_SEED(seed);
  for (const size_t cached_records : {0, 1, 5, 20, 1000}) {
    SCOPED_TRACE(cached_records);
    RandomBooks random(seed, cached_records);
    for (int step = 0; step < 3000 && !testing::Test::HasFatalFailure(); step++) random.Step();
    random.CheckAll();
  }
}

TEST(Books, ReadOnceWhatIsKeptInMemoryAndAgainWhatIsNot) {
  StoredBooks stored;
  {
    Books books = stored.Open(100);
    for (const char* number : {"1", "2", "3"}) books.CreateDocument<Funding>(kPayment, number);
    stored.Store(books.TakeChanges());
  }
  Books books = stored.Open(100);
  const int before = stored.loads();
  for (int i = 0; i < 5; i++) EXPECT_NE(books.FindDocument(kPayment, "1"), nullptr);
  EXPECT_EQ(stored.loads(), before + 1);

  Books forgetful = stored.Open(0);
  for (int i = 0; i < 5; i++) {
    EXPECT_NE(forgetful.FindDocument(kPayment, "1"), nullptr);
    forgetful.TakeChanges();
    forgetful.FindDocument(kPayment, "2");
    forgetful.TakeChanges();
  }
  EXPECT_GT(stored.loads(), before + 3);
}

TEST(Books, RollbackForgetsWhatWasCreatedAndRestoresWhatWasChanged) {
  StoredBooks stored;
  Books books = stored.Open(100);
  books.CreateDocument<Funding>(kPayment, "1").amount = 10;
  stored.Store(books.TakeChanges());
  books.StartUndo();
  books.MutableDocument<Funding>(kPayment, "1").amount = 11;
  books.MutableDocument<Funding>(kPayment, "1").amount = 12;
  books.CreateDocument<Funding>(kPayment, "2").amount = 20;
  books.Rollback();
  EXPECT_EQ(AmountIn(books, "1"), 10);
  EXPECT_EQ(AmountIn(books, "2"), -1);
  EXPECT_TRUE(books.TakeChanges().empty());
  books.CreateDocument<Funding>(kPayment, "2").amount = 21;
  EXPECT_EQ(stored.Store(books.TakeChanges()).size(), 1U);
  EXPECT_EQ(AmountIn(books, "2"), 21);
}

// The ledger decides by the status: an unreadable record must not pass for one that is not there.
TEST(Books, SayWhenARecordCannotBeRead) {
  StoredBooks stored;
  {
    Books books = stored.Open(100);
    books.CreateCustomer("A");
    stored.Store(books.TakeChanges());
  }
  Books damaged = stored.Open(100);
  stored.Spoil();
  EXPECT_EQ(damaged.FindCustomer("A"), nullptr);
  ASSERT_FALSE(damaged.status().ok());
  EXPECT_EQ(damaged.status().error().code, ErrorCode::kDamaged);
  EXPECT_THAT(damaged.status().error().hint, testing::HasSubstr("rebuild"));
  Books unreadable = stored.Open(100);
  stored.Break();
  EXPECT_EQ(unreadable.FindCustomer("B"), nullptr);
  ASSERT_FALSE(unreadable.status().ok());
  EXPECT_EQ(unreadable.status().error().code, ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace duebook
