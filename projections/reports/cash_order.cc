#include "projections/reports/cash_order.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "ledger/values/rounding.h"

namespace duebook {

namespace {

// What of the claim at a place falls due on one day.
struct Debt {
  size_t place = 0;
  Claim::Part part;
};

// What comes first by article 560 is less.
auto RankOf(const std::vector<Claim>& claims, const Debt& debt) {
  const Claim& claim = claims[debt.place];
  return std::tuple(debt.part.due > claim.day, claim.guaranteed, -claim.yearly_rate, debt.part.due);
}

// In the order of article 560; those of equal rank by the claims' dates and numbers.
std::vector<Debt> DebtsOf(const std::vector<Claim>& claims) {
  std::vector<size_t> places(claims.size());
  std::iota(places.begin(), places.end(), size_t{0});
  std::vector<Debt> debts;
  for (const size_t place : InDueOrder(claims, std::move(places))) {
    debts.push_back({place, {claims[place].due, claims[place].first_part}});
    for (const Claim::Part& part : claims[place].later) debts.push_back({place, part});
  }
  std::stable_sort(debts.begin(), debts.end(),
                   [&](const Debt& a, const Debt& b) { return RankOf(claims, a) < RankOf(claims, b); });
  return debts;
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
    const Minor paid = claims[place].open < amount ? *ToMinor(claims[place].open) : amount;
    amount -= paid;
    shares.push_back({place, paid, 0, 0});
  }
  return shares;
}

std::vector<CashShare> PayByArticle560(const std::vector<Claim>& claims, Minor amount) {
  const std::vector<Debt> debts = DebtsOf(claims);
  std::vector<Minor> paid_of(claims.size());
  std::vector<CashShare> shares;
  for (size_t begin = 0; begin < debts.size() && amount > 0;) {
    size_t end = begin;
    Sum whole = 0;
    for (; end < debts.size() && RankOf(claims, debts[end]) == RankOf(claims, debts[begin]); ++end) {
      whole += debts[end].part.open;
    }
    const Minor of_equals = whole < amount ? *ToMinor(whole) : amount;
    Sum before = 0;
    for (; begin < end; ++begin) {
      const auto& [place, part] = debts[begin];
      const Minor paid = ShareOf(of_equals, before + part.open, whole) - ShareOf(of_equals, before, whole);
      if (paid > 0 && paid_of[place] == 0) shares.push_back({place, 0, 0, 0});
      paid_of[place] += paid;
      before += part.open;
    }
    amount -= of_equals;
  }
  for (CashShare& share : shares) share.amount = paid_of[share.claim];
  return shares;
}

}  // namespace duebook
