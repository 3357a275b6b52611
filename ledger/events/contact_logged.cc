// Somebody spoke or wrote to a customer.

#include "ledger/events/event_kind.h"

namespace duebook {

const EventKind kContactLogged{
    .chinese = "联系记录",
    .sentence = "Contact[ by {channel}][ with {person}][ about invoice {invoice}][: {text}]",
    .chinese_sentence = "联系记录[，方式 {channel}][，对方 {person}][，关于发票 {invoice}][：{text}]",
};

}  // namespace duebook
