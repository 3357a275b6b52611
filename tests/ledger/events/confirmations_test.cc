#include "ledger/events/confirmations.h"

#include <gtest/gtest.h>

#include "ledger/events/general.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

Date Day(std::string_view text) { return Date::Parse(text).value(); }

class ConfirmationsTest : public testing::Test {
 protected:
  // Fields without a text are left out.
  void Fold(FieldTexts fields) {
    Record record = CellsRecord(fields);
    std::erase_if(record.fields, [](const RawMember& field) { return field.value.text.empty(); });
    Command command = Accepted(record);
    Admitted admitted;
    const auto refused = Decide(books_, identity_, &command, &admitted);
    ASSERT_TRUE(refused.ok() && !refused->has_value());
    command.SetSequence(++seq_, Time{1});
    Evolve(books_, command.event());
  }
  void Confirm(std::string_view number, std::string_view date, std::string_view order, std::string_view until) {
    Fold({{"type", "PriceConfirmed"},
          {"id", number},
          {"date", date},
          {"customer", "C"},
          {"confirmation", number},
          {"order", order},
          {"valid_until", until}});
  }
  std::string Holding(std::string_view order, std::string_view day) {
    const auto& customer = books_.FindCustomer("C").Get<Customer>();
    return std::string(ConfirmationOf(books_, customer, order, Day(day)).text());
  }

  Books books_;
  LedgerIdentity identity_{"Acme", *Currency::Parse("CNY"), "", Time{1}};
  uint64_t seq_ = 0;
};

TEST_F(ConfirmationsTest, HoldForTheirOrderFromTheirDayToTheirLast) {
  Fold({{"type", "CustomerOpened"}, {"id", "c"}, {"date", "2025-01-01"}, {"customer", "C"}});
  Confirm("K1", "2025-01-10", "O1", "2025-01-31");
  Confirm("K2", "2025-01-20", "", "");
  EXPECT_EQ(Holding("O1", "2025-01-09"), "");
  EXPECT_EQ(Holding("O1", "2025-01-10"), "K1");
  EXPECT_EQ(Holding("O1", "2025-01-31"), "K1");
  EXPECT_EQ(Holding("O1", "2025-02-01"), "");
  EXPECT_EQ(Holding("O2", "2025-01-31"), "");
  EXPECT_EQ(Holding("", "2025-01-15"), "K1");
  EXPECT_EQ(Holding("", "2025-02-01"), "K2");
}

TEST_F(ConfirmationsTest, HoldUpToTheDayBeforeTheyAreReversed) {
  Fold({{"type", "CustomerOpened"}, {"id", "c"}, {"date", "2025-01-01"}, {"customer", "C"}});
  Confirm("K1", "2025-01-10", "O1", "");
  Fold({{"type", "EventReversed"}, {"id", "u"}, {"date", "2025-02-01"}, {"event", "K1"}, {"reason", "x"}});
  EXPECT_EQ(Holding("O1", "2025-01-31"), "K1");
  EXPECT_EQ(Holding("O1", "2025-02-01"), "");
}

}  // namespace
}  // namespace duebook
