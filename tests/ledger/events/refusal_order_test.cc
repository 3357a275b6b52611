// Of several reasons to refuse a command, the ledger gives the first in the order of RejectionCode. Each base is a
// command that would be recorded, with faults that each make it one that is refused; each fault is tried alone, and
// each two of them together.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/ledger/events/refusal_order_cases.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

Fields Changed(Fields fields, const Fields& changes) {
  for (const auto& [name, value] : changes) fields[name] = value;
  return fields;
}

MadeCommand Make(const std::string& type, const Fields& fields) {
  Record record;
  record.fields.emplace_back("type", CellValue(type));
  for (const auto& [name, value] : fields) {
    if (!value.empty()) record.fields.emplace_back(name, CellValue(value));
  }
  record.source = "test.csv:2";
  return MakeCommand(record, {});
}

class RefusalOrder : public testing::Test {
 protected:
  RefusalOrder() : ledger_(folder_.Open()) {
    for (const auto& [type, fields] : kStory) {
      EXPECT_EQ(Record(type, Usual(type, "2025-01-15", fields)), "") << type << " " << fields.at("id");
    }
  }

  static Fields Usual(const std::string& type, const std::string& date, const Fields& fields) {
    Fields usual{{"id", "new"}, {"date", date}, {"actor", "ann"}};
    if (FindEventType(type)->customer != CustomerUse::kNone) usual["customer"] = "A";
    return Changed(std::move(usual), fields);
  }

  // The code of the refusal; "" if it was recorded.
  std::string Record(const std::string& type, const Fields& fields) {
    const auto outcome = ledger_->Record(Make(type, fields));
    CHECK(outcome.ok());
    const auto* rejection = std::get_if<Rejection>(&*outcome);
    return rejection == nullptr ? "" : std::string(CodeName(rejection->code));
  }

  bool WouldBeRecorded(const std::string& type, const Fields& fields) {
    auto made = Make(type, fields);
    auto transaction = ledger_->Begin();
    CHECK(transaction.ok() && std::holds_alternative<Command>(made));
    const auto outcome = transaction->Stage(std::move(made));
    return outcome.ok() && std::holds_alternative<Recorded>(*outcome);
  }

  LedgerFolder folder_;
  std::unique_ptr<Ledger> ledger_;
};

bool ChangeTheSame(const Fault& one, const Fault& other) {
  return std::any_of(one.changes.begin(), one.changes.end(),
                     [&](const auto& change) { return other.changes.contains(change.first); });
}

TEST_F(RefusalOrder, OfTwoReasonsTheFirstIsGiven) {
  std::set<RejectionCode> seen;
  for (const Base& base : kBases) {
    const Fields right = Usual(base.type, "2025-06-20", base.fields);
    EXPECT_TRUE(WouldBeRecorded(base.type, right)) << base.type;
    for (const Fault& one : base.faults) {
      seen.insert(one.code);
      const Fields wrong = Changed(right, one.changes);
      EXPECT_EQ(Record(base.type, wrong), CodeName(one.code)) << base.type;
      for (const Fault& other : base.faults) {
        if (ChangeTheSame(one, other)) continue;
        const std::string code = Record(base.type, Changed(wrong, other.changes));
        const bool are_both_of_fields = std::max(one.code, other.code) <= kUnknownCurrency;
        EXPECT_TRUE(code == CodeName(std::min(one.code, other.code)) ||
                    (are_both_of_fields && code == CodeName(std::max(one.code, other.code))))
            << base.type << ": " << CodeName(one.code) << " and " << CodeName(other.code) << ", told " << code;
      }
    }
  }
  // Those of lines that cannot be read, of ids, and of keys have tests of their own.
  const std::set<RejectionCode> elsewhere{kBadJson,    kBadCsv,      kBadUtf8,     kTooLong,
                                          kIdConflict, kUnknownType, kBadSignature};
  for (const RejectionCode code : AllRejectionCodes()) {
    EXPECT_NE(seen.contains(code), elsewhere.contains(code)) << CodeName(code);
  }
}

}  // namespace
}  // namespace duebook
