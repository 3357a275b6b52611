#include "tools/import/map/import_map.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>

#include "tools/import/map/map_faults.h"

namespace duebook {
namespace {

using ::testing::HasSubstr;

// The fields that every note needs, so that a case can add what it is about on line 6.
std::string NoteMap(const std::string& rest) {
  return "[[event]]\n"
         "type = 'NoteAdded'\n"
         "id = '{Id}'\n"
         "date = '{Date}'\n"
         "text = '{Text}'\n" +
         rest;
}

std::string ErrorOf(const std::string& text) {
  const auto map = ParseMap(text, "test.toml");
  if (map.ok()) return "";
  std::string all = map.error().ToString();
  for (const Error& other : map.error().others) all += "\n" + other.ToString();
  return all;
}

struct FaultCase {
  std::string map;
  const char* message;
};

void PrintTo(const FaultCase& fault, std::ostream* out) { *out << fault.message; }

std::string Times(size_t count, const std::string& text) {
  std::string all;
  for (size_t i = 0; i < count; i++) all += text;
  return all;
}

class MapFault : public ::testing::TestWithParam<FaultCase> {};

TEST_P(MapFault, IsToldWithFileAndLine) { EXPECT_THAT(ErrorOf(GetParam().map), HasSubstr(GetParam().message)); }

// The parser would end on the stack's last byte, or a row would become a thousand.
INSTANTIATE_TEST_SUITE_P(
    Size, MapFault,
    ::testing::Values(
        FaultCase{Times(50'000, "a.") + "b = 1", "test.toml:1: keys and brackets nest more than 16 deep"},
        FaultCase{"x = 1\n[" + Times(50'000, "a.") + "b]", "test.toml:2: keys and brackets nest more than"},
        FaultCase{"x = \"\"\"\n\"\"\"\n" + Times(50'000, "'a'.") + "b = 1", "test.toml:3: keys and brackets"},
        FaultCase{"a = " + Times(50'000, "["), "keys and brackets nest more than 16 deep"},
        FaultCase{"a = " + Times(50'000, "{a="), "keys and brackets nest more than 16 deep"},
        FaultCase{Times(50'000, "a.b = 1\n"), "test.toml:20001: there are more than 20000 keys"},
        FaultCase{Times(50'000, "[[event]]\n"), "there are more than 20000 keys"},
        FaultCase{Times(100'000, "# a comment\n"), "test.toml has more than 1048576 bytes"},
        FaultCase{NoteMap("memo = '" + Times(10'000, "{Text}") + "'"),
                  "test.toml:6: memo is made of 10000 columns; at most 100 are put together"}));

TEST(ImportMap, NamesAThousandColumnsAtMost) {
  std::string list;
  for (int i = 0; i < 1000; i++) list += "'{C" + std::to_string(i) + "}',";
  const auto error = [](const std::string& columns) { return ErrorOf(NoteMap("memo = { from = [" + columns + "] }")); };
  EXPECT_EQ(error(list.substr(0, list.find("'{C997}'"))), "");
  EXPECT_EQ(error(list), "test.toml:6: the map names more than 1000 columns");
}

TEST(ImportMap, DotsAndBracketsInTextsAndCommentsDoNotCount) {
  const std::string dots = Times(100, "a.[{");
  EXPECT_EQ(ErrorOf("# " + dots + "\n" + NoteMap("memo = '" + Times(100, ".[") + "'\n# " + dots)), "");
  EXPECT_EQ(ErrorOf(NoteMap("memo = \"\\\"" + Times(100, ".[") + "\"\n")), "");
  EXPECT_EQ(ErrorOf(NoteMap("memo = \"\"\"\n\\\"\"\" " + Times(100, ".[") + "\"\"\"\"\"\n")), "");
}

INSTANTIATE_TEST_SUITE_P(
    Shape, MapFault,
    ::testing::Values(FaultCase{"", "test.toml:1: the map has no event"},
                      FaultCase{"[lookup]\na = 'x'", "test.toml:2: a look-up is a table of its own"},
                      FaultCase{"[lookup.a]\nvalue = '{B}'", "test.toml:1: the look-up has no key"},
                      FaultCase{"[lookup.a]\nfile = 'b.csv'\nkey = '{A}'", "test.toml:1: the look-up has no value"},
                      FaultCase{"[lookup.a]\nfile = '../b.csv'\nkey = '{A}'\nvalue = '{B}'",
                                "test.toml:2: \"../b.csv\" is not in the folder of the file that is imported; put"},
                      FaultCase{"[lookup.a]\nfile = 'x/../../b.csv'\nkey = '{A}'\nvalue = '{B}'",
                                "is not in the folder"},
                      FaultCase{"[lookup.a]\nfile = '/etc/passwd'\nkey = '{A}'\nvalue = '{B}'", "is not in the folder"},
                      FaultCase{"[lookup.a]\nfile = '-'\nkey = '{A}'\nvalue = '{B}'", "\"-\" is not in the folder"},
                      FaultCase{"[lookup.a]\nfile = ''\nkey = '{A}'\nvalue = '{B}'", "is not in the folder"},
                      FaultCase{"[lookup.a]\nfile = '..'\nkey = '{A}'\nvalue = '{B}'", "is not in the folder"},
                      FaultCase{"[lookup.a]\nkey = '{A}'\nvalue = '{#row}'",
                                "test.toml:1: a look-up has no {#row}; it is made before rows are told apart"},
                      FaultCase{"[lookup.a]\nkey = 'x-{#row}'\nvalue = '{A}'", "test.toml:1: a look-up has no {#row}"},
                      FaultCase{"[lookup.a]\nkey = '{A}'\nvalue = '{B}'\nwhen.'#row' = 'x'", "a look-up has no {#row}"},
                      FaultCase{"[lookup.a]\nkey = '{A}'\nvalue = '{B}'\nrows = 'r'",
                                "test.toml:4: rows of a look-up are those of another file"},
                      FaultCase{"[lookup.a]\nkeys = '{A}'", "a look-up has no key \"keys\"; did you mean \"key\""},
                      FaultCase{"event = 1", "test.toml:1: write [[event]] with two brackets"},
                      FaultCase{"[event]\ntype = 'NoteAdded'", "write [[event]] with two brackets"},
                      FaultCase{"[[event]]\ntype = ", "test.toml:2: not TOML: "},
                      FaultCase{"[files]\n[[event]]", "a map has no key \"files\"; did you mean \"file\""},
                      FaultCase{"file = 1", "test.toml:1: file must be a table"},
                      FaultCase{"[file]\nseparator = ';'", "test.toml:2: [file] has no key \"separator\""},
                      FaultCase{"[file]\nrow_digest = ['A']\n[[event]]\ntype = 'NoteAdded'\nid = '{A}'\ndate = '{B}'\n"
                                "text = '{C}'",
                                "test.toml:2: row_digest is what {#row} is made of, which the map does not have"},
                      FaultCase{"[file]\nrow_digest = ['A', '#row']",
                                "test.toml:2: row_digest is what {#row} is made of; name columns"},
                      FaultCase{"[file]\ndelimiter = ';;'", "test.toml:2: delimiter must be one sign"},
                      FaultCase{"[file]\ndelimiter = 1", "test.toml:2: delimiter must be a text in quotes"},
                      FaultCase{"[file]\nskip_rows = -1", "test.toml:2: skip_rows must be a number from 0"},
                      FaultCase{"[file]\ndate = 'yyyy-mm-dd'", "test.toml:2: date \"yyyy-mm-dd\" is not a form of"},
                      FaultCase{"[file]\ndecimal = ''", "test.toml:2: decimal must be one sign"},
                      FaultCase{"[file]\nthousands = '.'", "test.toml:2: decimal and thousands are both \".\""},
                      FaultCase{"[file]\nthousands = '0'", "test.toml:2: thousands must be one sign"},
                      FaultCase{"[file]\nignore = 'x'", "test.toml:2: ignore must be a list of conditions"},
                      FaultCase{"[file]\nignore = [{}]", "test.toml:2: a condition is a table of columns"},
                      FaultCase{"[translate]\nx = 1", "test.toml:2: a translation is a table of its own"},
                      FaultCase{"[every]\ninvoice = '{X}'", "test.toml:2: [every] has no key \"invoice\""}));

INSTANTIATE_TEST_SUITE_P(
    Events, MapFault,
    ::testing::Values(
        FaultCase{"[[event]]\nid = 'x'", "test.toml:1: the event has no type"},
        FaultCase{"[[event]]\ntype = 'NoteAded'", "test.toml:2: there is no event type \"NoteAded\"; did you mean"},
        FaultCase{"[[event]]\ntype = 'NoteAdded'\nid = '{A}'\ndate = '{B}'",
                  "test.toml:1: NoteAdded needs the field text"},
        FaultCase{"[[event]]\ntype = 'NoteAdded'\ndate = '{B}'\ntext = 'x'", "NoteAdded needs the field id"},
        FaultCase{"[[event]]\ntype = 'CustomerOpened'\nid = '{A}'\ndate = '{B}'",
                  "CustomerOpened needs the field customer"},
        FaultCase{NoteMap("invoize = '{X}'"),
                  "test.toml:6: NoteAdded has no field \"invoize\"; did you mean \"invoice\""},
        FaultCase{NoteMap("seq = '{X}'"), "test.toml:6: NoteAdded has no field \"seq\""},
        FaultCase{NoteMap("once = 'yes'"), "test.toml:6: once must be true or false"},
        FaultCase{NoteMap("when = 'A'"), "test.toml:6: a condition is a table of columns"},
        FaultCase{NoteMap("when.A = { is = 'x' }"), "test.toml:6: a condition has no key \"is\""},
        FaultCase{NoteMap("when.A = { empty = 'no' }"), "test.toml:6: empty must be true or false"},
        FaultCase{NoteMap("when.A = { sign = 'minus' }"), "test.toml:6: sign must be \"negative\", \"zero\""},
        FaultCase{NoteMap("when.A = {}"), "test.toml:6: the condition asks nothing"},
        FaultCase{NoteMap("when.A = []"), "test.toml:6: A is an empty list"}));

INSTANTIATE_TEST_SUITE_P(
    Fields, MapFault,
    ::testing::Values(FaultCase{NoteMap("memo = '{A'"), "test.toml:6: memo: the braces of \"{A\" do not match"},
                      FaultCase{NoteMap("memo = 'A}'"), "the braces of \"A}\" do not match"},
                      FaultCase{NoteMap("memo = '{}'"), "the braces of \"{}\" do not match"},
                      FaultCase{NoteMap("memo = ''"), "test.toml:6: memo is empty; leave the field out"},
                      FaultCase{NoteMap("memo = 5"), "test.toml:6: memo must be a text in quotes"},
                      FaultCase{NoteMap("memo = { form = '{A}' }"), "the field memo has no key \"form\"; did you mean"},
                      FaultCase{NoteMap("memo = { format = 'D' }"), "test.toml:6: format is for dates, memo is none"},
                      FaultCase{NoteMap("memo = { sign = 'drop' }"), "test.toml:6: sign is for amounts, memo is none"},
                      FaultCase{NoteMap("memo = { translate = 'x', from = 'a' }"), "there is no [translate.x]"},
                      FaultCase{NoteMap("memo = { lookup = 'x', from = 'a' }"), "there is no [lookup.x]"},
                      FaultCase{NoteMap("memo = { otherwise = 'x', from = 'a' }"),
                                "memo has otherwise, but neither translate"},
                      FaultCase{NoteMap("memo = { earliest = ['{A}'] }"), "memo is no date: it has no earliest"},
                      FaultCase{NoteMap("memo = { from = [] }"), "test.toml:6: memo is made from an empty list"},
                      FaultCase{"[[event]]\ntype = 'NoteAdded'\ndate = { format = 'D.M.YYYY' }",
                                "test.toml:3: date needs one of from, earliest and latest"},
                      FaultCase{"[[event]]\ntype = 'NoteAdded'\ndate = { from = '{A}', latest = '{B}' }",
                                "test.toml:3: date needs one of from"},
                      FaultCase{"[[event]]\ntype = 'NoteAdded'\ndate = 'Date'",
                                "date is \"Date\", not a date YYYY-MM-DD; the column of that name is written {Date}"},
                      FaultCase{"[[event]]\ntype = 'RefundPaid'\namount = 'Amount'",
                                "test.toml:3: amount is \"Amount\", not an amount"}));

TEST(ImportMap, IsReadWithItsSettings) {
  const auto map = ParseMap(
      "[file]\ndelimiter = ';'\nskip_rows = 2\noptional = ['Memo']\n"
      "[every]\nmemo = '{Memo}'\n" +
          NoteMap("once = true\nwhen.Kind = ['A', 'B']"),
      "test.toml");
  ASSERT_TRUE(map.ok()) << map.error().ToString();
  EXPECT_EQ(map->settings.delimiter, ';');
  EXPECT_EQ(map->settings.skip_rows, 2u);
  ASSERT_EQ(map->events.size(), 1u);
  EXPECT_TRUE(map->events[0].once);
  EXPECT_EQ(map->events[0].fields.size(), 4u);  // its own three, and that of [every]
  EXPECT_FALSE(map->uses_row_digest);
}

TEST(ImportMap, NamesAColumnThatIsNotThereAndThoseThatAre) {
  const auto map = ParseMap(NoteMap(""), "test.toml");
  ASSERT_TRUE(map.ok());
  const Status missing = map->CheckColumns({"Id", "Date", "Texte", "Other"});
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().ToString(),
            "test.toml:5: the file has no column \"Text\"; did you mean \"Texte\"; its columns are: Id, Date, Texte, "
            "Other");
  EXPECT_THAT(map->CheckColumns({"Id", "Date", "Text", "Text"}).error().sentence, HasSubstr("two columns \"Text\""));
  EXPECT_TRUE(map->CheckColumns({"Id", "Date", "Text", "Other", "Other"}).ok());  // twice, but not used
}

TEST(ImportMap, TellsEachFaultInOrderOfLines) {
  EXPECT_EQ(ErrorOf("[file]\n"
                    "datte = 'DD.MM.YYYY'\n"
                    "format = 'csvv'\n"
                    "[every]\n"
                    "dates = '{Date}'\n"
                    "[lookup.names]\n"
                    "key = '{Id'\n"
                    "[lookup.other]\n"
                    "key = { from = '{Id}', lookup = 'names' }\n"
                    "value = '{Name}'\n"
                    "[[event]]\n"
                    "type = 'NoteAded'\n"
                    "[[event]]\n"
                    "type = 'NoteAdded'\n"
                    "id = { from = '{Id}', lookup = 'names' }\n"
                    "txt = '{Text}'\n"
                    "date = 'Date'\n"),
            "test.toml:2: [file] has no key \"datte\"; did you mean \"date\"\n"
            "test.toml:3: format must be \"csv\", \"jsonl\", \"json\", \"xlsx\" or \"xml\"\n"
            "test.toml:5: [every] has no key \"dates\"; did you mean \"date\"\n"
            "test.toml:6: the look-up has no value\n"
            "test.toml:7: key: the braces of \"{Id\" do not match; a column is {Name}; write {{ and }} for braces that "
            "are meant\n"
            "test.toml:12: there is no event type \"NoteAded\"; did you mean \"NoteAdded\"\n"
            "test.toml:13: NoteAdded needs the field text\n"
            "test.toml:16: NoteAdded has no field \"txt\"; did you mean \"text\"\n"
            "test.toml:17: date is \"Date\", not a date YYYY-MM-DD; the column of that name is written {Date}");
}

TEST(ImportMap, CountsFaultsThatAreTooManyToTell) {
  std::string keys;
  for (int i = 0; i < 25; i++) keys += fmt::format("key{} = 1\n", i);
  EXPECT_THAT(ErrorOf(keys + NoteMap("")), HasSubstr("\ntest.toml: 5 more faults"));
}

// Of forty faults the twenty are told that stand first, and each counts once, however often it is met.
TEST(ImportMap, TellsTwentyFaultsAndCountsTheOthersOnce) {
  MapFaults faults("test.toml");
  for (const int turn : {1, 2}) {
    for (int line = 40; line > 0; line--) faults.Add(line, "a fault", turn == 1 ? "" : "again");
  }
  faults.SetLastHint("mend them");
  const Error all = faults.Take();
  EXPECT_EQ(all.sentence, "test.toml:1: a fault");
  ASSERT_EQ(all.others.size(), 20u);
  EXPECT_EQ(all.others[18].ToString(), "test.toml:20: a fault");
  EXPECT_EQ(all.others[19].ToString(), "test.toml: 20 more faults; mend them");
}

TEST(ImportMap, ALookUpMayReadAFileInAFolderBesideTheImportedOne) {
  EXPECT_EQ(ErrorOf("[lookup.a]\nfile = 'x/b.csv'\nkey = '{A}'\nvalue = '{B}'\n" + NoteMap("")), "");
}

TEST(ImportMap, ReadsAFaultyLookupOnce) {
  std::string map = "[lookup.x0]\nkey = '{'\nvalue = '{A}'\n";
  for (int i = 1; i < 15; i++) {
    map += fmt::format(
        "[lookup.x{0}]\nkey = {{ from = '{{A}}', lookup = 'x{1}' }}\n"
        "value = {{ from = '{{A}}', lookup = 'x{1}' }}\n",
        i, i - 1);
  }
  EXPECT_EQ(ErrorOf(map + NoteMap("")),
            "test.toml:2: key: the braces of \"{\" do not match; a column is {Name}; write {{ and }} for braces that "
            "are meant");
}

TEST(ImportMap, NamesEachColumnThatIsNotThere) {
  const auto map = ParseMap(NoteMap(""), "test.toml");
  ASSERT_TRUE(map.ok());
  const Status missing = map->CheckColumns({"Id"});
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().ToString(), "test.toml:4: the file has no column \"Date\"");
  ASSERT_EQ(missing.error().others.size(), 1u);
  EXPECT_EQ(missing.error().others[0].ToString(), "test.toml:5: the file has no column \"Text\"; its columns are: Id");
}

TEST(ImportMap, DoesWithoutAnOptionalColumn) {
  const auto map = ParseMap("[file]\noptional = ['Text']\n" + NoteMap(""), "test.toml");
  ASSERT_TRUE(map.ok());
  EXPECT_TRUE(map->CheckColumns({"Id", "Date"}).ok());
}

TEST(ImportMap, FileThatCannotBeReadIsNamed) {
  const std::string missing = ::testing::TempDir() + "no_such_map.toml";
  EXPECT_EQ(LoadMap(missing).error().code, ErrorCode::kNotFound);
  EXPECT_THAT(LoadMap(missing).error().sentence, HasSubstr(missing));
  EXPECT_FALSE(LoadMap(::testing::TempDir()).ok());
}

}  // namespace
}  // namespace duebook
