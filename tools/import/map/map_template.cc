#include "tools/import/map/map_template.h"

#include <algorithm>

#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/rows/csv_cells.h"

namespace duebook {

namespace {

// Takes the name of a column off the front of what stands behind its brace, and the brace that closes it. Nothing if
// none does.
std::optional<std::string> TakeName(std::string_view* text) {
  std::string name;
  size_t open = 0;  // braces of the name itself
  for (size_t at = 0; at < text->size(); at++) {
    const char c = (*text)[at];
    const bool is_doubled = at + 1 < text->size() && (*text)[at + 1] == c;
    if (c == '{' && is_doubled) {
      open++;
      at++;
    } else if (c == '}' && is_doubled && open > 0) {
      open--;
      at++;
    } else if (c == '}') {
      text->remove_prefix(at + 1);
      return std::string(TrimmedCell(name));
    }
    name += c;
  }
  return std::nullopt;
}

}  // namespace

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
      std::string_view rest = text.substr(at + 1);
      const auto name = TakeName(&rest);
      if (!name.has_value() || name->empty()) return std::nullopt;
      end_literal();
      result.parts_.push_back({slot_of(*name), Printable(*name)});
      if (result.column_.empty()) result.column_ = Printable(*name);
      at = text.size() - rest.size() - 1;
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

bool MapTemplate::Names(size_t slot) const {
  return std::any_of(parts_.begin(), parts_.end(), [slot](const Part& part) { return part.slot == slot; });
}

std::string MapTemplate::Naming(std::string_view column) {
  std::string text = column.starts_with('{') ? "{ " : "{";  // three braces would be one that is meant, and a column
  for (const char c : column) text.append(c == '{' || c == '}' ? 2 : 1, c);
  return text + "}";
}

void MapTemplate::Describe(RowCells row, std::vector<std::string>* cells) const {
  for (const Part& part : parts_) {
    if (part.slot != kLiteral) cells->push_back(part.text + " " + Quoted(row[part.slot]));
  }
}

bool MapTemplate::Write(RowCells row, std::string* text) const {
  text->clear();
  bool has_value = !has_columns();
  for (const Part& part : parts_) {
    const std::string_view piece = part.slot == kLiteral ? std::string_view(part.text) : row[part.slot];
    has_value = has_value || (part.slot != kLiteral && !piece.empty());
    text->append(piece);
    if (text->size() > kMaxBytes) return true;
  }
  if (!has_value) text->clear();
  return has_value;
}

}  // namespace duebook
