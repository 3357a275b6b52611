// The elements at one path of an XML file as rows, wherever the reader's pieces end, and whatever an XML file may hold.

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"
#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/record_splitter.h"
#include "tools/import/rows/xml_record.h"
#include "tools/xml/xml_parser.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

std::string Times(size_t count, std::string_view text) {
  std::string all;
  for (size_t i = 0; i < count; i++) all += text;
  return all;
}

// What is read of an element: NAME=TEXT of each cell, joined by blanks, with what lies in it in parentheses, or the
// items of a list in brackets.
std::string Told(const std::vector<RawMember>& members) {
  std::string told;
  for (const RawMember& member : members) {
    const RawValue& value = member.value;
    if (!told.empty()) told += ' ';
    told += fmt::format("{}={}", member.name, value.text);
    const bool is_list = value.kind == RawValue::Kind::kList;
    if (!value.members.empty()) told += (is_list ? "[" : "(") + Told(value.members) + (is_list ? "]" : ")");
  }
  return told;
}
std::string Cells(std::string_view element) {
  XmlRecordReader reader;
  Record record;
  const auto refused = reader.Read(element, &record);
  return refused.has_value() ? refused->sentence : Told(record.fields);
}
std::string Likeness(std::string_view element) {
  XmlRecordReader reader;
  Record record;
  CHECK(!reader.Read(element, &record).has_value());
  return XmlRecordReader::Likeness(record);
}

class XmlRows : public testing::Test {
 protected:
  // "LINE TEXT" of each row, "LINE: why it is none", or why the file is not read at all.
  std::vector<std::string> Rows(std::string_view text, const std::string& path = "b/r") {
    auto file = OpenRecognised(folder_.Write("rows.xml", text), nullptr, kCsvInput);
    if (!file.ok()) return {Shown(file.error())};
    CHECK(file->format == &kXmlInput);
    RowSettings settings;
    settings.rows = path;
    const auto source = file->format->open(std::move(file->input), settings);
    const auto head = source->ReadHead();
    if (!head.ok()) return {Shown(head.error())};
    frame_ = source->frame();
    remark_ = head->remark;
    std::vector<std::string> rows;
    InputRow row;
    while (true) {
      const auto more = source->Next(&row);
      if (!more.ok()) rows.push_back(Shown(more.error()));
      if (!more.ok() || !*more) return rows;
      rows.push_back(row.fault.has_value() ? fmt::format("{}: {}", row.line, row.fault->sentence)
                                           : fmt::format("{} {}", row.line, row.text));
    }
  }

  RowsFrame frame_;
  std::string remark_;

 private:
  std::string Shown(const Error& error) const {
    std::string shown = error.ToString();
    if (const size_t place = shown.find(folder_.path().string() + "/"); place != std::string::npos) {
      shown.erase(place, folder_.path().string().size() + 1);
    }
    return shown;
  }

  TemporaryFolder folder_;
};

TEST_F(XmlRows, AreTheElementsAtThePathAsTheyStand) {
  EXPECT_THAT(
      Rows("<?xml version='1.0'?>\n<a>\n<b><r/>\n <r x='1'>\n</r></b><r/><b>\n<c><r/></c><r><r/></r></b></a>\n"),
      ElementsAre("3 <r/>", "4 <r x='1'>\n</r>", "6 <r><r/></r>"));
  EXPECT_THAT(Rows("<a><b><r/></b><r>2</r></a>", "r"), ElementsAre("1 <r/>", "2 <r>2</r>"))
      << "of a line that several have in common the next ones are counted";
  EXPECT_THAT(Rows("<a><b><r/></b><b><c><r/></c></b></a>", "/a/b/r"), ElementsAre("1 <r/>"));
  EXPECT_THAT(Rows("<r>x</r>", "r"), ElementsAre("1 <r>x</r>")) << "the outermost element may be one, too";
}

TEST_F(XmlRows, InWhichFurtherOnesStandAreRefused) {
  EXPECT_THAT(Rows("<a><r>1</r><r>2\n<x><r>3</r></x></r>\n<r>4</r></a>", "r"),
              ElementsAre("1 <r>1</r>",
                          "2: inside this r stands another one; say the path of rows from the outermost element on",
                          "3 <r>4</r>"));
}

TEST_F(XmlRows, NeedNoPrefixOfANamespace) {
  EXPECT_THAT(Rows("<x:a xmlns:x='urn:x'><x:b><y:r xmlns:y='urn:y'/></x:b></x:a>", "a/b/r"),
              ElementsAre("1 <y:r xmlns:y='urn:y'/>"));
}

