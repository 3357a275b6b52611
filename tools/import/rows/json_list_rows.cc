// JSON as a whole file: one list of objects, whose members are the cells. Objects may run over many lines, and share
// lines; so the line of a row is its number in the list.
//
// The list is cut into its entries as it is read, so that memory does not grow with the file: of an entry longer than
// kMaxRecordBytes only the start is kept.

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <utility>

#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/json_record.h"
#include "tools/import/rows/record_splitter.h"
#include "tools/import/rows/row_buffer.h"

namespace duebook {

namespace {

bool BeginsAList(std::string_view start) {
  if (!start.starts_with('[')) return false;
  const size_t next = start.find_first_not_of(" \t\r\n", 1);
  return next != std::string_view::npos && (start[next] == '{' || start[next] == ']');
}

class JsonListRows : public RowSource {
 public:
  explicit JsonListRows(InputFile input)
      : buffer_(std::move(input)), frame_{"[", "]", ",", buffer_.input().is_marked(), kJsonInput.ending} {}

  const std::string& name() const override { return buffer_.input().name(); }
  uint64_t bytes_read() const override { return buffer_.input().bytes_read(); }
  uint64_t bytes_total() const override { return buffer_.input().size(); }
  const RowsFrame& frame() const override { return frame_; }
  bool IsReady() const override { return buffer_.IsReady('}'); }

  Result<RowsHead> ReadHead() override;
  Result<bool> Next(InputRow* row) override;
  std::optional<Rejection> ReadCells(std::string_view text, Record* record) override {
    return reader_.Read(text, record);
  }
  std::string Likeness(std::string_view text, const Record& record) const override;

 private:
  enum class Place { kBeforeFirst, kBeforeEntry, kBehindList, kDone };

  // Goes past blanks. Returns the byte that follows, or nothing at the end of the file.
  Result<std::optional<char>> NextByte();
  // Moves end_ to where the entry ends: to a comma or the bracket that closes the list. False if the file ends before.
  Result<bool> FindEnd();
  // Gives what is left of the file as a row that is there for its fault alone, behind which nothing can be read.
  Status TakeFault(std::string sentence, InputRow* row);

