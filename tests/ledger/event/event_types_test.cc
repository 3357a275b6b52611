// What the schema says of types and fields, for people: help is made of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "event_bfbs_generated.h"
#include "flatbuffers/reflection.h"
#include "ledger/event/event.h"
#include "ledger/event/field_form.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

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
  const std::set<std::string> groups = {"customer", "credit",     "papers", "order",  "receivable",
                                        "cash",     "collection", "loss",   "control"};
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

// Bodies and the tables in their lists are read, encoded, compared, exported and explained as the schema says. The head
// is not: whoever adds a field to it has to teach each of these (see where its last one, `clock`, is named), and then
// adds it here.
TEST(EventTypes, TheHeadIsClosed) {
  std::set<std::string> names;
  for (const reflection::Field* field :
       *reflection::GetSchema(schema::EventBinarySchema::data())->root_table()->fields()) {
    names.insert(field->name()->str());
  }
  EXPECT_THAT(names, UnorderedElementsAre("seq", "recorded_at", "effective_date", "currency", "imported", "id", "actor",
                                          "source", "memo", "customer", "references", "body_type", "body", "clock"))
      << "a field of the head that is not known by hand is refused as unknown, and lost by whoever copies events";
}

// The structs of the schema that fields may have, each of which is known by hand as a FieldType.
TEST(EventTypes, TheStructsAreClosed) {
  std::set<std::string> names;
  for (const reflection::Object* object : *reflection::GetSchema(schema::EventBinarySchema::data())->objects()) {
    if (object->is_struct()) names.insert(object->name()->str());
  }
  EXPECT_THAT(names, UnorderedElementsAre("duebook.schema.Date", "duebook.schema.Amount", "duebook.schema.Hash",
                                          "duebook.schema.ChosenBand"));
}

}  // namespace
}  // namespace duebook
