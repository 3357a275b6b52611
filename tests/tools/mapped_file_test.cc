#include "tools/import/map/mapped_file.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "ledger/values/hash.h"
#include "tests/support/temporary_folder.h"
#include "tools/import/rows/record_splitter.h"

namespace duebook {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Rows read by a map: each event as "LINE type=... id=...", each refused row as "LINE code column".
class Mapped {
 public:
  // `other` is what other.csv in the same folder holds.
  Mapped(const std::string& map, const std::string& csv, const std::string& other = "",
         const IsKnownId& is_known = nullptr) {
    if (!other.empty()) folder_.Write("other.csv", other);
    const auto parsed = ParseMap(map, "test.toml");
    CHECK(parsed.ok());
    auto opened = OpenRecognised(folder_.Write("rows.csv", csv), parsed->format, kCsvInput);
    CHECK(opened.ok());
    auto file = MappedFile::Read(*parsed, opened->format->open(std::move(opened->input), parsed->settings), is_known);
    if (!file.ok()) {
      error = file.error().ToString();
      return;
    }
    head = file->frame().head;
    ignored = file->ignored_rows();
    MappedEvent event;
    while (file->Next(&event)) Add(event);
  }

  std::vector<std::string> events;
  std::vector<std::string> refused;
  std::vector<std::string> refused_rows;
  std::string error;
  std::string head;
  uint64_t ignored = 0;

 private:
  void Add(const MappedEvent& event) {
    std::string text = std::to_string(event.line);
    if (event.rejection.has_value()) {
      text.append(" ").append(CodeName(event.rejection->code));
      if (!event.rejection->field.empty()) text.append(" ").append(event.rejection->field);
      refused.push_back(text);
      refused_rows.emplace_back(event.row);
      return;
    }
    for (const auto& [name, value] : event.record.fields) {
      if (name != "type") text.append(" ").append(name).append("=").append(value.text);
    }
    events.push_back(text);
  }

