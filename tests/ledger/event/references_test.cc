// Reading what an event refers to by name.

#include <gtest/gtest.h>

#include "tests/support/random_records.h"
#include "tests/support/seed.h"

namespace duebook {
namespace {

// Makes an event of the record whose references are 100, 101, 102, ...
Command Numbered(const Record& record) {
  auto command = std::get<Command>(MakeCommand(record, CnyContext()));
  for (size_t i = 0; i < command.event().reference_count(); i++) command.SetReference(i, 100 + i);
  return command;
}

TEST(ReferencesTest, AreFoundByTheFieldsThatTheEventHas) {
  Record record = ApplicationRecord();
  const Command by_payment = Numbered(record);
  EXPECT_EQ(by_payment.event().Referred("customer"), 100U);
  EXPECT_EQ(by_payment.event().Referred("payment"), 101U);
  EXPECT_EQ(by_payment.event().Referred("credit_note"), 0U);
  EXPECT_EQ(by_payment.event().Referred("invoice"), 102U);
  for (RawMember& field : record.fields) {
    if (field.name == "payment") field.name = "credit_note";
  }
  const Command by_credit_note = Numbered(record);
  EXPECT_EQ(by_credit_note.event().Referred("payment"), 0U);
  EXPECT_EQ(by_credit_note.event().Referred("credit_note"), 101U);
}

TEST(ReferencesTest, ParentsStandBehindTheirDocument) {
  const Command command = Numbered(CellsRecord({{"type", "ApplicationReversed"},
                                                {"id", "r-1"},
                                                {"date", "2025-03-01"},
                                                {"customer", "C-1"},
                                                {"application", "a-1"}}));
  EXPECT_EQ(command.event().Referred("application"), 101U);
  EXPECT_EQ(command.event().Referred("application.invoice"), 102U);
  EXPECT_EQ(command.event().Referred("application.funding"), 103U);
  const Command note = Numbered(CellsRecord({{"type", "NoteAdded"},
                                             {"id", "n-1"},
                                             {"date", "2025-03-01"},
                                             {"text", "x"},
                                             {"dispute", "D-1"},
                                             {"write_off", "W-1"}}));
  EXPECT_EQ(note.event().Referred("invoice"), 0U);
  EXPECT_EQ(note.event().Referred("dispute"), 101U);
  EXPECT_EQ(note.event().Referred("dispute.invoice"), 102U);
  EXPECT_EQ(note.event().Referred("write_off"), 103U);
  EXPECT_EQ(note.event().Referred("write_off.invoice"), 104U);
}

TEST(ReferencesTest, AListHasOneEach) {
  Record record = InvoiceRecord();
  EXPECT_TRUE(Numbered(record).event().AllReferred("shipments").empty());
  record.fields.emplace_back("shipments", CellValue("S-1;S-2"));
  EXPECT_EQ(Numbered(record).event().AllReferred("shipments"), std::vector<uint64_t>({101, 102}));
  EXPECT_EQ(Numbered(ApplicationRecord()).event().AllReferred("invoice"), std::vector<uint64_t>({102}));
}

// Whatever the type and its fields: every reference but the parents is that of one document, in order.
TEST(ReferencesTest, OfAllTypesAreFoundInTheOrderOfTheFields) {
  const uint32_t seed = TestSeed(7);
  TRACE_SEED(seed);
  RandomRecords records(seed);
  for (const EventTypeInfo& info : AllEventTypes()) {
    SCOPED_TRACE(info.name);
    for (int i = 0; i < 20; i++) {
      const Command command = Numbered(records.Make(info));
      uint64_t next = 101;
      for (const FieldInfo& field : info.fields) {
        if (field.names == DocumentKind::kNone) continue;
        for (const uint64_t seq : command.event().AllReferred(field.name)) {
          EXPECT_EQ(seq, next++) << field.name;
          for (const std::string_view parent : ParentNames(field.names)) {
            if (field.type == FieldType::kTextList) continue;
            EXPECT_EQ(command.event().Referred(field.name + "." + std::string(parent)), next++) << field.name;
          }
        }
      }
      EXPECT_EQ(next, 100 + command.event().reference_count());
    }
  }
}

TEST(ReferencesDeathTest, NoneIsAskedForThatTheTypeLacks) {
  const Command command = Numbered(ApplicationRecord());
  EXPECT_DEATH(command.event().Referred("shipment"), "");
  const Command invoice = Numbered(InvoiceRecord());
  EXPECT_DEATH(invoice.event().Referred("shipments"), "");
}

}  // namespace
}  // namespace duebook
