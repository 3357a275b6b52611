// What a customer may owe is approved.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveCustomerApproved(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CustomerApproved>();
  figures.AddFact({.amount = AmountOf(body.limit()), .key = event.actor()});
  if (body.limit() != nullptr) figures.SetLimit(event.Referred("customer"), body.limit()->minor());
  figures.Describe(event.Referred("customer"), kTermsAttribute, EventView::Text(body.terms()));
}

}  // namespace

const EventKind kCustomerApproved{
    .chinese = "客户批准",
    .sentence = "Customer approved[ with a limit of {limit}][, terms {terms}][, application {form}][: {reason}]",
    .chinese_sentence = "批准客户赊销[，额度 {limit}][，账期 {terms}][，开户申请书 {form}][：{reason}]",
    .moves = MoveCustomerApproved,
};

}  // namespace duebook
