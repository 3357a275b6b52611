#include "projections/reports/interest_rates.h"

#include <algorithm>

namespace duebook {
namespace {

using Terms = std::vector<InterestTerms>;

// Puts them in the order of their days, of each of which the last one recorded stays.
void Settle(Terms& terms) {
  std::stable_sort(terms.begin(), terms.end(),
                   [](const InterestTerms& a, const InterestTerms& b) { return a.from < b.from; });
  Terms last;
  for (const InterestTerms& each : terms) {
    if (!last.empty() && last.back().from == each.from) last.pop_back();
    last.push_back(each);
  }
  terms = std::move(last);
}

// From the first day of the nearer ones on, those hold.
void PutBefore(const std::map<uint32_t, Terms>& nearer, uint32_t row, Terms& terms) {
  const auto found = nearer.find(row);
  if (found == nearer.end()) return;
  const Date from = found->second.front().from;
  std::erase_if(terms, [&](const InterestTerms& each) { return each.from >= from; });
  terms.insert(terms.end(), found->second.begin(), found->second.end());
}

}  // namespace

InterestRates::InterestRates(const History& history, const Cut& cut) : history_(&history) {
  const History::Facts& facts = history.facts;
  const size_t known = RowsKnown(facts.seq, cut.known);
  for (size_t fact = 0; fact < known; ++fact) {
    if (facts.type[fact] != EventType::InterestSet || facts.date[fact] > cut.effective) continue;
    const InterestTerms terms{facts.date[fact], facts.amount[fact],
                              DayCountOf(facts.key[fact]).value_or(DayCount::kActual365),
                              static_cast<int>(facts.number[fact]), facts.text[fact] != kDisputedAccrues};
    if (facts.subject[fact] != 0) {
      of_items_[history.ItemAt(facts.subject[fact])].push_back(terms);
    } else if (facts.customer[fact] != kNoCustomer) {
      of_customers_[facts.customer[fact]].push_back(terms);
    } else {
      general_.push_back(terms);
    }
  }
  Settle(general_);
  for (auto& [customer, terms] : of_customers_) Settle(terms);
  for (auto& [item, terms] : of_items_) Settle(terms);
}

std::vector<InterestTerms> InterestRates::Of(uint32_t item) const {
  Terms terms = general_;
  PutBefore(of_customers_, history_->items.customer[item], terms);
  PutBefore(of_items_, item, terms);
  return terms;
}

int64_t InterestRates::YearlyRate(uint32_t item, Date day) const {
  constexpr int64_t kDaysOfYear = 365;
  int64_t rate = 0;
  for (const InterestTerms& each : Of(item)) {
    if (each.from <= day) rate = each.day_count == DayCount::kDay ? each.rate * kDaysOfYear : each.rate;
  }
  return rate;
}

}  // namespace duebook
