// Maps over JSON Lines, and dates that could be read in two ways.

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kMap = R"(
[file]
format = "jsonl"
decimal = ","
optional = ["note"]
ignore = [{ kind = "total" }]

[every]
customer = "{buyer.id}"
date = "{date}"

[[event]]
type = "CustomerOpened"
once = true
id = "c-{buyer.id}"
name = "{buyer.name}"

[[event]]
type = "InvoiceIssued"
when = { kind = "invoice", total = { sign = "positive" } }
id = "i-{number}"
invoice = "{number}"
amount = "{total}"
memo = "{note}"

[[event]]
type = "CreditNoteIssued"
when = { kind = "invoice", total = { sign = "negative" } }
id = "i-{number}"
credit_note = "{number}"
amount = { from = "{total}", sign = "turn" }
)";

class JsonMap : public ProgramTest {
 protected:
  JsonMap() {
    MakeLedger();
    Write("map.toml", kMap);
  }
  ShellResult Import(const std::string& rows, const std::string& options = "") {
    Write("rows.jsonl", rows);
    return Run("duebook import --map map.toml " + options + " rows.jsonl");
  }
};

TEST_F(JsonMap, AListIsToldToBeOne) {
  for (const std::string buyer : {R"("buyer":[{"id":"C1","name":"x"}])", R"("buyer":{"id":["C1"],"name":"x"})"}) {
    const ShellResult result =
        Import(R"({"kind":"invoice","number":7,"date":"2025-02-01","total":"1","note":"x",)" + buyer + "}\n" +
               R"({"kind":"total","date":"2025-02-01","total":"1","number":1})" + "\n");
    EXPECT_THAT(result.err, HasSubstr("rows.jsonl:1: buyer"));
    EXPECT_THAT(result.err, HasSubstr(" is a list of 1; a map takes single values, such as buyer"));
  }
}

TEST_F(JsonMap, TakesAnItemOfAListByItsNumber) {
  Write("map.toml", R"(
[[event]]
type = "NoteAdded"
id = "{id}"
date = "{days[1]}"
customer = "{parties[2].ids[1].no}"
text = "{days[1]} {days[2]}"
)");
  Import(R"({"id":"n1","days":["2025-02-01","2025-02-02"],"parties":[{"ids":7},{"ids":[{"no":"C-1"},{"no":"C-2"}]}]}
{"id":"n2","days":"2025-02-03","parties":[{},{"ids":{"no":"C-2"}}]}
)");
  const ShellResult preview = Run("duebook import --map map.toml --preview 2 rows.jsonl");
  EXPECT_THAT(preview.out, HasSubstr("NoteAdded id=n1 date=2025-02-01 customer=C-1 text='2025-02-01 2025-02-02'"));
  EXPECT_THAT(preview.out, HasSubstr("NoteAdded id=n2 date=2025-02-03 customer=C-2 text='2025-02-03 '"))
      << "what is no list is its only item";
}

TEST_F(JsonMap, TakesKeysOfObjectsInObjectsAndNumbersAsWritten) {
  const std::string rows =
      R"({"kind":"invoice","number":7,"date":"2025-02-01","total":"1250,50","buyer":{"id":"C1","name":"Müller"},"note":null}
{"kind":"invoice","number":8,"date":"2025-01-01","total":"-200","buyer":{"id":"C1","name":"Müller"},"paid":true}
{"kind":"total","number":null,"date":null,"total":"1050,50","buyer":{"id":"","name":""}}
)";
  EXPECT_THAT(Import(rows).out, StartsWith("3 lines read, 3 events recorded, 0 already there, 0 refused"));
  EXPECT_THAT(Print("duebook balance --format csv --effective 2025-12-31"),
              HasSubstr("C1,CNY,1250.50,0.00,0.00,0.00,0.00,1250.50,200.00,1050.50"));
  EXPECT_THAT(Import(rows).out, StartsWith("3 lines read, 0 events recorded, 3 already there, 0 refused"));
}