  TemporaryFolder folder_;
};

// One note a row, its id and its text from columns; `rest` is added to the event.
std::string NoteMap(const std::string& file, const std::string& rest) {
  return fmt::format("[file]\n{}\n[[event]]\ntype = 'NoteAdded'\nid = '{{Id}}'\ndate = '2025-01-01'\ntext = 'x'\n{}\n",
                     file, rest);
}

TEST(MappedFile, TemplatesTakeColumnsAndLiterals) {
  const Mapped mapped(NoteMap("", "invoice = 'INV-{No}/{ Year }'\nmemo = '{{{No}}}'"), "Id,No,Year\n1,7,2025\n");
  EXPECT_THAT(mapped.events, ElementsAre("2 date=2025-01-01 id=1 invoice=INV-7/2025 memo={7} text=x"));
}

TEST(MappedFile, FieldIsAbsentIfAllItsColumnsAreEmpty) {
  const Mapped mapped(NoteMap("", "invoice = 'INV-{No}'\nmemo = '{A} {No}'"), "Id,No,A\n1, ,\n2,,a\n");
  EXPECT_THAT(mapped.events, ElementsAre("2 date=2025-01-01 id=1 text=x", "3 date=2025-01-01 id=2 memo=a  text=x"));
}

TEST(MappedFile, FirstGivenOfSeveralColumnsCounts) {
  const Mapped mapped(NoteMap("", "memo = { from = ['{A}', '{B}', 'neither'] }"), "Id,A,B\n1,a,b\n2,,b\n3,,\n");
  EXPECT_THAT(mapped.events, ElementsAre(HasSubstr("memo=a"), HasSubstr("memo=b"), HasSubstr("memo=neither")));
}

// Receipts name an order; the invoices in the same list say which order they are for.
TEST(MappedFile, LooksAValueUpInOtherRowsWhereverTheyStand) {
  const std::string map =
      "[lookup.invoice_of_order]\nkey = '{Order}'\nvalue = 'INV-{No}'\nwhen.Kind = 'invoice'\n" +
      NoteMap("ignore = [{ Kind = 'invoice' }]", "invoice = { from = '{Order}', lookup = 'invoice_of_order' }");
  const Mapped mapped(map, "Id,Kind,No,Order\n1,paid,,O7\n2,invoice,7,O7\n3,invoice,8,O8\n4,paid,,O8\n5,paid,,\n");
  EXPECT_THAT(mapped.events,
              ElementsAre("2 date=2025-01-01 id=1 invoice=INV-7 text=x", "5 date=2025-01-01 id=4 invoice=INV-8 text=x",
                          "6 date=2025-01-01 id=5 text=x"));
}

TEST(MappedFile, RefusesWhatALookUpDoesNotSayOrSaysInTwoWays) {
  const std::string map =
      "[lookup.no]\nkey = '{Key}'\nvalue = '{No}'\nwhen.Id = { empty = true }\n" +
      NoteMap("ignore = [{ Id = { empty = true } }]", "invoice = { from = '{Key}', lookup = 'no' }");
  const Mapped mapped(map, "Id,Key,No\n,a,1\n,b,2\n,b,3\n,c,4\n,c,4\n1,a,\n2,b,\n3,c,\n4,d,\n");
  EXPECT_THAT(mapped.events, ElementsAre(HasSubstr("invoice=1"), HasSubstr("invoice=4")));
  EXPECT_THAT(mapped.refused, ElementsAre("8 unknown_reference Key", "10 unknown_reference Key"));
}

// Whatever else a row says would be lost without a word.
TEST(MappedFile, RefusesARowOfWhichOnlyTheCustomerIsOpened) {
  const std::string opened =
      "[[event]]\ntype = 'CustomerOpened'\nonce = true\nid = 'c-{C}'\ndate = '2025-01-01'\ncustomer = '{C}'\n";
  const std::string noted =
      "[[event]]\ntype = 'NoteAdded'\nwhen.Kind = 'note'\nid = '{Id}'\ndate = '2025-01-01'\ntext = 'x'\n"
      "customer = '{C}'\n";
  const std::string rows = "Id,C,Kind\n1,a,note\n2,a,other\n3,b,customer\n";
  EXPECT_THAT(Mapped(opened + noted, rows).refused, ElementsAre("3 bad_field", "4 bad_field"));
  EXPECT_THAT(Mapped(opened + "when.Kind = 'customer'\n" + noted, rows).refused, ElementsAre("3 bad_field"));
  EXPECT_THAT(Mapped(opened, rows).refused, IsEmpty());
}

TEST(MappedFile, LooksUpInAFileBesideIt) {
  const std::string map = "[lookup.no]\nfile = 'other.csv'\nkey = '{Reference}'\nvalue = '{Number}'\n" +
                          NoteMap("", "invoice = { from = '{Key}', lookup = 'no', otherwise = 'none' }");
  const Mapped mapped(map, "Id,Key\n1,r1\n2,r2\n", "Number,Reference\nI1,r1\n");
  EXPECT_THAT(mapped.events, ElementsAre(HasSubstr("invoice=I1"), HasSubstr("invoice=none")));
  EXPECT_THAT(Mapped(map, "Id,Key\n1,r1\n").error, HasSubstr("other.csv"));
  EXPECT_THAT(Mapped(map, "Id,Key\n1,r1\n", "Number,Ref\nI1,r1\n").error, HasSubstr("Reference"));
}

TEST(MappedFile, EarliestAndLatestOfSeveralDates) {
  const std::string map =
      "[file]\ndate = 'D.M.YYYY'\n[[event]]\ntype = 'PromiseMade'\nid = '{Id}'\npromise = 'P'\namount = '1'\n"
      "date = { earliest = ['{A}', '{B}'] }\ndue = { latest = ['{A}', '{B}'] }\n";
  const Mapped mapped(map, "Id,A,B\n1,31.12.2024,1.2.2025\n2,,2.2.2025\n");
  EXPECT_THAT(mapped.events,
              ElementsAre(HasSubstr("date=2024-12-31 due=2025-02-01"), HasSubstr("date=2025-02-02 due=2025-02-02")));
}

TEST(MappedFile, TranslatesValues) {
  const std::string translations = "[translate.kind]\n'01' = 'cash'\n";
  const Mapped strict(NoteMap("", "memo = { from = '{K}', translate = 'kind' }") + translations, "Id,K\n1,01\n2,99\n");
  EXPECT_THAT(strict.events, ElementsAre(HasSubstr("memo=cash")));
  EXPECT_THAT(strict.refused, ElementsAre("3 bad_field K"));
  const Mapped lenient(NoteMap("", "memo = { from = '{K}', translate = 'kind', otherwise = 'other' }") + translations,
                       "Id,K\n1,01\n2,99\n");
  EXPECT_THAT(lenient.events, ElementsAre(HasSubstr("memo=cash"), HasSubstr("memo=other")));
}

struct ConditionCase {
  const char* condition;
  const char* ids;  // of the rows it holds for
};

void PrintTo(const ConditionCase& tried, std::ostream* out) { *out << tried.condition; }

class MapConditionTest : public ::testing::TestWithParam<ConditionCase> {};

TEST_P(MapConditionTest, ChoosesRows) {
  const std::string map = NoteMap("ignore = [{ Id = 'never' }]", fmt::format("when = {}", GetParam().condition)) +
                          "[[event]]\ntype = 'NoteAdded'\nid = 'rest'\ndate = '2025-01-01'\ntext = 'x'\nonce = true\n";
  const Mapped mapped(map, "Id,Kind,Amount\n1,A,5.00\n2,B,-5.00\n3,,0\n");
  std::string ids;
  for (const std::string& event : mapped.events) {
    if (event.find("id=rest") == std::string::npos) ids += event.substr(event.find("id=") + 3, 1);
  }
  EXPECT_EQ(ids, GetParam().ids);
  EXPECT_THAT(mapped.refused, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Table, MapConditionTest,
                         ::testing::Values(ConditionCase{"{ Kind = 'A' }", "1"},                   //
                                           ConditionCase{"{ Kind = ['A', 'B'] }", "12"},           //
                                           ConditionCase{"{ Kind = { not = 'A' } }", "23"},        //
                                           ConditionCase{"{ Kind = { not = ['A', 'B'] } }", "3"},  //
                                           ConditionCase{"{ Kind = { empty = true } }", "3"},      //
                                           ConditionCase{"{ Kind = { empty = false } }", "12"},    //
                                           ConditionCase{"{ Amount = { sign = 'positive' } }", "1"},
                                           ConditionCase{"{ Amount = { sign = 'negative' } }", "2"},
                                           ConditionCase{"{ Amount = { sign = 'zero' } }", "3"},
                                           ConditionCase{"{ Kind = 'A', Amount = { sign = 'negative' } }", ""},
                                           ConditionCase{"{ Kind = { not = 'A', empty = false } }", "2"}));

TEST(MappedFile, SignIsAskedOnlyOfRowsThatFitOtherwise) {
  const Mapped mapped(NoteMap("ignore = [{ Kind = 'total' }]", "when = { Amount = { sign = 'positive' }, Kind = 'A' }"),
                      "Id,Kind,Amount\n1,A,5.00\n2,total,\n3,A,\n");
  EXPECT_THAT(mapped.events, ElementsAre(HasSubstr("id=1")));
  EXPECT_THAT(mapped.refused, ElementsAre("4 bad_amount Amount"));
}

TEST(MappedFile, RowOfNoEventIsRefusedUnlessIgnored) {
  const Mapped mapped(NoteMap("ignore = [{ Kind = 'TOTAL' }]", "when.Kind = 'A'"), "Id,Kind\n1,A\n2,B\n3,TOTAL\n");
  EXPECT_THAT(mapped.events, ElementsAre("2 date=2025-01-01 id=1 text=x"));
  EXPECT_THAT(mapped.refused, ElementsAre("3 bad_field"));
  EXPECT_EQ(mapped.ignored, 1u);
}

const char* const kSaleMap =
    "[file]\ndate = 'YYYYMMDD'\n[every]\ncustomer = '{C}'\n"
    "[[event]]\ntype = 'CustomerOpened'\nonce = true\nid = 'c-{C}'\ndate = '{Day}'\n"
    "[[event]]\ntype = 'InvoiceIssued'\nid = 'i-{No}'\ndate = '{Day}'\ninvoice = '{No}'\namount = '{Amount}'\n"
    "[[event]]\ntype = 'PaymentReceived'\nwhen.Paid = { empty = false }\nid = 'p-{No}'\ndate = '{Paid}'\n"
    "payment = '{No}'\namount = '{Amount}'\n";

TEST(MappedFile, EventsComeByDateAndWithinADayInTheOrderOfTheMap) {
  const Mapped mapped(kSaleMap,
                      "C,No,Day,Amount,Paid\n"
                      "X,1,20250301,10.00,20250302\n"
                      "Y,2,20250101,20.00,20250301\n"
                      "X,3,20250201,30.00,\n");
  EXPECT_THAT(mapped.events, ElementsAre("3 date=2025-01-01 id=c-Y customer=Y",                         //
                                         "3 amount=20.00 date=2025-01-01 id=i-2 invoice=2 customer=Y",  //
                                         "4 date=2025-02-01 id=c-X customer=X",                         //
                                         "4 amount=30.00 date=2025-02-01 id=i-3 invoice=3 customer=X",  //
                                         "2 amount=10.00 date=2025-03-01 id=i-1 invoice=1 customer=X",  //
                                         "3 amount=20.00 date=2025-03-01 id=p-2 payment=2 customer=Y",  //
                                         "2 amount=10.00 date=2025-03-02 id=p-1 payment=1 customer=X"));
}

TEST(MappedFile, ABadValueRefusesItsRowAloneAndAsAWhole) {
  const Mapped mapped(kSaleMap,
                      "C,No,Day,Amount,Paid\n"
                      "X,1,20250101,10.00,\n"
                      "X,2,20250231,10.00,\n"      // no such day
                      "X,3,20250101,ten,\n"        // no amount
                      "X,4,20250101,10.00,soon\n"  // bad in its last event
                      "X,5,,10.00,\n"              // no date
                      "X,6,20250101\n"             // cells missing
                      "X,7,20250101,10.00,,\n"     // one too many
                      "X,\xFF,20250101,10.00,\n"   // not UTF-8
                      "\"X\"y,9,20250101,10.00,\n"
                      "X,10,20250101,10.00,\n");
  EXPECT_THAT(mapped.refused, ElementsAre("3 bad_date Day", "4 bad_amount Amount", "5 bad_date Paid",
                                          "6 missing_field Day", "7 bad_csv", "8 bad_csv", "9 bad_utf8", "10 bad_csv"));
  EXPECT_THAT(mapped.events, ElementsAre(HasSubstr("id=c-X"), HasSubstr("id=i-1 "), HasSubstr("id=i-10 ")));
  EXPECT_EQ(mapped.refused_rows[2], "X,4,20250101,10.00,soon");
}

TEST(MappedFile, RefusedRowDoesNotOpenItsCustomer) {
  const Mapped mapped(kSaleMap, "C,No,Day,Amount,Paid\nX,1,20250101,ten,\nX,2,20250201,10.00,\n");
  EXPECT_THAT(mapped.events, ElementsAre(HasSubstr("3 date=2025-02-01 id=c-X"), HasSubstr("id=i-2 ")));
}

TEST(MappedFile, RowDigestTellsAlikeRowsApartAndOutlivesAnotherRead) {
  const std::string map = NoteMap("", "") +
                          "[[event]]\ntype = 'NoteAdded'\nid = 'b-{#row}'\ndate = '2025-01-01'\n"
                          "text = 'x'\n";
  const Mapped first(map, "Id,A\n1,x\n1,x\n2,x\n");
  ASSERT_EQ(first.events.size(), 6u);
  std::string second_of_two = first.events[3];
  second_of_two.front() = '3';
  second_of_two.insert(second_of_two.find(" text"), "-2");
  EXPECT_EQ(first.events[4], second_of_two);
  EXPECT_NE(first.events[5].substr(1), first.events[3].substr(1));
  // Quotes, spaces around cells and more rows before it change nothing.
  const Mapped second(map, "Id,A\n9,y\n1,\"x\"\n 1,x \n2,x\n");
  for (size_t i = 0; i < 3; i++) EXPECT_EQ(second.events[5 + i].substr(1), first.events[3 + i].substr(1));
}

// The ids of what rows become that have no number of their own.
std::vector<std::string> DigestedIds(const std::string& head, const std::string& file,
                                     const IsKnownId& is_known = nullptr) {
  const Mapped mapped(head + "[[event]]\ntype = 'NoteAdded'\nid = '{#row}'\ndate = '{Day}'\ntext = '{What}'\n", file,
                      "", is_known);
  std::vector<std::string> ids;
  for (const std::string& event : mapped.events) {
    const size_t start = event.find("id=") + 3;
    ids.push_back(event.substr(start, event.find(' ', start) - start));
  }
  return ids;
}

TEST(MappedFile, AFileThatALookUpCollectsFromIsReadAsAWholeOrNotAtAll) {
  const std::string map = "[lookup.no]\nfile = 'other.csv'\nkey = '{K}'\nvalue = '{V}'\n" +
                          NoteMap("", "memo = { from = '{A}', lookup = 'no' }");
  EXPECT_THAT(Mapped(map, "Id,A\n1,x\n", "K,V\nx,1\ny\n\"z\"z,2\n").error,
              HasSubstr("other.csv:3: the row has 1 cells, the header 2; nothing was imported: what a look-up "
                        "collects from has to be readable as a whole"));
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "other.csv").c_str(), 0600), 0);
  const auto parsed = ParseMap(map, "test.toml");
  ASSERT_TRUE(parsed.ok());
  auto opened = OpenRecognised(folder.Write("rows.csv", "Id,A\n1,x\n"), parsed->format, kCsvInput);
  ASSERT_TRUE(opened.ok());
  const auto file = MappedFile::Read(*parsed, opened->format->open(std::move(opened->input), parsed->settings));
  ASSERT_FALSE(file.ok());
  EXPECT_THAT(file.error().sentence, HasSubstr("other.csv, from which a look-up collects, is no regular file"));
}

