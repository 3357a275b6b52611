// The rows of workbooks, as spreadsheets and other programs write them.

#include "tools/workbook/workbook_reader.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <map>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"
#include "tools/workbook/sheet_values.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(SheetValues, NumbersAreAsSpreadsheetsShowThem) {
  EXPECT_EQ(NumberText("1234.5599999999999"), "1234.56");
  EXPECT_EQ(NumberText("0.30000000000000004"), "0.3");
  EXPECT_EQ(NumberText("-99.999999999999986"), "-100");
  EXPECT_EQ(NumberText("999999999999999.9"), "1000000000000000");
  EXPECT_EQ(NumberText("1.2E3"), "1200");
  EXPECT_EQ(NumberText("1.5e-05"), "0.000015");
  EXPECT_EQ(NumberText("12345.670"), "12345.67");
  EXPECT_EQ(NumberText("007"), "7");
  EXPECT_EQ(NumberText("0.00"), "0");
  EXPECT_EQ(NumberText("-0"), "0");
  EXPECT_EQ(NumberText("1E+300"), "1E+300") << "which is no amount";
  for (const char* text : {"", "-", ".", "1.2.3", "1e", "nan", "1,5"}) EXPECT_EQ(NumberText(text), text);
}

TEST(SheetValues, DaysAreCountedFrom1900Or1904) {
  EXPECT_EQ(DayText("45689", false), "2025-02-01");
  EXPECT_EQ(DayText("1", false), "1900-01-01");
  EXPECT_EQ(DayText("59", false), "1900-02-28");
  EXPECT_EQ(DayText("60", false), std::nullopt) << "a day that spreadsheets count and that never was";
  EXPECT_EQ(DayText("61", false), "1900-03-01");
  EXPECT_EQ(DayText("0", true), "1904-01-01");
  EXPECT_EQ(DayText("44227", true), "2025-02-01");
  EXPECT_EQ(DayText("2958465", false), "9999-12-31");
  EXPECT_EQ(DayText("2958466", false), std::nullopt);
  EXPECT_EQ(DayText("-1", false), std::nullopt);
  EXPECT_EQ(DayText("45689.5", false), "2025-02-01 12:00:00");
  EXPECT_EQ(DayText("45689.999999", false), "2025-02-02") << "to the second";
  EXPECT_EQ(DayText("0.5", false), std::nullopt) << "a time alone";
  EXPECT_EQ(DayText("-0.5", true), std::nullopt);
  EXPECT_EQ(DayText("2957004", true), std::nullopt) << "behind the last day that there is";
  EXPECT_EQ(DayText("2958465.9999999999", false), std::nullopt);
}

TEST(SheetValues, FormatsOfDaysAreToldFromOthers) {
  for (const char* format : {"yyyy-mm-dd", "d/m/yy", "[$-407]DD.MM.YYYY", "m/d/yy h:mm"})
    EXPECT_TRUE(IsDayFormat(format)) << format;
  for (const char* format : {"General", "#,##0.00", "[Red]0.00", "0.00\" days\"", "h:mm", "\\d0", "0_d"}) {
    EXPECT_FALSE(IsDayFormat(format)) << format;
  }
}

TEST(SheetValues, EscapesAreTheCharactersThatTheyStandFor) {
  EXPECT_EQ(WithoutEscapes("a_x0041_b"), "aAb");
  EXPECT_EQ(WithoutEscapes("_x005F_x0041_"), "_x0041_");
  EXPECT_EQ(WithoutEscapes("_x534E_"), "华");
  EXPECT_EQ(WithoutEscapes("_x41_ _xD800_ _x"), "_x41_ _xD800_ _x");
}

constexpr const char* kWorkbookXml =
    R"(<workbook xmlns="m" xmlns:r="r"><sheets><sheet name="One" r:id="rId1"/><sheet name="二" r:id="rId2"/></sheets></workbook>)";
constexpr const char* kRelationsXml =
    R"(<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>)"
    R"(<Relationship Id="rId2" Type="t/worksheet" Target="/xl/other.xml"/>)"
    R"(<Relationship Id="rId3" Type="t/sharedStrings" Target="sharedStrings.xml"/>)"
    R"(<Relationship Id="rId4" Type="t/styles" Target="styles.xml"/></Relationships>)";
