// Which format a file is in, and what another format than those of the table would be given for nothing: maps, and
// files of refused rows.

#include "tools/import/rows/input_formats.h"

#include <fmt/core.h>
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "tests/support/temporary_folder.h"
#include "tools/import/map/mapped_file.h"
#include "tools/import/pipeline/import_source.h"
#include "tools/import/pipeline/rejects_file.h"

namespace duebook {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// "<b><n>NAME=VALUE ...</n><n>...</n></b>", all on one line: rows that are no lines, between a head and a foot.
class NestedRows : public RowSource {
 public:
  explicit NestedRows(InputFile input) : name_(input.name()) {
    while (*input.Read(4096, &text_) > 0) continue;
  }

  const std::string& name() const override { return name_; }
  uint64_t bytes_read() const override { return at_; }
  uint64_t bytes_total() const override { return text_.size(); }
  Result<RowsHead> ReadHead() override { return RowsHead(); }
  bool IsReady() const override { return true; }
  const RowsFrame& frame() const override { return frame_; }
  Result<bool> Next(InputRow* row) override {
    const size_t start = text_.find("<n>", at_);
    if (start == std::string::npos) return false;
    at_ = text_.find("</n>", start) + 4;
    row->line = ++count_;
    row->text = std::string_view(text_).substr(start, at_ - start);
    row->fault.reset();
    return true;
  }
  std::optional<Rejection> ReadCells(std::string_view text, Record* record) override {
    record->fields.clear();
    RawValue inner{RawValue::Kind::kObject, {}, {}};
    text = text.substr(3, text.size() - 7);
    while (!text.empty()) {
      const std::string_view cell = text.substr(0, text.find(' '));
      const size_t equals = cell.find('=');
      if (equals == std::string_view::npos) return Rejection{RejectionCode::kBadField, "no = in a cell", ""};
      inner.members.emplace_back(cell.substr(0, equals), RawValue{RawValue::Kind::kText, cell.substr(equals + 1), {}});
      text.remove_prefix(std::min(cell.size() + 1, text.size()));
    }
    likeness_ = fmt::format("{} cells", inner.members.size());
    record->fields.emplace_back("n", std::move(inner));
    return std::nullopt;
  }
  std::string Likeness(std::string_view, const Record&) const override { return likeness_; }

 private:
  std::string name_, text_, likeness_;
  size_t at_ = 0;
  uint64_t count_ = 0;
  RowsFrame frame_{"<b>", "</b>", ""};
};

const InputFormat kNested{
    .name = "nested",
    .title = "Nested",
    .ending = ".nested",
    .holds_records = false,
    .settings = {},
    .begins = [](std::string_view start) { return start.starts_with("<b>"); },
    .open = [](InputFile input, const RowSettings&) -> std::unique_ptr<RowSource> {
      return std::make_unique<NestedRows>(std::move(input));
    },
};

class InputFormats : public testing::Test {
 protected:
  std::string FormatOf(const std::string& name, const std::string& text, const InputFormat* said = nullptr,
                       const InputFormat& otherwise = kCsvInput) {
    const auto file = OpenRecognised(folder_.Write(name, text), said, otherwise);
    return file.ok() ? std::string(file->format->name) : file.error().ToString();
  }

  // What a map makes of a file of nested rows: "LINE id=ID", or "LINE refused"; and the file of those refused.
  std::vector<std::string> Import(const std::string& text) {
    const auto map =
        ParseMap("[[event]]\ntype = 'NoteAdded'\nid = '{n.id}'\ndate = '{n.day}'\ntext = 'x'\n", "test.toml");
    CHECK(map.ok());
    auto opened = OpenRecognised(folder_.Write("rows.nested", text), &kNested, kCsvInput);
    CHECK(opened.ok());
    auto file = MappedFile::Read(*map, opened->format->open(std::move(opened->input), map->settings));
    CHECK(file.ok());
    auto rejects = RejectsFile::Open(folder_ / "refused.nested", nullptr);
    CHECK(rejects.ok());
    std::vector<std::string> told;
    MappedEvent event;
    while (file->Next(&event)) {
      const bool refused = event.rejection.has_value();
      if (refused)
        CHECK(rejects->Add("rows.nested", event.line, file->frame(), {{event.line, event.row}}, *event.rejection).ok());
      told.push_back(fmt::format("{} {}", event.line, refused ? "refused" : event.record.fields[2].value.text));
    }
    CHECK(rejects->Finish().ok());
    return told;
  }

