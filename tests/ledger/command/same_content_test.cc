#include <gtest/gtest.h>

#include "tests/support/records.h"

namespace duebook {
namespace {

TEST(SameContentTest, TellsARetryFromAConflict) {
  const Record record = With(With(PaymentRecord(), "actor", CellValue("alice")), "memo", CellValue("m"));
  Command stored = Accepted(record);
  stored.SetSequence(9, Time{5});
  struct Case {
    std::string_view field;
    std::string_view value;  // empty: left out
    bool same;
  };
  const Case cases[] = {
      {"actor", "", false},          {"actor", "bob", false},    {"memo", "", false},
      {"memo", "n", false},          {"currency", "CNY", true},  {"currency", "USD", false},
      {"date", "2025-03-02", false}, {"customer", "C-2", false}, {"payment", "RCV-8", false},
      {"amount", "1200.51", false},  {"amount", "1200.5", true}, {"method", "cash", false},
  };
  EXPECT_TRUE(SameContent(Accepted(record), stored.event()));
  for (const Case& each : cases) {
    const Record retry =
        each.value.empty() ? Without(record, each.field) : With(record, each.field, CellValue(each.value));
    EXPECT_EQ(SameContent(Accepted(retry), stored.event()), each.same) << each.field << " = " << each.value;
  }
  CommandContext imported = CnyContext();
  imported.as_imported = true;
  EXPECT_FALSE(SameContent(Accepted(record, imported), stored.event()));
}

TEST(SameContentTest, LooksPastWhatTheLedgerFilledIn) {
  Command stored = Accepted(ApplicationRecord());
  EXPECT_FALSE(stored.SetCurrency(*Currency::Parse("USD")).has_value());
  stored.SetCustomer("C-9");
  EXPECT_TRUE(SameContent(Accepted(ApplicationRecord()), stored.event()));
  EXPECT_TRUE(SameContent(Accepted(With(ApplicationRecord(), "customer", CellValue("C-9"))), stored.event()));
  EXPECT_FALSE(SameContent(Accepted(With(ApplicationRecord(), "customer", CellValue("C-8"))), stored.event()));
  EXPECT_FALSE(SameContent(Accepted(With(ApplicationRecord(), "amount", CellValue("100.51"))), stored.event()));
  EXPECT_FALSE(SameContent(Accepted(With(ApplicationRecord(), "amount", CellValue("100.505"))), stored.event()));

  const Record invoice = InvoiceRecord();
  Command with_due = Accepted(invoice);
  with_due.Set("due", *Date::Parse("2025-03-31"));
  EXPECT_TRUE(SameContent(Accepted(invoice), with_due.event()));
  EXPECT_TRUE(SameContent(Accepted(With(invoice, "due", CellValue("2025-03-31"))), with_due.event()));
  EXPECT_FALSE(SameContent(Accepted(With(invoice, "due", CellValue("2025-04-01"))), with_due.event()));
}

}  // namespace
}  // namespace duebook
