// A note about a customer or a document.

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

const EventKind kNoteAdded{
    .chinese = "备注",
    .sentence =
        "Note[ on invoice {invoice}][ on payment {payment}][ on shipment {shipment}][ on dispute {dispute}][ on "
        "promise {promise}][ on write-off {write_off}]: {text}",
    .chinese_sentence =
        "备注[，发票 {invoice}][，收款 {payment}][，发货单 {shipment}][，争议 {dispute}][，付款承诺 "
        "{promise}][，坏账核销 {write_off}]：{text}",
    .check_state = CheckShipmentsStand,
};

}  // namespace duebook
