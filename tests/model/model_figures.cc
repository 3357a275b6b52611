// The figures of a cut: loops over all visible facts, again for each question.

#include <algorithm>

#include "tests/model/model.h"

namespace duebook::model {

std::vector<const Fact*> Model::Visible(const Cut& cut) const {
  std::vector<const Fact*> visible;
  for (const Fact& fact : facts_) {
    if (cut.Sees(fact.date, fact.seq)) visible.push_back(&fact);
  }
  return visible;
}

bool CanBeUndone(const std::string& type) {
  static const std::set<std::string> types{
      "DebitNoteIssued",  "CreditNoteIssued", "RefundPaid",        "RecoveryReceived",   "ShipmentRecorded",
      "ShipmentReturned", "CustomerApproved", "CustomerRated",     "CreditOverridden",   "GuaranteeReceived",
      "PriceConfirmed",   "DeliverySigned",   "GuaranteeReleased", "DebtAcknowledged",   "DocumentAttached",
      "BillEndorsed",     "BillDiscounted",   "BillHonoured",      "InvoiceRescheduled", "ReminderSent",
      "ContactLogged",    "DifferenceClosed"};
  return types.contains(type);
}

const Fact* Model::Find(const std::string& type, const std::string& number) const {
  for (const Fact& fact : facts_) {
    if (type == "event" && CanBeUndone(fact.type) && fact.id == number) return &fact;
    if (fact.type == type && (type == "PaymentApplied" ? fact.id : fact.number) == number) return &fact;
  }
  return nullptr;
}

bool Model::Has(const std::string& type, std::string Fact::*name, const std::string& number, const Cut& cut) const {
  const auto visible = Visible(cut);
  return std::any_of(visible.begin(), visible.end(),
                     [&](const Fact* fact) { return fact->type == type && fact->*name == number; });
}

bool Model::Undone(const Fact& fact, const Cut& cut) const {
  return CanBeUndone(fact.type) && Has("EventReversed", &Fact::event, fact.id, cut);
}

Wide Model::Recovered(const Fact& request, const Cut& cut) const {
  Wide recovered = 0;
  for (const Fact* fact : Visible(cut)) {
    const bool of_it = fact->type == "RecoveryReceived" && fact->write_off == request.number;
    if (of_it && !Undone(*fact, cut)) recovered += fact->amount;
  }
  return recovered;
}

Wide Model::Kept(const Fact& shipment, const Cut& cut) const {
  Wide kept = shipment.amount;
  for (const Fact* fact : Visible(cut)) {
    const bool of_it = fact->type == "ShipmentReturned" && fact->shipment == shipment.number;
    if (of_it && !Undone(*fact, cut)) kept -= fact->amount;
  }
  return kept;
}

Wide Model::LeastKept(const Fact& shipment, Date from) const {
  Wide least = kBeyondAll;
  for (const Date date : DatesFrom(from)) least = std::min(least, Kept(shipment, {date}));
  return least;
}

Wide Model::Settled(const Fact& invoice, const Cut& cut) const {
  Wide settled = 0;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type == "PaymentApplied" && fact->invoice == invoice.number) settled += fact->amount + fact->discount;
    const bool difference = fact->type == "DifferenceClosed" && fact->invoice == invoice.number;
    if (difference && !Undone(*fact, cut)) settled += fact->amount;
    if (fact->type == "ApplicationReversed") {
      const Fact& application = *Find("PaymentApplied", fact->application);
      if (application.invoice == invoice.number) settled -= application.amount + application.discount;
    }
    if (fact->type == "WriteOffApproved" || fact->type == "WriteOffReversed") {
      const Fact* request = Find("WriteOffRequested", fact->write_off);
      // Of the facts of a cut alone, an approval may be dated before its request.
      if (request == nullptr || request->invoice != invoice.number) continue;
      if (fact->type == "WriteOffReversed") settled -= request->amount;
      if (fact->in_force_from.has_value() && *fact->in_force_from <= cut.effective) settled += request->amount;
    }
  }
  return settled;
}

Wide Model::Open(const Fact& invoice, const Cut& cut) const {
  if (!cut.Sees(invoice.date, invoice.seq)) return 0;
  if (Has("InvoiceVoided", &Fact::invoice, invoice.number, cut)) return 0;
  Wide open = invoice.amount - Settled(invoice, cut);
  for (const Fact* fact : Visible(cut)) {
    if (fact->invoice != invoice.number || Undone(*fact, cut)) continue;
    if (fact->type == "DebitNoteIssued") open += fact->amount;
    if (fact->type == "CreditNoteIssued") open -= fact->amount;
  }
  return open;
}

Wide Model::Unapplied(const Fact& funding, const Cut& cut) const {
  if (!cut.Sees(funding.date, funding.seq)) return 0;
  if (funding.type == "CreditNoteIssued" && !funding.invoice.empty()) return 0;
  if (Undone(funding, cut)) return 0;
  const auto name = funding.type == "PaymentReceived" ? &Fact::payment : &Fact::credit_note;
  Wide unapplied = funding.amount;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type == "PaymentApplied" && fact->*name == funding.number) unapplied -= fact->amount;
    if (fact->type == "ApplicationReversed") {
      const Fact& application = *Find("PaymentApplied", fact->application);
      if (application.*name == funding.number) unapplied += application.amount;
    }
    if (fact->*name != funding.number) continue;
    const bool income = fact->type == "DifferenceClosed" && fact->invoice.empty();
    if ((income || fact->type == "RefundPaid") && !Undone(*fact, cut)) unapplied -= fact->amount;
    if (fact->type == "PaymentReversed" || fact->type == "BillDishonoured") unapplied -= funding.amount;
  }
  return unapplied;
}

