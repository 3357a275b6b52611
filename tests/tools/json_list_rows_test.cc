// A file that is one list of JSON objects is read entry by entry, wherever its lines and the reader's pieces end.

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"
#include "tools/import/pipeline/rejects_file.h"
#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/record_splitter.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

class JsonListRows : public testing::Test {
 protected:
  std::unique_ptr<RowSource> Open(std::string_view text) {
    auto file = OpenRecognised(folder_.Write("rows.json", text), nullptr, kCsvInput);
    CHECK(file.ok() && file->format == &kJsonInput);
    return file->format->open(std::move(file->input), RowSettings());
  }

  // "NUMBER TEXT" of each row, or "NUMBER: why it is none"; the fault of the head, if it has one.
  std::vector<std::string> Rows(std::string_view text) {
    const auto source = Open(text);
    const auto head = source->ReadHead();
    CHECK(head.ok());
    if (head->fault.has_value()) return {head->fault->sentence};
    std::vector<std::string> rows;
    InputRow row;
    while (*source->Next(&row)) {
      rows.push_back(row.fault.has_value() ? fmt::format("{}: {}", row.line, row.fault->sentence)
                                           : fmt::format("{} {}", row.line, row.text));
    }
    return rows;
  }

  // What is read of the cells of the only row: NAME=VALUE, or why there are none.
  static std::string Cells(RowSource& source, std::string text) {
    const size_t size = text.size();
    text.append(kRowPadding, '\0');
    Record record;
    const auto refused = source.ReadCells(std::string_view(text).substr(0, size), &record);
    if (refused.has_value()) return refused->sentence;
    std::string cells = source.Likeness(std::string_view(text).substr(0, size), record);
    for (const RawMember& field : record.fields) cells += fmt::format(" {}={}", field.name, field.value.text);
    return cells;
  }

  TemporaryFolder folder_;
};

TEST_F(JsonListRows, AreTheEntriesHoweverTheyAreLaidOut) {
  EXPECT_THAT(Rows("\xEF\xBB\xBF\n [{\"a\":1},{\"a\":2}\n,\n{\n\"a\": [3, {\"b\": 4}]\n}\n]\n"),
              ElementsAre("1 {\"a\":1}", "2 {\"a\":2}", "3 {\n\"a\": [3, {\"b\": 4}]\n}"));
  EXPECT_THAT(Rows("[]"), SizeIs(0));
  EXPECT_THAT(Rows(" [ \n ] \n"), SizeIs(0));
}

TEST_F(JsonListRows, DoNotEndAtWhatStandsInTexts) {
  EXPECT_THAT(Rows(R"([{"a":"],},\"["},{"a":"\\"},{"a":"\\\""}])"),
              ElementsAre(R"(1 {"a":"],},\"["})", R"(2 {"a":"\\"})", R"(3 {"a":"\\\""})"));
}

TEST_F(JsonListRows, AreTheSameWhereverAPieceOfTheFileEnds) {
  std::string text = "[";
  std::vector<std::string> expected;
  for (size_t i = 0; text.size() < size_t{300'000}; i++) {  // longer than what is read at once
    const std::string entry = fmt::format(R"({{"n":[{}],"text":"\\\"{}]"}})", i, std::string(i % 17, ','));
    text += fmt::format("{}{}", i == 0 ? "\n" : " ,\n  ", entry);
    expected.push_back(fmt::format("{} {}", i + 1, entry));
  }
  text += "\n]";
  // Each byte of an entry is the first of a piece once.
  for (size_t shift = 0; shift < 50; shift++) ASSERT_EQ(Rows(std::string(shift, ' ') + text), expected) << shift;
}

TEST_F(JsonListRows, ThatCannotBeReadAreToldOnceAndTheOthersAreThere) {
  EXPECT_THAT(Rows(R"([{"a":1},,7,{"a":2}])"), ElementsAre(R"(1 {"a":1})", "2 ", "3 7", R"(4 {"a":2})"));
  EXPECT_THAT(Rows(R"([{"a":1}}, {"b":2,"c":3}, {"d":4}])"),
              ElementsAre(R"(1 {"a":1}})", R"(2 {"b":2,"c":3})", R"(3 {"d":4})"));
  EXPECT_THAT(Rows(R"([{"a":1},{"a":)"), ElementsAre(R"(1 {"a":1})", HasSubstr("2: the file ends within the list")));
  EXPECT_THAT(Rows(R"([{"a":1},)"), ElementsAre(R"(1 {"a":1})", HasSubstr("2: the file ends within the list")));
  EXPECT_THAT(Rows(R"([{"a":1}] {"a":2} {"a":3})"), ElementsAre(R"(1 {"a":1})", HasSubstr("2: something follows")));
  EXPECT_THAT(Rows(R"({"a":1})"), ElementsAre(StartsWith("no list of JSON objects")));
}

TEST_F(JsonListRows, AreBoundedInLength) {
  const std::string many(3 * kMaxRecordBytes, 'x');
  EXPECT_THAT(Rows("[{\"a\":\"" + many + "\"},{\"a\":2}]"),
              ElementsAre(StartsWith("1: the entry is longer than"), "2 {\"a\":2}"));
  EXPECT_THAT(Rows("[{\"a\":\"" + many), ElementsAre(HasSubstr("only the first 1048576 bytes are kept")));
  EXPECT_THAT(Rows("[] " + many), ElementsAre(HasSubstr("only the first 1048576 bytes are kept")));
}

TEST_F(JsonListRows, AreAlikeHoweverTheyAreLaidOut) {
  const auto source = Open("[]");
  EXPECT_EQ(Cells(*source, "{\n \"a\" : \"x y\" }"), "{\"a\":\"x y\"} a=x y");
  EXPECT_EQ(Cells(*source, "{\"a\":\"x y\"}"), "{\"a\":\"x y\"} a=x y");
  EXPECT_THAT(Cells(*source, "7"), HasSubstr("does not begin with {"));
  EXPECT_THAT(Cells(*source, "{\"a\":1,\n\"b\" 2}"), HasSubstr("on line 2 of the object"));
}

TEST_F(JsonListRows, ThatAreRefusedAreAListAgain) {
  const auto source = Open("[]");
  const Rejection rejection{RejectionCode::kBadJson, "why", ""};
  auto rejects = RejectsFile::Open(folder_ / "refused.json", nullptr);
  ASSERT_TRUE(rejects.ok());
  ASSERT_TRUE(rejects->Add("rows.json", 1, source->frame(), {{1, "{\"a\":1}"}}, rejection).ok());
  ASSERT_TRUE(rejects->Add("rows.json", 1, source->frame(), {{1, "{\"a\":1}"}}, rejection).ok());
  ASSERT_TRUE(rejects->Add("rows.json", 3, source->frame(), {{3, "{\n}"}}, rejection).ok());
  ASSERT_TRUE(rejects->Finish().ok());
  const std::string refused = ReadWholeFile(folder_ / "refused.json");
  EXPECT_EQ(refused, "[\n{\"a\":1}\n,{\n}\n]\n");
  EXPECT_THAT(Rows(refused), ElementsAre("1 {\"a\":1}", "2 {\n}"));
}

}  // namespace
}  // namespace duebook
