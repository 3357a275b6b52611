// Which days of a year are worked.

#include "ledger/events/event_kind.h"

namespace duebook {

const EventKind kCalendarSet{
    .chinese = "日历",
    .sentence = "Calendar of {year}:[ off {off}][, worked {on}]",
    .chinese_sentence = "{year} 年日历：[休息 {off}][，上班 {on}]",
};

}  // namespace duebook
