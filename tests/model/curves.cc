#include "tests/model/curves.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>

#include "projections/reports/aging_curve.h"

namespace duebook::model {

namespace {

AgingRow RowAt(const AgingCurve& curve, size_t step) {
  const auto figure = [&](size_t of) { return static_cast<Wide>(curve[of][step]); };
  AgingRow row;
  for (size_t bucket = 0; bucket < curve.figures().unapplied(); ++bucket) row.buckets.push_back(figure(bucket));
  row.unapplied = figure(curve.figures().unapplied());
  row.disputed = figure(curve.figures().disputed());
  row.balance = figure(curve.figures().balance());
  return row;
}

Problem CompareCurvesOf(const History& history, const Cut& cut, const CurveScope& scope, const AgingRow& expected) {
  // How far the curves begin before the cut differs from cut to cut.
  const auto before = static_cast<int64_t>(cut.known % 12);
  const Date first = cut.effective.AddDays(-before);
  const AgingCurve by_day =
      MakeAgingCurve(history, CurveCuts::OfDays(cut.known, first, cut.effective.AddDays(3)), scope);
  std::vector<uint64_t> seqs;
  for (uint64_t seq = cut.known - static_cast<uint64_t>(before); seq < cut.known; seq += 3) seqs.push_back(seq);
  const size_t step = seqs.size();
  seqs.insert(seqs.end(), {cut.known, cut.known + 2});
  const AgingCurve by_seq = MakeAgingCurve(history, CurveCuts::OfSeqs(cut.effective, seqs), scope);
  for (const auto& [axis, row] : {std::pair("day", RowAt(by_day, static_cast<size_t>(cut.effective - first))),
                                  std::pair("seq", RowAt(by_seq, step))}) {
    if (row == expected) continue;
    return fmt::format("the curve of {} by {}{}: {}, not {}", scope.currency.ToString(), axis,
                       scope.customers.has_value() ? " of some customers" : "", Show(row), Show(expected));
  }
  return std::nullopt;
}

}  // namespace

Problem CompareCurves(const History& history, const Cut& cut, const AgingOptions& options,
                      const std::map<Key, AgingRow>& expected) {
  CurveScope scope{
      .currency = {}, .basis = BasisOf(options.basis), .buckets = *AgingBuckets::Make(options.bucket_ends)};
  std::vector<uint32_t> some;  // every other one
  std::set<std::string> some_ids;
  for (uint32_t customer = 0; customer < history.customers.seq.size(); customer += 2) {
    some.push_back(customer);
    some_ids.emplace(history.customers.id[customer]);
  }
  for (const char* currency : {"CNY", "JPY"}) {
    AgingRow all, of_some;
    for (AgingRow* sum : {&all, &of_some}) {
      sum->buckets.resize(scope.buckets.size());
      for (const auto& [key, row] : expected) {
        if (key.second != currency || (sum == &of_some && !some_ids.contains(key.first))) continue;
        for (size_t bucket = 0; bucket < row.buckets.size(); ++bucket) sum->buckets[bucket] += row.buckets[bucket];
        sum->unapplied += row.unapplied;
        sum->disputed += row.disputed;
        sum->balance += row.balance;
      }
    }
    scope.currency = *Currency::Parse(currency);
    scope.customers.reset();
    if (Problem problem = CompareCurvesOf(history, cut, scope, all)) return problem;
    scope.customers = some;
    if (Problem problem = CompareCurvesOf(history, cut, scope, of_some)) return problem;
  }
  return std::nullopt;
}

}  // namespace duebook::model