  RowBuffer buffer_;  // from the start of the current entry on
  const RowsFrame frame_;
  JsonRecordReader reader_;
  size_t end_ = 0;        // how far the entry was looked at
  bool is_cut_ = false;   // the entry is so long that only its start is in buffer_
  uint64_t entries_ = 0;  // given so far
  int depth_ = 0;         // of lists and objects in the entry, at end_
  bool in_text_ = false;  // at end_
  bool escaped_ = false;  // the byte at end_ says no more than itself
  Place place_ = Place::kBeforeFirst;
};

Result<std::optional<char>> JsonListRows::NextByte() {
  while (true) {
    const std::string_view text = buffer_.text();
    const size_t next = text.find_first_not_of(" \t\r\n");
    if (next != std::string_view::npos) {
      buffer_.Drop(next);
      return std::optional(text[next]);
    }
    buffer_.Drop(text.size());
    const auto filled = buffer_.Fill();
    RETURN_IF_ERROR(filled);
    if (!*filled) return std::optional<char>();
  }
}

Result<RowsHead> JsonListRows::ReadHead() {
  const auto first = NextByte();
  RETURN_IF_ERROR(first);
  RowsHead head;
  head.line = 1;
  if (!first->has_value()) {
    head.is_missing = true;
  } else if (**first != '[') {
    head.fault = Rejection{RejectionCode::kBadJson,
                           "no list of JSON objects: the file has to begin with [; a file of an object a line is JSON "
                           "Lines, and is called .jsonl",
                           ""};
  }
  buffer_.Drop(1);
  return head;
}

Result<bool> JsonListRows::FindEnd() {
  end_ = 0;
  is_cut_ = false;
  depth_ = 0;
  in_text_ = escaped_ = false;
  while (true) {
    const std::string_view text = buffer_.text();
    for (; end_ < text.size(); end_++) {
      const char c = text[end_];
      if (in_text_) {
        if (escaped_) {
          escaped_ = false;
        } else if (c == '\\') {
          escaped_ = true;
        } else if (c == '"') {
          in_text_ = false;
        }
      } else if (c == '"') {
        in_text_ = true;
      } else if (c == '{' || c == '[') {
        depth_++;
      } else if (depth_ == 0 && (c == ',' || c == ']')) {
        return true;
      } else if (depth_ > 0 && (c == '}' || c == ']')) {
        depth_--;  // one too many is a part of an entry that is refused
      }
    }
    if (end_ > kMaxRecordBytes) {  // its start stays, and what follows is passed over
      is_cut_ = true;
      buffer_.CutAfter(kMaxRecordBytes);
      end_ = kMaxRecordBytes;
    }
    const auto filled = buffer_.Fill();
    RETURN_IF_ERROR(filled);
    if (!*filled) return false;
  }
}

Status JsonListRows::TakeFault(std::string sentence, InputRow* row) {
  while (buffer_.text().size() <= kMaxRecordBytes && !buffer_.at_end()) RETURN_IF_ERROR(buffer_.Fill());
  row->line = ++entries_;
  row->text = buffer_.text().substr(0, kMaxRecordBytes);
  if (is_cut_ || buffer_.text().size() > kMaxRecordBytes) {
    sentence += fmt::format("; of what stands there, only the first {} bytes are kept", kMaxRecordBytes);
  }
  row->fault = Rejection{RejectionCode::kBadJson, std::move(sentence), ""};
  place_ = Place::kDone;
  return Status();
}

Result<bool> JsonListRows::Next(InputRow* row) {
  if (place_ == Place::kDone) return false;
  row->fault.reset();
  const auto first = NextByte();
  RETURN_IF_ERROR(first);
  if (place_ == Place::kBeforeFirst && *first == ']') {
    buffer_.Drop(1);
    place_ = Place::kBehindList;
    return Next(row);
  }
  if (place_ == Place::kBehindList) {
    place_ = Place::kDone;
    if (!first->has_value()) return false;
    is_cut_ = false;
    RETURN_IF_ERROR(TakeFault("something follows the list, of which the file has to consist", row));
    return true;
  }
  const auto ended = FindEnd();
  RETURN_IF_ERROR(ended);
  if (!*ended) {
    RETURN_IF_ERROR(TakeFault("the file ends within the list: the bracket ] that closes it is missing", row));
    return true;
  }
  const std::string_view text = buffer_.text().substr(0, end_);
  row->line = ++entries_;
  row->text = text.substr(0, std::min(text.find_last_not_of(" \t\r\n") + 1, kMaxRecordBytes));
  if (is_cut_ || text.size() > kMaxRecordBytes) {
    row->fault =
        Rejection{RejectionCode::kTooLong,
                  fmt::format("the entry is longer than {} bytes; only its start is kept", kMaxRecordBytes), ""};
  }
  place_ = buffer_.text()[end_] == ']' ? Place::kBehindList : Place::kBeforeEntry;
  buffer_.Drop(end_ + 1);
  return true;
}

// The same for an object however it is laid out.
std::string JsonListRows::Likeness(std::string_view text, const Record&) const {
  std::string compact(text.size() + simdjson::SIMDJSON_PADDING, '\0');
  size_t size = 0;
  if (simdjson::minify(text.data(), text.size(), compact.data(), size) != simdjson::SUCCESS) return std::string(text);
  compact.resize(size);
  return compact;
}

}  // namespace

const InputFormat kJsonInput{
    .name = "json",
    .title = "JSON",
    .ending = ".json",
    .holds_records = true,
    .settings = {},
    .begins = BeginsAList,
    .open = [](InputFile input, const RowSettings&) -> std::unique_ptr<RowSource> {
      return std::make_unique<JsonListRows>(std::move(input));
    },
};

}  // namespace duebook
