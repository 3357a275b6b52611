// What `record` tells people who do not know its types and fields.

#include "tools/commands/record_help.h"

#include "ledger/event/event.h"
#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RecordHelp : public ProgramTest {
 protected:
  RecordHelp() { MakeLedger(); }
};

TEST_F(RecordHelp, ListsEveryTypeWithItsMeaning) {
  const std::string help = Print("duebook record --help");
  for (const EventTypeInfo& type : AllEventTypes()) {
    EXPECT_THAT(help, AllOf(HasSubstr("    " + type.name + " "), HasSubstr("  " + type.meaning + "\n")));
  }
}

TEST_F(RecordHelp, ListsEveryFieldOfATypeAndWhichAreNeeded) {
  for (const EventTypeInfo& type : AllEventTypes()) {
    const std::string help = Print("duebook record " + type.name + " --help");
    EXPECT_THAT(help, StartsWith(type.name + ": " + type.meaning + "\n"));
    const size_t optional = help.find("\nMay be left out:\n");
    ASSERT_NE(optional, std::string::npos);
    for (const FieldInfo& field : type.fields) {
      const size_t place = help.find("\n  " + field.name + " ");
      if (field.internal && type.FindField(field.name) == &field) continue;
      ASSERT_NE(place, std::string::npos) << type.name << " " << field.name;
      EXPECT_NE(help.find("  " + field.meaning + "\n", place), std::string::npos) << type.name << " " << field.name;
      if (field.required) EXPECT_LT(place, optional) << type.name << " " << field.name;
    }
    EXPECT_LT(help.find("\n  date "), optional);
    EXPECT_GT(help.find("\n  memo "), optional);
  }
}

TEST_F(RecordHelp, EveryExampleIsWellFormed) {
  for (const EventTypeInfo& type : AllEventTypes()) {
    const std::string example = ExampleOf(type);
    EXPECT_THAT(Print("duebook record " + type.name + " --help"), HasSubstr("\n  " + example + "\n"));
    const ShellResult result = Run(example);
    EXPECT_THAT(result.err, Not(AnyOf(HasSubstr("missing_field"), HasSubstr("unknown_field"), HasSubstr(": bad_"),
                                      HasSubstr("too_long"))))
        << example;
    EXPECT_LE(result.status, 1) << example << "\n" << result.err;
  }
}

// What is printed behind each of these words, which begin lines, up to the end of the line.
std::vector<std::string> PrintedBehind(const std::string& help, std::string_view words) {
  std::vector<std::string> printed;
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(words)) printed.push_back(line.substr(words.size()));
  }
  return printed;
}

TEST_F(RecordHelp, EverySampleOfAListIsWellFormed) {
  const auto refused_for_its_form =
      AnyOf(HasSubstr("missing_field"), HasSubstr("unknown_field"), HasSubstr("bad_"), HasSubstr("too_long"));
  for (const EventTypeInfo& type : AllEventTypes()) {
    const std::string help = Print("duebook record " + type.name + " --help");
    const auto cells = PrintedBehind(help, "A list, on the command line or in CSV:  ");
    const auto texts = PrintedBehind(help, "  in JSON Lines:  ");
    EXPECT_EQ(cells.size(), texts.size());
    for (const std::string& cell : cells) {
      const std::string example = ExampleOf(type);  // which has lists that are needed
      const bool has_it = example.find(" " + cell.substr(0, cell.find('=') + 1)) != std::string::npos;
      const ShellResult result = Run(has_it ? example : example + " " + cell);
      EXPECT_THAT(result.err, Not(refused_for_its_form)) << type.name << " " << cell;
    }
    for (const std::string& text : texts) {
      Write("sample.jsonl", "{\"type\":\"" + type.name + "\",\"id\":\"sample\"," + text + "}\n");
      const ShellResult result = Run("duebook import sample.jsonl");
      EXPECT_THAT(result.err, Not(AnyOf(HasSubstr("unknown_field"), HasSubstr("bad_"), HasSubstr("too_long"))))
          << type.name << " " << text;
    }
  }
}

TEST_F(RecordHelp, FieldsThatTheLedgerFillsAreNotShown) {
  for (const EventTypeInfo& type : AllEventTypes()) {
    const std::string help = Print("duebook record " + type.name + " --help");
    for (const FieldInfo& field : type.fields) {
      if (field.internal) EXPECT_THAT(help, Not(HasSubstr(" " + field.name + "='"))) << type.name << " " << field.name;
    }
  }
}

TEST_F(RecordHelp, UnknownTypesGetTheNearestNames) {
  const ShellResult refused = Run("duebook record payment date=2025-01-01");
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(refused.err,
            "duebook: type: unknown_type: there is no event type \"payment\"; did you mean \"PaymentReceived\", "
            "\"PaymentApplied\" or \"PaymentReversed\"\n");
  EXPECT_THAT(Run("duebook record xyzzy date=2025-01-01").err,
              HasSubstr("no event type \"xyzzy\"; `duebook record --help` lists them all\n"));
  const ShellResult help = Run("duebook record payment --help");
  EXPECT_EQ(help.status, 2);
  EXPECT_EQ(help.out, "");
  EXPECT_THAT(help.err, StartsWith("duebook: there is no event type \"payment\"; did you mean \"PaymentReceived\", "));
}

TEST_F(RecordHelp, ACustomerThatADocumentTellsIsNotMissing) {
  EXPECT_THAT(Run("duebook record PaymentApplied").err,
              HasSubstr(": date, invoice, amount and payment or credit_note are missing\n"));
  EXPECT_THAT(Run("duebook record RefundPaid date=2025-01-01 refund=R-1 amount=1").err,
              HasSubstr(": payment or credit_note is missing\n"));
  EXPECT_THAT(Run("duebook record InvoiceIssued date=2025-01-01 invoice=I-1 amount=1").err,
              HasSubstr(": customer (or a document that tells it) is missing\n"));
}

TEST_F(RecordHelp, ACustomerIsToBeOpenedFirstByTheCommandThatIsTold) {
  const std::string record =
      "duebook record InvoiceIssued id=i date=2025-03-01 customer=\"Smith's\" invoice=I amount=5";
  const ShellResult refused = Run(record);
  EXPECT_EQ(refused.status, 1);
  constexpr std::string_view kFirst = "open the customer first:  ";
  const size_t command = refused.err.find(kFirst);
  ASSERT_NE(command, std::string::npos) << refused.err;
  Print(refused.err.substr(command + kFirst.size()));
  Print(record);
}

}  // namespace
}  // namespace duebook