constexpr const char* kTextsXml =
    R"(<sst><si><t>Customer</t></si><si><r><t>Nord</t></r><r><t>wind</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>)";
constexpr const char* kStylesXml =
    R"(<styleSheet><numFmts><numFmt numFmtId="165" formatCode="dd.mm.yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>)"
    R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs></styleSheet>)";

class Workbook : public testing::Test {
 protected:
  Workbook() {
    parts_ = {{"xl/workbook.xml", kWorkbookXml},
              {"xl/_rels/workbook.xml.rels", kRelationsXml},
              {"xl/sharedStrings.xml", kTextsXml},
              {"xl/styles.xml", kStylesXml},
              {"xl/other.xml", "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>"}};
  }

  std::string Bytes() {
    const std::string path = (folder_ / "book.xlsx").string();
    zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& [name, text] : parts_) {
      zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0);
    }
    EXPECT_EQ(zip_close(archive), 0);
    return ReadWholeFile(path);
  }

  // "NUMBER: CELL|CELL" of each row, and why the rest cannot be read.
  std::vector<std::string> Rows(const std::string& sheet_rows, const std::string& name = "") {
    parts_["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData>" + sheet_rows + "</sheetData></worksheet>";
    return RowsOf(Bytes(), name);
  }

  static std::vector<std::string> RowsOf(std::string bytes, const std::string& name = "") {
    const auto workbook = WorkbookReader::Open(std::move(bytes), name);
    if (!workbook.ok()) return {workbook.error().ToString()};
    std::vector<std::string> rows;
    SheetRow row;
    while (true) {
      const auto found = (*workbook)->Next(&row);
      if (!found.ok()) rows.push_back(found.error().ToString());
      if (!found.ok() || !*found) return rows;
      std::string text = fmt::format("{}:", row.number);
      for (const std::string& cell : row.cells) text += " " + cell + "|";
      rows.push_back(row.is_cut ? text.substr(0, 10) + " cut" : text);
    }
  }

  std::map<std::string, std::string> parts_;
  TemporaryFolder folder_;
};

TEST_F(Workbook, HasItsValuesAsText) {
  EXPECT_THAT(
      Rows(
          R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>in_x0020_line</t></is></c></row>)"
          R"(<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>45689</v></c><c r="C3" s="2"><v>45689.5</v></c>)"
          R"(<c r="D3"><f>A1*2</f><v>1234.5599999999999</v></c><c r="E3" t="b"><v>1</v></c><c r="F3" t="str"><v>x</v></c>)"
          R"(<c r="G3" t="e"><v>#N/A</v></c></row>)"),
      ElementsAre("1: Customer| | in line|", "3: Nordwind| 2025-02-01| 2025-02-01 12:00:00| 1234.56| true| x| #N/A|"));
}

TEST_F(Workbook, PassesOverRowsInWhichNothingIs) {
  EXPECT_THAT(
      Rows(
          R"(<row r="1"/><row r="2"><c r="A2" s="1"/></row><row r="4"><c r="B4" t="inlineStr"><is><t> </t></is></c></row>)"
          R"(<row r="7"><c r="B7"><v>1</v></c></row>)"),
      ElementsAre("7: | 1|"));
}

TEST_F(Workbook, CountsRowsAndCellsThatDoNotSayTheirPlaces) {
  EXPECT_THAT(Rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"),
              ElementsAre("1: 1| 2|", "2: 3|"));
}

TEST_F(Workbook, GivesTheSheetThatIsAskedFor) {
  EXPECT_THAT(Rows("", "二"), ElementsAre("1: 2|"));
  EXPECT_THAT(Rows("", "Three"), ElementsAre(HasSubstr("it has no sheet \"Three\"; it has \"One\", \"二\"")));
}

TEST_F(Workbook, IsReadWhateverPrefixItsNamesHave) {
  EXPECT_THAT(Rows(R"(<x:row xmlns:x="m" r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row>)"), ElementsAre("1: 5|"));
}

