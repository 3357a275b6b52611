#include "tools/import/map/mapped_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "ledger/values/check.h"
#include "ledger/values/hash.h"
#include "ledger/values/suggestion.h"
#include "tools/import/map/map_faults.h"
#include "tools/import/map/mapped_planner.h"
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

MappedFile::MappedFile(const ImportMap& map, std::unique_ptr<RowSource> source)
    : map_(&map), source_(std::move(source)), cells_(map.columns) {}

Result<MappedFile> MappedFile::Read(const ImportMap& map, std::unique_ptr<RowSource> rows, const IsKnownId& is_known) {
  MappedFile file(map, std::move(rows));
  RETURN_IF_ERROR(file.ReadHead());
  RETURN_IF_ERROR(file.ReadRows());
  RETURN_IF_ERROR(file.ReadLookups());
  RETURN_IF_ERROR(file.PlanRows(is_known));
  RETURN_IF_ERROR(file.CheckColumnsSeen());
  if (file.ignored_rows_ > 0) {
    file.remark_ +=
        fmt::format("{}rows that the map says to ignore: {}", file.remark_.empty() ? "" : "; ", file.ignored_rows_);
  }
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
  digested_ = map_->digested;
  if (!names_columns_) return Status();
  RETURN_IF_ERROR(map_->CheckColumns(*head->columns));
  const auto place = [&](size_t slot) {
    return std::find(head->columns->begin(), head->columns->end(), map_->columns[slot].name);
  };
  std::erase_if(digested_, [&](size_t slot) { return place(slot) == head->columns->end(); });
  std::sort(digested_.begin(), digested_.end(), [&](size_t a, size_t b) { return place(a) < place(b); });
  return Status();
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
    rows_.push_back({row.line, text_.size(), static_cast<uint32_t>(row.text.size()), 0, 0});
    text_.append(row.text).push_back('\n');
    if (row.fault.has_value()) refused_.push_back({rows_.size() - 1, std::move(*row.fault)});
  }
  text_.append(kRowPadding, ' ');
  return Status();
}

// Plans all rows that are not refused.
Status MappedFile::PlanRows(const IsKnownId& is_known) {
  Planner planner(this, true, is_known);
  RETURN_IF_ERROR(PlanWith(&planner));
  planner.JoinRows();
  std::vector<Refused> more = planner.RowsOfRefusedGroups();
  if (more.empty()) return Status();
  refused_.insert(refused_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::sort(refused_.begin(), refused_.end(), [](const Refused& a, const Refused& b) { return a.row < b.row; });
  Planner without(this, false, is_known);
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
    RETURN_IF_ERROR(planner->status());
    if (planner->undecided().has_value()) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{}:{}: {}", source_->name(), rows_[row].line, *planner->undecided()),
                   "nothing was imported: say in the map which it is, as in date = \"D/M/YYYY\" under [file]"};
    }
    if (rejection.has_value()) refused_.push_back({row, std::move(*rejection)});
  }
  return Status();
}

std::optional<MappedFile::Refused> MappedFile::AddTo(LookupTable* table, const MapLookup& lookup,
                                                     const LookupTables& tables) {
  std::optional<Refused> first;
  if (!refused_.empty()) first = refused_.front();
  std::string key, value;
  for (size_t row = 0; row < rows_.size(); row++) {
    if (auto fault = ReadCells(RowText(rows_[row]))) {
      if (!first.has_value() || row < first->row) first = Refused{row, std::move(*fault)};
      continue;
    }
    bool holds = false;
    if (map_->Test(lookup.when, slots_, tables, &holds).has_value() || !holds) continue;
    if (lookup.key.Read(slots_, tables, &key).has_value() || key.empty()) continue;
    if (lookup.value.Read(slots_, tables, &value).has_value() || value.empty()) continue;
    // What is longer fits no field, and would be kept for every row.
    if (key.size() <= kMaxProseBytes && value.size() <= kMaxProseBytes) table->Add(key, value);
  }
  return first;
}

Status MappedFile::ReadLookups() {
  for (const MapLookup& lookup : map_->lookups) {
    LookupTable table;
    if (lookup.rows == nullptr) {
      AddTo(&table, lookup, tables_);  // rows that cannot be read are refused when they are planned
      tables_.push_back(std::move(table));
      continue;
    }
    const std::filesystem::path path = std::filesystem::path(source_->name()).parent_path() / lookup.file;
    std::error_code unknown;
    if (std::filesystem::exists(path, unknown) && !std::filesystem::is_regular_file(path, unknown)) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{}, from which a look-up collects, is no regular file", path.string()),
                   "nothing was imported: save what it gives in a file"};
    }
    auto opened = OpenRecognised(path.string(), lookup.rows->format, kCsvInput, map_->encoding);
    RETURN_IF_ERROR(opened);
    MappedFile other(*lookup.rows, opened->format->open(std::move(opened->input), lookup.rows->settings));
    RETURN_IF_ERROR(other.ReadHead());
    RETURN_IF_ERROR(other.ReadRows());
    // What a row that cannot be read holds would be taken for absent.
    if (const auto unreadable = other.AddTo(&table, lookup, tables_)) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{}:{}: {}", other.source_->name(), other.rows_[unreadable->row].line,
                               unreadable->rejection.sentence),
                   "nothing was imported: what a look-up collects from has to be readable as a whole"};
    }
    RETURN_IF_ERROR(other.CheckColumnsSeen());
    tables_.push_back(std::move(table));
  }
  return Status();
}

