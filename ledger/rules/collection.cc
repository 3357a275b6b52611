// Promises to pay and disputes. Neither changes what is open.

#include <fmt/core.h>

#include "ledger/rules/rule.h"

namespace duebook {

namespace {

// --- promises ---

std::optional<Rejection> CheckPromiseDue(RuleCase& rule_case) {
  const Date due = DateOf(*rule_case.event.body<schema::PromiseMade>().due());
  if (due < rule_case.event.date()) {
    return Rejection{
        RejectionCode::kBadDate,
        fmt::format("promised on {} for {}, a day that had passed", rule_case.event.date().ToString(), due.ToString()),
        "due"};
  }
  return std::nullopt;
}

void EvolvePromiseMade(Books& books, EventView event) {
  const auto& body = event.body<schema::PromiseMade>();
  EvolveBase(books, books.CreateDocument<Promise>(DocumentKind::kPromise, EventView::Text(body.promise())), event,
             body.amount());
}

std::optional<Rejection> CheckPromiseStands(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::PromiseWithdrawn>().promise());
  if (rule_case.books.FindDocument<Promise>(DocumentKind::kPromise, number)->withdrawn) {
    return Rejection{RejectionCode::kAlreadyWithdrawn, fmt::format("promise {} was withdrawn already", number),
                     "promise"};
  }
  return std::nullopt;
}

void EvolvePromiseWithdrawn(Books& books, EventView event) {
  const std::string_view number = EventView::Text(event.body<schema::PromiseWithdrawn>().promise());
  books.MutableDocument<Promise>(DocumentKind::kPromise, number).withdrawn = true;
}

// --- disputes ---

void EvolveDisputeOpened(Books& books, EventView event) {
  const auto& body = event.body<schema::DisputeOpened>();
  auto& dispute = books.CreateDocument<Dispute>(DocumentKind::kDispute, EventView::Text(body.dispute()));
  EvolveBase(books, dispute, event, body.amount());
  dispute.invoice = books.DocumentName(DocumentKind::kInvoice, EventView::Text(body.invoice()));
  dispute.invoice_seq = books.GetDocument<Invoice>(DocumentKind::kInvoice, dispute.invoice).seq;
}

std::optional<Rejection> CheckDisputeIsOpen(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::DisputeResolved>().dispute());
  if (rule_case.books.FindDocument<Dispute>(DocumentKind::kDispute, number)->resolved) {
    return Rejection{RejectionCode::kAlreadyResolved, fmt::format("dispute {} was resolved already", number),
                     "dispute"};
  }
  return std::nullopt;
}

void EvolveDisputeResolved(Books& books, EventView event) {
  const std::string_view number = EventView::Text(event.body<schema::DisputeResolved>().dispute());
  books.MutableDocument<Dispute>(DocumentKind::kDispute, number).resolved = true;
}

}  // namespace

const Rule kPromiseMade{.check_fields = CheckPromiseDue, .evolve = EvolvePromiseMade};
const Rule kPromiseWithdrawn{.check_state = CheckPromiseStands, .evolve = EvolvePromiseWithdrawn};
const Rule kDisputeOpened{.evolve = EvolveDisputeOpened};
const Rule kDisputeResolved{.check_state = CheckDisputeIsOpen, .evolve = EvolveDisputeResolved};

}  // namespace duebook
