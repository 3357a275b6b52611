// A file about a document or a customer: its name and its hash. The bytes of one that was attached by `duebook attach`
// lie beside the log (ledger/log/kept_files.h), and the event says how many they are.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/guarantees.h"
#include "ledger/events/words.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckAttachment(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const auto& documents = rule_case.named.documents;
  if (documents.empty() && event.customer().empty()) {
    return Rejection{RejectionCode::kMissingField, "nothing says what it is about: a document, or a customer",
                     "customer"};
  }
  const std::string_view kind = EventView::Text(event.body<schema::DocumentAttached>().kind());
  if (auto rejection = CheckWord("kind", kind,
                                 {"application", "confirmation", "delivery", "iou", "contract", "invoice", "statement",
                                  "guarantee", "letter", "other"})) {
    return rejection;
  }
  if (documents.size() <= 1) return std::nullopt;
  return Rejection{RejectionCode::kBadField,
                   fmt::format("it names both {} {} and {} {}; a file is attached to one document at a time",
                               documents[0].field, documents[0].number(), documents[1].field, documents[1].number()),
                   std::string(documents[1].field)};
}

std::optional<Rejection> CheckDocumentStands(RuleCase& rule_case) {
  if (auto rejection = CheckShipmentsStand(rule_case)) return rejection;
  const NamedDocument* guarantee = rule_case.named.Find("guarantee");
  return guarantee == nullptr ? std::nullopt : CheckGuaranteeStands(*guarantee);
}

// About the document, if it names one; its key is what it is, its number 1 if the ledger keeps the file.
void MoveDocumentAttached(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DocumentAttached>();
  uint64_t document = 0;
  ForEachNamedInField(event, [&](const FieldInfo& field, DocumentKind /*kind*/, std::string_view /*number*/) {
    document = event.Referred(field.name);
  });
  figures.AddFact({.subject = document, .number = body.bytes() >= 0 ? 1U : 0U, .key = EventView::Text(body.kind())});
}

}  // namespace

const EventKind kDocumentAttached{
    .chinese = "附件",
    .sentence =
        "Document {name}[ ({media_type})] attached[ to invoice {invoice}][ to payment {payment}][ to shipment "
        "{shipment}][ to dispute {dispute}][ to promise {promise}][ to write-off {write_off}][ to guarantee "
        "{guarantee}][ to confirmation {confirmation}][ to acknowledgement {acknowledgement}][, {kind}][, {bytes} "
        "bytes], SHA-256 {sha256}",
    .chinese_sentence =
        "附件 {name}[（{media_type}）][，发票 {invoice}][，收款 {payment}][，发货单 {shipment}][，争议 "
        "{dispute}][，付款承诺 {promise}][，坏账核销 {write_off}][，担保 {guarantee}][，价格确认 "
        "{confirmation}][，欠款确认 {acknowledgement}][，{kind}][，{bytes} 字节]，SHA-256 {sha256}",
    .check_fields = CheckAttachment,
    .check_state = CheckDocumentStands,
    .moves = MoveDocumentAttached,
};

}  // namespace duebook
