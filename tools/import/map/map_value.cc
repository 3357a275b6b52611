#include "tools/import/map/map_value.h"

#include <algorithm>

#include "tools/import/rows/csv_cells.h"
#include "tools/import/rows/enumeration.h"

namespace duebook {

bool MapValue::has_columns() const { return column_count() > 0; }

size_t MapValue::column_count() const {
  size_t count = text.column_count();
  for (const Operand& operand : operands) count += operand.text.column_count();
  return count;
}

const std::string& MapValue::column() const {
  const auto named =
      std::find_if(operands.begin(), operands.end(), [](const Operand& operand) { return operand.text.has_columns(); });
  return text.has_columns() || named == operands.end() ? text.column() : named->text.column();
}

bool MapValue::Names(size_t slot) const {
  return text.Names(slot) || std::any_of(operands.begin(), operands.end(),
                                         [slot](const Operand& operand) { return operand.text.Names(slot); });
}

std::string MapValue::Describe(RowCells row) const {
  std::vector<std::string> cells;
  text.Describe(row, &cells);
  for (const Operand& operand : operands) operand.text.Describe(row, &cells);
  return Enumerated(cells, "and");
}

MapOperands OperandsOf(std::string_view text) {
  MapOperands operands;
  auto op = MapValue::Operator::kPlus;
  bool is_first = true;
  const auto take = [&](std::string_view operand) {
    if (is_first) {
      operands.first = TrimmedCell(operand);
    } else {
      operands.others.emplace_back(op, TrimmedCell(operand));
    }
    is_first = false;
  };
  size_t start = 0;
  int open = 0;  // braces
  for (size_t at = 0; at + 2 < text.size(); at++) {
    if (text[at] == '{') open++;
    if (text[at] == '}') open--;
    const char sign = text[at + 1];
    if (open > 0 || text[at] != ' ' || text[at + 2] != ' ' || (sign != '+' && sign != '-' && sign != '*')) continue;
    take(text.substr(start, at - start));
    op = sign == '+'   ? MapValue::Operator::kPlus
         : sign == '-' ? MapValue::Operator::kMinus
                       : MapValue::Operator::kTimes;
    start = at + 3;
    at += 2;
  }
  take(text.substr(start));
  return operands;
}

}  // namespace duebook
