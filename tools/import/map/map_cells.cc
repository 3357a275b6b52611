#include "tools/import/map/map_cells.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/parse_number.h"
#include "ledger/values/text.h"
#include "tools/import/rows/csv_cells.h"

namespace duebook {

namespace {

// The highest number in brackets of a column: 3 of "lines[3].taxes[1].rate".
size_t MostItems(std::string_view column) {
  size_t most = 0;
  for (size_t at = column.find('['); at != std::string_view::npos; at = column.find('[', at + 1)) {
    const size_t end = std::min(column.find(']', at), column.size());
    most = std::max(most, ParseNumber<size_t>(column.substr(at + 1, end - at - 1)).value_or(0));
  }
  return most;
}

}  // namespace

MapCells::MapCells(const std::vector<MapColumn>& columns) : seen_(columns.size()), present_(columns.size()) {
  for (const MapColumn& column : columns) columns_.push_back(column.name);
  for (size_t slot = 1; slot < columns_.size(); slot++) {
    slots_.emplace(columns_[slot], slot);
    most_items_ = std::max(most_items_, MostItems(columns_[slot]));
  }
}

size_t MapCells::SlotOf(const std::string& column) const {
  const auto found = slots_.find(column);
  return found == slots_.end() ? kUnused : found->second;
}

size_t MapCells::SlotOf(size_t place, std::string_view name) {
  if (place >= places_.size()) places_.resize(place + 1);
  Place& last = places_[place];
  if (last.name != name) {
    last.name = name;
    last.slot = SlotOf(last.name);
  }
  return last.slot;
}

// Goes on after a fault, so that it is known which columns were seen.
std::optional<Rejection> MapCells::TakeAll(const Members& members, const std::string& path,
                                           std::vector<std::string_view>* cells) {
  std::optional<Rejection> first;
  std::string inside;
  for (size_t i = 0; i < members.size(); i++) {
    const RawMember& member = members[i];
    if (!path.empty()) inside.assign(path).append(member.name);
    const std::string_view name = path.empty() ? member.name : inside;
    const size_t slot = path.empty() ? SlotOf(i, name) : SlotOf(inside);
    auto rejection = TakeValue(name, member.value, slot, cells);
    if (!first.has_value()) first = std::move(rejection);
  }
  return first;
}

std::optional<Rejection> MapCells::TakeValue(std::string_view name, const RawValue& value, size_t slot,
                                             std::vector<std::string_view>* cells) {
  const auto refuse = [&](std::string_view why) {
    const std::string column = Printable(name);
    return Rejection{RejectionCode::kBadField, fmt::format("{} is {}", column, why), column};
  };
  if (value.kind == RawValue::Kind::kList) return TakeList(name, value.members, cells);
  if (value.kind != RawValue::Kind::kCell) {
    if (auto rejection = TakeItem(name, 1, value, cells)) return rejection;
  }
  if (value.kind == RawValue::Kind::kObject) {
    if (auto rejection = TakeAll(value.members, fmt::format("{}.", name), cells)) return rejection;
    const bool has_text = value.text.data() != nullptr;
    if (slot != kUnused && !has_text) return refuse("an object; name a key in it, as in a.b");
  }
  if (slot == kUnused) return std::nullopt;
  if (present_[slot]) return refuse("there twice");
  present_[slot] = seen_[slot] = true;
  (*cells)[slot] = TrimmedCell(value.text);
  return std::nullopt;
}

// Whoever names a list without a number does not know that there may be several.
std::optional<Rejection> MapCells::TakeList(std::string_view name, const Members& items,
                                            std::vector<std::string_view>* cells) {
  for (size_t i = 0; i < std::min(items.size(), most_items_); i++) {
    if (auto rejection = TakeItem(name, i + 1, items[i].value, cells)) return rejection;
  }
  const std::vector<size_t> wanted = ColumnsIn(name);
  if (wanted.empty()) return std::nullopt;
  for (const size_t slot : wanted) seen_[slot] = true;
  const std::string column = Printable(name);
  return Rejection{RejectionCode::kBadField,
                   fmt::format("{0} is a list of {1}; a map takes single values, such as {0}[1]", column, items.size()),
                   column};
}

std::optional<Rejection> MapCells::TakeItem(std::string_view name, size_t number, const RawValue& value,
                                            std::vector<std::string_view>* cells) {
  if (number > most_items_ || name.ends_with(']')) return std::nullopt;
  const std::string item = fmt::format("{}[{}]", name, number);
  return ColumnsIn(item).empty() ? std::nullopt : TakeValue(item, value, SlotOf(item), cells);
}

std::vector<size_t> MapCells::ColumnsIn(std::string_view name) const {
  std::vector<size_t> in;
  for (size_t slot = 1; slot < columns_.size(); slot++) {
    const std::string_view column = columns_[slot];
    if (column.starts_with(name) && (column.size() == name.size() || column[name.size()] == '.')) in.push_back(slot);
  }
  return in;
}

std::optional<Rejection> MapCells::Take(const Record& row, std::vector<std::string_view>* cells) {
  cells->assign(columns_.size(), std::string_view());
  present_.assign(columns_.size(), false);
  return TakeAll(row.fields, "", cells);
}

}  // namespace duebook
