#include "ledger/events/schedules.h"

#include <algorithm>

#include "ledger/events/documents.h"
#include "ledger/values/filling.h"

namespace duebook {

namespace {

template <class Dated>
bool IsThereOn(const Dated& each, Date date) {
  return each.date <= date && !(each.reversed.has_value() && *each.reversed <= date);
}

const Schedules::Schedule& InForce(const Schedules& schedules, Date date) {
  const Schedules::Schedule* last = &schedules.schedules.front();
  for (const Schedules::Schedule& each : schedules.schedules) {
    if (IsThereOn(each, date) && each.date >= last->date) last = &each;
  }
  return *last;
}

// What debit notes add that were not there when the schedule was set: recorded after it, or dated after it.
Sum DebitedBeside(const Schedules& schedules, const Schedules::Schedule& schedule, Date date) {
  Sum sum = 0;
  for (const Schedules::DebitNote& note : schedules.debit_notes) {
    const bool is_beside = note.seq > schedule.seq || note.date > schedule.date;
    if (is_beside && IsThereOn(note, date)) sum += note.amount;
  }
  return sum;
}

template <class Each>
void Reverse(std::vector<Each>& all, uint64_t seq, Date date, Books& books) {
  const auto found = std::find_if(all.begin(), all.end(), [seq](const Each& each) { return each.seq == seq; });
  if (found == all.end()) return books.Distrust("it reverses what is not there");
  found->reversed = date;
}

// Returns the invoice's, which are made if there are none yet.
Schedules& SchedulesOf(Books& books, const Books::Found& invoice) {
  auto& record = books.Mutable<Invoice>(invoice);
  if (!record.has_schedules) AddIssuedSchedule(books, invoice.number(), record, {{record.due, record.amount}});
  return books.MutableSchedules(invoice.number());
}

}  // namespace

Sum SumOf(const InstalmentList& instalments) {
  Sum sum = 0;
  for (const schema::Instalment* instalment : instalments) sum += instalment->amount()->minor();
  return sum;
}

std::vector<std::pair<Date, Minor>> PartsInOrder(const InstalmentList& instalments) {
  std::vector<std::pair<Date, Minor>> parts;
  for (const schema::Instalment* instalment : instalments) {
    parts.emplace_back(DateOf(*instalment->due()), instalment->amount()->minor());
  }
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return parts;
}

std::vector<std::pair<Date, Sum>> OpenByDue(Books& books, const Books::Found& invoice, Date date) {
  const auto& record = invoice.Get<Invoice>();
  const Sum open = record.open.At(date);
  if (open <= 0) return {};
  if (!record.has_schedules) return {{record.due, open}};
  const Schedules* schedules = books.FindSchedules(invoice.number());
  CHECK(schedules != nullptr);
  const Schedules::Schedule& schedule = InForce(*schedules, date);
  std::vector<Minor> amounts;
  for (const auto& [due, amount] : schedule.parts) amounts.push_back(amount);
  const std::vector<Sum> filled = FillFromLast(amounts, open, DebitedBeside(*schedules, schedule, date));
  std::vector<std::pair<Date, Sum>> parts;
  for (size_t i = 0; i < filled.size(); i++) {
    if (filled[i] > 0) parts.emplace_back(schedule.parts[i].first, filled[i]);
  }
  return parts;
}

std::optional<Date> EarliestOpenDue(Books& books, const Books::Found& invoice, Date date) {
  const auto parts = OpenByDue(books, invoice, date);
  return parts.empty() ? std::nullopt : std::optional(parts.front().first);
}

Sum InvoicedAndDebited(Books& books, const Books::Found& invoice) {
  const auto& record = invoice.Get<Invoice>();
  Sum invoiced = record.amount;
  if (!record.has_schedules) return invoiced;
  const Schedules* schedules = books.FindSchedules(invoice.number());
  CHECK(schedules != nullptr);
  for (const Schedules::DebitNote& note : schedules->debit_notes) {
    if (!note.reversed.has_value()) invoiced += note.amount;
  }
  return invoiced;
}

const Schedules::Schedule* LastNewSchedule(Books& books, const Books::Found& invoice) {
  if (!invoice.Get<Invoice>().has_schedules) return nullptr;
  const Schedules* schedules = books.FindSchedules(invoice.number());
  CHECK(schedules != nullptr);
  const auto& all = schedules->schedules;
  const auto last = std::find_if(all.rbegin(), all.rend() - 1, [](const auto& each) { return !each.reversed; });
  return last == all.rend() - 1 ? nullptr : &*last;
}

void AddIssuedSchedule(Books& books, std::string_view number, Invoice& invoice,
                       std::vector<std::pair<Date, Minor>> parts) {
  invoice.has_schedules = true;
  books.CreateSchedules(number).schedules.push_back({invoice.seq, invoice.date, std::move(parts)});
}

void AddSchedule(Books& books, const Books::Found& invoice, Schedules::Schedule schedule) {
  SchedulesOf(books, invoice).schedules.push_back(std::move(schedule));
}

void ReverseSchedule(Books& books, const Books::Found& invoice, uint64_t seq, Date date) {
  Reverse(SchedulesOf(books, invoice).schedules, seq, date, books);
}

void AddDebitNote(Books& books, const Books::Found& invoice, const Schedules::DebitNote& note) {
  ChangeOpen(books.Mutable<Invoice>(invoice), note.date, note.amount);
  SchedulesOf(books, invoice).debit_notes.push_back(note);
}

void ReverseDebitNote(Books& books, const Books::Found& invoice, uint64_t seq, Date date) {
  Schedules& schedules = SchedulesOf(books, invoice);
  Reverse(schedules.debit_notes, seq, date, books);
  for (const Schedules::DebitNote& note : schedules.debit_notes) {
    if (note.seq == seq) ChangeOpen(books.Mutable<Invoice>(invoice), date, -note.amount);
  }
}

}  // namespace duebook
