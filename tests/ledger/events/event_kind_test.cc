// What the file of an event type must say, by what the schema says of the type.

#include "ledger/events/event_kind.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace duebook {
namespace {

// A type that EventReversed may name, and that has an effect, says how that is taken back; no other does.
TEST(EventKinds, SayHowTheyAreUndoneIfTheyCanBe) {
  for (const EventTypeInfo& info : AllEventTypes()) {
    const EventKind& kind = KindOf(info.type);
    const bool can_be = info.introduces_by_event_id == DocumentKind::kEvent;
    EXPECT_EQ(kind.undo.evolve != nullptr, can_be && kind.evolve != nullptr)
        << info.name << ": EventKind::undo, introduces_by_event_id";
    for (const std::string_view name : kind.undo.changes) {
      const FieldInfo* field = info.FindField(name);
      EXPECT_TRUE(name.empty() || (can_be && field != nullptr && field->names != DocumentKind::kNone))
          << info.name << ": Undo::changes " << name;
    }
  }
}

// A type whose events are loaded with customers or always changes what these are.
TEST(EventKinds, ThoseThatAreLoadedApartChangeTheBooks) {
  for (const EventTypeInfo& info : AllEventTypes()) {
    const EventKind& kind = KindOf(info.type);
    if (kind.loaded != LoadedWith::kDocument) EXPECT_NE(kind.evolve, nullptr) << info.name;
  }
}

// A request is weighed by whoever approves it, and what comes in for a loss is no longer owed by anybody.
TEST(EventKinds, ThoseOfACustomerWithAnAmountMoveFigures) {
  const std::set<std::string_view> move_none{"WriteOffRequested", "RecoveryReceived"};
  for (const EventTypeInfo& info : AllEventTypes()) {
    const bool has_amount = std::any_of(info.fields.begin(), info.fields.end(),
                                        [](const FieldInfo& field) { return field.type == FieldType::kAmount; });
    if (!has_amount || info.customer == CustomerUse::kNone) continue;
    EXPECT_EQ(KindOf(info.type).moves == nullptr, move_none.contains(info.name)) << info.name << ": EventKind::moves";
  }
}

TEST(EventKinds, HaveWordsAndSentencesInEachLanguage) {
  for (const EventTypeInfo& info : AllEventTypes()) {
    const EventKind& kind = KindOf(info.type);
    EXPECT_FALSE(kind.chinese.empty() || kind.sentence.empty() || kind.chinese_sentence.empty()) << info.name;
  }
}

}  // namespace
}  // namespace duebook
