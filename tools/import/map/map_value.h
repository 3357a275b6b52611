// The value of a field of dates or amounts as it is worked out from the cells of a row: "{Date} + 30", "{Quantity} *
// {Price} - {Discount}". Of texts it is one template.

#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "tools/import/map/map_template.h"

namespace duebook {

struct MapValue {
  enum class Operator : uint8_t { kPlus, kMinus, kTimes };
  struct Operand {
    Operator op;
    MapTemplate text;
  };

  MapTemplate text;               // the first operand
  std::vector<Operand> operands;  // what is added, taken off or multiplied by, in order

  bool has_columns() const;
  size_t column_count() const;
  // The first column, to be named when the value is at fault; "" if there is none.
  const std::string& column() const;
  bool Names(size_t slot) const;  // as of MapTemplate
  // Returns what the row has in the columns: `Quantity "2" and Price "1.50"`.
  std::string Describe(RowCells row) const;
};

// Cuts " + ", " - " and " * " out of a text, where they stand outside of braces.
struct MapOperands {
  std::string_view first;
  std::vector<std::pair<MapValue::Operator, std::string_view>> others;
};
MapOperands OperandsOf(std::string_view text);

}  // namespace duebook
