#include "projections/reports/interest_book.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "ledger/values/check.h"
#include "projections/history/movements_of_items.h"
#include "projections/history/new_schedules.h"
#include "projections/history/open_parts.h"
#include "projections/reports/interest_facts.h"
#include "projections/reports/interest_rates.h"

namespace duebook {
namespace {

// Invoices that may bear interest, in order of item: of what was open when it fell due, or changed after that, and of
// what falls due in parts or on other days. Most invoices are paid by their day, and are left out.
std::vector<uint32_t> LateInvoices(const History& history, const Cut& cut, const NewSchedules& new_schedules) {
  const History::Items& items = history.items;
  std::vector<bool> wanted(items.seq.size());
  std::vector<Minor> open_when_due(wanted.size());
  const History::Movements& movements = history.movements;
  const size_t rows = RowsKnown(movements.seq, cut.known);
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t item = movements.item[row];
    if (movements.date[row] > cut.effective) continue;
    if (movements.date[row] > items.due[item] || movements.kind[row] == MovementKind::kDebited) {
      wanted[item] = true;
    } else {
      open_when_due[item] += movements.amount[row];
    }
  }
  for (uint32_t item = 0; item < wanted.size(); ++item) {
    const bool is_overdue_invoice = items.kind[item] == ItemKind::kInvoice && items.due[item] < cut.effective;
    wanted[item] = (wanted[item] || open_when_due[item] != 0) && is_overdue_invoice;
  }
  const ColumnView<uint32_t>& in_instalments = history.instalments.item;
  for (size_t row = 0; row < in_instalments.size(); ++row) wanted[in_instalments[row]] = true;
  for (const NewSchedules::OfItem& each : new_schedules.items()) wanted[each.item] = true;
  std::vector<uint32_t> late;
  for (uint32_t item = 0; item < wanted.size(); ++item) {
    if (wanted[item]) late.push_back(item);
  }
  return late;
}

// Days as numbers, so that there is one after the last date.
using DayNumber = int64_t;

// How many days lie between the ends of two days, as the terms count them.
int64_t DaysBetween(Date first, Date last, DayCount count) {
  if (count != DayCount::kThirty360) return last - first;
  const auto days_of = [](Date day) {
    return int64_t{360} * day.year() + int64_t{30} * day.month() + std::min(day.day(), 30);
  };
  return days_of(last) - days_of(first);
}

// What a day of the terms is of a year, in parts of kPartsOfYear.
constexpr int64_t kPartsOfYear = 26'280;  // which both 365 and 360 divide
int64_t PartsOfDay(DayCount count) {
  switch (count) {
    case DayCount::kActual365:
      return kPartsOfYear / 365;
    case DayCount::kActual360:
    case DayCount::kThirty360:
      return kPartsOfYear / 360;
    case DayCount::kDay:
      return kPartsOfYear;
  }
  return 0;
}

class InterestBook {
 public:
  InterestBook(const History& history, const Cut& cut)
      : history_(history), cut_(cut), facts_(history, cut), rates_(history, cut), new_schedules_(history, cut.known) {}

  std::vector<InvoiceInterest> Interest() {
    std::map<uint32_t, InvoiceInterest> all = Billed();
    if (!rates_.empty()) {
      const MovementsOfItems movements(history_, cut_, LateInvoices(history_, cut_, new_schedules_));
      for (size_t place = 0; place < movements.items().size(); ++place) {
        const uint32_t item = movements.items()[place];
        if (facts_.is_void[item]) continue;
        InvoiceInterest interest = Accrue(item, movements.Of(place));
        if (!interest.from.has_value()) continue;
        InvoiceInterest& kept = all[item];
        interest.billed = kept.billed;
        interest.billed_later = kept.billed_later;
        interest.item = item;
        kept = interest;
      }
    }
    std::vector<InvoiceInterest> rows;
    for (const auto& [item, interest] : all) {
      if (interest.accrued != 0 || interest.billed != 0) rows.push_back(interest);
    }
    return rows;
  }

 private:
  // What was billed on a void invoice the void took off.
  std::map<uint32_t, InvoiceInterest> Billed() const {
    std::map<uint32_t, InvoiceInterest> all;
    for (const auto& [item, note] : facts_.notes.all()) {
      if (!note.is_interest || facts_.is_void[item]) continue;
      InvoiceInterest& interest = all[item];
      interest.item = item;
      if (note.IsThereOn(cut_.effective)) interest.billed += note.amount;
      if (note.from > cut_.effective && !note.is_reversed()) interest.billed_later = true;
    }
    return all;
  }