TEST_F(JsonMap, RejectsComeBackUnchangedAndAreImportedOnceMended) {
  const std::string good =
      R"({"kind":"invoice","number":1,"date":"2025-02-01","total":"5","buyer":{"id":"C1","name":"N"}})";
  const std::string wrong =
      R"({"kind":"invoice","number":2,"date":"2025-02-01","total":"5.00","buyer":{"id":"C1","name":"N"}})";
  const std::string broken = R"({"kind":"invoice","number":3,)";
  const std::string list =
      R"({"kind":"invoice","number":[4],"date":"2025-02-01","total":"5","buyer":{"id":"C1","name":"N"}})";
  const std::string all = good + "\n" + wrong + "\n" + broken + "\n" + list + "\n";
  EXPECT_EQ(Import(all, "--rejects refused.jsonl").status, 1);
  EXPECT_EQ(Read("refused.jsonl"), wrong + "\n" + broken + "\n" + list + "\n");
  const std::string reasons = Read("refused.jsonl.reasons.csv");
  EXPECT_THAT(reasons, HasSubstr("rows.jsonl,2,total,bad_amount,"));
  EXPECT_THAT(reasons, HasSubstr("rows.jsonl,3,,bad_json,"));
  EXPECT_THAT(reasons, HasSubstr("rows.jsonl,4,number,bad_field,\"number is a list of 1;"));
  Print("sed -i 's/5.00/5,00/; /number.:3/d; s/.4./4/' refused.jsonl");
  EXPECT_THAT(Print("duebook import --map map.toml refused.jsonl"),
              StartsWith("2 lines read, 2 events recorded, 1 already there, 0 refused"));
}

TEST_F(JsonMap, AKeyThatNoObjectHasIsAMistakeOfTheMap) {
  const ShellResult result = Import(
      R"({"kind":"total","nummer":1,"date":"2025-02-01","total":"5","currency":"CNY","buyer":{"id":"C1","nam":"N"}})");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("has the key \"buyer.name\"\n"));
  EXPECT_THAT(result.err, HasSubstr("has the key \"number\"; what may be absent is named in optional"));
  EXPECT_THAT(Print("duebook info"), testing::ContainsRegex("events +0"));
}

TEST_F(JsonMap, HasNoDelimiter) {
  Write("map.toml", "[file]\nformat = \"jsonl\"\ndelimiter = \";\"\n");
  const ShellResult result = Import("{}");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("map.toml:3: delimiter is for CSV"));
}

class TwoReadingsTest : public ProgramTest {
 protected:
  // With a customer a row.
  ShellResult Import(const std::string& file, const std::string& date) {
    MakeLedger();
    Write("map.toml", file +
                          "[[event]]\ntype = \"CustomerOpened\"\nid = \"c-{Who}\"\ncustomer = \"{Who}\"\n"
                          "name = \"{Who}\"\ndate = \"{Date}\"\n");
    Write("rows.csv", "Who,Date\nA,2024-01-01\nB," + date + "\n");
    return Run("duebook import --map map.toml rows.csv");
  }
};

TEST_F(TwoReadingsTest, StopTheImportAndAreShown) {
  const ShellResult result = Import("", "03/04/2024");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("rows.csv:3: Date is \"03/04/2024\": that is 2024-04-03 as D/M/YYYY*, and "
                                    "2024-03-04 as M/D/YYYY*"));
  EXPECT_THAT(Print("duebook info"), testing::ContainsRegex("events +0"));
}

TEST_F(TwoReadingsTest, AreNoneWhereTheMapSaysWhich) {
  Import("[file]\ndate = \"M/D/YYYY\"\n", "03/04/2024");
  EXPECT_THAT(Print("duebook events --format csv"), HasSubstr(",2024-03-04,CustomerOpened,"));
}

TEST_F(TwoReadingsTest, AreNoneWhereOnlyOneIsADate) {
  const ShellResult result = Import("", "25/04/2024");
  EXPECT_THAT(result.err, HasSubstr("rows.csv:3: Date: bad_date"));
  EXPECT_THAT(Print("duebook info"), testing::ContainsRegex("events +1"));
}

}  // namespace
}  // namespace duebook
