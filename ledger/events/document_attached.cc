// A file about a document: its name and its hash, not its bytes.

#include "ledger/events/event_kind.h"

namespace duebook {

const EventKind kDocumentAttached{
    .chinese = "附件",
    .sentence =
        "Document {name}[ ({media_type})] attached[ to invoice {invoice}][ to payment {payment}][ to shipment "
        "{shipment}][ to dispute {dispute}][ to promise {promise}][ to write-off {write_off}][ to guarantee "
        "{guarantee}][ to confirmation {confirmation}][ to acknowledgement {acknowledgement}][, {kind}], SHA-256 "
        "{sha256}",
    .chinese_sentence =
        "附件 {name}[（{media_type}）][，发票 {invoice}][，收款 {payment}][，发货单 {shipment}][，争议 "
        "{dispute}][，付款承诺 {promise}][，坏账核销 {write_off}][，担保 {guarantee}][，价格确认 "
        "{confirmation}][，欠款确认 {acknowledgement}][，{kind}]，SHA-256 {sha256}",
};

}  // namespace duebook
