#include "tools/import/map/mapped_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <unordered_map>
#include <utility>

#include "ledger/values/check.h"
#include "ledger/values/hash.h"
#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/rows/other_formats.h"

namespace duebook {

namespace {

// Enough of a SHA-256 that two rows never share it by chance, and short enough for an event id.
constexpr size_t kDigestDigits = 24;

Rejection Malformed(std::string sentence) { return {RejectionCode::kBadCsv, std::move(sentence), ""}; }

std::optional<Rejection> FaultOf(const SplitRecord& row) {
  switch (row.fault) {
    case SplitRecord::Fault::kNone:
      return std::nullopt;
    case SplitRecord::Fault::kTooLong:
      return Rejection{RejectionCode::kTooLong, fmt::format("the row is longer than {} bytes", kMaxRecordBytes), ""};
    case SplitRecord::Fault::kOpenQuotes:
      return Malformed("quotes in a cell are never closed");
  }
  return std::nullopt;
}

Error NoHeader(const RecordSplitter& rows, std::string reason) {
  return Error{ErrorCode::kInvalidArgument, fmt::format("{}: {}", rows.input().name(), reason),
               "a map needs a row with the names of the columns"};
}

std::string DigestOf(std::string_view text) { return ToHex(Sha256(text)).substr(0, kDigestDigits); }

// The start of the digest of a row's cells, however they were quoted.
std::string RowDigest(const std::vector<std::string_view>& cells) {
  std::string text;
  for (const std::string_view cell : cells) text.append(TrimmedCell(cell)).push_back('\0');
  return DigestOf(text);
}

std::vector<std::string> NamesOf(const std::vector<MapColumn>& columns) {
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const MapColumn& column : columns) names.push_back(column.name);
  return names;
}

}  // namespace

// Chooses the events of each row, and when they are.
class MappedFile::Planner {
 public:
  explicit Planner(MappedFile* file) : file_(*file), map_(*file->map_), once_(map_.events.size()) {}

  // Why the last row cannot be read at all without more from the map.
  const std::optional<std::string>& undecided() const { return undecided_; }

  // If the row is refused, nothing of it is planned.
  std::optional<Rejection> Plan(uint32_t row) {
    if (auto rejection = file_.ReadCells(file_.RowText(file_.rows_[row]))) return rejection;
    if (map_.uses_row_digest) {
      const uint32_t repeated = seen_[file_.digest_]++;
      file_.rows_[row].repeated = repeated;
      file_.SetRepeated(repeated);
    }
    bool ignored = false;
    if (auto rejection = TestIgnored(&ignored)) return rejection;
    if (ignored) {
      file_.ignored_rows_++;
      return std::nullopt;
    }
    planned_.clear();
    if (auto rejection = PlanEvents(row)) return rejection;
    if (planned_.empty()) {
      return Rejection{RejectionCode::kBadField, "no event of the map is for this row, nor is it one to ignore", ""};
    }
    for (const auto& [event, id] : planned_) Add(event, id);
    return std::nullopt;
  }

 private:
  std::optional<Rejection> TestIgnored(bool* ignored) {
    for (const MapConditions& conditions : map_.ignored) {
      if (*ignored) break;
      if (auto rejection = map_.Test(conditions, file_.slots_, ignored)) return rejection;
    }
    return std::nullopt;
  }

  std::optional<Rejection> PlanEvents(uint32_t row) {
    for (size_t i = 0; i < map_.events.size(); i++) {
      const MapEvent& event = map_.events[i];
      bool holds = false;
      if (auto rejection = map_.Test(event.when, file_.slots_, &holds)) return rejection;
      if (!holds) continue;
      if (auto rejection = event.Read(file_.slots_, file_.tables_, &file_.values_)) {
        undecided_ = event.WhyUndecided(file_.slots_);
        return rejection;
      }
      const auto date = Date::Parse(file_.values_[event.date_field]);
      CHECK(date.has_value());
      planned_.emplace_back(Planned{date->days(), static_cast<uint32_t>(i), row}, file_.values_[event.id_field]);
    }
    return std::nullopt;
  }

