#include "projections/reports/cash_matcher.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "ledger/values/check.h"
#include "ledger/values/percentage.h"
#include "projections/reports/cash_order.h"
#include "projections/reports/invoice_subset.h"

namespace duebook {

namespace {

// What a rule finds: one answer, none, or several, which is none.
struct Found {
  std::optional<std::vector<CashShare>> only;
  std::string_view reason;  // of the answer, or why there are several
  bool several = false;
};

CashShare WholeOf(const std::vector<Claim>& claims, size_t place) { return {place, claims[place].open, 0, 0}; }

// All of a claim less its discount, of which `credit` is paid by credit notes, which earn none; nothing if it has none.
std::optional<CashShare> LessDiscount(const Claim& claim, size_t place, Sum credit) {
  if (claim.discount_ppm == 0 || credit >= claim.open) return std::nullopt;
  const auto discount = ToMinor(claim.DiscountOn(claim.open - credit));
  if (!discount.has_value() || *discount == 0 || *discount + credit >= claim.open) return std::nullopt;
  return CashShare{place, claim.open - *discount, *discount, 0};
}

// How an invoice can be meant by the amount; nothing if it cannot.
std::optional<CashShare> Exactly(const Claim& claim, size_t place, Sum amount, Sum credit) {
  if (amount > claim.open) return std::nullopt;
  if (claim.open == amount || claim.first_part == amount) return CashShare{place, amount, 0, 0};
  const auto less_discount = LessDiscount(claim, place, credit);
  return less_discount.has_value() && less_discount->amount == amount ? less_discount : std::nullopt;
}

Found FindExact(const std::vector<Claim>& claims, Sum amount, Sum credit) {
  Found found;
  for (size_t place = 0; place < claims.size(); ++place) {
    const auto share = Exactly(claims[place], place, amount, credit);
    if (!share.has_value()) continue;
    if (found.only.has_value()) return {std::nullopt, "several invoices have that amount", true};
    found.only.emplace(1, *share);
    found.reason = share->discount > 0                   ? "its amount less discount"
                   : claims[place].open == share->amount ? "its amount"
                                                         : "its first instalment";
  }
  return found;
}

Found FindSubset(const std::vector<Claim>& claims, Sum amount) {
  std::vector<size_t> places;
  Sum all = 0;
  for (size_t place = 0; place < claims.size(); ++place) {
    if (claims[place].open > amount) continue;
    places.push_back(place);
    all += claims[place].open;
  }
  if (places.size() < 2 || all < amount) return {};
  places = InDueOrder(claims, std::move(places));
  Found found;
  if (all == amount) {
    found = {std::vector<CashShare>(), "all that is open", false};
  } else {
    if (places.size() > kMostSearched) return {std::nullopt, "too many invoices to search", false};
    std::vector<Sum> amounts;
    for (const size_t place : places) amounts.push_back(claims[place].open);
    const SubsetFound subset = FindOnlySubset(amounts, amount);
    if (subset.sets == 0) return {};
    if (subset.sets > 1) return {std::nullopt, "several sets of invoices have that sum", true};
    found = {std::vector<CashShare>(), "the only such sum", false};
    size_t i = 0;
    std::erase_if(places, [&](size_t) { return (subset.chosen >> i++ & 1) == 0; });
  }
  for (const size_t place : places) found.only->push_back(WholeOf(claims, place));
  return found;
}

bool IsWithinTolerance(const Claim& claim, Sum rest) {
  return claim.tolerance.has_value() && IsWithin(*claim.tolerance, rest, claim.invoiced);
}

// The month's limit of whoever closes it does not choose the invoice: it only lets its rest be closed or not.
Found FindNear(const std::vector<Claim>& claims, Minor amount) {
  Found found;
  for (size_t place = 0; place < claims.size(); ++place) {
    const Claim& claim = claims[place];
    if (claim.open <= amount || !IsWithinTolerance(claim, claim.open - amount)) continue;
    if (found.only.has_value()) return {std::nullopt, "several invoices are short within the tolerance", true};
    found.only.emplace(1, CashShare{place, amount, 0, *ToMinor(claim.open - amount)});
    found.reason = "short within the tolerance";
  }
  if (found.only.has_value() && found.only->front().difference > claims[found.only->front().claim].left_in_month) {
    return {std::nullopt, "short by more than may still be closed in the month", false};
  }
  return found;
}

// What the payer named; nothing if that is no open invoice of the customer.
std::optional<std::vector<CashShare>> PayNamed(const CashToMatch& cash) {
  const std::vector<Claim>& claims = cash.claims;
  std::vector<size_t> named;
  for (size_t place = 0; place < claims.size(); ++place) {
    if (claims[place].named) named.push_back(place);
  }
  if (named.empty()) return std::nullopt;
  named = InDueOrder(claims, std::move(named));
  Sum whole = 0, less_discounts = 0;
  std::vector<CashShare> with_discounts;
  for (const size_t place : named) {
    with_discounts.push_back(LessDiscount(claims[place], place, 0).value_or(WholeOf(claims, place)));
    whole += claims[place].open;
    less_discounts += with_discounts.back().amount;
  }
  if (cash.amount < whole && cash.amount == less_discounts) return with_discounts;
  std::vector<CashShare> shares = PayInOrder(claims, named, cash.amount);
  const Claim& first = claims[named.front()];
  const Sum rest = whole - cash.amount;
  if (named.size() == 1 && rest > 0 && IsWithinTolerance(first, rest) && rest <= first.left_in_month) {
    shares.front().difference = *ToMinor(rest);
  }
  return shares;
}

CashMatch Answer(std::string_view rule, Found found) { return {rule, found.reason, *std::move(found.only)}; }

std::vector<size_t> AllPlaces(const std::vector<Claim>& claims) {
  std::vector<size_t> places(claims.size());
  std::iota(places.begin(), places.end(), size_t{0});
  return places;
}

// Where no rule finds an answer.
CashMatch GoOn(const CashToMatch& cash, std::string_view why_none) {
  switch (cash.order) {
    case CashOrder::kOldest:
      return {"oldest", "earliest due first",
              PayInOrder(cash.claims, InDueOrder(cash.claims, AllPlaces(cash.claims)), cash.amount)};
    case CashOrder::kPrc:
      return {"prc", "article 560", PayByArticle560(cash.claims, cash.amount)};
    case CashOrder::kNone:
      break;
  }
  return {kNoRule, why_none, {}};
}

}  // namespace

Sum Claim::DiscountOn(Sum settled) const {
  const auto discount = MultiplyRatio(settled, discount_ppm, kHundredPerCent);
  CHECK(discount.has_value());
  return *discount;
}

CashMatch MatchCash(const CashToMatch& cash) {
  if (cash.names_others_only) return {kNoRule, "names an invoice of another customer", {}};
  if (cash.claims.empty()) return {kNoRule, "nothing is open", {}};
  if (auto named = PayNamed(cash)) return {"reference", "named", *std::move(named)};

  std::string_view why_none;  // the first reason
  bool nothing_fits = true;
  const auto consider = [&](const Found& found) {
    if (!found.only.has_value() && why_none.empty()) why_none = found.reason;
    nothing_fits = nothing_fits && !found.several;
    return found.only.has_value();
  };
  Found found = FindExact(cash.claims, cash.amount, 0);
  if (consider(found)) return Answer("exact", std::move(found));
  found = FindSubset(cash.claims, cash.amount);
  if (consider(found)) return Answer("subset", std::move(found));
  if (cash.credit > 0) {
    found = FindExact(cash.claims, cash.amount + cash.credit, cash.credit);
    if (consider(found)) return Answer(kNetRule, std::move(found));
    found = FindSubset(cash.claims, cash.amount + cash.credit);
    if (consider(found)) return Answer(kNetRule, std::move(found));
  }
  if (nothing_fits) {
    found = FindNear(cash.claims, cash.amount);
    if (consider(found)) return Answer("near", std::move(found));
  }
  return GoOn(cash, why_none.empty() ? "nothing fits" : why_none);
}

}  // namespace duebook
