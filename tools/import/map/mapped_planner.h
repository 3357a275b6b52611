// Chooses the events of each row of a mapped file, and when they are: a part of mapped_file.cc.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tools/import/map/mapped_file.h"

namespace duebook {

class MappedFile::Planner {
 public:
  // The plan begins anew, whatever was planned before. `first` is true if rows that are alike were not counted yet.
  // `is_known` as of MappedFile::Read.
  Planner(MappedFile* file, bool first, const IsKnownId& is_known);

  // Whether what the ledger knows could be asked.
  const Status& status() const { return status_; }

  // Returns why the last row cannot be read at all without more from the map; nothing if it can.
  const std::optional<std::string>& undecided() const { return undecided_; }
  // If the row is refused, nothing of it is planned.
  std::optional<Rejection> Plan(uint32_t row);
  // Joins the rows of each event that is made of several.
  void JoinRows();
  // Returns the rows that have to be refused, too, since another row of an event that is made of several is: what is
  // left of it would be less than it should be. Those that share another such event with one of them follow.
  std::vector<Refused> RowsOfRefusedGroups();

 private:
  using Sums = std::vector<std::optional<ExactNumber>>;
  struct PlannedEvent {
    Planned at;
    std::string id;
    Sums sums;  // of its fields that are sums, in order, up to this row; nothing where no row has an amount
    std::vector<std::string> same;  // what all its rows have to say alike, see IsSame
  };
  // What is known of an event that is `together`.
  struct Group {
    std::string_view type, id;
    std::vector<uint32_t> rows;
    std::vector<std::string> same = {};
    bool is_refused = false;  // since one of its rows is
  };

  std::optional<Rejection> TestIgnored(bool* ignored);
  std::optional<Rejection> PlanEvents(uint32_t row);
  // Returns whether more is planned than to open the row's customer, which a map may do whatever a row is: else nobody
  // has said what it is, and what it says of money would be lost.
  bool SaysWhatTheRowIs() const;
  // Decides by what the row is numbered, counts the rows before this one that are alike, and joins it to them.
  Status JoinAlike(uint32_t row);
  // Whether the ledger has an event that the row becomes by its digest.
  Result<bool> IsKnown();
  // The row is refused: of the events that it would have been a part of, those that are made of several rows are not
  // whole.
  void RefuseGroups();
  // Holds what this row says against the rows before it.
  std::optional<Rejection> CheckSame(const MapEvent& event, PlannedEvent* planned);
  // Works out the sums of an event with what this row adds to them.
  std::optional<Rejection> AddUp(const MapEvent& event, PlannedEvent* planned);
  void Add(PlannedEvent planned);
  Group& GroupOf(size_t event, const std::string& id);

  MappedFile& file_;
  const ImportMap& map_;
  const bool first_;
  const bool only_opens_;                                        // customers, whatever a row is
  std::vector<std::unordered_map<std::string, size_t>> places_;  // by event and id: in file_.events_
  std::vector<std::unordered_map<std::string, Group>> groups_;   // likewise
  std::unordered_map<uint32_t, std::vector<Group*>> groups_of_row_;
  struct Alike {
    uint32_t first;  // row
    uint32_t count;
  };
  std::unordered_map<std::string, Alike> alike_;           // rows by digest
  std::unordered_map<std::string, uint32_t> whole_alike_;  // how many, by the digest of all their cells
  const IsKnownId& is_known_;
  Status status_;
  std::vector<PlannedEvent> planned_;  // of the current row
  std::optional<std::string> undecided_;
};

}  // namespace duebook
