#include "tools/import/json_cells.h"

#include <fmt/core.h>

#include "ledger/text.h"
#include "tools/import/foreign_values.h"
#include "tools/import/json_record.h"
#include "tools/import/record_splitter.h"

namespace duebook {

JsonCells::JsonCells(std::vector<std::string> columns)
    : columns_(std::move(columns)),
      seen_(columns_.size()),
      present_(columns_.size()),
      reader_(std::make_unique<JsonRecordReader>()) {
  for (size_t slot = 0; slot < columns_.size(); slot++) slots_.emplace(columns_[slot], slot);
}

JsonCells::JsonCells(JsonCells&& other) noexcept = default;

JsonCells::~JsonCells() = default;

std::optional<Rejection> JsonCells::Take(const Members& members, const std::string& path,
                                         std::vector<std::string_view>* cells) {
  for (const RawMember& member : members) {
    const std::string column = path + std::string(member.name);
    const auto found = slots_.find(column);
    if (member.value.kind == RawValue::Kind::kObject) {
      if (auto rejection = Take(member.value.members, column + ".", cells)) return rejection;
    }
    if (found == slots_.end()) continue;
    const auto refuse = [&](std::string_view why) {
      return Rejection{RejectionCode::kBadField, fmt::format("{} is {}", Printable(column), why), Printable(column)};
    };
    if (member.value.kind == RawValue::Kind::kList) return refuse("a list; a map takes single values");
    if (member.value.kind == RawValue::Kind::kObject) return refuse("an object; name a key in it, as in a.b");
    if (present_[found->second]) return refuse("there twice");
    present_[found->second] = seen_[found->second] = true;
    (*cells)[found->second] = TrimmedCell(member.value.text);
  }
  return std::nullopt;
}

std::optional<Rejection> JsonCells::Read(std::string_view line, std::vector<std::string_view>* cells) {
  if (!IsValidUtf8(line)) return Rejection{RejectionCode::kBadUtf8, kNotUtf8, ""};
  padded_.reserve(line.size() + simdjson::SIMDJSON_PADDING);
  padded_.assign(line);
  if (auto rejection = reader_->Read(padded_, &record_)) return rejection;
  cells->assign(columns_.size(), std::string_view());
  present_.assign(columns_.size(), false);
  return Take(record_.fields, "", cells);
}

}  // namespace duebook
