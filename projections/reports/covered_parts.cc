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

// The promises by instrument that are pending, in order of their due dates, then of seq.
std::vector<JudgedPromise> PendingByInstrument(const History& history, const Cut& cut) {
  std::vector<JudgedPromise> promises = JudgePromises(history, cut);
  std::erase_if(promises, [&](const JudgedPromise& promise) {
    return !promise.IsPending() || !IsByInstrument(history, promise.row);
  });
  std::stable_sort(promises.begin(), promises.end(),
                   [](const JudgedPromise& a, const JudgedPromise& b) { return a.due < b.due; });
  return promises;
}

// The places of parts, by their items.
using Places = std::vector<std::pair<uint32_t, size_t>>;

// The places of the parts of invoices that a promise names, as it pays them: of one day by their invoices' numbers.
std::vector<size_t> PlacesOf(const History& history, uint32_t promise, const std::vector<OpenPart>& parts,
                             const Places& places) {
  std::vector<size_t> found;
  const History::PromisedInvoices& invoices = history.promised_invoices;
  for (size_t row = RowsBelow(invoices.promise, promise);
       row < invoices.promise.size() && invoices.promise[row] == promise; ++row) {
    const uint32_t item = invoices.item[row];
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
  for (const JudgedPromise& promise : PendingByInstrument(history, cut)) {
    Sum lacking = promise.Lacking();
    for (const size_t place : PlacesOf(history, promise.row, parts, places)) {
      const Sum taken = std::min(lacking, parts[place].open - covered[place]);
      covered[place] += taken;
      lacking -= taken;
    }
  }
  return covered;
}

}  // namespace duebook
