// XML: the elements at one path of a file, which a map names, and what is in them as cells.
//
// The file is read to its end as it is cut into rows, so that memory does not grow with it: of an element longer than
// kMaxRecordBytes nothing is kept. Of a file that is no well-formed XML nothing is read; elements that come before the
// fault may be those of another file.

#include <fmt/core.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/values/split.h"
#include "ledger/values/suggestion.h"
#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/record_splitter.h"
#include "tools/import/rows/row_buffer.h"
#include "tools/import/rows/xml_record.h"
#include "tools/import/rows/xml_repetitions.h"
#include "tools/xml/xml_parser.h"

namespace duebook {

namespace {

class XmlRows : public RowSource, private XmlHandler {
 public:
  XmlRows(InputFile input, const RowSettings& settings) : buffer_(std::move(input)), said_(settings.rows) {
    for (const std::string_view step : SplitAt(said_, '/')) {
      if (!step.empty()) path_.emplace_back(step);
    }
    frame_.is_marked = buffer_.input().is_marked();
    frame_.ending = kXmlInput.ending;
  }

  const std::string& name() const override { return buffer_.input().name(); }
  uint64_t bytes_read() const override { return buffer_.input().bytes_read(); }
  uint64_t bytes_total() const override { return buffer_.input().size(); }
  const RowsFrame& frame() const override { return frame_; }
  bool IsReady() const override { return !rows_.empty() || buffer_.IsReady('>'); }

  Result<RowsHead> ReadHead() override;
  Result<bool> Next(InputRow* row) override;
  std::optional<Rejection> ReadCells(std::string_view text, Record* record) override {
    return reader_.Read(text, record);
  }
  std::string Likeness(std::string_view, const Record& record) const override {
    return XmlRecordReader::Likeness(record);
  }

 private:
  struct Row {
    std::string tag;  // the element's name as it is written, with its prefix
    uint64_t line;
    uint64_t start, end;  // in the file's text
    size_t depth;
    bool is_cut = false;
    bool has_rows = false;  // inside it
  };

  void OnStart(std::string_view element, const Attributes& attributes) override;
  void OnEnd(std::string_view element) override;
  void OnText(std::string_view) override {}

  // Whether the innermost open element is at the end of this many steps of the path.
  bool IsAt(size_t steps) const;
  // The tag that is being told, as it is written.
  std::string TagText() const;
  static std::string NameIn(std::string_view tag);
  void EndHead();
  // Drops what is of no more use, and reads on.
  Status ReadPiece();
  Error NoRows() const;

