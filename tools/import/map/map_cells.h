// The cells of a row that a map uses, out of all its named cells. A column is a name, or several joined by points for
// what lies in one another. Of a list, `lines[2]` is the second item; where there is one alone that is no list, `[1]`
// is it. Texts are as they are meant, numbers as they are written, and what is absent is empty.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/command/rejection.h"
#include "tools/import/map/import_map.h"

namespace duebook {

class MapCells {
 public:
  explicit MapCells(const std::vector<MapColumn>& columns);

  // The cells of one row, by slot; that of ImportMap::kRowDigest is left empty. Views as the record's. A rejection: a
  // column is a list, or an object without a text of its own, or there twice.
  std::optional<Rejection> Take(const Record& row, std::vector<std::string_view>* cells);
  // Returns whether some row had the column.
  bool WasSeen(size_t slot) const { return seen_[slot]; }

 private:
  using Members = std::vector<RawMember>;
  static constexpr size_t kUnused = static_cast<size_t>(-1);
  struct Place {
    std::string name;
    size_t slot = kUnused;
  };

  size_t SlotOf(const std::string& column) const;
  // Returns the slot of the cell at this place of a row, quickly if the last row had the same there.
  size_t SlotOf(size_t place, std::string_view name);
  // `path` is what the members lie in, with a point at its end.
  std::optional<Rejection> TakeAll(const Members& members, const std::string& path,
                                   std::vector<std::string_view>* cells);
  std::optional<Rejection> TakeValue(std::string_view name, const RawValue& value, size_t slot,
                                     std::vector<std::string_view>* cells);
  std::optional<Rejection> TakeList(std::string_view name, const Members& items, std::vector<std::string_view>* cells);
  // As one item of a list, by its number, if a column names it so.
  std::optional<Rejection> TakeItem(std::string_view name, size_t number, const RawValue& value,
                                    std::vector<std::string_view>* cells);
  // Returns the columns that are this, or lie in it.
  std::vector<size_t> ColumnsIn(std::string_view name) const;

  std::vector<std::string> columns_;
  std::unordered_map<std::string, size_t> slots_;  // by column
  size_t most_items_ = 0;                          // the highest number of an item that a column has
  std::vector<bool> seen_, present_;               // by slot; in the current row
  std::vector<Place> places_;                      // the names that the cells of the last row had
};

}  // namespace duebook
