#include "tools/import/map/json_cells.h"

#include <fmt/core.h>

#include "ledger/values/text.h"
#include "tools/import/map/foreign_values.h"
#include "tools/import/rows/json_record.h"
#include "tools/import/rows/record_splitter.h"

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

// Goes on after a fault, so that it is known which columns were seen.
std::optional<Rejection> JsonCells::Take(const Members& members, const std::string& path,
                                         std::vector<std::string_view>* cells) {
  std::optional<Rejection> first;
  for (const RawMember& member : members) {
    auto rejection = TakeMember(member, path + std::string(member.name), cells);
    if (!first.has_value()) first = std::move(rejection);
  }
  return first;
}

std::optional<Rejection> JsonCells::TakeMember(const RawMember& member, const std::string& column,
                                               std::vector<std::string_view>* cells) {
  const auto refuse = [&](std::string_view why) {
    return Rejection{RejectionCode::kBadField, fmt::format("{} is {}", Printable(column), why), Printable(column)};
  };
  const auto found = slots_.find(column);
  const RawValue& value = member.value;
  if (value.kind == RawValue::Kind::kObject) {
    if (auto rejection = Take(value.members, column + ".", cells)) return rejection;
    if (found != slots_.end()) return refuse("an object; name a key in it, as in a.b");
  } else if (value.kind == RawValue::Kind::kList) {
    if (IsWantedList(column)) return refuse("a list; a map takes single values");
  } else if (found != slots_.end()) {
    if (present_[found->second]) return refuse("there twice");
    present_[found->second] = seen_[found->second] = true;
    (*cells)[found->second] = TrimmedCell(value.text);
  }
  return std::nullopt;
}

bool JsonCells::IsWantedList(const std::string& path) {
  bool wanted = false;
  for (size_t slot = 0; slot < columns_.size(); slot++) {
    const std::string& column = columns_[slot];
    if (!column.starts_with(path) || (column.size() > path.size() && column[path.size()] != '.')) continue;
    wanted = seen_[slot] = true;
  }
  return wanted;
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
