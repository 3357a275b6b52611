#include "tools/commands/import_preview.h"

#include <fmt/core.h>

#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ledger/event/event_fields.h"
#include "ledger/values/text.h"
#include "tools/commands/session.h"
#include "tools/commands/shell_word.h"
#include "tools/import/pipeline/kept_lines.h"
#include "tools/import/pipeline/reasons_file.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

// The most that is shown of a row, as there has to be room beside it.
constexpr size_t kShownBytes = 100;

// The first rows of a file, so many at most, and what they become.
class PreviewedRows {
 public:
  struct Row {
    std::string text;
    std::vector<std::string> becomes;
  };

  explicit PreviewedRows(size_t most) : most_(most) {}

  bool is_full() const { return rows_.size() == most_; }
  const std::map<uint64_t, Row>& by_line() const { return rows_; }
  // Says what a row becomes, once more if it was there. Rows behind the first ones are left out.
  void Add(const KeptLine& line, std::string becomes) {
    if (is_full() && line.line > rows_.rbegin()->first) return;
    Row& row = rows_[line.line];
    row.text = line.text;
    row.becomes.push_back(std::move(becomes));
    if (rows_.size() > most_) rows_.erase(std::prev(rows_.end()));
  }

 private:
  const size_t most_;
  std::map<uint64_t, Row> rows_;
};

std::string DecimalText(const Decimal& decimal) {
  std::string text = std::to_string(decimal.digits);
  const size_t sign = text.starts_with('-') ? 1 : 0;
  const auto scale = static_cast<size_t>(decimal.scale);
  if (text.size() - sign <= scale) text.insert(sign, scale + 1 - (text.size() - sign), '0');
  if (scale > 0) text.insert(text.size() - scale, 1, '.');
  return text;
}

// Returns the event as it would be told to `record`.
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
  PreviewedRows previewed(rows);
  ImportBatch batch;
  while (!in_order || !previewed.is_full()) {
    const auto more = source->Next(&batch);
    RETURN_IF_ERROR(more);
    if (!*more) break;
    if (!batch.remark.empty()) Tell(fmt::format("{}: {}\n", source->name(), batch.remark));
    for (size_t i = 0; i < batch.items.size(); i++) {
      const std::vector<KeptLine> made_of = source->RowsOf(batch, batch.items[i]);
      const std::string whole = made_of.size() == 1 ? "" : fmt::format("  (made of {})", NumbersOf(made_of));
      previewed.Add(made_of.front(), Shown(batch.commands[i]) + whole);
      for (const ImportWarning& warning :
           WarningsOf(batch.commands[i], ledger_currency, source->name(), batch.items[i].line, warnings)) {
        previewed.Add(made_of.front(), "warning: " + TextOf(warning));
      }
      for (size_t part = 1; part < made_of.size(); part++) {
        previewed.Add(made_of[part], fmt::format("a part of what line {} becomes", made_of.front().line));
      }
    }
  }
  Report report;
  report.name = "preview";
  report.columns = {{"line", ColumnType::kNumber}, {"row"}, {"becomes"}};
  for (const auto& [line, row] : previewed.by_line()) {
    for (size_t i = 0; i < row.becomes.size(); i++) {
      const bool is_first = i == 0;
      report.rows.push_back({is_first ? Cell(static_cast<int64_t>(line)) : Cell(),
                             is_first ? Cell(Shortened(row.text, kShownBytes)) : Cell(), row.becomes[i]});
    }
  }
  return report;
}

}  // namespace duebook
