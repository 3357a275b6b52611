// Texts with columns in them: "INV-{InvoiceNo}".

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace duebook {

// The cells of a row that a map uses, by slot (see ImportMap::columns); trimmed, "" if empty.
using RowCells = std::span<const std::string_view>;

class MapTemplate {
 public:
  // Literal text with {column} in it; {{ and }} are braces, also those that stand in pairs in a column's name:
  // "{Amount {{EUR}}}". `slot_of` gives the slot of a column by its name. Nothing if a brace has no partner or a name
  // is empty.
  static std::optional<MapTemplate> Parse(std::string_view text,
                                          const std::function<size_t(std::string_view)>& slot_of);

  bool has_columns() const { return !column_.empty(); }
  size_t column_count() const;  // each time that one is named
  // Returns whether it names the column of this slot.
  bool Names(size_t slot) const;
  // The first column, to be named when its value is at fault; "" if there is none.
  const std::string& column() const { return column_; }
  // The text that names a column, whose own braces have to stand in pairs: "{Amount {{EUR}}}".
  static std::string Naming(std::string_view column);

  // Longest text in bytes: as long as a line may be, so that a list of any length fits.
  static constexpr size_t kMaxBytes = size_t{1} << 20;

  // Writes the text for a row. False if the text has columns and all of them are empty: there is no value. One longer
  // than kMaxBytes ends somewhere behind that.
  bool Write(RowCells row, std::string* text) const;
  // Appends what the row has in each column: `Price "1.50"`.
  void Describe(RowCells row, std::vector<std::string>* cells) const;

 private:
  static constexpr size_t kLiteral = static_cast<size_t>(-1);
  struct Part {
    size_t slot;
    std::string text;  // the literal, or the column's name as it is shown
  };
  std::vector<Part> parts_;
  std::string column_;
};

}  // namespace duebook
