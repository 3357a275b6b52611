#include "ledger/values/timeline.h"

#include <algorithm>
#include <functional>

namespace duebook {

bool Timeline::AddTo(Few& few, Date date, Sum change) {
  auto& [first, second] = few;
  for (Change* each : {&first, &second}) {
    const Sum before = each->amount();
    if (before == 0 || each->date != date) continue;
    const Change sum(date, before + change);
    if (sum.amount() != before + change) return false;  // more than 96 bits
    *each = sum;
    if (first.amount() == 0) first = std::exchange(second, {});
    return true;
  }
  if (change == 0) return true;
  const Change added(date, change);
  if (second.amount() != 0 || added.amount() != change) return false;
  second = added;
  if (first.amount() == 0 || second.date < first.date) std::swap(first, second);
  return true;
}

void Timeline::Add(Date date, Sum change) {
  if (auto* few = std::get_if<Few>(&changes_)) {
    if (AddTo(*few, date, change)) return;
    TimelineTree tree;
    for (const Change& earlier : *few) tree.Add(earlier.date, earlier.amount());
    changes_ = Apart(std::move(tree));
  }
  std::get<Apart<TimelineTree>>(changes_).value().Add(date, change);
}

void Timeline::Add(const Timeline& other) {
  for (const auto& [date, change] : other.Changes()) Add(date, change);
}

Sum Timeline::At(Date date) const {
  const auto* few = std::get_if<Few>(&changes_);
  if (few == nullptr) return std::get<Apart<TimelineTree>>(changes_).value().At(date);
  Sum value = 0;
  for (const Change& change : *few) {
    if (change.date <= date) value += change.amount();
  }
  return value;
}

template <class Beats>
Timeline::Extreme Timeline::ExtremeFrom(const Few& few, Date date, Beats beats) {
  Extreme extreme{date, 0};
  Sum value = 0;
  for (const Change& change : few) {
    if (change.amount() == 0) continue;
    value += change.amount();
    if (change.date <= date) {
      extreme.value = value;
    } else if (beats(value, extreme.value)) {
      extreme = {change.date, value};
    }
  }
  return extreme;
}

Timeline::Extreme Timeline::LeastFrom(Date date) const {
  const auto* few = std::get_if<Few>(&changes_);
  if (few != nullptr) return ExtremeFrom(*few, date, std::less<>());
  return std::get<Apart<TimelineTree>>(changes_).value().LeastFrom(date);
}

Timeline::Extreme Timeline::MostFrom(Date date) const {
  const auto* few = std::get_if<Few>(&changes_);
  if (few != nullptr) return ExtremeFrom(*few, date, std::greater<>());
  return std::get<Apart<TimelineTree>>(changes_).value().MostFrom(date);
}

std::optional<Date> Timeline::LastChange() const {
  const auto* few = std::get_if<Few>(&changes_);
  if (few == nullptr) return std::get<Apart<TimelineTree>>(changes_).value().LastChange();
  std::optional<Date> last;
  for (const Change& change : *few) {
    if (change.amount() != 0) last = change.date;
  }
  return last;
}

std::vector<std::pair<Date, Sum>> Timeline::Changes() const {
  std::vector<std::pair<Date, Sum>> changes;
  const auto add = [&](Date date, Sum change) { changes.emplace_back(date, change); };
  if (const auto* few = std::get_if<Few>(&changes_)) {
    for (const Change& change : *few) {
      if (change.amount() != 0) add(change.date, change.amount());
    }
  } else {
    std::get<Apart<TimelineTree>>(changes_).value().ForEachChange(add);
  }
  return changes;
}

}  // namespace duebook