  void Add(const Planned& planned, const std::string& id) {
    if (map_.events[planned.event].once) {
      const auto [found, is_new] = once_[planned.event].emplace(id, file_.events_.size());
      if (!is_new) {
        Planned& earliest = file_.events_[found->second];
        if (planned.day < earliest.day) earliest = planned;
        return;
      }
    }
    file_.events_.push_back(planned);
  }

  MappedFile& file_;
  const ImportMap& map_;
  std::vector<std::unordered_map<std::string, size_t>> once_;  // by event: id to place in file_.events_
  std::unordered_map<std::string, uint32_t> seen_;             // rows by digest
  std::vector<std::pair<Planned, std::string>> planned_;       // of the current row, with ids
  std::optional<std::string> undecided_;
};

MappedFile::MappedFile(const ImportMap& map) : map_(&map), cells_(map.delimiter), json_(NamesOf(map.columns)) {}

RecordSplitter MappedFile::RowsOf(const ImportMap& map, InputFile input) {
  const bool csv = map.format == ImportMap::Format::kCsv;
  return RecordSplitter(std::move(input), csv ? RecordSplitter::Shape::kQuotedRows : RecordSplitter::Shape::kLines,
                        map.delimiter);
}

Result<MappedFile> MappedFile::Read(const ImportMap& map, RecordSplitter* rows) {
  MappedFile file(map);
  if (map.format == ImportMap::Format::kCsv) RETURN_IF_ERROR(file.ReadHead(rows));
  RETURN_IF_ERROR(file.ReadRows(rows));
  RETURN_IF_ERROR(file.ReadLookups(rows->input().name()));
  RETURN_IF_ERROR(file.PlanRows(rows->input().name()));
  if (map.format == ImportMap::Format::kJsonLines) RETURN_IF_ERROR(file.CheckColumnsSeen(*rows));
  std::sort(file.events_.begin(), file.events_.end());
  return file;
}

Status MappedFile::ReadHead(RecordSplitter* rows) {
  SplitRecord row;
  for (size_t i = 0; i <= map_->skip_rows; i++) {
    const auto more = rows->Next(&row);
    RETURN_IF_ERROR(more);
    if (!*more) return NoHeader(*rows, "the file is empty");
    if (i > 0) head_ += '\n';
    head_ += row.text;
  }
  if (const auto fault = FaultOf(row)) return NoHeader(*rows, "the header cannot be read: " + fault->sentence);
  const auto cells = cells_.Split(row.text);
  if (!cells.has_value() || !IsValidUtf8(row.text)) return NoHeader(*rows, "the header is not a row of CSV in UTF-8");
  auto places = map_->FindColumns(*cells);
  RETURN_IF_ERROR(places);
  places_ = std::move(*places);
  width_ = cells->size();
  return Status();
}

Status MappedFile::ReadRows(RecordSplitter* rows) {
  SplitRecord row;
  while (true) {
    const auto more = rows->Next(&row);
    RETURN_IF_ERROR(more);
    if (!*more) return Status();
    if (text_.size() + row.text.size() > kMaxMappedBytes) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{} is larger than {} MiB, the most a map can put in order", rows->input().name(),
                               kMaxMappedBytes >> 20),
                   "cut it into several files by date"};
    }
    rows_.push_back({row.line, text_.size(), static_cast<uint32_t>(row.text.size()), 0});
    text_.append(row.text);
    if (auto fault = FaultOf(row)) refused_.push_back({rows_.size() - 1, std::move(*fault)});
  }
}

Status MappedFile::PlanRows(const std::string& name) {
  Planner planner(this);
  std::vector<Refused> faults = std::exchange(refused_, {});
  auto fault = faults.begin();
  for (size_t row = 0; row < rows_.size(); row++) {
    if (fault != faults.end() && fault->row == row) {
      refused_.push_back(std::move(*fault++));
      continue;
    }
    auto rejection = planner.Plan(static_cast<uint32_t>(row));
    if (planner.undecided().has_value()) {
      return Error{ErrorCode::kInvalidArgument, fmt::format("{}:{}: {}", name, rows_[row].line, *planner.undecided()),
                   "nothing was imported: say in the map which it is, as in date = \"D/M/YYYY\" under [file]"};
    }
    if (rejection.has_value()) refused_.push_back({row, std::move(*rejection)});
  }
  return Status();
}

