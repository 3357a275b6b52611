#include "tools/import/map/mapped_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <unordered_map>
#include <utility>

#include "ledger/values/check.h"
#include "ledger/values/hash.h"
#include "ledger/values/suggestion.h"
#include "tools/import/rows/input_formats.h"

namespace duebook {

namespace {

// Enough of a SHA-256 that two rows never share it by chance, and short enough for an event id.
constexpr size_t kDigestDigits = 24;

Error NoHeader(const std::string& file, std::string_view reason) {
  return Error{ErrorCode::kInvalidArgument, fmt::format("{}: {}", file, reason),
               "a map needs a row with the names of the columns"};
}

std::string DigestOf(std::string_view text) { return ToHex(Sha256(text)).substr(0, kDigestDigits); }

}  // namespace

// Chooses the events of each row, and when they are.
class MappedFile::Planner {
 public:
  // Begins anew, whatever was planned before. `first`: the rows were not counted yet that are alike.
  Planner(MappedFile* file, bool first)
      : file_(*file), map_(*file->map_), first_(first), places_(map_.events.size()), groups_(map_.events.size()) {
    file_.events_.clear();
    file_.sums_.assign(map_.events.size(), {});
    file_.ignored_rows_ = 0;
  }

  // Why the last row cannot be read at all without more from the map.
  const std::optional<std::string>& undecided() const { return undecided_; }

  // If the row is refused, nothing of it is planned.
  std::optional<Rejection> Plan(uint32_t row) {
    if (auto rejection = file_.ReadCells(file_.RowText(file_.rows_[row]))) return rejection;
    if (map_.uses_row_digest) {
      if (first_) file_.rows_[row].repeated = seen_[file_.digest_]++;
      file_.SetRepeated(file_.rows_[row].repeated);
    }
    bool ignored = false;
    if (auto rejection = TestIgnored(&ignored)) return rejection;
    if (ignored) {
      file_.ignored_rows_++;
      return std::nullopt;
    }
    planned_.clear();
    if (auto rejection = PlanEvents(row)) {
      RefuseGroups();
      return rejection;
    }
    if (planned_.empty()) {
      return Rejection{RejectionCode::kBadField, "no event of the map is for this row, nor is it one to ignore", ""};
    }
    for (PlannedEvent& event : planned_) Add(std::move(event));
    return std::nullopt;
  }

  // Returns the rows that have to be refused, too, since another row of an event that is made of several is: what is
  // left of it would be less than it should be. Those that share another such event with one of them follow.
  std::vector<Refused> RowsOfRefusedGroups() {
    std::vector<const Group*> refused;
    for (auto& groups : groups_) {
      for (auto& [id, group] : groups) {
        if (group.is_refused) refused.push_back(&group);
      }
    }
    std::map<size_t, Rejection> rows;
    for (size_t i = 0; i < refused.size(); i++) {
      for (const uint32_t row : refused[i]->rows) {
        const std::string sentence =
            fmt::format("another row of the {} with the id {} is refused", refused[i]->type, Quoted(refused[i]->id));
        if (!rows.emplace(row, Rejection{RejectionCode::kBadField, sentence, ""}).second) continue;
        for (Group* other : groups_of_row_[row]) {
          if (!std::exchange(other->is_refused, true)) refused.push_back(other);
        }
      }
    }
    std::vector<Refused> all;
    for (auto& [row, rejection] : rows) all.push_back({row, std::move(rejection)});
    return all;
  }

 private:
  using Sums = std::vector<std::optional<ExactNumber>>;
  struct PlannedEvent {
    Planned at;
    std::string id;
    Sums sums;  // of its fields that are sums, in order, up to this row; nothing where no row has an amount
  };
  // The rows of an event that is `together`.
  struct Group {
    std::string_view type, id;
    std::vector<uint32_t> rows;
    bool is_refused = false;  // one of its rows is
  };

  std::optional<Rejection> TestIgnored(bool* ignored) {
    for (const MapConditions& conditions : map_.ignored) {
      if (*ignored) break;
      if (auto rejection = map_.Test(conditions, file_.slots_, file_.tables_, ignored)) return rejection;
    }
    return std::nullopt;
  }

