// Files of records in the ledger's own formats.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/ascii.h"
#include "ledger/values/source.h"
#include "tools/import/pipeline/import_source.h"
#include "tools/import/rows/csv_record.h"
#include "tools/import/rows/json_record.h"
#include "tools/import/rows/other_formats.h"
#include "tools/import/rows/record_splitter.h"

namespace duebook {

namespace {

std::optional<Rejection> RefuseFault(const SplitRecord& split) {
  switch (split.fault) {
    case SplitRecord::Fault::kNone:
      return std::nullopt;
    case SplitRecord::Fault::kTooLong:
      return Rejection{RejectionCode::kTooLong,
                       fmt::format("the line is longer than {} bytes; only its start is kept", kMaxRecordBytes), ""};
    case SplitRecord::Fault::kOpenQuotes:
      return Rejection{RejectionCode::kBadCsv, "quotes in a cell are never closed", ""};
  }
  return std::nullopt;
}

// Turns the text of one record into a Record; `text` is followed by padding.
class RecordParser {
 public:
  virtual ~RecordParser() = default;
  virtual std::optional<Rejection> Read(std::string_view text, Record* record) = 0;
};

class JsonParser : public RecordParser {
 public:
  std::optional<Rejection> Read(std::string_view text, Record* record) override { return reader_.Read(text, record); }

 private:
  JsonRecordReader reader_;
};

class CsvParser : public RecordParser {
 public:
  CsvRecordReader& reader() { return reader_; }
  std::optional<Rejection> Read(std::string_view text, Record* record) override { return reader_.Read(text, record); }

 private:
  CsvRecordReader reader_;
};

class RecordSource : public ImportSource {
 public:
  RecordSource(InputFile input, bool csv, const CommandContext& context)
      : context_(context),
        name_(input.name()),
        source_(SourceOfFile(name_)),
        bytes_total_(input.size()),
        splitter_(std::move(input), csv ? RecordSplitter::Shape::kQuotedRows : RecordSplitter::Shape::kLines) {
    if (csv) {
      parser_ = std::make_unique<CsvParser>();
    } else {
      parser_ = std::make_unique<JsonParser>();
    }
    csv_ = csv ? static_cast<CsvParser*>(parser_.get()) : nullptr;
  }

  const std::string& name() const override { return name_; }
  std::string_view header() const override { return header_; }
  uint64_t bytes_read() const override { return bytes_read_; }
  uint64_t bytes_total() const override { return bytes_total_; }

  Result<bool> Next(ImportBatch* batch) override {
    *batch = ImportBatch();
    if (csv_ != nullptr && !has_header_) {
      const auto any = ReadHeader();
      RETURN_IF_ERROR(any);
      if (!*any) return false;
    }
    const auto faults = Gather(batch);
    RETURN_IF_ERROR(faults);
    if (batch->items.empty()) return false;
    Encode(batch);
    return true;
  }

 private:
  // False if the file is empty.
  Result<bool> ReadHeader() {
    SplitRecord split;
    const auto found = splitter_.Next(&split);
    RETURN_IF_ERROR(found);
    if (!*found) return false;
    auto rejection = RefuseFault(split);
    if (!rejection.has_value()) rejection = csv_->reader().ReadHeader(split.text);
    if (rejection.has_value()) {
      return Error{ErrorCode::kInvalidArgument, fmt::format("{}:{}: {}", name_, split.line, rejection->sentence),
                   "the first row names the columns; files of other systems are read with --map"};
    }
    header_ = split.text;
    has_header_ = true;
    return true;
  }

  // Copies records into the batch, so that the splitter can go on while they are looked at.
  Status Gather(ImportBatch* batch) {
    batch->items.reserve(ImportBatch::kFullItems);
    batch->text.reserve(batch_bytes_);
    SplitRecord split;
    do {
      const auto found = splitter_.Next(&split);
      RETURN_IF_ERROR(found);
      if (!*found) break;
      batch->items.push_back({split.line, batch->text.size(), split.text.size(), nullptr});
      if (auto fault = RefuseFault(split)) batch->items.back().Refuse(*std::move(fault));
      batch->text += split.text;
      batch->text += '\n';  // what is wrong with a record must not be told by how the next one begins
    } while (!batch->is_full() && splitter_.IsReady());
    batch->lines = batch->items.size();
    batch->text.append(simdjson::SIMDJSON_PADDING, ' ');
    batch_bytes_ = std::max(batch_bytes_, batch->text.size());
    bytes_read_ = splitter_.bytes_read();
    return Status();
  }

  void Encode(ImportBatch* batch) {
    batch->commands.reserve(batch->items.size());
    for (ImportBatch::Item& item : batch->items) {
      if (item.is_refused()) continue;
      if (auto rejection = parser_->Read(batch->TextOf(item), &record_)) {
        item.Refuse(*std::move(rejection));
        continue;
      }
      record_.source = source_;
      record_.source += ':';
      record_.source += std::to_string(item.line);
      auto made = MakeCommand(record_, context_);
      if (auto* rejection = std::get_if<Rejection>(&made)) {
        item.Refuse(std::move(*rejection));
      } else {
        batch->commands.push_back(std::move(std::get<Command>(made)));
      }
    }
  }

  CommandContext context_;
  std::string name_;
  std::string source_;  // of its records, but for their lines
  uint64_t bytes_total_;
  std::atomic<uint64_t> bytes_read_ = 0;
  RecordSplitter splitter_;
  std::unique_ptr<RecordParser> parser_;
  CsvParser* csv_ = nullptr;  // parser_, if it is one
  size_t batch_bytes_ = 0;    // the most that a batch has had
  bool has_header_ = false;
  std::string header_;
  Record record_;
};

}  // namespace

std::string SourceOfFile(const std::string& name) {
  const bool other = std::any_of(kDoorSources.begin(), kDoorSources.end(),
                                 [&](std::string_view door) { return name.starts_with(door); });
  return other ? "./" + name : name;
}

bool IsCsvName(const std::string& path) { return EndsInAnyCase(path, ".csv"); }

Result<std::unique_ptr<ImportSource>> OpenRecordSource(const std::string& path, InputFormat format,
                                                       const CommandContext& context) {
  auto input = OpenLines(path);
  RETURN_IF_ERROR(input);
  const bool csv = format == InputFormat::kCsv || (format == InputFormat::kByName && IsCsvName(path));
  return std::unique_ptr<ImportSource>(std::make_unique<RecordSource>(std::move(*input), csv, context));
}

}  // namespace duebook