TEST(MappedFile, RowDigestIsOfTheColumnsThatTheMapNames) {
  const auto ids = DigestedIds("", "Day,What\n2025-01-01,x\n2025-01-01,y\n2025-01-01,x\n");
  ASSERT_EQ(ids.size(), 3U);
  EXPECT_EQ(ids[2], ids[0] + "-2");
  EXPECT_NE(ids[1], ids[0]);
  EXPECT_EQ(DigestedIds("", "Balance,Day,What\n7,2025-01-01,x\n8,2025-01-01,y\n9,2025-01-01,x\n"), ids);
  // Of a row that names its own cells in whatever order.
  const std::string json = "[file]\nformat = 'jsonl'\n";
  EXPECT_EQ(DigestedIds(json, R"({"Day":"2025-01-01","What":"x"})"),
            DigestedIds(json, R"({"What":"x","More":1,"Day":"2025-01-01"})"));
  // Another column that the map names changes it, unless it is said what it is made of.
  const std::string more = "[every]\nmemo = '{Memo}'\n";
  const std::string with_memo = "Day,What,Memo\n2025-01-01,x,m\n";
  EXPECT_NE(DigestedIds(more, with_memo)[0], ids[0]);
  EXPECT_EQ(DigestedIds("[file]\nrow_digest = ['Day', 'What']\n" + more, with_memo)[0], ids[0]);
}

