// When invoices fall due, by the books: as issued, or by the schedule that is in force on a day.
//
// A schedule is in force from its date on until a later one is, or until the day before it is reversed. What is open on
// a day fills the one in force on it from the last part backwards (filling.h).

#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/events/event_kind.h"

namespace duebook {

using InstalmentList = flatbuffers::Vector<flatbuffers::Offset<schema::Instalment>>;

Sum SumOf(const InstalmentList& instalments);
// Returns them in the order of their days, those of one day as they were given.
std::vector<std::pair<Date, Minor>> PartsInOrder(const InstalmentList& instalments);

// Returns what of the invoice is open at the end of a day, by when it is due under the schedule of that day: ascending,
// each part above zero.
std::vector<std::pair<Date, Sum>> OpenByDue(Books& books, const Books::Found& invoice, Date date);
// Returns the first day of these; nothing if nothing is open.
std::optional<Date> EarliestOpenDue(Books& books, const Books::Found& invoice, Date date);

// Returns what was invoiced, with all debit notes on it that were not reversed, whatever their days.
Sum InvoicedAndDebited(Books& books, const Books::Found& invoice);

// Returns the last schedule of the invoice that was not reversed, if that is not the one it was issued with.
const Schedules::Schedule* LastNewSchedule(Books& books, const Books::Found& invoice);

void AddIssuedSchedule(Books& books, std::string_view number, Invoice& invoice,
                       std::vector<std::pair<Date, Minor>> parts);
void AddSchedule(Books& books, const Books::Found& invoice, Schedules::Schedule schedule);
void ReverseSchedule(Books& books, const Books::Found& invoice, uint64_t seq, Date date);

// Change what is open, too.
void AddDebitNote(Books& books, const Books::Found& invoice, const Schedules::DebitNote& note);
void ReverseDebitNote(Books& books, const Books::Found& invoice, uint64_t seq, Date date);

}  // namespace duebook
