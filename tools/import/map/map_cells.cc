#include "tools/import/map/map_cells.h"

#include <fmt/core.h>

#include "ledger/values/text.h"
#include "tools/import/rows/csv_cells.h"

namespace duebook {

MapCells::MapCells(const std::vector<MapColumn>& columns) : seen_(columns.size()), present_(columns.size()) {
  for (const MapColumn& column : columns) columns_.push_back(column.name);
  for (size_t slot = 1; slot < columns_.size(); slot++) slots_.emplace(columns_[slot], slot);
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
  for (size_t i = 0; i < members.size(); i++) {
    const RawMember& member = members[i];
    const size_t slot = path.empty() ? SlotOf(i, member.name) : SlotOf(path + std::string(member.name));
    auto rejection = TakeMember(member, path, slot, cells);
    if (!first.has_value()) first = std::move(rejection);
  }
  return first;
}

std::optional<Rejection> MapCells::TakeMember(const RawMember& member, const std::string& path, size_t slot,
                                              std::vector<std::string_view>* cells) {
  const auto refuse = [&](std::string_view why) {
    const std::string column = Printable(path + std::string(member.name));
    return Rejection{RejectionCode::kBadField, fmt::format("{} is {}", column, why), column};
  };
  const RawValue& value = member.value;
  if (value.kind == RawValue::Kind::kObject) {
    const std::string inside = fmt::format("{}{}.", path, member.name);
    if (auto rejection = TakeAll(value.members, inside, cells)) return rejection;
    if (slot != kUnused) return refuse("an object; name a key in it, as in a.b");
  } else if (value.kind == RawValue::Kind::kList) {
    if (IsWantedList(path + std::string(member.name))) return refuse("a list; a map takes single values");
  } else if (slot != kUnused) {
    if (present_[slot]) return refuse("there twice");
    present_[slot] = seen_[slot] = true;
    (*cells)[slot] = TrimmedCell(value.text);
  }
  return std::nullopt;
}

bool MapCells::IsWantedList(const std::string& path) {
  bool wanted = false;
  for (size_t slot = 1; slot < columns_.size(); slot++) {
    const std::string& column = columns_[slot];
    if (!column.starts_with(path) || (column.size() > path.size() && column[path.size()] != '.')) continue;
    wanted = seen_[slot] = true;
  }
  return wanted;
}

std::optional<Rejection> MapCells::Take(const Record& row, std::vector<std::string_view>* cells) {
  cells->assign(columns_.size(), std::string_view());
  present_.assign(columns_.size(), false);
  return TakeAll(row.fields, "", cells);
}

}  // namespace duebook
