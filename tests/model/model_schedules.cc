// When what is open of an invoice is due, in the reference model: by its terms, as issued, or as agreed later.

#include <algorithm>

#include "tests/model/arithmetic.h"
#include "tests/model/model.h"
#include "tests/model/model_terms.h"

namespace duebook::model {

using enum RejectionCode;

// The calendar of a year is the last that is dated by the invoice's date.
bool Model::IsWorkday(Date day, Date invoiced) const {
  const Fact* calendar = nullptr;
  for (const Fact* fact : Visible({invoiced})) {
    if (fact->type != "CalendarSet" || fact->year != day.year()) continue;
    if (calendar == nullptr || fact->date >= calendar->date) calendar = fact;
  }
  const auto names = [day](const std::vector<Date>& days) {
    return std::find(days.begin(), days.end(), day) != days.end();
  };
  if (calendar != nullptr && names(calendar->on)) return true;
  if (calendar != nullptr && names(calendar->off)) return false;
  static const Date saturday = *Date::Parse("2000-01-01");
  const int of_week = ((day - saturday) % 7 + 7) % 7;
  return of_week > 1;
}

std::vector<Instalment> Model::PartsByTerms(const Fact& invoice) const {
  const auto terms =
      ReadTerms(invoice.terms.empty() ? TermsOn(invoice.customer, invoice.date, facts_.size()) : invoice.terms);
  if (!terms.has_value()) return {{invoice.date, invoice.amount}};
  std::map<Date, Wide> by_day;
  Wide share = 0, before = 0;
  for (const TermsPart& part : terms->parts) {
    share += part.part;
    const Wide so_far = HalfEven(invoice.amount * share, kWhole);
    by_day[DayOf(part, invoice.date, [&](Date day) { return IsWorkday(day, invoice.date); })] += so_far - before;
    before = so_far;
  }
  std::vector<Instalment> parts;
  for (const auto& [due, amount] : by_day) {
    if (amount > 0) parts.push_back({due, amount});
  }
  return parts;
}

const Fact* Model::ScheduleOn(const Fact& invoice, const Cut& cut) const {
  const Fact* last = nullptr;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type != "InvoiceRescheduled" || fact->invoice != invoice.number || Undone(*fact, cut)) continue;
    if (last == nullptr || fact->date >= last->date) last = fact;
  }
  return last;
}

std::vector<OpenItem> Model::OpenParts(const Fact& invoice, const Cut& cut, Basis basis) const {
  const Fact* in_force = ScheduleOn(invoice, cut);
  const Fact* agreed = basis == Basis::kOriginal ? nullptr : in_force;
  std::vector<Instalment> parts = agreed == nullptr ? invoice.instalments : agreed->instalments;
  if (parts.empty()) parts.push_back({*invoice.due, invoice.amount});
  std::stable_sort(parts.begin(), parts.end(), [](const Instalment& a, const Instalment& b) { return a.due < b.due; });
  // What came on top of the schedule falls due with its last instalment.
  for (const Fact* fact : Visible(cut)) {
    const bool on_it = fact->type == "DebitNoteIssued" && fact->invoice == invoice.number && !Undone(*fact, cut);
    const bool on_top = agreed == nullptr || fact->seq > agreed->seq || fact->date > agreed->date;
    if (on_it && on_top) parts.back().amount += fact->amount;
  }
  Wide sum = 0, open = Open(invoice, cut);
  for (const Instalment& part : parts) sum += part.amount;
  parts.back().amount += std::max(Wide{0}, open - sum);
  // Reductions consume the oldest first: the newest are filled first.
  std::vector<OpenItem> items;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const Wide left = std::min(open, part->amount);
    open -= left;
    OpenItem item{&invoice, part->due, left, part->due, std::nullopt};
    if (in_force != nullptr) item.rescheduled = in_force->date;
    if (left > 0) items.insert(items.begin(), item);
  }
  if (agreed == nullptr) return items;
  // The same money in both schedules, counted from the end: the day of its oldest unit as issued.
  const std::vector<OpenItem> issued = OpenParts(invoice, cut, Basis::kOriginal);
  Wide reached = 0;
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    reached += item->open;
    Wide at = 0;
    for (auto original = issued.rbegin(); original != issued.rend() && at < reached; ++original) {
      at += original->open;
      item->original_due = original->due;
    }
  }
  return items;
}

void Model::CheckSchedule(const Fact& command, Why& why) const {
  if (command.type != "InvoiceRescheduled") return;
  const Fact& invoice = *Find("InvoiceIssued", command.invoice);
  Wide sum = 0;
  for (const Instalment& part : command.instalments) sum += part.amount;
  if (sum != Open(invoice, {command.date})) why.insert(kInstalmentsDiffer);
  const Fact* last = ScheduleOn(invoice, Cut{});
  if (last != nullptr && command.date < last->date) why.insert(kBeforeItsCause);
}

}  // namespace duebook::model