  // Adds up run by run of days on which nothing changes.
  InvoiceInterest Accrue(uint32_t item, std::span<const ItemMovement> movements) const {
    InvoiceInterest interest;
    const std::vector<InterestTerms> terms = rates_.Of(item);
    const std::vector<DayNumber> changes = Changes(item, movements, terms);
    Sum parts = 0;  // of the least part of a unit: a millionth, and of a year
    Sum open = 0, debited = 0;
    size_t moved = 0, in_force = 0;
    for (size_t i = 0; i + 1 < changes.size(); ++i) {
      const Date before = Date::FromDays(static_cast<int32_t>(changes[i] - 1));
      for (; moved < movements.size() && movements[moved].date <= before; ++moved) {
        open += movements[moved].amount;
        if (movements[moved].is_debit_note) debited += movements[moved].amount;
      }
      while (in_force < terms.size() && terms[in_force].from.days() <= changes[i]) ++in_force;
      if (in_force == 0 || terms[in_force - 1].rate == 0 || open <= 0) continue;
      const InterestTerms& now = terms[in_force - 1];
      const Sum base = BaseOn(item, before, open, debited, now);
      if (base == 0) continue;
      const Date last = Date::FromDays(static_cast<int32_t>(changes[i + 1] - 1));
      const int64_t days = DaysBetween(before, last, now.day_count);
      if (!interest.from.has_value()) interest.from = Date::FromDays(static_cast<int32_t>(changes[i]));
      interest.through = last;
      interest.days += days;
      parts += base * now.rate * days * PartsOfDay(now.day_count);
    }
    constexpr int64_t kPartsPerMillion = 1'000'000;
    const std::optional<Sum> accrued = MultiplyRatio(parts, 1, kPartsPerMillion * kPartsOfYear);
    CHECK(accrued.has_value());  // it only gets smaller
    interest.accrued = *accrued;
    return interest;
  }

  // Returns the first day of each run, and behind the last one the day after the cut's. What happens on a day counts
  // from the next one on.
  std::vector<DayNumber> Changes(uint32_t item, std::span<const ItemMovement> movements,
                                 const std::vector<InterestTerms>& terms) const {
    std::vector<DayNumber> days;
    const auto add_after = [&](Date day) { days.push_back(DayNumber{day.days()} + 1); };
    for (const ItemMovement& movement : movements) add_after(movement.date);
    for (const auto& [_, note] : facts_.notes.Of(item)) {
      add_after(note.from);
      add_after(note.until);
    }
    for (const auto& [_, dispute] : facts_.disputes.Of(item)) {
      add_after(dispute.opened);
      for (const SpannedAmount& credit : dispute.credited) {
        add_after(credit.from);
        add_after(credit.until);
      }
    }
    const auto add_due = [&](Date due) {
      for (const InterestTerms& each : terms) days.push_back(DayNumber{due.days()} + each.grace + 1);
    };
    add_due(history_.items.due[item]);
    const History::Instalments& instalments = history_.instalments;
    for (size_t row = RowsBelow(instalments.item, item); row < instalments.item.size() && instalments.item[row] == item;
         ++row) {
      add_due(instalments.due[row]);
    }
    if (const NewSchedules::OfItem* of_item = new_schedules_.Find(item)) {
      for (const NewSchedules::Schedule& schedule : of_item->schedules) {
        add_after(schedule.date);
        if (schedule.is_reversed()) add_after(schedule.reversed);
        for (const Date due : schedule.dues) add_due(due);
      }
    }
    for (const InterestTerms& each : terms) days.push_back(each.from.days());
    const DayNumber end = DayNumber{cut_.effective.days()} + 1;
    const DayNumber begin = DayNumber{history_.items.date[item].days()} + 1;
    std::erase_if(days, [&](DayNumber day) { return day < begin || day >= end; });
    days.push_back(end);
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
  }

  // Returns what bears interest on the day after `before`.
  Sum BaseOn(uint32_t item, Date before, Sum open, Sum debited, const InterestTerms& terms) const {
    const auto parts = OpenPartsOn(history_, new_schedules_, item, before, open, debited);
    Sum bears_none = 0;
    for (const auto& [_, note] : facts_.notes.Of(item)) {
      if (note.IsThereOn(before)) bears_none += note.amount;
    }
    Sum waits = terms.disputed_waits ? WaitsOn(item, before) : Sum{0};
    Sum base = 0;
    for (size_t i = 0; i < parts.size(); ++i) {
      const Sum principal = std::max(Sum{0}, parts[i].open - (i + 1 == parts.size() ? bears_none : Sum{0}));
      const Sum held_back = std::min(waits, principal);
      waits -= held_back;
      if (DayNumber{parts[i].due.days()} + terms.grace <= before.days()) base += principal - held_back;
    }
    return base;
  }

  Sum WaitsOn(uint32_t item, Date day) const {
    Sum waits = 0;
    for (const auto& [_, dispute] : facts_.disputes.Of(item)) {
      if (dispute.opened > day) continue;
      Sum held_back = dispute.held_back;
      for (const SpannedAmount& credit : dispute.credited) {
        if (credit.IsThereOn(day)) held_back -= credit.amount;
      }
      waits += std::max(Sum{0}, held_back);
    }
    return waits;
  }

  const History& history_;
  const Cut cut_;
  const InterestFacts facts_;
  const InterestRates rates_;
  const NewSchedules new_schedules_;
};

}  // namespace

std::vector<InvoiceInterest> InterestAt(const History& history, const Cut& cut) {
  return InterestBook(history, cut).Interest();
}

}  // namespace duebook
