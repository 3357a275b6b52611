#include "tools/import/map/mapped_planner.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "ledger/values/check.h"
#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

// Whether all rows of one event have to say the same there: amounts of several customers or currencies are no sum,
// and of amounts that are not added up only one would be recorded.
bool IsSame(const MapField& field) {
  return field.name == "customer" || field.name == "currency" ||
         (field.meaning == MapField::Meaning::kAmount && !field.is_sum);
}

// Returns whether the event opens the customer of whatever row there is.
bool OpensAnyCustomer(const MapEvent& event) {
  return event.once && event.when.empty() && event.type == InfoOf(EventType::CustomerOpened).name;
}

}  // namespace

MappedFile::Planner::Planner(MappedFile* file, bool first, const IsKnownId& is_known)
    : file_(*file),
      map_(*file->map_),
      first_(first),
      only_opens_(std::all_of(map_.events.begin(), map_.events.end(), OpensAnyCustomer)),
      places_(map_.events.size()),
      groups_(map_.events.size()),
      is_known_(is_known) {
  file_.events_.clear();
  file_.sums_.assign(map_.events.size(), {});
  file_.ignored_rows_ = 0;
  if (!first_) return;
  Ring alone(file_.rows_.size());
  std::iota(alone.begin(), alone.end(), 0u);
  for (const MapEvent& event : map_.events) file_.rings_.push_back(event.together ? alone : Ring());
  file_.rings_.push_back(map_.uses_row_digest ? alone : Ring());
}

std::optional<Rejection> MappedFile::Planner::Plan(uint32_t row) {
  if (auto rejection = file_.ReadCells(file_.RowText(file_.rows_[row]))) return rejection;
  if (map_.uses_row_digest) {
    if (first_) status_ = JoinAlike(row);
    if (!status_.ok()) return std::nullopt;
    file_.SetDigest(file_.rows_[row]);
  }
  bool ignored = false;
  std::optional<Rejection> rejection = TestIgnored(&ignored);
  if (!rejection.has_value() && ignored) {
    file_.ignored_rows_++;
    return std::nullopt;
  }
  planned_.clear();
  if (!rejection.has_value()) rejection = PlanEvents(row);
  if (rejection.has_value()) {
    RefuseGroups();
    return rejection;
  }
  if (!SaysWhatTheRowIs()) {
    return Rejection{RejectionCode::kBadField, "no event of the map is for this row, nor is it one to ignore", ""};
  }
  for (PlannedEvent& event : planned_) Add(std::move(event));
  return std::nullopt;
}

bool MappedFile::Planner::SaysWhatTheRowIs() const {
  return std::any_of(planned_.begin(), planned_.end(), [this](const PlannedEvent& planned) {
    return only_opens_ || !OpensAnyCustomer(map_.events[planned.at.event]);
  });
}

Status MappedFile::Planner::JoinAlike(uint32_t row) {
  Row& at = file_.rows_[row];
  const std::string digest = file_.Digest(at);
  Alike& alike = alike_.try_emplace(digest, Alike{row, 0}).first->second;
  Ring& ring = file_.rings_.back();
  std::swap(ring[alike.first], ring[row]);  // of two rings one
  if (is_known_ != nullptr) {
    at.is_digested_whole = 1;
    const std::string whole = file_.Digest(at);
    at.repeated = whole_alike_[whole]++;
    file_.SetDigest(at);
    const auto known = whole == digest ? Result<bool>(false) : IsKnown();
    RETURN_IF_ERROR(known);
    if (*known) return Status();
    at.is_digested_whole = 0;
  }
  at.repeated = alike.count++;
  return Status();
}

Result<bool> MappedFile::Planner::IsKnown() {
  std::string id;
  for (const MapEvent& event : map_.events) {
    if (!event.IsNumberedByContent()) continue;
    bool holds = false;
    if (map_.Test(event.when, file_.slots_, file_.tables_, &holds).has_value() || !holds) continue;
    if (event.fields[event.id_field].Read(file_.slots_, file_.tables_, &id).has_value() || id.empty()) continue;
    const auto known = is_known_(id);
    RETURN_IF_ERROR(known);
    if (*known) return true;
  }
  return false;
}