TEST_F(Workbook, OfHostileMakeEndsInAnError) {
  EXPECT_THAT(Rows("<row><c t='s'><v>99</v></c></row>"), ElementsAre(HasSubstr("a text that is not there")));
  for (const char* place : {"ZZZZZZZ1", "XFE1", "17"}) {
    EXPECT_THAT(Rows(fmt::format("<row><c r='{}'><v>1</v></c></row>", place)),
                ElementsAre(HasSubstr("which no sheet has")));
  }
  for (const char* number : {"3", "2", "0", "1048577", "-1", "x"}) {
    EXPECT_THAT(Rows(fmt::format("<row r='3'><c><v>1</v></c></row><row r='{}'><c><v>2</v></c></row>", number)),
                ElementsAre(HasSubstr("behind row 3")));
  }
  EXPECT_THAT(Rows("<row><c><v>1</v></row>"), ElementsAre(HasSubstr("not well-formed")));
  parts_["xl/sharedStrings.xml"] =
      R"(<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>)";
  EXPECT_THAT(Rows("<row><c><v>1</v></c></row>"), ElementsAre(HasSubstr("has a document type")));
  parts_["xl/sharedStrings.xml"] = "<sst><si><t>" + std::string(200'000, 'x') + "</t></si></sst>";
  EXPECT_THAT(Rows("<row><c><v>1</v></c></row>"), ElementsAre(HasSubstr("longer than those of workbooks")));
  parts_["xl/sharedStrings.xml"] = "<sst>" + std::string(size_t{80} << 20, ' ') + "</sst>";
  EXPECT_THAT(Rows("<row><c><v>1</v></c></row>"), ElementsAre(HasSubstr("more than a hundred times")));
  parts_["xl/sharedStrings.xml"] = kTextsXml;
  const std::string blanks(size_t{4} << 20, ' ');
  for (const std::string& tag : {"<!--" + blanks + "-->", "<x a='" + blanks + "'/>", "<?x " + blanks + "?>"}) {
    EXPECT_THAT(Rows(tag), ElementsAre(HasSubstr("longer than any is")));
  }
  parts_.erase("xl/workbook.xml");
  EXPECT_THAT(Rows(""), ElementsAre(HasSubstr("has no part xl/workbook.xml")));
  EXPECT_THAT(RowsOf("PK\x03\x04 and no more"), ElementsAre(HasSubstr("no ZIP archive")));
}

TEST_F(Workbook, NamesTheCellInWhichAFormulaCameToAnError) {
  parts_["xl/worksheets/sheet1.xml"] =
      "<worksheet><sheetData><row r='5'><c r='AB5' t='e'><v>#REF!</v></c><c t='e'><v>#N/A</v></c></row>"
      "<row><c><v>1</v></c></row></sheetData></worksheet>";
  const auto workbook = WorkbookReader::Open(Bytes(), "");
  ASSERT_TRUE(workbook.ok());
  SheetRow row;
  ASSERT_TRUE((*workbook)->Next(&row).ok());
  EXPECT_EQ(row.error, "AB5 is #REF!");
  ASSERT_TRUE((*workbook)->Next(&row).ok());
  EXPECT_EQ(row.error, "");
}

TEST_F(Workbook, RowsAreBoundedInLength) {
  parts_["xl/sharedStrings.xml"] = "<sst><si><t>" + std::string(100'000, 'x') + "</t></si></sst>";
  std::string row = "<row>";
  for (int i = 0; i < 20; i++) row += "<c t='s'><v>0</v></c>";
  EXPECT_THAT(Rows(row + "</row><row><c><v>7</v></c></row>"), ElementsAre(HasSubstr("cut"), "2: 7|"));
}

// Wherever the file ends too early, nothing is read of what is not there.
TEST_F(Workbook, ThatIsCutIsNoWorkbook) {
  Rows("<row><c><v>1</v></c></row>");
  const std::string whole = Bytes();
  for (size_t size = 10; size < whole.size(); size += 37) {
    const auto rows = RowsOf(whole.substr(0, size));
    EXPECT_THAT(rows, ElementsAre(HasSubstr("no ZIP archive"))) << size;
  }
}

}  // namespace
}  // namespace duebook