// By the first 24 digits of the SHA-256 of all its cells, each ended by a zero.
TEST(MappedFile, ARowThatIsKnownByAllItsCellsKeepsItsId) {
  const std::string csv = "Day,What,Balance\n2025-01-01,x,1\n2025-01-01,x,1\n2025-01-01,x,1\n2025-01-01,x,2\n";
  const std::string whole = ToHex(Sha256(std::string_view("2025-01-01\0x\0001\0", 15))).substr(0, 24);
  const auto ids = DigestedIds("", csv);
  EXPECT_EQ(ids[3], ids[0] + "-4");
  const auto known = DigestedIds("", csv, [&](std::string_view id) { return id == whole || id == whole + "-2"; });
  EXPECT_THAT(known, ElementsAre(whole, whole + "-2", ids[0], ids[0] + "-2"));
}

TEST(MappedFile, ReadsDelimitersQuotesByteOrderMarkAndSkippedRows) {
  const std::string map = NoteMap("delimiter = ';'\nskip_rows = 2", "memo = '{Note}'");
  const Mapped mapped(map,
                      "\xEF\xBB\xBF"
                      "List of notes\r\nof 2025\r\n\r\nId; Note ;\r\n1;\"a;b\n\"\"c\"\"\";\r\n\r\n2;d,e;");
  EXPECT_EQ(mapped.head, "List of notes\nof 2025\nId; Note ;");
  EXPECT_THAT(mapped.events,
              ElementsAre("5 date=2025-01-01 id=1 memo=a;b\n\"c\" text=x", "8 date=2025-01-01 id=2 memo=d,e text=x"));
}

