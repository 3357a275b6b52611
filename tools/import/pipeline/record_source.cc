// Files of records of the ledger's own.

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "ledger/values/source.h"
#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/pipeline/import_source.h"

namespace duebook {

namespace {

// Returns why a head that names columns means that nothing can be read: one is empty or repeated, or there is none for
// what every record needs. Nothing if it can.
std::optional<std::string> WhyNoRecords(const std::vector<std::string>& columns) {
  std::set<std::string_view> known;
  for (const std::string& name : columns) {
    if (name.empty()) return fmt::format("column {} of the header has no name", known.size() + 1);
    if (known.contains(name)) return fmt::format("the header names the column {} twice", name);
    if (HasControlCharacter(name)) {
      return "the header holds a control character; a text file is needed whose lines end with LF or CR LF";
    }
    known.insert(name);
  }
  for (const char* needed : {"type", "id", "date"}) {
    if (known.contains(needed)) continue;
    return fmt::format("the header has no column {}{}", needed, DidYouMean(needed, {columns.begin(), columns.end()}));
  }
  return std::nullopt;
}

class RecordSource : public ImportSource {
 public:
  RecordSource(std::unique_ptr<RowSource> rows, const CommandContext& context)
      : context_(context), source_(SourceOfFile(rows->name())), rows_(std::move(rows)) {}

  const std::string& name() const override { return rows_->name(); }
  const RowsFrame& frame() const override { return rows_->frame(); }
  uint64_t bytes_read() const override { return bytes_read_; }
  uint64_t bytes_total() const override { return rows_->bytes_total(); }

  Result<bool> Next(ImportBatch* batch) override {
    *batch = ImportBatch();
    if (!std::exchange(has_head_, true)) RETURN_IF_ERROR(ReadHead(&batch->remark));
    const auto faults = Gather(batch);
    RETURN_IF_ERROR(faults);
    if (batch->items.empty()) return false;
    Encode(batch);
    return true;
  }

 private:
  Status ReadHead(std::string* remark) {
    const auto head = rows_->ReadHead();
    RETURN_IF_ERROR(head);
    *remark = head->remark;
    std::optional<std::string> wrong;
    if (head->fault.has_value()) wrong = head->fault->sentence;
    if (head->columns.has_value()) wrong = WhyNoRecords(*head->columns);
    if (!wrong.has_value()) return Status();
    return Error{ErrorCode::kInvalidArgument, fmt::format("{}:{}: {}", name(), head->line, *wrong),
                 fmt::format("{}files of other systems are read with --map",
                             head->columns.has_value() ? "the first row names the columns; " : "")};
  }

  // Copies rows into the batch, so that the source can go on while they are looked at.
  Status Gather(ImportBatch* batch) {
    batch->items.reserve(ImportBatch::kFullItems);
    faults_.clear();
    batch->text.reserve(batch_bytes_);
    InputRow row;
    do {
      const auto found = rows_->Next(&row);
      RETURN_IF_ERROR(found);
      if (!*found) break;
      batch->items.push_back({row.line, batch->text.size(), row.text.size()});
      if (row.fault.has_value()) faults_.emplace(batch->items.size() - 1, *std::exchange(row.fault, std::nullopt));
      batch->text += row.text;
      batch->text += '\n';  // what is wrong with a record must not be told by how the next one begins
    } while (!batch->is_full() && rows_->IsReady());
    batch->lines = batch->items.size();
    batch->text.append(kRowPadding, ' ');
    batch_bytes_ = std::max(batch_bytes_, batch->text.size());
    bytes_read_ = rows_->bytes_read();
    return Status();
  }

  void Encode(ImportBatch* batch) {
    batch->commands.reserve(batch->items.size());
    for (size_t i = 0; i < batch->items.size(); i++) {
      const auto fault = faults_.find(i);
      batch->commands.push_back(fault == faults_.end() ? Read(*batch, batch->items[i]) : std::move(fault->second));
    }
  }

  MadeCommand Read(const ImportBatch& batch, const ImportBatch::Item& item) {
    if (auto rejection = rows_->ReadCells(batch.TextOf(item), &record_)) return *std::move(rejection);
    record_.source = source_;
    record_.source += ':';
    record_.source += std::to_string(item.line);
    return MakeCommand(record_, context_);
  }

  CommandContext context_;
  std::string source_;  // of its records, but for their lines
  std::unique_ptr<RowSource> rows_;
  std::atomic<uint64_t> bytes_read_ = 0;
  size_t batch_bytes_ = 0;  // the most that a batch has had
  bool has_head_ = false;
  std::map<size_t, Rejection> faults_;  // of items of the batch at hand that are no rows
  Record record_;
};

}  // namespace

std::string SourceOfFile(const std::string& name) {
  const bool other = std::any_of(kDoorSources.begin(), kDoorSources.end(),
                                 [&](std::string_view door) { return name.starts_with(door); });
  return other ? "./" + name : name;
}

const InputFormat& RecordFormatOfName(const std::string& path) {
  const InputFormat* named = InputFormatOfName(path);
  return named == nullptr ? kJsonLinesInput : *named;
}

Result<std::unique_ptr<ImportSource>> OpenRecordSource(const std::string& path, const InputFormat* said,
                                                       const CommandContext& context, const std::string& encoding,
                                                       const RowSettings& settings) {
  auto file = OpenRecognised(path, said, kJsonLinesInput, encoding);
  RETURN_IF_ERROR(file);
  if (!file->format->holds_records) {
    return Error{
        ErrorCode::kInvalidArgument,
        fmt::format("{} is {}, which holds no records of the ledger's own", file->input.name(), file->format->title),
        fmt::format("say with --map how its rows become events{}",
                    file->format == &kXmlInput ? ", or with --invoice that it is an e-invoice" : "")};
  }
  return std::unique_ptr<ImportSource>(
      std::make_unique<RecordSource>(file->format->open(std::move(file->input), settings), context));
}

}  // namespace duebook
