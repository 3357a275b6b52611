#include "tools/import/map/map_template.h"

#include <algorithm>

#include "ledger/values/text.h"
#include "tools/import/rows/csv_cells.h"

namespace duebook {

std::optional<MapTemplate> MapTemplate::Parse(std::string_view text,
                                              const std::function<size_t(std::string_view)>& slot_of) {
  MapTemplate result;
  std::string literal;
  const auto end_literal = [&] {
    if (!literal.empty()) result.parts_.push_back({kLiteral, literal});
    literal.clear();
  };
  for (size_t at = 0; at < text.size(); at++) {
    const char c = text[at];
    const bool doubled = at + 1 < text.size() && text[at + 1] == c;
    if ((c == '{' || c == '}') && doubled) {
      literal += c;
      at++;
    } else if (c == '}') {
      return std::nullopt;
    } else if (c == '{') {
      const size_t end = text.find('}', at);
      if (end == std::string_view::npos) return std::nullopt;
      const std::string_view name = TrimmedCell(text.substr(at + 1, end - at - 1));
      if (name.empty()) return std::nullopt;
      end_literal();
      result.parts_.push_back({slot_of(name), ""});
      if (result.column_.empty()) result.column_ = Printable(name);
      at = end;
    } else {
      literal += c;
    }
  }
  end_literal();
  return result;
}

size_t MapTemplate::column_count() const {
  return static_cast<size_t>(
      std::count_if(parts_.begin(), parts_.end(), [](const Part& part) { return part.slot != kLiteral; }));
}

bool MapTemplate::Write(RowCells row, std::string* text) const {
  text->clear();
  bool has_value = !has_columns();
  for (const Part& part : parts_) {
    const std::string_view piece = part.slot == kLiteral ? std::string_view(part.literal) : row[part.slot];
    has_value = has_value || (part.slot != kLiteral && !piece.empty());
    text->append(piece);
    if (text->size() > kMaxBytes) return true;
  }
  if (!has_value) text->clear();
  return has_value;
}

}  // namespace duebook