TEST(MappedFile, WithoutAHeaderNothingCanBeRead) {
  EXPECT_THAT(Mapped(NoteMap("", ""), "").error, HasSubstr("rows.csv: the file is empty"));
  EXPECT_THAT(Mapped(NoteMap("skip_rows = 3", ""), "a\nb\n").error, HasSubstr("the file is empty"));
  EXPECT_THAT(Mapped(NoteMap("", ""), "Name\n1\n").error, HasSubstr("the file has no column \"Id\""));
  EXPECT_THAT(Mapped(NoteMap("", ""), "Id,\xFF\n1,2\n").error,
              HasSubstr("the header cannot be read: the line is not valid UTF-8"));
}

TEST(MappedFile, LongRowsAndOpenQuotesCostNoOthers) {
  const std::string long_row = fmt::format("2,{}", std::string(kMaxRecordBytes, 'x'));
  const Mapped mapped(NoteMap("", ""), "Id,A\n1,a\n" + long_row + "\n3,a\n4,\"open\n5,a\n");
  EXPECT_THAT(mapped.events, ElementsAre(HasSubstr("id=1"), HasSubstr("id=3"), HasSubstr("id=5")));
  EXPECT_THAT(mapped.refused, ElementsAre("3 too_long", "5 bad_csv"));
}

