// Somebody asks that an invoice, or a part of it, be given up.

#include <fmt/core.h>

#include "ledger/command/spelling.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/write_offs.h"

namespace duebook {

namespace {

// Returns the sum of what the request is added up with: the customer's others in this currency, pending or in force,
// dated after its date less the policy's months, or later. With the request itself.
Sum AddedUp(const Customer& customer, EventView request, Minor amount, int months) {
  const auto others = FindRequested(customer.requested, request.currency());
  if (others == customer.requested.end()) return amount;
  return amount + others->second.At(Date::Max()) - others->second.At(CountedAfter(request.date(), months));
}

struct Chosen {
  const DatedWriteOffPolicy* policy;
  Sum added_up;
  int32_t band;  // -1: above the last one
};

// By what is known now: later policies and requests change nothing. Nothing if there is no policy.
std::optional<Chosen> ChooseBand(Books& books, const Customer& customer, EventView request, Minor amount) {
  const DatedWriteOffPolicy* governing = GoverningPolicy(books.control().policies, request.date());
  if (governing == nullptr) return std::nullopt;
  const WriteOffPolicy& policy = governing->policy;
  const Sum sum = AddedUp(customer, request, amount, policy.months);
  const WriteOffBand* band = GoverningBand(policy, request.currency(), sum);
  return Chosen{governing, sum, band == nullptr ? -1 : static_cast<int32_t>(band - policy.bands.data())};
}

std::optional<Rejection> DecideWriteOffRequested(RuleCase& rule_case) {
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  const EventView event = rule_case.event;
  const Minor amount = event.body<schema::WriteOffRequested>().amount()->minor();
  const Books::Found& invoice = rule_case.named.By("invoice").found;
  if (auto rejection = CheckOpenToWriteOff(invoice, event.date(), amount)) return rejection;
  const auto chosen = ChooseBand(rule_case.books, *rule_case.customer, event, amount);
  if (!chosen.has_value()) return std::nullopt;
  // Imported, it may be above the last band: then nobody's approval suffices, and the register says so.
  if (chosen->band < 0 && !event.imported()) {
    return Rejection{
        RejectionCode::kOverThreshold,
        fmt::format("{} (this and the customer's other requests in the window) is above {}, the last band of "
                    "the policy: nobody may approve it",
                    Shown(chosen->added_up, event.currency()),
                    Shown(*chosen->policy->policy.bands.back().up_to, event.currency())),
        "amount"};
  }
  // From here on it succeeds.
  rule_case.command.Set("chosen", schema::ChosenBand(chosen->policy->seq,
                                                     ToMinor(chosen->added_up).value_or(kMostAddedUp), chosen->band));
  return std::nullopt;
}

void EvolveWriteOffRequested(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const EventView event = evolve_case.event;
  const auto& body = event.body<schema::WriteOffRequested>();
  const std::string_view number = EventView::Text(body.write_off());
  auto& write_off = books.CreateDocument<WriteOff>(DocumentKind::kWriteOff, number);
  EvolveBase(evolve_case, write_off, body.amount());
  write_off.invoice = evolve_case.Find("invoice").number();
  write_off.invoice_seq = evolve_case.Get<Invoice>("invoice").seq;
  write_off.requester = Nfc(event.actor());
  write_off.request = LeafHash(event.bytes());
  write_off.added_up = write_off.amount;
  const schema::ChosenBand* chosen = body.chosen();
  if (chosen != nullptr && chosen->policy() != 0) {
    const WriteOffPolicy* policy = FindPolicy(books.control().policies, chosen->policy());
    if (policy == nullptr || chosen->band() >= static_cast<int32_t>(policy->bands.size())) {
      return books.Distrust("it is judged by a policy that no event before it set");
    }
    write_off.added_up = chosen->added_up();
    write_off.band = chosen->band() < 0 ? policy->bands.back() : policy->bands[chosen->band()];
  }
  ChangeRequested(evolve_case, write_off, 1);
}

}  // namespace

const EventKind kWriteOffRequested{
    .chinese = "坏账申请",
    .sentence = "Write-off {write_off} of {amount} on invoice {invoice} requested[, {chosen}][: {reason}]",
    .chinese_sentence = "申请核销坏账 {write_off}，发票 {invoice}，金额 {amount}[，适用 {chosen}][：{reason}]",
    .decide = DecideWriteOffRequested,
    .evolve = EvolveWriteOffRequested,
};

}  // namespace duebook
