// What the schema says of types and fields, for people: help is made of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "ledger/event/event.h"
#include "ledger/event/field_form.h"

namespace duebook {
namespace {

using testing::ElementsAre;

// One sentence on one line.
void ExpectMeaning(const std::string& meaning, const std::string& of) {
  EXPECT_GT(meaning.size(), 3u) << of;
  EXPECT_TRUE(meaning.ends_with('.')) << of << ": " << meaning;
  EXPECT_EQ(meaning.find('\n'), std::string::npos) << of;
  EXPECT_TRUE(meaning.front() >= 'A' && meaning.front() <= 'Z') << of << ": " << meaning;
}

TEST(EventTypes, EachHasAMeaningAndSoHasEachField) {
  for (const EventTypeInfo& type : AllEventTypes()) {
    ExpectMeaning(type.meaning, type.name);
    for (const FieldInfo& field : type.fields) {
      if (!field.internal) ExpectMeaning(field.meaning, type.name + "." + field.name);
    }
  }
  for (const CommonFieldInfo& field : CommonFields()) ExpectMeaning(field.meaning, std::string(field.name));
}

TEST(EventTypes, EachStandsInAGroup) {
  const std::set<std::string> groups = {"customer", "order", "receivable", "cash", "collection", "loss", "control"};
  for (const EventTypeInfo& type : AllEventTypes()) EXPECT_TRUE(groups.contains(type.group)) << type.name;
}

TEST(EventTypes, EachFieldHasAFormAndASample) {
  for (const EventTypeInfo& type : AllEventTypes()) {
    for (const FieldInfo& field : type.fields) {
      if (field.internal) continue;
      EXPECT_FALSE(FormOf(field).empty()) << type.name << "." << field.name;
      EXPECT_FALSE(SampleOf(field).empty()) << type.name << "." << field.name;
    }
  }
}

TEST(EventTypes, CommonFieldsAreThoseOfEveryRecord) {
  std::vector<std::string_view> names;
  for (const CommonFieldInfo& field : CommonFields()) names.push_back(field.name);
  EXPECT_THAT(names, ElementsAre("type", "id", "date", "actor", "memo", "customer", "currency", "imported"));
}

}  // namespace
}  // namespace duebook