  std::optional<Rejection> PlanEvents(uint32_t row) {
    for (size_t i = 0; i < map_.events.size(); i++) {
      const MapEvent& event = map_.events[i];
      bool holds = false;
      if (auto rejection = map_.Test(event.when, file_.slots_, file_.tables_, &holds)) return rejection;
      if (!holds) continue;
      if (auto rejection = event.Read(file_.slots_, file_.tables_, &file_.values_)) {
        undecided_ = event.WhyUndecided(file_.slots_);
        return rejection;
      }
      const auto date = Date::Parse(file_.values_[event.date_field]);
      CHECK(date.has_value());
      PlannedEvent& planned = planned_.emplace_back(
          PlannedEvent{{date->days(), static_cast<uint32_t>(i), row}, file_.values_[event.id_field], {}});
      if (auto rejection = AddUp(event, &planned)) return rejection;
    }
    return std::nullopt;
  }

  // The row is refused: of the events that it would have been a part of, those that are made of several rows are not
  // whole.
  void RefuseGroups() {
    std::string id;
    for (size_t i = 0; i < map_.events.size(); i++) {
      const MapEvent& event = map_.events[i];
      bool holds = false;
      if (!event.together || map_.Test(event.when, file_.slots_, file_.tables_, &holds).has_value() || !holds) continue;
      const bool is_known = !event.fields[event.id_field].Read(file_.slots_, file_.tables_, &id).has_value();
      if (is_known && !id.empty()) GroupOf(i, id).is_refused = true;
    }
  }

  // Works out the sums of an event with what this row adds to them.
  std::optional<Rejection> AddUp(const MapEvent& event, PlannedEvent* planned) {
    const auto& sums = file_.sums_[planned->at.event];
    const auto found = sums.find(planned->id);
    for (size_t i = 0; i < event.fields.size(); i++) {
      if (!event.fields[i].is_sum) continue;
      std::optional<ExactNumber> sum;
      if (found != sums.end()) sum = found->second[planned->sums.size()];
      if (!file_.values_[i].empty()) {
        const auto amount = ExactNumber::Parse(file_.values_[i]);
        sum = amount.has_value() ? amount->Plus(sum.value_or(ExactNumber())) : std::nullopt;
        const std::string& column = event.fields[i].from.front().column();
        if (!sum.has_value()) {
          return Rejection{RejectionCode::kBadAmount, fmt::format("{} is too large to be added up", column), column};
        }
      }
      planned->sums.push_back(sum);
    }
    return std::nullopt;
  }

  void Add(PlannedEvent planned) {
    const MapEvent& event = map_.events[planned.at.event];
    if (!event.once && !event.together) {
      file_.events_.push_back(planned.at);
      return;
    }
    const auto [found, is_new] = places_[planned.at.event].try_emplace(planned.id, file_.events_.size());
    if (is_new) {
      file_.events_.push_back(planned.at);
    } else if (planned.at.day < file_.events_[found->second].day) {
      file_.events_[found->second] = planned.at;
    }
    if (!event.together) return;
    Group& group = GroupOf(planned.at.event, planned.id);
    group.rows.push_back(planned.at.row);
    groups_of_row_[planned.at.row].push_back(&group);
    file_.sums_[planned.at.event][planned.id] = std::move(planned.sums);
  }

  Group& GroupOf(size_t event, const std::string& id) {
    const auto [found, is_new] = groups_[event].try_emplace(id);
    if (is_new) found->second = {map_.events[event].type, found->first, {}};
    return found->second;
  }

