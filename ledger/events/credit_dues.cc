#include "ledger/events/credit_dues.h"

#include "ledger/events/schedules.h"

namespace duebook {

namespace {

const Schedules& SchedulesOf(Books& books, const Books::Found& invoice) {
  const Schedules* schedules = books.FindSchedules(invoice.number());
  CHECK(schedules != nullptr);
  return *schedules;
}

}  // namespace

std::optional<Date> OnlyDue(Books& books, const Books::Found& invoice) {
  const auto& record = invoice.Get<Invoice>();
  if (!record.has_schedules) return record.due;
  const std::vector<Schedules::Schedule>& all = SchedulesOf(books, invoice).schedules;
  const bool is_one = all.size() == 1 && all.front().parts.size() == 1;
  return is_one ? std::optional(all.front().parts.front().first) : std::nullopt;
}

void AddLateDays(Books& books, const Books::Found& invoice, int32_t days, absl::InlinedVector<Date, 16>* late_days) {
  const auto& record = invoice.Get<Invoice>();
  const auto add = [&](Date due) { late_days->push_back(due.AddDays(int64_t{days} + 1)); };
  if (!record.has_schedules) return add(record.due);
  const Schedules& schedules = SchedulesOf(books, invoice);
  const auto add_life = [&](Date from, std::optional<Date> reversed) {
    late_days->push_back(from);
    if (reversed.has_value()) late_days->push_back(*reversed);
  };
  for (const Schedules::Schedule& schedule : schedules.schedules) {
    add_life(schedule.date, schedule.reversed);
    for (const auto& [due, amount] : schedule.parts) add(due);
  }
  for (const Schedules::DebitNote& note : schedules.debit_notes) add_life(note.date, note.reversed);
}

Sum OpenAndLate(Books& books, const Books::Found& invoice, Date date, int32_t days) {
  Sum late = 0;
  for (const auto& [due, open] : OpenByDue(books, invoice, date)) {
    if (date - due > days) late += open;
  }
  return late;
}

}  // namespace duebook