TEST_F(XmlRows, StandBetweenTheTagsAroundTheFirstOne) {
  Rows("<?xml version='1.0'?>\n<x:a\n k='<'>\n<!-- c --><d/><x:b ><r/></x:b></x:a>", "r");
  EXPECT_EQ(frame_.head, "") << "a tag that is not well-formed";
  Rows("<?xml version='1.0'?>\n<x:a\n k='&lt;'>\n<!-- c --><d/><x:b ><r/></x:b></x:a>", "r");
  EXPECT_EQ(frame_.head, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<x:a\n k='&lt;'>\n<x:b >");
  EXPECT_EQ(frame_.foot, "</x:b></x:a>");
  EXPECT_EQ(frame_.separator, "");
}

TEST_F(XmlRows, AreFoundWhereverPiecesEnd) {
  for (const size_t filler : {size_t{262'100}, size_t{262'120}, size_t{262'136}, size_t{262'144}}) {
    const std::string text =
        "<a><b>" + std::string(filler, ' ') + "<r x='ü'>ü</r>" + Times(50'000, "<r>1</r>") + "</b></a>";
    const std::vector<std::string> rows = Rows(text);
    ASSERT_THAT(rows, SizeIs(50'001)) << rows.front();
    EXPECT_EQ(rows.front(), "1 <r x='ü'>ü</r>");
    EXPECT_EQ(rows.back(), "50001 <r>1</r>");
  }
}

TEST_F(XmlRows, ThatAreTooLongAreLeftOutAlone) {
  const std::string longest = "<r>" + std::string(kMaxRecordBytes - 7, 'x') + "</r>";
  const std::string longer = "<n:r>" + std::string(3 * kMaxRecordBytes, 'x') + "</n:r>";
  const std::vector<std::string> rows = Rows("<a><b>" + longest + "\n" + longer + "\n<r/></b></a>");
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[0], "1 " + longest);
  EXPECT_EQ(rows[1], "2: the element is longer than 1048576 bytes; nothing of it is kept");
  EXPECT_EQ(rows[2], "3 <r/>");
}

TEST_F(XmlRows, ThatAreNotSaidAreProposed) {
  const std::string text = "<a><h><x/><x/></h><b><r><t/><t/></r><r/><r/></b></a>";
  EXPECT_THAT(
      Rows(text, ""),
      ElementsAre("rows.xml: it is not said which elements are rows; say rows = \"PATH\" under [file] of the map, "
                  "or --rows PATH to map new; the likeliest: \"a/b/r\" (3 times), \"a/h/x\" (2 times), "
                  "\"a/b/r/t\" (2 times)"));
  EXPECT_THAT(Rows(text, "s"), ElementsAre(HasSubstr("rows.xml: no element is at \"s\"")));
  EXPECT_THAT(Rows("<a><b/></a>", ""), ElementsAre(HasSubstr("the likeliest: \"a\"")));
  const std::string name(100, 'x');
  EXPECT_THAT(Rows("<" + name + "/>", ""), ElementsAre(HasSubstr("the likeliest: \"" + name + "\"")));
  const std::string long_name(500, 'x');
  EXPECT_THAT(Rows("<a>" + Times(2, "<" + long_name + "><b/><b/></" + long_name + ">") + "<c/><c/></a>", ""),
              ElementsAre(HasSubstr("the likeliest: \"a/c\" (2 times)")))
      << "what nobody would write into a map is not counted";
}

TEST_F(XmlRows, MayBeNoneWhereTheyCouldBe) {
  EXPECT_THAT(Rows("<a><b/></a>", "a/b/r"), ElementsAre());
  EXPECT_EQ(remark_, "no element is at \"a/b/r\"");
}

struct Hostile {
  std::string text;
  std::string why;
};

TEST_F(XmlRows, OfAFileThatIsNoGoodXmlAreNotReadAndTheLineIsTold) {
  const std::string start = "<a>\n<b>\n<r/>\n";
  const std::vector<Hostile> all = {
      {"", "rows.xml:1: the XML has no element; nothing of the file is read"},
      {start, "rows.xml:4: the XML ends amid an element: something is missing at its end"},
      {start + "<r", "rows.xml:4: the XML ends amid an element"},
      {start + "</c>", "rows.xml:4: the XML is not well-formed: mismatched tag"},
      {start + "</b></a><a/>", "rows.xml:4: the XML is not well-formed: junk after document element"},
      {start + "&e;</b></a>", "rows.xml:4: the XML is not well-formed: undefined entity"},
      {start + "<r>\xFF</r></b></a>", "rows.xml:4: the XML is not valid UTF-8"},
      {start + "<r>\xC3", "rows.xml:4: the XML ends amid an element"},
      {"<!DOCTYPE a [<!ENTITY e 'x'><!ENTITY f '&e;&e;'>]>" + start + "&f;</b></a>",
       "rows.xml:1: the XML has a document type, which is not read"},
      {"\n<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "rows.xml:2: the XML has a document type"},
      {start + Times(100'000, "<c>") + Times(100'000, "</c>") + "</b></a>",
       "rows.xml:4: the XML has elements more than 100 deep in one another"},
      {start + "<r x='" + std::string(3'000'000, 'x') + "'/></b></a>",
       "rows.xml:4: the XML has a tag or comment that is longer than any is"},
      {Times(40, "<c x='" + std::string(50'000, 'x') + "'>"),
       "rows.xml:1: the tags around the rows are longer than any are"},
      {"<html></html>", "rows.xml:1: the file looks like HTML"},
  };
  for (const Hostile& hostile : all) {
    const std::vector<std::string> rows = Rows(hostile.text);
    ASSERT_FALSE(rows.empty()) << hostile.why;
    EXPECT_THAT(rows.back(), HasSubstr(hostile.why));
  }
  const std::string deepest = Times(98, "<c>") + "<b><r/></b>" + Times(98, "</c>");
  EXPECT_THAT(Rows(deepest), ElementsAre("1 <r/>"));
}

TEST_F(XmlRows, AreInTheEncodingThatTheFileDeclares) {
  EXPECT_THAT(Rows("<?xml version='1.0' encoding='ISO-8859-1'?><b><r>\xFC</r></b>"), ElementsAre("1 <r>ü</r>"));
  EXPECT_TRUE(frame_.is_marked) << "so that refused rows, which are kept in UTF-8, are read as such";
  EXPECT_EQ(frame_.head, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<b>");
  EXPECT_THAT(Rows("\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><b><r>ü</r></b>"), ElementsAre("1 <r>ü</r>"))
      << "a mark goes before it";
  EXPECT_THAT(Rows("<?xml version='1.0' encoding='GB18030'?><b><r>\xD6\xD0</r></b>"), ElementsAre("1 <r>中</r>"))
      << "which expat itself does not know";
}

TEST(XmlRecord, CellsAreAttributesAndElementsByTheirNames) {
  EXPECT_EQ(Cells("<r x='1' n:y='2' xmlns:n='urn:n'><n:a> 1\n</n:a><b/></r>"), "@x=1 @y=2 a=1 b=");
  EXPECT_EQ(Cells("<r><a><b>1</b><c>2</c></a></r>"), "a=(b=1 c=2)");
  EXPECT_EQ(Cells("<r><a c='EUR'>7</a></r>"), "a=7(@c=EUR)");
  EXPECT_EQ(Cells("<r>\n<a>1</a>\n<b>2</b><a>3</a></r>"), "a=[=1 =3] b=2");
  EXPECT_EQ(Cells("<r><a c='1'/><a><d>2</d></a></r>"), "a=[=(@c=1) =(d=2)]");
}

TEST(XmlRecord, TextsAreWhatTheyStandFor) {
  EXPECT_EQ(Cells("<r><a>x &amp; &#252;<!-- c -->y<![CDATA[<z>]]></a></r>"), "a=x & üy<z>");
}

TEST(XmlRecord, ATextAroundElementsIsNoValue) {
  EXPECT_EQ(Cells("<r><a>x<b>1</b>y</a></r>"), "a=(b=1)");
  EXPECT_EQ(Cells("<r>x<a c='1'>y<b>1</b></a></r>"), "a=(@c=1 b=1)");
  EXPECT_EQ(Cells("<r><a>\n<b>1</b>\n</a></r>"), "a=(b=1)");
}

TEST(XmlRecord, LikenessIsOfWhatIsSaidAlone) {
  const std::string likeness = Likeness("<r x='1' y='2'><a>1</a><b c='3'>2</b></r>");
  EXPECT_EQ(Likeness("<n:r y=\"2\"  x='1'>\n<n:a>&#49;</n:a><!-- c -->\n<b c='3'> 2 </b></n:r>"), likeness);
  for (const char* other : {"<r x='2' y='2'><a>1</a><b c='3'>2</b></r>", "<r x='1' y='2'><a>1</a><b c='4'>2</b></r>",
                            "<r x='1' y='2'><a>1</a><b c='3'>2</b><b/></r>", "<r x='1' y='2'><a>1b2</a></r>"}) {
    EXPECT_NE(Likeness(other), likeness) << other;
  }
  EXPECT_EQ(likeness, "(2:@x1:12:@y1:21:a1:11:b1:2(2:@c1:3))") << "ids of events are made of it";
}

}  // namespace
}  // namespace duebook
