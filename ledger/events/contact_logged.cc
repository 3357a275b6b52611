// Somebody spoke or wrote to a customer.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckNextContact(RuleCase& rule_case) {
  const schema::Date* next = rule_case.event.body<schema::ContactLogged>().next();
  if (next == nullptr || DateOf(*next) >= rule_case.event.date()) return std::nullopt;
  return Rejection{RejectionCode::kBadDate,
                   fmt::format("the next contact is on {}, before this one on {}", DateOf(*next).ToString(),
                               rule_case.event.date().ToString()),
                   "next"};
}

// Its subject is the invoice, its day that of the next contact, and its key the outcome. A day that is unset is the
// last of all.
void MoveContactLogged(EventView event, Figures& figures) {
  const auto& body = event.body<schema::ContactLogged>();
  figures.AddFact({.subject = event.Referred("invoice"),
                   .day = body.next() == nullptr ? Date::Max() : DateOf(*body.next()),
                   .key = EventView::Text(body.outcome())});
}

}  // namespace

const EventKind kContactLogged{
    .chinese = "联系记录",
    .sentence =
        "Contact[ by {channel}][ with {person}][ about invoice {invoice}][, {outcome}][, again on {next}][, promise "
        "{promise}][, dispute {dispute}][: {text}]",
    .chinese_sentence =
        "联系记录[，方式 {channel}][，对方 {person}][，关于发票 {invoice}][，结果 {outcome}][，下次 {next}][，承诺 "
        "{promise}][，争议 {dispute}][：{text}]",
    .check_fields = CheckNextContact,
    .moves = MoveContactLogged,
};

}  // namespace duebook
