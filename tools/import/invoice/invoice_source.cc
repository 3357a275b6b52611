#include "tools/import/invoice/invoice_source.h"

#include <fmt/core.h>

#include <utility>
#include <variant>

#include "tools/import/invoice/electronic_invoice.h"
#include "tools/import/invoice/invoice_event.h"

namespace duebook {

namespace {

class InvoiceSource : public ImportSource {
 public:
  InvoiceSource(std::string name, ImportBatch batch) : name_(std::move(name)), batch_(std::move(batch)) {}

  const std::string& name() const override { return name_; }
  const RowsFrame& frame() const override { return frame_; }
  Result<bool> Next(ImportBatch* batch) override {
    *batch = std::exchange(batch_, ImportBatch());
    return !batch->items.empty();
  }

 private:
  const std::string name_;
  const RowsFrame frame_;
  ImportBatch batch_;
};

MadeCommand Make(const EventFields& fields, const std::string& source, const CommandContext& context) {
  Record record;
  record.source = source;
  for (const auto& [name, value] : fields) {
    if (!value.empty()) record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, value, {}});
  }
  return MakeCommand(record, context);
}

}  // namespace

Result<std::unique_ptr<ImportSource>> InvoiceSources::Next() {
  while (next_ < files_.size()) {
    bool is_credit_note = false;
    auto source = Open(files_[next_++], &is_credit_note);
    if (!is_credit_note) return source;
    credit_notes_.push_back(std::move(*source));
  }
  if (credit_notes_.empty()) return std::unique_ptr<ImportSource>();
  auto source = std::move(credit_notes_.front());
  credit_notes_.pop_front();
  return source;
}

Result<std::unique_ptr<ImportSource>> InvoiceSources::Open(const std::string& path, bool* is_credit_note) const {
  const auto invoice = ReadElectronicInvoice(path, encoding_);
  RETURN_IF_ERROR(invoice);
  ImportBatch batch;
  batch.lines = 1;
  const auto& numbers = invoice->ValuesOf(InvoiceTerm::kNumber);
  if (!numbers.empty()) batch.invoice = numbers.front().text;
  ImportBatch::Item& item = batch.items.emplace_back();
  const auto read = EventOf(*invoice, names_);
  if (const auto* fault = std::get_if<InvoiceFault>(&read)) {
    item.line = fault->line;
    batch.commands.push_back(fault->rejection);
  } else {
    const auto& event = std::get<InvoiceEvent>(read);
    const std::string source = fmt::format("{}:{}", SourceOfFile(invoice->file), event.line);
    *is_credit_note = event.is_credit_note;
    item.line = event.line;
    item.length = event.summary.size();
    batch.text = event.summary;
    batch.remark = event.remark;
    batch.commands.push_back(Make(event.fields, source, context_));
    if (!event.unallocated.empty()) {
      batch.others.push_back({0, Make(event.unallocated, source, context_), event.unallocated_remark});
    }
  }
  return std::unique_ptr<ImportSource>(std::make_unique<InvoiceSource>(invoice->file, std::move(batch)));
}

}  // namespace duebook
