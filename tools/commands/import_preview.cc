#include "tools/commands/import_preview.h"

#include <fmt/core.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ledger/event/event_fields.h"
#include "ledger/values/text.h"
#include "tools/commands/session.h"
#include "tools/commands/shell_word.h"
#include "tools/import/pipeline/reasons_file.h"

namespace duebook {

namespace {

constexpr size_t kShownBytes = 100;  // of a row, beside which there has to be room

// A row, and what it becomes.
struct PreviewedRow {
  std::string text;
  std::vector<std::string> becomes;
};

std::string Shortened(std::string text) {
  if (text.size() <= kShownBytes) return text;
  size_t end = kShownBytes;
  while ((static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) end--;  // amid a character
  return text.substr(0, end) + "…";
}

std::string DecimalText(const Decimal& decimal) {
  std::string text = std::to_string(decimal.digits);
  const size_t sign = text.starts_with('-') ? 1 : 0;
  const auto scale = static_cast<size_t>(decimal.scale);
  if (text.size() - sign <= scale) text.insert(sign, scale + 1 - (text.size() - sign), '0');
  if (scale > 0) text.insert(text.size() - scale, 1, '.');
  return text;
}

// As `record` would be told it.
std::string ShownEvent(const Command& command) {
  const EventView event = command.event();
  std::string shown = event.info().name;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) shown += fmt::format(" {}={}", name, ShellWord(value));
  };
  add("id", std::string(event.id()));
  add("date", event.date().ToString());
  add("customer", std::string(event.customer()));
  add("currency", event.currency().ToString());
  for (const FieldInfo& field : event.info().fields) {
    if (!field.internal) add(field.name, FieldText(event, field));
  }
  for (const Command::OpenAmount& amount : command.open_amounts()) {
    add(amount.field, DecimalText(amount.value));
  }
  add("actor", std::string(event.actor()));
  add("memo", std::string(event.memo()));
  return shown;
}

std::string Shown(const MadeCommand& made) {
  const auto* rejection = std::get_if<Rejection>(&made);
  if (rejection == nullptr) return ShownEvent(std::get<Command>(made));
  return fmt::format("refused: {}", RefusalText(*rejection));
}

std::vector<ImportWarning> WarningsOf(const MadeCommand& made, Currency ledger_currency, const std::string& source,
                                      uint64_t line, ImportWarnings* warnings) {
  const auto* command = std::get_if<Command>(&made);
  const auto entry = command == nullptr ? std::nullopt : EntryOf(*command, ledger_currency);
  if (!entry.has_value()) return {};
  auto found = warnings->Look(*entry, source);
  warnings->Note(*entry, source, line);
  return found;
}

}  // namespace

Result<Report> PreviewOf(ImportSource* source, size_t rows, bool in_order, Currency ledger_currency,
                         ImportWarnings* warnings) {
  std::map<uint64_t, PreviewedRow> previewed;  // by line
  ImportBatch batch;
  while (!in_order || previewed.size() < rows) {
    const auto more = source->Next(&batch);
    RETURN_IF_ERROR(more);
    if (!*more) break;
    if (!batch.remark.empty()) Tell(fmt::format("{}: {}\n", source->name(), batch.remark));
    for (size_t i = 0; i < batch.items.size(); i++) {
      const uint64_t line = batch.items[i].line;
      const auto found = WarningsOf(batch.commands[i], ledger_currency, source->name(), line, warnings);
      if (previewed.size() == rows && line > previewed.rbegin()->first) continue;
      PreviewedRow& row = previewed[line];
      row.text = batch.TextOf(batch.items[i]);
      row.becomes.push_back(Shown(batch.commands[i]));
      for (const ImportWarning& warning : found) row.becomes.push_back("warning: " + TextOf(warning));
      if (previewed.size() > rows) previewed.erase(std::prev(previewed.end()));
    }
  }
  Report report;
  report.name = "preview";
  report.columns = {{"line", ColumnType::kNumber}, {"row"}, {"becomes"}};
  for (const auto& [line, row] : previewed) {
    for (size_t i = 0; i < row.becomes.size(); i++) {
      const bool is_first = i == 0;
      report.rows.push_back({is_first ? Cell(static_cast<int64_t>(line)) : Cell(),
                             is_first ? Cell(Shortened(row.text)) : Cell(), row.becomes[i]});
    }
  }
  return report;
}

}  // namespace duebook
