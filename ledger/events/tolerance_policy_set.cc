// How small a difference may be closed.

#include "ledger/events/event_kind.h"

namespace duebook {

const EventKind kTolerancePolicySet{
    .chinese = "差异容限",
    .sentence = "Differences may be closed up to {amount}[, {percent} per cent][, {per_month} a month]",
    .chinese_sentence = "差异容限 {amount}[，{percent}%][，每月 {per_month}]",
};

}  // namespace duebook
