// JSON Lines: an object a line, whose members are the cells.

#include <utility>

#include "tools/import/rows/csv_cells.h"
#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/json_record.h"
#include "tools/import/rows/split_rows.h"

namespace duebook {

namespace {

static_assert(kRowPadding >= simdjson::SIMDJSON_PADDING);

// Texts of other formats may begin with a brace, too.
bool BeginsAnObject(std::string_view start) {
  if (!start.starts_with('{')) return false;
  const size_t next = start.find_first_not_of(" \t", 1);
  return next != std::string_view::npos && (start[next] == '"' || start[next] == '}');
}

class JsonRows : public SplitRows {
 public:
  explicit JsonRows(InputFile input) : SplitRows(std::move(input), RecordSplitter::Shape::kLines) {
    frame_.ending = kJsonLinesInput.ending;
  }

  Result<RowsHead> ReadHead() override { return RowsHead(); }
  std::optional<Rejection> ReadCells(std::string_view text, Record* record) override {
    return reader_.Read(text, record);
  }
  std::string Likeness(std::string_view text, const Record&) const override { return std::string(TrimmedCell(text)); }

 private:
  JsonRecordReader reader_;
};

}  // namespace

const InputFormat kJsonLinesInput{
    .name = "jsonl",
    .title = "JSON Lines",
    .ending = ".jsonl",
    .holds_records = true,
    .settings = {},
    .begins = BeginsAnObject,
    .open = [](InputFile input, const RowSettings&) -> std::unique_ptr<RowSource> {
      return std::make_unique<JsonRows>(std::move(input));
    },
};

}  // namespace duebook
