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

namespace duebook {

namespace {

constexpr size_t kReadBytes = size_t{1} << 18;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool BeginsAList(std::string_view start) {
  if (!start.starts_with('[')) return false;
  const size_t next = start.find_first_not_of(" \t\r\n", 1);
  return next != std::string_view::npos && (start[next] == '{' || start[next] == ']');
}

class JsonListRows : public RowSource {
 public:
  explicit JsonListRows(InputFile input) : input_(std::move(input)), frame_{"[", "]", ",", input_.is_decoded()} {}

  const std::string& name() const override { return input_.name(); }
  uint64_t bytes_read() const override { return bytes_read_; }
  uint64_t bytes_total() const override { return input_.size(); }
  const RowsFrame& frame() const override { return frame_; }
  bool IsReady() const override { return at_end_ || input_.IsReady(); }

  Result<RowsHead> ReadHead() override;
  Result<bool> Next(InputRow* row) override;
  std::optional<Rejection> ReadCells(std::string_view text, Record* record) override {
    text_ = text;
    return reader_.Read(text, record);
  }
  std::string Likeness() const override;

 private:
  enum class Place { kBeforeFirst, kBeforeEntry, kBehindList, kDone };

  // Reads more behind what there is from start_ on. False at the end of the file.
  Result<bool> Fill();
  // Goes past blanks. Returns the byte that follows, or nothing at the end of the file.
  Result<std::optional<char>> NextByte();
  // Moves end_ to where the entry from start_ on ends: to a comma or the bracket that closes the list. False if the
  // file ends before.
  Result<bool> FindEnd();
  // A row that is there for its fault alone, behind which nothing can be read.
  void TakeFault(std::string sentence, InputRow* row);

  InputFile input_;
  const RowsFrame frame_;
  JsonRecordReader reader_;
  std::string_view text_;  // read last
  std::string buffer_;
  size_t start_ = 0;      // of the entry in buffer_
  size_t end_ = 0;        // how far it was looked at
  bool is_cut_ = false;   // the entry is so long that only its start is in buffer_
  uint64_t entries_ = 0;  // given so far
  int depth_ = 0;         // of lists and objects in the entry, at end_
  bool in_text_ = false;  // at end_
  bool escaped_ = false;  // likewise: the next byte says no more than itself
  bool at_end_ = false;   // the input has nothing more
  Place place_ = Place::kBeforeFirst;
  uint64_t bytes_read_ = 0;
};

Result<bool> JsonListRows::Fill() {
  buffer_.erase(0, start_);
  end_ -= start_;
  start_ = 0;
  const auto count = input_.Read(kReadBytes, &buffer_);
  RETURN_IF_ERROR(count);
  at_end_ = *count == 0;
  bytes_read_ += *count;
  return !at_end_;
}

Result<std::optional<char>> JsonListRows::NextByte() {
  while (true) {
    for (; start_ < buffer_.size(); start_++) {
      const char c = buffer_[start_];
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return std::optional(c);
    }
    end_ = start_;
    const auto filled = Fill();
    RETURN_IF_ERROR(filled);
    if (!*filled) return std::optional<char>();
  }
}

Result<RowsHead> JsonListRows::ReadHead() {
  while (buffer_.size() < kByteOrderMark.size()) {
    const auto filled = Fill();
    RETURN_IF_ERROR(filled);
    if (!*filled) break;
  }
  if (buffer_.starts_with(kByteOrderMark)) start_ = kByteOrderMark.size();
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
  start_++;
  return head;
}

Result<bool> JsonListRows::FindEnd() {
  end_ = start_;
  is_cut_ = false;
  depth_ = 0;
  in_text_ = escaped_ = false;
  while (true) {
    for (; end_ < buffer_.size(); end_++) {
      const char c = buffer_[end_];
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
    if (end_ - start_ > kMaxRecordBytes) {  // its start stays, and what follows is passed over
      is_cut_ = true;
      buffer_.resize(start_ + kMaxRecordBytes);
      end_ = buffer_.size();
    }
    const auto filled = Fill();
    RETURN_IF_ERROR(filled);
    if (!*filled) return false;
  }
}

void JsonListRows::TakeFault(std::string sentence, InputRow* row) {
  row->line = ++entries_;
  row->text = std::string_view(buffer_).substr(start_, kMaxRecordBytes);
  row->fault = Rejection{RejectionCode::kBadJson, std::move(sentence), ""};
  place_ = Place::kDone;
}

Result<bool> JsonListRows::Next(InputRow* row) {
  if (place_ == Place::kDone) return false;
  row->fault.reset();
  const auto first = NextByte();
  RETURN_IF_ERROR(first);
  if (place_ == Place::kBeforeFirst && *first == ']') {
    start_++;
    place_ = Place::kBehindList;
    return Next(row);
  }
  if (place_ == Place::kBehindList) {
    place_ = Place::kDone;
    if (!first->has_value()) return false;
    TakeFault("something follows the list, of which the file has to consist", row);
    return true;
  }
  const auto ended = FindEnd();
  RETURN_IF_ERROR(ended);
  if (!*ended) {
    TakeFault("the file ends within the list: the bracket ] that closes it is missing", row);
    return true;
  }
  const std::string_view text = std::string_view(buffer_).substr(start_, end_ - start_);
  row->line = ++entries_;
  row->text = text.substr(0, std::min(text.find_last_not_of(" \t\r\n") + 1, kMaxRecordBytes));
  if (is_cut_ || text.size() > kMaxRecordBytes) {
    row->fault =
        Rejection{RejectionCode::kTooLong,
                  fmt::format("the entry is longer than {} bytes; only its start is kept", kMaxRecordBytes), ""};
  }
  place_ = buffer_[end_] == ']' ? Place::kBehindList : Place::kBeforeEntry;
  start_ = end_ + 1;
  return true;
}

// The same for an object however it is laid out.
std::string JsonListRows::Likeness() const {
  std::string compact(text_.size() + simdjson::SIMDJSON_PADDING, '\0');
  size_t size = 0;
  if (simdjson::minify(text_.data(), text_.size(), compact.data(), size) != simdjson::SUCCESS)
    return std::string(text_);
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