void MappedFile::AddTo(LookupTable* table, const MapLookup& lookup) {
  std::string key, value;
  for (const Row& row : rows_) {
    if (ReadCells(RowText(row)).has_value()) continue;
    bool holds = false;
    if (map_->Test(lookup.when, slots_, &holds).has_value() || !holds) continue;
    if (!lookup.key.front().Write(slots_, &key) || !lookup.value.front().Write(slots_, &value)) continue;
    // What is longer fits no field, and would be kept for every row.
    if (key.size() <= kMaxProseBytes && value.size() <= kMaxProseBytes) table->Add(key, value);
  }
}

Status MappedFile::ReadLookups(const std::string& name) {
  for (const MapLookup& lookup : map_->lookups) {
    LookupTable& table = tables_.emplace_back();
    if (lookup.rows == nullptr) {
      AddTo(&table, lookup);
      continue;
    }
    const std::filesystem::path path = std::filesystem::path(name).parent_path() / lookup.file;
    auto input = OpenLines(path.string());
    RETURN_IF_ERROR(input);
    RecordSplitter rows = RowsOf(*lookup.rows, std::move(*input));
    MappedFile other(*lookup.rows);
    if (lookup.rows->format == ImportMap::Format::kCsv) RETURN_IF_ERROR(other.ReadHead(&rows));
    RETURN_IF_ERROR(other.ReadRows(&rows));
    other.AddTo(&table, lookup);
    if (lookup.rows->format == ImportMap::Format::kJsonLines) RETURN_IF_ERROR(other.CheckColumnsSeen(rows));
  }
  return Status();
}

// Objects leave out what is empty; a key that none of them has is most likely misspelt.
Status MappedFile::CheckColumnsSeen(const RecordSplitter& rows) const {
  if (rows_.size() == refused_.size()) return Status();
  for (size_t slot = 1; slot < map_->columns.size(); slot++) {
    const MapColumn& column = map_->columns[slot];
    const auto& optional = map_->optional;
    if (json_.WasSeen(slot) || std::find(optional.begin(), optional.end(), column.name) != optional.end()) continue;
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("{}:{}: no object of {} has the key {}", map_->name, column.line, rows.input().name(),
                             Quoted(column.name)),
                 "if it may be absent, name it in optional = [...] under [file]"};
  }
  return Status();
}

std::optional<Rejection> MappedFile::ReadCells(std::string_view text) {
  return map_->format == ImportMap::Format::kCsv ? ReadCsv(text) : ReadJson(text);
}

std::optional<Rejection> MappedFile::ReadJson(std::string_view text) {
  if (auto rejection = json_.Read(text, &slots_)) return rejection;
  if (map_->uses_row_digest) digest_ = DigestOf(TrimmedCell(text));
  return std::nullopt;
}

std::optional<Rejection> MappedFile::ReadCsv(std::string_view text) {
  if (!IsValidUtf8(text)) return Rejection{RejectionCode::kBadUtf8, kNotUtf8, ""};
  const auto cells = cells_.Split(text);
  if (!cells.has_value()) return Malformed("text follows the closing quote of a cell; double a quote that is meant");
  if (cells->size() != width_) {
    return Malformed(fmt::format("the row has {} cells, the header {}", cells->size(), width_));
  }
  slots_.resize(places_.size());
  for (size_t slot = 1; slot < places_.size(); slot++) {
    slots_[slot] = places_[slot].has_value() ? TrimmedCell((*cells)[*places_[slot]]) : std::string_view();
  }
  if (map_->uses_row_digest) digest_ = RowDigest(*cells);
  return std::nullopt;
}

// Rows that are alike are still facts of their own: two receipts of the same amount on one day.
void MappedFile::SetRepeated(uint32_t repeated) {
  if (repeated > 0) digest_.append("-").append(std::to_string(repeated + 1));
  slots_[0] = digest_;
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
  event->record.fields.emplace_back("type", RawValue{RawValue::Kind::kCell, mapped.type, {}});
  for (size_t i = 0; i < mapped.fields.size(); i++) {
    if (values_[i].empty()) continue;
    event->record.fields.emplace_back(mapped.fields[i].name, RawValue{RawValue::Kind::kCell, values_[i], {}});
  }
  return true;
}

}  // namespace duebook