  TemporaryFolder folder_;
};

TEST_F(InputFormats, AreToldByTheNameAndElseByTheFirstBytes) {
  EXPECT_EQ(FormatOf("a.csv", "{\"a\":1}"), "csv");
  EXPECT_EQ(FormatOf("a.CSV", "a,b\n"), "csv");
  EXPECT_EQ(FormatOf("a.jsonl", "a,b\n", nullptr, kCsvInput), "jsonl");
  EXPECT_EQ(FormatOf("a.txt", "\xEF\xBB\xBF\n { \"a\":1}"), "jsonl");
  EXPECT_EQ(FormatOf("a.txt", "a,b\n"), "csv");
  EXPECT_EQ(FormatOf("a.txt", "a,b\n", nullptr, kJsonLinesInput), "jsonl");
  EXPECT_EQ(FormatOf("a.txt", ""), "csv");
  EXPECT_EQ(FormatOf("a.xml", "<a/>"), "xml");
  EXPECT_EQ(FormatOf("a.txt", "\n<?xml version='1.0'?><a/>"), "xml");
}

TEST_F(InputFormats, AreWhatIsSaidWhateverTheNameIs) {
  EXPECT_EQ(FormatOf("a.jsonl", "{\"a\":1}", &kCsvInput), "csv");
  EXPECT_EQ(FormatOf("a.csv", "a,b\n", &kJsonLinesInput), "jsonl");
}

TEST_F(InputFormats, ThatAreNotReadAreToldByTheirFirstBytes) {
  EXPECT_THAT(
      FormatOf("a.csv", "<!DOCTYPE html>"),
      HasSubstr(
          "a.csv:1: the file looks like HTML; duebook reads CSV, JSON Lines, JSON, XLSX and XML; ask for one of them"));
  EXPECT_THAT(FormatOf("a.csv", "<?xml version='1.0'?>"), HasSubstr("a.csv:1: the file looks like XML; call it .xml"));
  EXPECT_THAT(FormatOf("a.jsonl", "{1:F01BANKBEBB"), HasSubstr("MT940"));
  EXPECT_THAT(FormatOf("a.csv", "PK\x03\x04", &kNested), HasSubstr("looks like a workbook"));
  EXPECT_EQ(FormatOf("a.txt", "<b></b>", &kNested), "nested");
}

TEST_F(InputFormats, OfOthersAreReadByAMapOnly) {
  const std::string path = folder_.Write("rows.nested", "<b></b>");
  const auto source = OpenRecordSource(path, &kNested, {*Currency::Parse("CNY"), "clerk", true});
  ASSERT_FALSE(source.ok());
  EXPECT_THAT(source.error().ToString(), HasSubstr("rows.nested is Nested, which holds no records of the ledger's own; "
                                                   "say with --map how its rows become events"));
}

TEST_F(InputFormats, HaveAllThatMapsDoAndRejectsThatAreReadAgain) {
  EXPECT_THAT(Import("<b><n>id=2 day=2025-01-02</n><n>id=1 day=2025-13-01</n><n>id</n><n>id=0 day=2025-01-01</n></b>"),
              ElementsAre("2 refused", "3 refused", "4 0", "1 2"));
  std::stringstream refused;
  refused << std::ifstream(folder_ / "refused.nested").rdbuf();
  EXPECT_EQ(refused.str(), "<b>\n<n>id=1 day=2025-13-01</n>\n<n>id</n>\n</b>\n");
  EXPECT_THAT(Import(refused.str()), ElementsAre("1 refused", "2 refused"));
}

}  // namespace
}  // namespace duebook
