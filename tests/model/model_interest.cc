// Late interest in the reference model: day by day, the figures of each day worked out from all that is known.

#include <algorithm>

#include "tests/model/arithmetic.h"
#include "tests/model/model.h"

namespace duebook::model {

namespace {

// What holds of a set of facts in force on one day: of one invoice before of one customer before of all.
bool Precedes(const Fact& a, const Fact* b) {
  if (b == nullptr) return true;
  const auto rank = [](const Fact& fact) { return fact.invoice.empty() ? fact.customer.empty() ? 0 : 1 : 2; };
  return std::tuple(rank(a), a.date, a.seq) > std::tuple(rank(*b), b->date, b->seq);
}

// A whole number of these is every part of a day's interest: 1/365, 1/360 and 1 of a rate.
constexpr Wide kYear = 365 * 360 / 5;

Wide PartsOfYear(const std::string& day_count) {
  if (day_count == "day") return kYear;
  return kYear / (day_count == "act/360" || day_count == "30/360" ? 360 : 365);
}

Wide DayOf30(Date day) { return Wide{360} * day.year() + Wide{30} * day.month() + std::min(day.day(), 30); }

Wide DaysOf(const std::string& day_count, Date day) {
  return day_count == "30/360" ? DayOf30(day) - DayOf30(day.AddDays(-1)) : 1;
}

}  // namespace

const Fact* Model::InterestFor(const Fact& invoice, const Cut& cut) const {
  const Fact* set = nullptr;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type != "InterestSet") continue;
    const bool governs = fact->invoice == invoice.number ||
                         (fact->invoice.empty() && (fact->customer == invoice.customer || fact->customer.empty()));
    if (governs && Precedes(*fact, set)) set = fact;
  }
  return set;
}

Wide Model::InterestBase(const Fact& invoice, Date day, const Fact& set, const Cut& cut) const {
  const Cut before{day.AddDays(-1), cut.known};
  std::vector<OpenItem> parts = OpenParts(invoice, before);
  for (const Fact* fact : Visible(before)) {
    const bool bears_none = fact->type == "DebitNoteIssued" && (fact->kind == "interest" || fact->kind == "charge");
    if (!bears_none || fact->invoice != invoice.number || parts.empty() || Undone(*fact, before)) continue;
    parts.back().open -= std::min(parts.back().open, fact->amount);
  }
  Wide base = 0;
  for (const OpenItem& part : parts) base += part.due.AddDays(set.grace) < day ? part.open : 0;
  for (const Fact* dispute : Visible(cut)) {
    const bool waits = dispute->type == "DisputeOpened" && dispute->invoice == invoice.number && dispute->date < day;
    if (!waits || set.disputed == "accrues") continue;
    const Fact* resolution = Resolution(*dispute, cut);
    base -= resolution == nullptr ? dispute->amount
                                  : std::max<Wide>(0, Upheld(*dispute, *resolution) - CreditedFor(*dispute, before));
  }
  return std::max<Wide>(0, base);
}

// The days on which what an invoice bears may change.
std::set<Date> Model::DaysOfChange(const Cut& cut) const {
  std::set<Date> days;
  std::set<int> graces{0};
  for (const Fact* fact : Visible(cut)) graces.insert(fact->grace);
  for (const Fact* fact : Visible(cut)) {
    days.insert(fact->date);
    days.insert(fact->date.AddDays(1));
    if (fact->in_force_from.has_value()) days.insert(fact->in_force_from->AddDays(1));
    for (const int grace : graces) {
      if (fact->due.has_value()) days.insert(fact->due->AddDays(grace + 1));
      for (const Instalment& part : fact->instalments) days.insert(part.due.AddDays(grace + 1));
    }
  }
  return days;
}

std::map<std::string, InterestRow> Model::Interest(const Cut& cut) const {
  std::map<std::string, InterestRow> rows;
  const std::set<Date> changes = DaysOfChange(cut);
  for (const Fact* invoice : Visible(cut)) {
    if (invoice->type != "InvoiceIssued") continue;
    InterestRow row;
    for (const Fact* fact : Visible(cut)) {
      const bool bills = fact->type == "DebitNoteIssued" && fact->invoice == invoice->number;
      if (bills && fact->kind == "interest" && !Undone(*fact, cut)) row.billed += fact->amount;
    }
    // A void takes off what was billed, too.
    const bool is_void = Has("InvoiceVoided", &Fact::invoice, invoice->number, cut);
    if (is_void) row.billed = 0;
    Wide base = 0, sum = 0;
    const Fact* set = nullptr;
    for (Date day = invoice->date; day <= cut.effective && !is_void; day = day.AddDays(1)) {
      if (changes.contains(day)) {
        set = InterestFor(*invoice, {day, cut.known});
        const bool bears = set != nullptr && TenThousandths(set->rate) != 0;
        base = bears ? InterestBase(*invoice, day, *set, cut) : 0;
      }
      if (base == 0) continue;
      const Wide days = DaysOf(set->day_count, day);
      sum += base * *TenThousandths(set->rate) * days * PartsOfYear(set->day_count);
      row.days += days;
      row.from = std::min(row.from.value_or(day), day);
      row.through = day;
    }
    row.accrued = HalfEven(sum, Wide{100} * 10'000 * kYear);
    if (row.accrued != 0 || row.billed != 0) rows[invoice->number] = row;
  }
  return rows;
}

}  // namespace duebook::model
