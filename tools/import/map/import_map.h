// Maps: how the rows of a foreign file become events. Read from a TOML file; tools/maps/README.md
// is the reference.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/values/result.h"
#include "tools/import/map/foreign_values.h"
#include "tools/import/map/map_template.h"
#include "tools/import/map/map_value.h"
#include "tools/import/map/text_changes.h"
#include "tools/import/rows/input_formats.h"

namespace duebook {

// A test of one column.
struct MapCondition {
  size_t slot = 0;
  std::string column;
  std::vector<std::string> any_of;   // is one of these; empty: not asked
  std::vector<std::string> none_of;  // is none of these
  std::optional<bool> empty;         // is empty, or is not
  std::optional<int> sign;           // is an amount of this sign: -1, 0 or 1
  std::optional<size_t> lookup;      // is found in this one of ImportMap::lookups, or is not, as `is_found` says
  bool is_found = true;
};

// All must hold.
using MapConditions = std::vector<MapCondition>;

// What rows say of each other: by a key that one row has, the value that another one gives for it. A key for which rows
// give different values stands for nothing.
class LookupTable {
 public:
  void Add(std::string key, std::string value);

  enum class Answer { kFound, kUnknown, kAmbiguous };
  // Replaces the key by its value, if there is one.
  Answer Replace(std::string* key) const;
  // Returns whether the look-up says anything of the key, be it one value or several.
  bool Has(const std::string& key) const;

 private:
  std::unordered_map<std::string, std::optional<std::string>> values_;
};
using LookupTables = std::vector<LookupTable>;  // one for each of ImportMap::lookups

// Where the value of one field comes from.
struct MapField {
  std::string name;  // of the event's field
  enum class Meaning { kText, kDate, kAmount } meaning = Meaning::kText;

  std::vector<MapValue> from;
  enum class Choice { kFirst, kEarliest, kLatest } choice = Choice::kFirst;  // of those that are not empty

  TextChanges changes;                                                   // of what the columns have
  DateFormats date_formats{{DateFormat::Iso()}};                         // kDate
  bool format_said = false;                                              // kDate: by the map
  AmountFormat amount_format;                                            // kAmount
  std::optional<int> decimals;                                           // kAmount: to which it is rounded
  bool is_sum = false;                                                   // kAmount: over the rows of one event
  enum class Sign { kKept, kDropped, kTurned } sign = Sign::kKept;       // kAmount
  std::optional<std::map<std::string, std::string, std::less<>>> names;  // kText: a translation
  std::optional<size_t> lookup;                                          // kText: in ImportMap::lookups
  std::string lookup_name;
  std::optional<std::string> otherwise;  // what neither `names` nor the look-up has

  // The value as the ledger reads it: dates YYYY-MM-DD, amounts with a point. `value` is empty if the row has none.
  // A rejection names the column.
  std::optional<Rejection> Read(RowCells row, const LookupTables& tables, std::string* value) const;
  bool Names(size_t slot) const;  // as of MapTemplate
  // Returns how the row's value was worked out, as the end of a sentence: `, worked out with Quantity "2" and Price
  // "1.50"`; "" if it is what a cell says.
  std::string HowWorkedOut(RowCells row) const;
  // Returns both ways of reading a date whose form the map does not say, if there are two. Nothing otherwise.
  std::optional<std::string> WhyUndecided(RowCells row) const;

 private:
  std::optional<Rejection> ReadOne(const MapValue& text, RowCells row, const LookupTables& tables,
                                   std::string* value) const;
  // Puts an operand together and changes it; false if it has no value.
  bool Write(const MapTemplate& text, RowCells row, std::string* value) const;
  std::optional<Rejection> ReadDate(const MapValue& text, RowCells row, std::string* value) const;
  std::optional<Rejection> ReadAmount(const MapValue& text, RowCells row, std::string* value) const;
  std::optional<Rejection> ReadText(const MapTemplate& text, const LookupTables& tables, std::string* value) const;
  std::optional<Rejection> LookUp(const MapTemplate& text, const LookupTable& table, std::string* value) const;
};

// One event that a row may become.
struct MapEvent {
  std::string type;
  bool once = false;      // one event for each id: the earliest of the file
  bool together = false;  // likewise, made of all rows that have the id: the earliest, and sums of amounts
  MapConditions when;
  std::vector<MapField> fields;
  size_t id_field = 0;  // in `fields`
  size_t date_field = 0;

  // Returns whether the id says what the row says, by ImportMap::kRowDigest.
  bool IsNumberedByContent() const;
  // Reads every field into `values`, one for each of `fields`. A row without an id or a date is refused.
  std::optional<Rejection> Read(RowCells row, const LookupTables& tables, std::vector<std::string>* values) const;
  // The first of its fields' WhyUndecided.
  std::optional<std::string> WhyUndecided(RowCells row) const;
};

struct MapColumn {
  std::string name;
  int line;  // of the map, where it is first named
};

struct ImportMap;

// Which rows a look-up is made of, and what it takes from each.
struct MapLookup {
  MapConditions when;
  MapField key, value;                    // texts; they and `when` mean columns of `rows` if that is there
  std::string file;                       // in the folder of the file that is imported; "": that file itself
  std::shared_ptr<const ImportMap> rows;  // how `file` is written, and its columns; null if it is ""
};

// A map. Use LoadMap or ParseMap.
struct ImportMap {
  // The pretended column that holds a digest of the row, and its slot.
  static constexpr std::string_view kRowDigest = "#row";
  static constexpr size_t kRowDigestSlot = 0;

  std::string name;                     // of its file
  const InputFormat* format = nullptr;  // null: as OpenRecognised finds it
  std::string encoding;                 // "": UTF-8
  RowSettings settings;
  AmountFormat amounts;
  std::vector<MapColumn> columns;     // slot by slot, every column the map names
  std::vector<std::string> optional;  // of these, those a file need not have
  bool uses_row_digest = false;
  std::vector<size_t> digested;        // the slots that the digest is made of, in the order of their columns' names
  std::vector<MapConditions> ignored;  // rows that become nothing
  std::vector<MapLookup> lookups;
  std::vector<MapEvent> events;

  // Checks a head that names the columns. Error: a column that the map names is missing, or there twice.
  Status CheckColumns(const std::vector<std::string>& header) const;

  // Says whether all conditions hold. A rejection if an amount's sign is asked, the cell is not an amount, and all
  // that is not asked of amounts holds.
  std::optional<Rejection> Test(const MapConditions& conditions, RowCells row, const LookupTables& tables,
                                bool* holds) const;
};

// kNotFound, kUnavailable: the file cannot be read. kInvalidArgument: it is not a map; the sentence has file and line.
Result<ImportMap> LoadMap(const std::string& path);
// `name` stands for the file in messages.
Result<ImportMap> ParseMap(std::string_view text, const std::string& name);

}  // namespace duebook
