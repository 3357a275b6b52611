// A foreign file as events, in order of their dates.
//
// Rows come in any order, but an event is refused if what it refers to is not yet there. So the whole file is read
// first, and its events are given by date; within a date in the order of the map's events; and then in that of the
// rows. Memory: the file's bytes, 24 bytes a row and 12 an event, some 100 bytes for each id of an event with `once`,
// for each row of one with `together`, and for each key of a look-up, twice as much for each row of a map that uses
// {#row}; and 4 bytes a row for each kind of event with `together`.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/values/result.h"
#include "tools/import/map/exact_number.h"
#include "tools/import/map/import_map.h"
#include "tools/import/map/map_cells.h"
#include "tools/import/rows/row_source.h"

namespace duebook {

// A larger file is refused: it is to be cut by date first.
inline constexpr size_t kMaxMappedBytes = size_t{1} << 30;

// One event, or one row that cannot be read. Views are good until the next one.
struct MappedEvent {
  uint64_t line = 0;                   // of its row
  std::string_view row;                // as it stands in the file
  std::optional<Rejection> rejection;  // the row becomes no event at all
  Record record;                       // otherwise; its source is left empty
  uint32_t event = 0;                  // in ImportMap::events, of which the record is one
  // Worked out from several rows: gives way to what the ledger already has, see Command::GiveWay.
  bool once = false;
};

// Returns whether the ledger has an event of this id. Error: the store fails.
using IsKnownId = std::function<Result<bool>(std::string_view id)>;

class MappedFile {
 public:
  // Reads `rows` from their head on, and the files that the map looks values up in, from the folder of theirs. Error:
  // the input fails, is too large, has no header, lacks a column of the map, or has a date that can be read in two ways
  // and the map says neither. `map` must outlive the file.
  //
  // Digests of rows were once made of all cells, be they named by the map or not. A row whose event `is_known` has by
  // such an id keeps it, so that it is not recorded again; null: nothing is known. It is asked once an event whose id
  // has a digest.
  static Result<MappedFile> Read(const ImportMap& map, std::unique_ptr<RowSource> rows,
                                 const IsKnownId& is_known = nullptr);

  // What was found out about the file, as RowsHead has it.
  const std::string& remark() const { return remark_; }
  // What a file of refused rows begins and ends with.
  const RowsFrame& frame() const { return source_->frame(); }
  uint64_t row_count() const { return rows_.size(); }
  uint64_t ignored_rows() const { return ignored_rows_; }
  uint64_t event_count() const { return events_.size(); }

  // Returns the row in this line, in file order with all that make one event with it, that are alike, or that belong
  // to one of those in turn: if one of them is to be read again, all have to be. Rows that are alike are told apart by
  // how many came before, so that the second one, read alone, would be taken for the first. May be asked from another
  // thread.
  std::vector<KeptLine> KeptWith(uint64_t line) const;
  // Returns the rows that an event is made of, in file order, by the line of any of them.
  std::vector<KeptLine> RowsOf(uint64_t line, uint32_t event) const;
  // Returns how a field of the event that Next gave last was worked out, as MapField::HowWorkedOut says it.
  std::string HowWorkedOut(uint32_t event, std::string_view field) const;

  // First the refused rows in file order, then the events. False at the end.
  bool Next(MappedEvent* event);

 private:
  struct Row {
    uint64_t line;
    size_t start;  // in text_
    uint32_t size;
    uint32_t repeated : 31;          // rows before it with the same digest
    uint32_t is_digested_whole : 1;  // with the cells that the map does not name
  };
  struct Planned {
    int32_t day;
    uint32_t event;  // in map_->events
    uint32_t row;
    auto operator<=>(const Planned&) const = default;
  };
  struct Refused {
    size_t row;
    Rejection rejection;
  };
  // By row: the next one of those that belong together, of the last one the first; a row that is alone has itself.
  using Ring = std::vector<uint32_t>;
  class Planner;

  MappedFile(const ImportMap& map, std::unique_ptr<RowSource> source);

  Status ReadHead();
  Status ReadRows();
  Status PlanRows(const IsKnownId& is_known);
  Status PlanWith(Planner* planner);
  Status ReadLookups();
  // Adds what the rows that are there say, by the look-ups before it. Those that cannot be read say nothing; the first
  // of them is returned.
  std::optional<Refused> AddTo(LookupTable* table, const MapLookup& lookup, const LookupTables& tables);
  // Puts the sums of all rows of the current event in the place of its own amounts.
  void PutSums(uint32_t event);
  Status CheckColumnsSeen() const;
  std::string_view RowText(const Row& row) const { return std::string_view(text_).substr(row.start, row.size); }
  // The cells of a row by slot, into slots_.
  std::optional<Rejection> ReadCells(std::string_view text);
  // Of the row whose cells were read last: the digest of what it says, in all its cells or in those that count.
  std::string Digest(const Row& row) const;
  // Puts that, and how many rows before it have the same, into its slot.
  void SetDigest(const Row& row);
  uint32_t RowIn(uint64_t line) const;
  std::vector<KeptLine> LinesOf(std::vector<uint32_t> rows) const;

  const ImportMap* map_;
  std::unique_ptr<RowSource> source_;
  bool names_columns_ = false;    // its head does
  std::vector<size_t> digested_;  // ImportMap::digested, in the order of the header, if there is one
  std::string remark_;
  std::string text_;  // all rows, each with a line end, and padding
  std::vector<Row> rows_;
  std::vector<Planned> events_;
  LookupTables tables_;
  // By event and id, of each field that is a sum; nothing where no row has an amount.
  std::vector<std::unordered_map<std::string, std::vector<std::optional<ExactNumber>>>> sums_;
  // Of each event that is made of several rows those of one event, and last of all rows that are alike, if the map
  // tells them apart; empty otherwise.
  std::vector<Ring> rings_;
  std::vector<Refused> refused_;
  uint64_t ignored_rows_ = 0;

  size_t next_refused_ = 0;
  size_t next_event_ = 0;
  MapCells cells_;
  Record record_;                        // all cells of the current row
  std::vector<std::string_view> slots_;  // those that the map uses
  std::string digest_;
  std::vector<std::string> values_;  // of the current event
};

}  // namespace duebook
