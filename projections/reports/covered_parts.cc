#include "projections/reports/covered_parts.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>

#include "projections/reports/promise_book.h"

namespace duebook {

namespace {

bool IsByInstrument(const History& history, size_t promise) { return !history.promises.instrument[promise].empty(); }

bool HasInstruments(const History& history, const Cut& cut) {
  const size_t rows = RowsKnown(history.promises.seq, cut.known);
  size_t row = 0;
  while (row < rows && !IsByInstrument(history, row)) ++row;
  return row < rows;
}

// The places of parts, by their items.
using Places = std::vector<std::pair<uint32_t, size_t>>;

// The places of the parts of invoices that a promise names, as it pays them: of one day by their invoices' numbers.
std::vector<size_t> PlacesOf(const History& history, uint32_t promise, const std::vector<OpenPart>& parts,
                             const Places& places) {
  std::vector<size_t> found;
  for (const uint32_t item : InvoicesNamedBy(history, promise)) {
    for (auto place = std::lower_bound(places.begin(), places.end(), std::pair(item, size_t{0}));
         place != places.end() && place->first == item; ++place) {
      found.push_back(place->second);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::stable_sort(found.begin(), found.end(), [&](size_t a, size_t b) {
    if (parts[a].due != parts[b].due) return parts[a].due < parts[b].due;
    return history.items.number[parts[a].item] < history.items.number[parts[b].item];
  });
  return found;
}

}  // namespace

std::vector<Sum> CoveredParts(const History& history, const Cut& cut, const std::vector<OpenPart>& parts) {
  std::vector<Sum> covered(parts.size());
  if (!HasInstruments(history, cut)) return covered;
  Places places;
  places.reserve(parts.size());
  for (size_t i = 0; i < parts.size(); ++i) places.emplace_back(parts[i].item, i);
  std::sort(places.begin(), places.end());
  const std::vector<JudgedPromise> promises = JudgePromises(history, cut);
  const auto is_by_instrument = [&](const JudgedPromise& promise) { return IsByInstrument(history, promise.row); };
  for (const JudgedPromise* promise : PendingByDue(promises, is_by_instrument)) {
    Sum lacking = promise->Lacking();
    for (const size_t place : PlacesOf(history, promise->row, parts, places)) {
      const Sum taken = std::min(lacking, parts[place].open - covered[place]);
      covered[place] += taken;
      lacking -= taken;
    }
  }
  return covered;
}

}  // namespace duebook