std::set<Date> Model::DatesFrom(Date first) const {
  std::set<Date> dates{first};
  for (const Fact& fact : facts_) {
    if (fact.date >= first) dates.insert(fact.date);
    if (fact.in_force_from.has_value() && *fact.in_force_from >= first) dates.insert(*fact.in_force_from);
  }
  return dates;
}

Wide Model::LeastOpen(const Fact& invoice, Date from) const {
  Wide least = kBeyondAll;
  for (const Date date : DatesFrom(from)) least = std::min(least, Open(invoice, {date}));
  return least;
}

Wide Model::LeastUnapplied(const Fact& funding, Date from) const {
  Wide least = kBeyondAll;
  for (const Date date : DatesFrom(from)) least = std::min(least, Unapplied(funding, {date}));
  return least;
}

std::map<Key, BalanceRow> Model::Balance(const Cut& cut) const {
  std::map<Key, BalanceRow> rows;
  for (const Fact* fact : Visible(cut)) {
    const Key key{fact->customer, fact->currency};
    if (fact->type == "InvoiceIssued") {
      BalanceRow& row = rows[key];
      row.invoiced += fact->amount;
      row.open += Open(*fact, cut);
    }
    const bool stands = !Undone(*fact, cut);
    if (fact->type == "DebitNoteIssued" && stands) rows[key].debited += fact->amount;
    if (fact->type == "CreditNoteIssued" && !fact->invoice.empty() && stands) rows[key].credited += fact->amount;
    if (fact->type == "InvoiceVoided") {
      rows[key].credited += Open(*Find("InvoiceIssued", fact->invoice), {fact->date, fact->seq - 1});
    }
    if (fact->type == "PaymentApplied") {
      (fact->payment.empty() ? rows[key].credited : rows[key].applied) += fact->amount + fact->discount;
    }
    if (fact->type == "ApplicationReversed") {
      const Fact& application = *Find("PaymentApplied", fact->application);
      (application.payment.empty() ? rows[key].credited : rows[key].applied) -=
          application.amount + application.discount;
    }
    if (fact->in_force_from.has_value() && *fact->in_force_from <= cut.effective) {
      rows[key].written_off += Find("WriteOffRequested", fact->write_off)->amount;
    }
    const bool difference = fact->type == "DifferenceClosed" && !fact->invoice.empty();
    if (difference && stands) rows[key].written_off += fact->amount;
    if (fact->type == "WriteOffReversed") rows[key].written_off -= Find("WriteOffRequested", fact->write_off)->amount;
    if (fact->type == "PaymentReceived" || (fact->type == "CreditNoteIssued" && fact->invoice.empty())) {
      rows[key].unapplied += Unapplied(*fact, cut);
    }
  }
  for (auto& [key, row] : rows) row.balance = row.open - row.unapplied;
  return rows;
}

Wide Model::Disputed(const Fact& invoice, const Cut& cut) const {
  Wide named = 0;
  for (const Fact* fact : Visible(cut)) {
    const bool about = fact->type == "DisputeOpened" && fact->invoice == invoice.number;
    if (about && !Has("DisputeResolved", &Fact::dispute, fact->number, cut)) named += fact->amount;
  }
  return std::min(named, Open(invoice, cut));
}

std::optional<Date> Model::EarliestDue(const Fact& invoice, const Cut& cut) const {
  const std::vector<OpenItem> parts = OpenParts(invoice, cut);
  return parts.empty() ? std::nullopt : std::optional(parts.front().due);
}

std::vector<OpenItem> Model::OpenItems(const Cut& cut, const AgingOptions& options) const {
  std::vector<OpenItem> items;
  for (const Fact* invoice : Visible(cut)) {
    if (invoice->type != "InvoiceIssued") continue;
    for (OpenItem& item : OpenParts(*invoice, cut, options.basis)) {
      item.age = cut.effective - (options.basis == Basis::kInvoice ? invoice->date : item.due);
      if (item.age > 0) item.bucket = 1;
      for (const int end : options.bucket_ends) item.bucket += item.age > end ? 1 : 0;
      items.push_back(item);
    }
  }
  return items;
}

std::map<Key, AgingRow> Model::Aging(const Cut& cut, const AgingOptions& options) const {
  std::map<Key, AgingRow> rows;
  for (const auto& [key, balance] : Balance(cut)) {
    rows[key] = {std::vector<Wide>(options.bucket_ends.size() + 2), -balance.unapplied, 0, balance.balance};
  }
  for (const OpenItem& item : OpenItems(cut, options)) {
    rows[{item.invoice->customer, item.invoice->currency}].buckets[static_cast<size_t>(item.bucket)] += item.open;
  }
  for (const Fact* fact : Visible(cut)) {
    if (fact->type == "InvoiceIssued") rows[{fact->customer, fact->currency}].disputed += Disputed(*fact, cut);
  }
  return rows;
}

}  // namespace duebook::model
