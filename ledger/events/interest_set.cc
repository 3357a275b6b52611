// What late interest runs.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"
#include "ledger/events/interest_terms.h"
#include "ledger/events/keepers.h"
#include "ledger/values/percentage.h"
#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

std::optional<int64_t> RateOf(const schema::InterestSet& body) {
  return ParsePercentage(EventView::Text(body.rate()), 0, kMostInterestRate);
}

std::optional<Rejection> CheckInterest(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::InterestSet>();
  const auto refuse = [](std::string sentence, std::string_view field) {
    return Rejection{RejectionCode::kBadField, std::move(sentence), std::string(field)};
  };
  if (!RateOf(body).has_value()) {
    return refuse(fmt::format("{} is no rate of interest: per cent from 0 to {}, with up to four decimals",
                              Quoted(EventView::Text(body.rate())), kMostInterestRate / 10'000),
                  "rate");
  }
  if (!DayCountOf(EventView::Text(body.day_count())).has_value()) {
    return refuse(fmt::format("{} is no way to count days; write act/365, act/360, 30/360 or day",
                              Quoted(EventView::Text(body.day_count()))),
                  "day_count");
  }
  const std::string_view disputed = EventView::Text(body.disputed());
  if (disputed.empty() || disputed == "waits" || disputed == kDisputedAccrues) return std::nullopt;
  return refuse(fmt::format("{} is neither waits nor accrues", Quoted(disputed)), "disputed");
}

// Refuses one that governs all customers unless an administrator sets it.
std::optional<Rejection> DecideInterestSet(RuleCase& rule_case) {
  return rule_case.event.customer().empty() ? CheckAdministrator(rule_case) : std::nullopt;
}

// Its subject is the invoice, if it names one; its amount the rate in parts per million, key the way to count days, and
// text what becomes of disputed amounts, each "" where it is not said; number the days of grace.
void MoveInterestSet(EventView event, Figures& figures) {
  const auto& body = event.body<schema::InterestSet>();
  figures.AddFact({.subject = event.Referred("invoice"),
                   .amount = RateOf(body).value_or(0),
                   .number = static_cast<uint32_t>(body.grace()),
                   .key = EventView::Text(body.day_count()),
                   .text = EventView::Text(body.disputed())});
}

}  // namespace

const EventKind kInterestSet{
    .chinese = "逾期利率",
    .sentence =
        "Late interest[ of invoice {invoice}] at {rate} per cent[, {day_count}][, {grace} days of grace][, what is "
        "disputed {disputed}]",
    .chinese_sentence =
        "[发票 {invoice} ]逾期利率 {rate}%[，计息方式 {day_count}][，宽限 {grace} 天][，争议金额 {disputed}]",
    .check_fields = CheckInterest,
    .decide = DecideInterestSet,
    .moves = MoveInterestSet,
};

}  // namespace duebook
