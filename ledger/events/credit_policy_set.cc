// What is checked before goods are shipped.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/keepers.h"
#include "ledger/events/words.h"

namespace duebook {

namespace {

using TextList = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;
using BandList = flatbuffers::Vector<flatbuffers::Offset<schema::CreditBand>>;

std::optional<Rejection> CheckWords(std::string_view field, const TextList* given,
                                    std::initializer_list<std::string_view> words) {
  if (given == nullptr) return std::nullopt;
  for (const flatbuffers::String* word : *given) {
    if (auto rejection = CheckWord(field, EventView::Text(word), words)) return rejection;
  }
  return std::nullopt;
}

// A policy that checks nothing says so, and nothing else.
std::optional<Rejection> CheckNoneIsAlone(const TextList* checks) {
  if (checks == nullptr || checks->size() < 2) return std::nullopt;
  for (const flatbuffers::String* check : *checks) {
    if (EventView::Text(check) == kNoCheck)
      return Rejection{RejectionCode::kBadField, "none stands alone among the checks", "checks"};
  }
  return std::nullopt;
}

std::optional<Rejection> CheckBands(const BandList* bands, Currency currency) {
  const auto refuse = [](std::string sentence) {
    return Rejection{RejectionCode::kBadField, std::move(sentence), "bands"};
  };
  const schema::CreditBand* before = nullptr;
  for (flatbuffers::uoffset_t i = 0; bands != nullptr && i < bands->size(); i++) {
    const schema::CreditBand* band = bands->Get(i);
    if (band->roles() == nullptr || band->roles()->size() == 0) {
      return refuse(fmt::format("band {} names no role; a limit needs somebody who may set it", i + 1));
    }
    if (before != nullptr && before->up_to() == nullptr) {
      return refuse(fmt::format("band {} has no limit; only the last band may go without", i));
    }
    if (before != nullptr && band->up_to() != nullptr && band->up_to()->minor() <= before->up_to()->minor()) {
      return refuse(fmt::format("band {} ends at {}, the one before it at {}: limits must ascend", i + 1,
                                Shown(band->up_to()->minor(), currency), Shown(before->up_to()->minor(), currency)));
    }
    before = band;
  }
  return std::nullopt;
}

std::optional<Rejection> CheckPolicy(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::CreditPolicySet>();
  if (auto rejection = CheckWords(
          "checks", body.checks(),
          {kCreditChecks[0], kCreditChecks[1], kCreditChecks[2], kCreditChecks[3], kCreditChecks[4], kNoCheck})) {
    return rejection;
  }
  if (auto rejection = CheckNoneIsAlone(body.checks())) return rejection;
  if (auto rejection = CheckWord("disputed", EventView::Text(body.disputed()), {"exempt", "counts"})) return rejection;
  if (auto rejection = CheckWord("prepaid", EventView::Text(body.prepaid()), {"pass", "none"})) return rejection;
  if (auto rejection = CheckWords(
          "guarantees", body.guarantees(),
          {kGuaranteeKinds[0], kGuaranteeKinds[1], kGuaranteeKinds[2], kGuaranteeKinds[3], kGuaranteeKinds[4]})) {
    return rejection;
  }
  if (auto rejection = CheckWords("bills", body.bills(), {kBillMethods[0], kBillMethods[1]})) return rejection;
  return CheckBands(body.bands(), rule_case.event.currency());
}

void EvolveCreditPolicySet(const EvolveCase& evolve_case) {
  const EventView event = evolve_case.event;
  evolve_case.books.MutableControl().credit_policies.push_back({event.seq(), event.date(), CreditPolicyOf(event)});
}

// Policies are few: reports read the events.
void MoveCreditPolicySet(EventView /*event*/, Figures& figures) { figures.AddFact({}); }

}  // namespace

const EventKind kCreditPolicySet{
    .chinese = "信用政策",
    .sentence =
        "Credit policy:[ checks {checks}][, overdue after {overdue_days} days][, up to {overdue_amount} overdue][, "
        "disputed amounts: {disputed}][, prepaid {prepaid}][, guarantees {guarantees}][, bills {bills}][, limits "
        "{bands}][, overrides by {override_roles}]",
    .chinese_sentence =
        "信用政策：[检查 {checks}][，逾期 {overdue_days} 天][，允许逾期 {overdue_amount}][，争议金额 "
        "{disputed}][，预付 {prepaid}][，担保 {guarantees}][，票据 {bills}][，额度权限 {bands}][，放行角色 "
        "{override_roles}]",
    .check_fields = CheckPolicy,
    .decide = CheckAdministrator,
    .evolve = EvolveCreditPolicySet,
    .loaded = LoadedWith::kControl,
    .moves = MoveCreditPolicySet,
};

}  // namespace duebook