  MappedFile& file_;
  const ImportMap& map_;
  const bool first_;
  std::vector<std::unordered_map<std::string, size_t>> places_;  // by event and id: in file_.events_
  std::vector<std::unordered_map<std::string, Group>> groups_;   // likewise
  std::unordered_map<uint32_t, std::vector<Group*>> groups_of_row_;
  std::unordered_map<std::string, uint32_t> seen_;  // rows by digest
  std::vector<PlannedEvent> planned_;               // of the current row
  std::optional<std::string> undecided_;
};

MappedFile::MappedFile(const ImportMap& map, std::unique_ptr<RowSource> source)
    : map_(&map), source_(std::move(source)), cells_(map.columns) {}

Result<MappedFile> MappedFile::Read(const ImportMap& map, std::unique_ptr<RowSource> rows) {
  MappedFile file(map, std::move(rows));
  RETURN_IF_ERROR(file.ReadHead());
  RETURN_IF_ERROR(file.ReadRows());
  RETURN_IF_ERROR(file.ReadLookups());
  RETURN_IF_ERROR(file.PlanRows());
  RETURN_IF_ERROR(file.CheckColumnsSeen());
  std::sort(file.events_.begin(), file.events_.end());
  return file;
}

Status MappedFile::ReadHead() {
  const auto head = source_->ReadHead();
  RETURN_IF_ERROR(head);
  if (head->is_missing) return NoHeader(source_->name(), "the file is empty");
  if (head->fault.has_value()) {
    return NoHeader(source_->name(), "the header cannot be read: " + head->fault->sentence);
  }
  names_columns_ = head->columns.has_value();
  remark_ = head->remark;
  return names_columns_ ? map_->CheckColumns(*head->columns) : Status();
}

Status MappedFile::ReadRows() {
  InputRow row;
  while (true) {
    const auto more = source_->Next(&row);
    RETURN_IF_ERROR(more);
    if (!*more) break;
    if (text_.size() + row.text.size() > kMaxMappedBytes) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{} is larger than {} MiB, the most a map can put in order", source_->name(),
                               kMaxMappedBytes >> 20),
                   "cut it into several files by date"};
    }
    rows_.push_back({row.line, text_.size(), static_cast<uint32_t>(row.text.size()), 0});
    text_.append(row.text).push_back('\n');
    if (row.fault.has_value()) refused_.push_back({rows_.size() - 1, std::move(*row.fault)});
  }
  text_.append(kRowPadding, ' ');
  return Status();
}

// Plans all rows that are not refused.
Status MappedFile::PlanRows() {
  Planner planner(this, true);
  RETURN_IF_ERROR(PlanWith(&planner));
  std::vector<Refused> more = planner.RowsOfRefusedGroups();
  if (more.empty()) return Status();
  refused_.insert(refused_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::sort(refused_.begin(), refused_.end(), [](const Refused& a, const Refused& b) { return a.row < b.row; });
  Planner without(this, false);
  return PlanWith(&without);
}

Status MappedFile::PlanWith(Planner* planner) {
  std::vector<Refused> faults = std::exchange(refused_, {});
  auto fault = faults.begin();
  for (size_t row = 0; row < rows_.size(); row++) {
    if (fault != faults.end() && fault->row == row) {
      refused_.push_back(std::move(*fault++));
      continue;
    }
    auto rejection = planner->Plan(static_cast<uint32_t>(row));
    if (planner->undecided().has_value()) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{}:{}: {}", source_->name(), rows_[row].line, *planner->undecided()),
                   "nothing was imported: say in the map which it is, as in date = \"D/M/YYYY\" under [file]"};
    }
    if (rejection.has_value()) refused_.push_back({row, std::move(*rejection)});
  }
  return Status();
}

void MappedFile::AddTo(LookupTable* table, const MapLookup& lookup, const LookupTables& tables) {
  std::string key, value;
  for (const Row& row : rows_) {
    if (ReadCells(RowText(row)).has_value()) continue;
    bool holds = false;
    if (map_->Test(lookup.when, slots_, tables, &holds).has_value() || !holds) continue;
    if (lookup.key.Read(slots_, tables, &key).has_value() || key.empty()) continue;
    if (lookup.value.Read(slots_, tables, &value).has_value() || value.empty()) continue;
    // What is longer fits no field, and would be kept for every row.
    if (key.size() <= kMaxProseBytes && value.size() <= kMaxProseBytes) table->Add(key, value);
  }
}