// Where each row names its own cells, it leaves out what is empty; a column that none of them has is most likely
// misspelt.
Status MappedFile::CheckColumnsSeen() const {
  if (names_columns_ || rows_.size() == refused_.size()) return Status();
  MapFaults faults(map_->name);
  for (size_t slot = 1; slot < map_->columns.size(); slot++) {
    const MapColumn& column = map_->columns[slot];
    const auto& optional = map_->optional;
    if (cells_.WasSeen(slot) || std::find(optional.begin(), optional.end(), column.name) != optional.end()) continue;
    faults.Add(column.line, fmt::format("no row of {} has the key {}", source_->name(), Quoted(column.name)));
  }
  if (faults.empty()) return Status();
  faults.SetLastHint("what may be absent is named in optional = [...] under [file]");
  return faults.Take();
}

std::optional<Rejection> MappedFile::ReadCells(std::string_view text) {
  if (auto rejection = source_->ReadCells(text, &record_)) return rejection;
  return cells_.Take(record_, &slots_);
}

// Of rows that name their own cells these are in the order of their names, and behind these. Ids of events are made of
// it, so that it must never change: of a row under a header, all of whose columns count, it is that of the whole row.
std::string MappedFile::Digest(const Row& row) const {
  if (row.is_digested_whole != 0) return DigestOf(source_->Likeness(RowText(row), record_));
  std::string text;
  for (const size_t slot : digested_) {
    if (!names_columns_) {
      if (slots_[slot].empty()) continue;
      text.append(map_->columns[slot].name).push_back('\0');
    }
    text.append(slots_[slot]).push_back('\0');
  }
  return DigestOf(text);
}

// Rows that are alike are still facts of their own: two receipts of the same amount on one day.
void MappedFile::SetDigest(const Row& row) {
  digest_ = Digest(row);
  if (row.repeated > 0) digest_.append("-").append(std::to_string(row.repeated + 1));
  slots_[ImportMap::kRowDigestSlot] = digest_;
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

uint32_t MappedFile::RowIn(uint64_t line) const {
  const auto found = std::lower_bound(rows_.begin(), rows_.end(), line,
                                      [](const Row& row, uint64_t wanted) { return row.line < wanted; });
  CHECK(found != rows_.end() && found->line == line);
  return static_cast<uint32_t>(found - rows_.begin());
}

std::vector<KeptLine> MappedFile::LinesOf(std::vector<uint32_t> rows) const {
  std::sort(rows.begin(), rows.end());
  std::vector<KeptLine> lines;
  lines.reserve(rows.size());
  for (const uint32_t row : rows) lines.push_back({rows_[row].line, RowText(rows_[row])});
  return lines;
}

std::vector<KeptLine> MappedFile::KeptWith(uint64_t line) const {
  std::vector<uint32_t> rows = {RowIn(line)};
  std::unordered_set<uint32_t> known(rows.begin(), rows.end());
  for (size_t i = 0; i < rows.size(); i++) {
    for (const Ring& ring : rings_) {
      if (!ring.empty() && known.insert(ring[rows[i]]).second) rows.push_back(ring[rows[i]]);
    }
  }
  return LinesOf(std::move(rows));
}

std::vector<KeptLine> MappedFile::RowsOf(uint64_t line, uint32_t event) const {
  std::vector<uint32_t> rows = {RowIn(line)};
  if (const Ring& ring = rings_[event]; !ring.empty()) {
    for (uint32_t row = ring[rows.front()]; row != rows.front(); row = ring[row]) rows.push_back(row);
  }
  return LinesOf(std::move(rows));
}

std::string MappedFile::HowWorkedOut(uint32_t event, std::string_view field) const {
  const MapEvent& mapped = map_->events[event];
  const auto found = std::find_if(mapped.fields.begin(), mapped.fields.end(),
                                  [field](const MapField& known) { return known.name == field; });
  return found == mapped.fields.end() ? "" : found->HowWorkedOut(slots_);
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
  event->event = planned.event;
  event->once = mapped.once;
  CHECK(!ReadCells(event->row).has_value());  // as when it was planned
  if (map_->uses_row_digest) SetDigest(row);
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
