#include "projections/reports/cash_order.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "ledger/values/check.h"

namespace duebook {

namespace {

// What comes first by article 560 is less.
auto RankOf(const Claim& claim) {
  return std::tuple(claim.due > claim.day, claim.guaranteed, -claim.yearly_rate, claim.due);
}

Minor RoundedShare(Sum amount, Sum part, Sum whole) {
  // amount < whole, and both are sums of at most a few amounts: the product may pass 128 bits, the quotient may not.
  const auto numerator = ToMinor(part);
  const auto denominator = ToMinor(whole);
  if (numerator.has_value() && denominator.has_value()) {
    const auto share = MultiplyRatio(amount, *numerator, *denominator);
    CHECK(share.has_value());
    return *ToMinor(*share);
  }
  // Beyond 64 bits both are halved until they fit, which loses less than a minor unit of the share.
  return RoundedShare(amount, part / 2, whole / 2);
}

}  // namespace

std::vector<size_t> InDueOrder(const std::vector<Claim>& claims, std::vector<size_t> places) {
  std::sort(places.begin(), places.end(), [&](size_t a, size_t b) {
    return std::tie(claims[a].due, claims[a].issued, claims[a].number) <
           std::tie(claims[b].due, claims[b].issued, claims[b].number);
  });
  return places;
}

std::vector<CashShare> PayInOrder(const std::vector<Claim>& claims, const std::vector<size_t>& places, Minor amount) {
  std::vector<CashShare> shares;
  for (const size_t place : places) {
    if (amount == 0) break;
    const Minor paid = std::min(amount, claims[place].open);
    amount -= paid;
    shares.push_back({place, paid, 0, 0});
  }
  return shares;
}

std::vector<CashShare> PayByArticle560(const std::vector<Claim>& claims, Minor amount) {
  std::vector<size_t> places(claims.size());
  std::iota(places.begin(), places.end(), size_t{0});
  places = InDueOrder(claims, std::move(places));
  std::stable_sort(places.begin(), places.end(),
                   [&](size_t a, size_t b) { return RankOf(claims[a]) < RankOf(claims[b]); });
  std::vector<CashShare> shares;
  for (size_t begin = 0; begin < places.size() && amount > 0;) {
    size_t end = begin;
    Sum whole = 0;
    for (; end < places.size() && RankOf(claims[places[end]]) == RankOf(claims[places[begin]]); ++end) {
      whole += claims[places[end]].open;
    }
    const Minor of_equals = whole < amount ? *ToMinor(whole) : amount;
    Sum before = 0;
    for (; begin < end; ++begin) {
      const Minor open = claims[places[begin]].open;
      const Minor paid = RoundedShare(of_equals, before + open, whole) - RoundedShare(of_equals, before, whole);
      if (paid > 0) shares.push_back({places[begin], paid, 0, 0});
      before += open;
    }
    amount -= of_equals;
  }
  return shares;
}

}  // namespace duebook
