// Papers in the reference model: which of them a shipment lacks.

#include <algorithm>

#include "tests/model/model.h"

namespace duebook::model {

using enum RejectionCode;

std::optional<Date> Model::Signed(const Fact& shipment, const Cut& cut) const {
  if (!shipment.signed_by.empty()) return shipment.date;
  for (const Fact* fact : Visible(cut)) {
    const bool of_it = fact->type == "DeliverySigned" && fact->shipment == shipment.number;
    if (of_it && !Undone(*fact, cut)) return fact->date;
  }
  return std::nullopt;
}

void Model::CheckPapers(const Fact& command, Why& why) const {
  static const std::set<std::string> papers{"DeliverySigned", "DocumentAttached", "NoteAdded"};
  if (!papers.contains(command.type) || command.shipment.empty()) return;
  const Fact& shipment = *Find("ShipmentRecorded", command.shipment);
  if (Undone(shipment, Cut{})) why.insert(kAlreadyReversed);
  if (command.type != "DeliverySigned") return;
  if (Signed(shipment, Cut{}).has_value()) why.insert(kAlreadySigned);
  for (const Date date : DatesFrom(command.date)) {
    if (Signed(shipment, {date}).has_value()) why.insert(kAlreadySigned);
  }
}

std::map<std::string, PaperRow> Model::Papers(const Cut& cut, const PaperOptions& options) const {
  const auto names = [](const std::vector<std::string>& list, const std::string& number) {
    return std::find(list.begin(), list.end(), number) != list.end();
  };
  std::map<std::string, PaperRow> rows;
  for (const Fact* shipment : Visible(cut)) {
    if (shipment->type != "ShipmentRecorded" || Undone(*shipment, cut)) continue;
    PaperRow row;
    std::optional<Date> invoiced;
    bool acknowledged = false, lacks_file = false;
    // The generator attaches files without their bytes alone.
    for (const Fact* paper : Visible(cut)) {
      const bool of_it = paper->type == "DocumentAttached" && paper->shipment == shipment->number;
      lacks_file = lacks_file || (of_it && !Undone(*paper, cut));
    }
    for (const Fact* fact : Visible(cut)) {
      const bool theirs = names(fact->shipments, shipment->number) || shipment->invoice == fact->number;
      if (fact->type != "InvoiceIssued" || !theirs || !IsLive(*fact, cut)) continue;
      invoiced = std::min(fact->date, invoiced.value_or(fact->date));
      for (const Fact* paper : Visible(cut)) {
        const bool of_it = paper->type == "DebtAcknowledged" && names(paper->invoices, fact->number);
        acknowledged = acknowledged || (of_it && !Undone(*paper, cut));
        const bool attached = paper->type == "DocumentAttached" && paper->invoice == fact->number;
        lacks_file = lacks_file || (attached && !Undone(*paper, cut));
      }
    }
    for (const Fact* paper : Visible(cut)) {
      const bool of_it = paper->type == "DebtAcknowledged" && names(paper->shipments, shipment->number);
      acknowledged = acknowledged || (of_it && !Undone(*paper, cut));
    }
    const std::optional<Date> was_signed = Signed(*shipment, cut);
    const int days = cut.effective - shipment->date;
    if (was_signed.has_value()) row.days_to_sign = *was_signed - shipment->date;
    if (invoiced.has_value()) row.days_to_invoice = *invoiced - shipment->date;
    if (lacks_file) row.missing.insert("file");
    if (!IsConfirmed(*shipment, shipment->date, cut)) row.missing.insert("price_confirmation");
    if (!was_signed.has_value() && days > options.sign_days) row.missing.insert("signature");
    if (!invoiced.has_value() && days > options.invoice_days) row.missing.insert("invoice");
    if (options.iou && !acknowledged) row.missing.insert("iou");
    if (Kept(*shipment, cut) == 0) row.missing.clear();
    rows[shipment->number] = row;
  }
  return rows;
}

}  // namespace duebook::model