void MappedFile::Planner::JoinRows() {
  for (size_t event = 0; event < groups_.size(); event++) {
    Ring& ring = file_.rings_[event];
    for (const auto& [id, group] : groups_[event]) {
      for (const uint32_t row : group.rows) std::swap(ring[group.rows.front()], ring[row]);
    }
  }
}

std::vector<MappedFile::Refused> MappedFile::Planner::RowsOfRefusedGroups() {
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
  all.reserve(rows.size());
  for (auto& [row, rejection] : rows) all.push_back({row, std::move(rejection)});
  return all;
}

std::optional<Rejection> MappedFile::Planner::TestIgnored(bool* ignored) {
  for (const MapConditions& conditions : map_.ignored) {
    if (*ignored) break;
    if (auto rejection = map_.Test(conditions, file_.slots_, file_.tables_, ignored)) return rejection;
  }
  return std::nullopt;
}

std::optional<Rejection> MappedFile::Planner::PlanEvents(uint32_t row) {
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
        PlannedEvent{{date->days(), static_cast<uint32_t>(i), row}, file_.values_[event.id_field], {}, {}});
    if (!event.together) continue;
    if (auto rejection = CheckSame(event, &planned)) return rejection;
    if (auto rejection = AddUp(event, &planned)) return rejection;
  }
  return std::nullopt;
}

void MappedFile::Planner::RefuseGroups() {
  std::string id;
  for (size_t i = 0; i < map_.events.size(); i++) {
    const MapEvent& event = map_.events[i];
    if (!event.together) continue;
    bool holds = false;
    const bool may_hold = map_.Test(event.when, file_.slots_, file_.tables_, &holds).has_value() || holds;
    if (!may_hold) continue;
    const bool is_known = !event.fields[event.id_field].Read(file_.slots_, file_.tables_, &id).has_value();
    if (is_known && !id.empty()) GroupOf(i, id).is_refused = true;
  }
}

std::optional<Rejection> MappedFile::Planner::CheckSame(const MapEvent& event, PlannedEvent* planned) {
  const auto& groups = groups_[planned->at.event];
  const auto found = groups.find(planned->id);
  const bool has_rows = found != groups.end() && !found->second.rows.empty();
  for (size_t i = 0; i < event.fields.size(); i++) {
    const MapField& field = event.fields[i];
    if (!IsSame(field)) continue;
    std::string& value = planned->same.emplace_back(file_.values_[i]);
    const bool is_amount = field.meaning == MapField::Meaning::kAmount;
    const auto amount = is_amount ? ExactNumber::Parse(value) : std::nullopt;
    if (amount.has_value()) value = amount->ToString();  // 2.0 and 2.00 are the same
    if (!has_rows || found->second.same[planned->same.size() - 1] == value) continue;
    const std::string& column = field.from.front().column();
    return Rejection{
        RejectionCode::kBadField,
        fmt::format("the rows of the {} with the id {} do not agree about its {}: {} in line {}, {} here", event.type,
                    Quoted(planned->id), field.name, Quoted(found->second.same[planned->same.size() - 1]),
                    file_.rows_[found->second.rows.front()].line, Quoted(value)),
        column};
  }
  return std::nullopt;
}

std::optional<Rejection> MappedFile::Planner::AddUp(const MapEvent& event, PlannedEvent* planned) {
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

void MappedFile::Planner::Add(PlannedEvent planned) {
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
  if (group.rows.empty()) group.same = std::move(planned.same);
  group.rows.push_back(planned.at.row);
  groups_of_row_[planned.at.row].push_back(&group);
  file_.sums_[planned.at.event][planned.id] = std::move(planned.sums);
}

MappedFile::Planner::Group& MappedFile::Planner::GroupOf(size_t event, const std::string& id) {
  const auto [found, is_new] = groups_[event].try_emplace(id);
  if (is_new) found->second = {map_.events[event].type, found->first, {}};
  return found->second;
}

}  // namespace duebook
