#include "tools/import/pipeline/mapped_source.h"

#include <fmt/core.h>

#include <utility>

#include "tools/import/pipeline/kept_lines.h"

namespace duebook {

namespace {

class MappedSource : public ImportSource {
 public:
  MappedSource(std::string name, uint64_t bytes, std::shared_ptr<const ImportMap> map, MappedFile file,
               const CommandContext& context)
      : name_(std::move(name)), bytes_(bytes), map_(std::move(map)), file_(std::move(file)), context_(context) {}

  const std::string& name() const override { return name_; }
  const RowsFrame& frame() const override { return file_.frame(); }
  std::vector<KeptLine> KeptWith(const ImportBatch&, const ImportBatch::Item& item) const override {
    return file_.KeptWith(item.line);
  }
  std::vector<KeptLine> RowsOf(const ImportBatch& batch, const ImportBatch::Item& item) const override {
    return item.event == ImportBatch::kNoEvent ? ImportSource::RowsOf(batch, item)
                                               : file_.RowsOf(item.line, item.event);
  }
  bool IsNumberedByContent(const ImportBatch::Item& item) const override {
    return item.event != ImportBatch::kNoEvent && map_->events[item.event].IsNumberedByContent();
  }
  uint64_t bytes_read() const override { return bytes_read_; }
  uint64_t bytes_total() const override { return bytes_; }

  Result<bool> Next(ImportBatch* batch) override {
    *batch = ImportBatch();
    batch->lines = std::exchange(lines_to_count_, 0);
    batch->remark = std::exchange(remark_, "");
    while (!batch->is_full() && file_.Next(&event_)) Add(batch);
    // What is done of the file, as if each event took the same share of its bytes.
    events_ += batch->items.size();
    bytes_read_ = file_.event_count() == 0 ? bytes_ : bytes_ * events_ / file_.event_count();
    return batch->lines > 0 || !batch->items.empty() || !batch->remark.empty();
  }

 private:
  void Add(ImportBatch* batch) {
    ImportBatch::Item& item = batch->items.emplace_back();
    item.line = event_.line;
    item.start = batch->text.size();
    item.length = event_.row.size();
    batch->text += event_.row;
    item.event = event_.rejection.has_value() ? ImportBatch::kNoEvent : event_.event;
    batch->commands.push_back(Read());
  }

  MadeCommand Read() {
    if (event_.rejection.has_value()) return *std::move(event_.rejection);
    event_.record.source = source_ + ":" + std::to_string(event_.line);
    MadeCommand made = MakeCommand(event_.record, context_);
    if (auto* command = std::get_if<Command>(&made); command != nullptr && event_.once) command->GiveWay();
    if (auto* rejection = std::get_if<Rejection>(&made)) rejection->sentence += HowWorkedOut(rejection->field);
    return made;
  }

  std::string HowWorkedOut(std::string_view field) const {
    const std::vector<KeptLine> rows = file_.RowsOf(event_.line, event_.event);
    if (rows.size() > 1) return fmt::format(", made of {}", NumbersOf(rows));
    return file_.HowWorkedOut(event_.event, field);
  }

  std::string name_;
  std::string source_ = SourceOfFile(name_);  // of its records, but for their lines
  uint64_t bytes_;
  std::shared_ptr<const ImportMap> map_;
  MappedFile file_;
  CommandContext context_;
  MappedEvent event_;
  uint64_t lines_to_count_ = file_.row_count();
  std::string remark_ = file_.remark();  // to be told
  uint64_t events_ = 0;
  std::atomic<uint64_t> bytes_read_ = 0;
};

}  // namespace

Result<std::unique_ptr<ImportSource>> OpenMappedSource(const std::string& path, std::shared_ptr<const ImportMap> map,
                                                       const CommandContext& context, const IsKnownId& is_known) {
  auto opened = OpenRecognised(path, map->format, kCsvInput, map->encoding);
  RETURN_IF_ERROR(opened);
  auto rows = opened->format->open(std::move(opened->input), map->settings);
  const std::string name = rows->name();
  const uint64_t bytes = rows->bytes_total();
  auto file = MappedFile::Read(*map, std::move(rows), is_known);
  RETURN_IF_ERROR(file);
  return std::unique_ptr<ImportSource>(
      std::make_unique<MappedSource>(name, bytes, std::move(map), std::move(*file), context));
}

}  // namespace duebook