  RowBuffer buffer_;  // from the start of the current row on, or of what the parser has not told yet
  const std::string said_;
  std::vector<std::string> path_;
  XmlParser parser_{this, XmlParser::Encoding::kUtf8};
  RowsFrame frame_;
  XmlRecordReader reader_;
  uint64_t dropped_ = 0;             // bytes of the text before buffer_
  bool at_end_ = false;              // of the file
  std::vector<std::string> open_;    // names of the elements around, from the outermost one
  std::vector<std::string> tags_;    // their tags, until the first row
  size_t tag_bytes_ = 0;             // of tags_
  XmlRepetitions repetitions_;       // until the first row
  bool has_row_ = false;             // there was one
  bool has_place_for_rows_ = false;  // what is around rows was there
  std::optional<Row> row_;           // that is open
  std::deque<Row> rows_;             // whole, and not yet given
  uint64_t last_line_ = 0;           // of the rows that were given
  std::string cut_text_;             // what stands for a row that is too long
};

bool XmlRows::IsAt(size_t steps) const {
  return steps > 0 && steps <= open_.size() &&
         std::equal(path_.begin(), path_.begin() + static_cast<ptrdiff_t>(steps),
                    open_.end() - static_cast<ptrdiff_t>(steps));
}

std::string XmlRows::TagText() const {
  const XmlParser::Place place = parser_.place();
  return std::string(buffer_.text().substr(place.offset - dropped_, place.size));
}

std::string XmlRows::NameIn(std::string_view tag) {
  return std::string(tag.substr(1, tag.find_first_of(" \t\r\n/>") - 1));
}

void XmlRows::EndHead() {
  has_row_ = true;
  frame_.head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  for (const std::string& tag : tags_) {
    frame_.head += "\n" + tag;
    frame_.foot.insert(0, fmt::format("</{}>", NameIn(tag)));
  }
  tags_.clear();
}

void XmlRows::OnStart(std::string_view element, const Attributes&) {
  open_.emplace_back(element);
  if (row_.has_value()) {
    row_->has_rows = row_->has_rows || IsAt(path_.size());
    return;
  }
  if (path_.size() > 1 && IsAt(path_.size() - 1)) has_place_for_rows_ = true;
  if (IsAt(path_.size())) {
    if (!has_row_) EndHead();
    const XmlParser::Place place = parser_.place();
    row_ = Row{NameIn(TagText()), place.line, place.offset, 0, open_.size()};
  } else if (!has_row_) {
    repetitions_.OnStart(element);
    tag_bytes_ += tags_.emplace_back(TagText()).size();
  }
}

void XmlRows::OnEnd(std::string_view) {
  const size_t depth = open_.size();
  open_.pop_back();
  if (row_.has_value()) {
    if (depth != row_->depth) return;
    const XmlParser::Place place = parser_.place();
    row_->end = place.offset + place.size;
    row_->is_cut = row_->is_cut || row_->end - row_->start > kMaxRecordBytes;
    rows_.push_back(*std::exchange(row_, std::nullopt));
  } else if (!has_row_) {
    repetitions_.OnEnd();
    tag_bytes_ -= tags_.back().size();
    tags_.pop_back();
  }
}

Status XmlRows::ReadPiece() {
  if (row_.has_value() && parser_.told() - row_->start > kMaxRecordBytes) row_->is_cut = true;
  const uint64_t needed = row_.has_value() && !row_->is_cut ? row_->start : parser_.told();
  buffer_.Drop(needed - std::exchange(dropped_, needed));
  const size_t before = buffer_.text().size();
  const auto filled = buffer_.Fill();
  RETURN_IF_ERROR(filled);
  at_end_ = !*filled;
  Status parsed = parser_.Parse(buffer_.text().substr(before), at_end_);
  if (parsed.ok() && tag_bytes_ > kMaxRecordBytes) {
    parsed = Error{ErrorCode::kInvalidArgument, "the tags around the rows are longer than any are", ""};
  }
  if (parsed.ok()) return parsed;
  return Error{ErrorCode::kInvalidArgument, fmt::format("{}:{}: {}", name(), parser_.line(), parsed.error().sentence),
               "nothing of the file is read"};
}

Error XmlRows::NoRows() const {
  const std::string which = repetitions_.ToString();
  if (path_.empty()) {
    return {ErrorCode::kInvalidArgument, fmt::format("{}: it is not said which elements are rows", name()),
            fmt::format("say rows = \"PATH\" under [file] of the map, or --rows PATH to map new; the likeliest: {}",
                        which)};
  }
  return {ErrorCode::kInvalidArgument, fmt::format("{}: no element is at {}", name(), Quoted(said_)),
          fmt::format("that is where rows should be; the likeliest: {}", which)};
}

Result<RowsHead> XmlRows::ReadHead() {
  while (!has_row_ && !at_end_) RETURN_IF_ERROR(ReadPiece());
  RowsHead head;
  head.line = 1;
  if (has_row_) return head;
  if (!has_place_for_rows_) return NoRows();
  head.remark = fmt::format("no element is at {}", Quoted(said_));
  return head;
}

Result<bool> XmlRows::Next(InputRow* row) {
  while (rows_.empty()) {
    if (at_end_) return false;
    RETURN_IF_ERROR(ReadPiece());
  }
  const Row found = std::move(rows_.front());
  rows_.pop_front();
  row->line = last_line_ = std::max(found.line, last_line_ + 1);
  row->fault.reset();
  if (found.has_rows) {
    row->fault = Rejection{RejectionCode::kBadField,
                           fmt::format("inside this {} stands another one; say the path of rows from the outermost "
                                       "element on",
                                       found.tag),
                           ""};
  }
  if (!found.is_cut) {
    row->text = buffer_.text().substr(found.start - dropped_, found.end - found.start);
    return true;
  }
  cut_text_ = fmt::format("<{0}><!-- longer than {1} bytes, and left out --></{0}>", found.tag, kMaxRecordBytes);
  row->text = cut_text_;
  row->fault =
      Rejection{RejectionCode::kTooLong,
                fmt::format("the element is longer than {} bytes; nothing of it is kept", kMaxRecordBytes), ""};
  return true;
}

}  // namespace

const InputFormat kXmlInput{
    .name = "xml",
    .title = "XML",
    .ending = ".xml",
    .holds_records = false,
    .settings = {"rows"},
    .begins = [](std::string_view start) { return start.starts_with("<?xml"); },
    .open = [](InputFile input, const RowSettings& settings) -> std::unique_ptr<RowSource> {
      return std::make_unique<XmlRows>(std::move(input), settings);
    },
};

}  // namespace duebook