TEST(MappedFile, WhatATemplateMultipliesCostsItsRowAlone) {
  std::string ten;
  for (int i = 0; i < 10; i++) ten += "{A}";
  const std::string large(200'000, 'x');
  const Mapped mapped(NoteMap("optional = ['A']", "memo = '" + ten + "'"), "Id,A\n1,a\n2," + large + "\n3,b\n");
  EXPECT_THAT(mapped.events, ElementsAre(HasSubstr("memo=aaaaaaaaaa"), HasSubstr("memo=bbbbbbbbbb")));
  EXPECT_THAT(mapped.refused, ElementsAre("3 too_long A"));
  // Ids and the keys of look-ups are kept for all rows.
  const std::string once =
      "[[event]]\ntype = 'NoteAdded'\nonce = true\nid = '" + ten + "'\ndate = '2025-01-01'\ntext = 'x'\n";
  EXPECT_THAT(Mapped(once, "A\na\n" + std::string(30, 'x') + "\n").refused, ElementsAre("3 too_long A"));
  const std::string lookup =
      "[lookup.l]\nkey = '{Id}'\nvalue = '" + ten + "'\n" + NoteMap("", "memo = { from = '{Id}', lookup = 'l' }");
  const Mapped looked_up(lookup, "Id,A\n1,a\n2," + std::string(1000, 'x') + "\n");
  EXPECT_THAT(looked_up.events, ElementsAre(HasSubstr("memo=aaaaaaaaaa")));
  EXPECT_THAT(looked_up.refused, ElementsAre("3 unknown_reference Id"));
}

}  // namespace
}  // namespace duebook