Status MappedFile::ReadLookups() {
  for (const MapLookup& lookup : map_->lookups) {
    LookupTable table;
    if (lookup.rows == nullptr) {
      AddTo(&table, lookup, tables_);
      tables_.push_back(std::move(table));
      continue;
    }
    const std::filesystem::path path = std::filesystem::path(source_->name()).parent_path() / lookup.file;
    auto opened = OpenRecognised(path.string(), lookup.rows->format, kCsvInput, map_->encoding);
    RETURN_IF_ERROR(opened);
    MappedFile other(*lookup.rows, opened->format->open(std::move(opened->input), lookup.rows->settings));
    RETURN_IF_ERROR(other.ReadHead());
    RETURN_IF_ERROR(other.ReadRows());
    other.AddTo(&table, lookup, tables_);
    RETURN_IF_ERROR(other.CheckColumnsSeen());
    tables_.push_back(std::move(table));
  }
  return Status();
}

// Where each row names its own cells, it leaves out what is empty; a column that none of them has is most likely
// misspelt.
Status MappedFile::CheckColumnsSeen() const {
  if (names_columns_ || rows_.size() == refused_.size()) return Status();
  for (size_t slot = 1; slot < map_->columns.size(); slot++) {
    const MapColumn& column = map_->columns[slot];
    const auto& optional = map_->optional;
    if (cells_.WasSeen(slot) || std::find(optional.begin(), optional.end(), column.name) != optional.end()) continue;
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("{}:{}: no row of {} has the key {}", map_->name, column.line, source_->name(),
                             Quoted(column.name)),
                 "if it may be absent, name it in optional = [...] under [file]"};
  }
  return Status();
}

std::optional<Rejection> MappedFile::ReadCells(std::string_view text) {
  if (auto rejection = source_->ReadCells(text, &record_)) return rejection;
  if (auto rejection = cells_.Take(record_, &slots_)) return rejection;
  if (map_->uses_row_digest) digest_ = DigestOf(source_->Likeness());
  return std::nullopt;
}

// Rows that are alike are still facts of their own: two receipts of the same amount on one day.
void MappedFile::SetRepeated(uint32_t repeated) {
  if (repeated > 0) digest_.append("-").append(std::to_string(repeated + 1));
  slots_[0] = digest_;
}

void MappedFile::PutSums(uint32_t event) {
  const MapEvent& mapped = map_->events[event];
  auto sum = sums_[event].at(values_[mapped.id_field]).begin();
  for (size_t i = 0; i < mapped.fields.size(); i++) {
    if (!mapped.fields[i].is_sum) continue;
    values_[i] = sum->has_value() ? (*sum)->ToString() : "";
    ++sum;
  }
}

bool MappedFile::Next(MappedEvent* event) {
  event->record.fields.clear();
  event->rejection.reset();
  event->once = false;
  if (next_refused_ < refused_.size()) {
    const Refused& refused = refused_[next_refused_++];
    event->line = rows_[refused.row].line;
    event->row = RowText(rows_[refused.row]);
    event->rejection = refused.rejection;
    return true;
  }
  if (next_event_ == events_.size()) return false;
  const Planned& planned = events_[next_event_++];
  const MapEvent& mapped = map_->events[planned.event];
  const Row& row = rows_[planned.row];
  event->line = row.line;
  event->row = RowText(row);
  event->once = mapped.once;
  CHECK(!ReadCells(event->row).has_value());  // as when it was planned
  if (map_->uses_row_digest) SetRepeated(row.repeated);
  CHECK(!mapped.Read(slots_, tables_, &values_).has_value());
  if (mapped.together) PutSums(planned.event);
  event->record.fields.emplace_back("type", RawValue{RawValue::Kind::kCell, mapped.type, {}});
  for (size_t i = 0; i < mapped.fields.size(); i++) {
    if (values_[i].empty()) continue;
    event->record.fields.emplace_back(mapped.fields[i].name, RawValue{RawValue::Kind::kCell, values_[i], {}});
  }
  return true;
}

}  // namespace duebook
