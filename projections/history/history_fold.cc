#include "projections/history/history_fold.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "ledger/log/derived/damaged.h"
#include "ledger/values/compression.h"
#include "projections/history/history_check.h"
#include "projections/history/in_parallel.h"

namespace duebook {

namespace {

constexpr size_t kRoom = 32;               // so many times less than there is, for what comes from the log behind it
constexpr size_t kCounts = 0;              // the section that tells how many elements each of the others has
constexpr size_t kStartOfCompressed = 18;  // bytes in which zstd tells how many were compressed
constexpr uint64_t kMostOfAByte = uint64_t{1} << 15;  // bytes: zstd makes 128 KB of no less than 4

// The arrays that a history is made of, always in this order. All of them grow at their end alone.
template <class Visit>
void ForEachArray(History& history, Visit&& visit) {
  const auto text = [&](TextColumn& column) {
    visit(column.heap);
    visit(column.offsets);
  };
  auto& customers = history.customers;
  visit(customers.seq), visit(customers.date), text(customers.id), text(customers.name);
  auto& items = history.items;
  visit(items.seq), visit(items.date), visit(items.due), visit(items.amount), visit(items.customer);
  visit(items.currency), visit(items.kind), visit(items.salesperson), text(items.number);
  text(history.salespeople);
  auto& assignments = history.assignments;
  visit(assignments.seq), visit(assignments.date), visit(assignments.customer), visit(assignments.salesperson);
  auto& instalments = history.instalments;
  visit(instalments.item), visit(instalments.due), visit(instalments.amount);
  auto& movements = history.movements;
  visit(movements.seq), visit(movements.date), visit(movements.amount), visit(movements.item);
  visit(movements.counterpart), visit(movements.kind);
  auto& disputes = history.disputes;
  visit(disputes.seq), visit(disputes.date), visit(disputes.amount), visit(disputes.item);
  auto& resolutions = history.resolutions;
  visit(resolutions.seq), visit(resolutions.date), visit(resolutions.dispute);
}

using Counts = std::vector<uint64_t>;

Counts CountsOf(History& history) {
  Counts counts;
  ForEachArray(history, [&](const auto& array) { counts.push_back(array.size()); });
  return counts;
}

// --- bytes ---

template <class Value>
std::string Compressed(const Value* values, size_t count) {
  return Compress({reinterpret_cast<const char*>(values), count * sizeof(Value)});
}

template <class Array>
std::string Encode(const Array& array, size_t from) {
  return Compressed(array.data() + from, array.size() - from);
}

// Ascending: as differences, each from the one before it.
std::string Encode(const Values<uint64_t>& array, size_t from) {
  std::vector<uint32_t> steps(array.size() - from);
  uint64_t before = from == 0 ? 0 : array[from - 1];
  for (size_t i = 0; i < steps.size(); i++) {
    const uint64_t step = array[from + i] - before;
    CHECK(step <= UINT32_MAX);
    steps[i] = static_cast<uint32_t>(step);
    before = array[from + i];
  }
  return Compressed(steps.data(), steps.size());
}

// Bytes of an element before they are compressed.
template <class Array>
uint64_t WidthOf(const Array& array) {
  return sizeof(array[0]);
}
uint64_t WidthOf(const Values<uint64_t>& /*array*/) { return sizeof(uint32_t); }

// Into the elements from `from` on, which are there already.
template <class Array>
bool Decode(std::string_view bytes, uint64_t from, uint64_t count, Array* array) {
  return Decompress(bytes, array->data() + from, count * sizeof((*array)[0]));
}

// As differences still: the value before the first may not be known yet.
bool Decode(std::string_view bytes, uint64_t from, uint64_t count, Values<uint64_t>* array) {
  std::vector<uint32_t> steps(count);
  if (!Decompress(bytes, steps.data(), count * sizeof(steps[0]))) return false;
  std::copy(steps.begin(), steps.end(), array->begin() + static_cast<ptrdiff_t>(from));
  return true;
}

template <class Array>
void AddUp(Array* /*array*/) {}

void AddUp(Values<uint64_t>* array) {
  uint64_t sum = 0;
  for (uint64_t& value : *array) value = sum += value;
}

Error Damaged() { return DamagedDerived("a fold of the history does not hold what it should"); }

// How many elements of each array the fold has. Each section is held against that, so that no forged number asks for
// memory that cannot be filled.
Result<Counts> ReadCounts(const SectionFile& file, History& history) {
  Counts counts = CountsOf(history);
  if (file.section_count() != counts.size() + 1 || file.bytes(kCounts) != counts.size() * sizeof(uint64_t)) {
    return Damaged();
  }
  const auto bytes = file.Read(kCounts);
  RETURN_IF_ERROR(bytes);
  std::memcpy(counts.data(), bytes->data(), bytes->size());
  size_t i = 0;
  Status status;
  ForEachArray(history, [&](const auto& array) {
    const uint64_t count = counts[i++];
    if (!status.ok() || count == 0) return;
    const auto start = file.ReadStart(i, kStartOfCompressed);
    if (!start.ok()) {
      status = start.error();
    } else if (const auto size = DecompressedSize(*start); !size.has_value() || *size > file.bytes(i) * kMostOfAByte ||
                                                           *size / WidthOf(array) != count ||
                                                           *size % WidthOf(array) != 0) {
      status = Damaged();
    }
  });
  RETURN_IF_ERROR(status);
  return counts;
}

// Each table's place among the arrays: that of the one that has a row for each of its rows.
HistoryRows::Ends PlacesOfTables(History& history) {
  HistoryRows::Ends places;
  size_t i = 0;
  ForEachArray(history, [&](const auto& array) {
    const void* const address = &array;
    if (address == &history.customers.seq) places.customers = i;
    if (address == &history.items.seq) places.items = i;
    if (address == &history.assignments.seq) places.assignments = i;
    if (address == &history.instalments.item) places.instalments = i;
    if (address == &history.movements.seq) places.movements = i;
    if (address == &history.disputes.seq) places.disputes = i;
    if (address == &history.resolutions.seq) places.resolutions = i;
    i++;
  });
  return places;
}

// Where the tables end when their arrays have so many elements.
HistoryRows::Ends EndsAt(const HistoryRows::Ends& places, const Counts& counts) {
  return {counts[places.customers], counts[places.items],    counts[places.assignments], counts[places.instalments],
          counts[places.movements], counts[places.disputes], counts[places.resolutions]};
}

// The elements of one fold, behind those of the folds before it.
Status ReadFold(const SectionFile& file, const Counts& from, const Counts& counts, History* history) {
  size_t i = 0;
  Status status;
  ForEachArray(*history, [&](auto& array) {
    const size_t section = i + 1;
    if (status.ok() && counts[i] > 0) {
      const auto bytes = file.Read(section);
      if (!bytes.ok()) {
        status = bytes.error();
      } else if (!Decode(*bytes, from[i], counts[i], &array)) {
        status = Damaged();
      }
    }
    i++;
  });
  return status;
}

}  // namespace

HistoryFoldMaker::HistoryFoldMaker() : history_(std::make_unique<History>()), folded_(CountsOf(*history_)) {}

HistoryFoldMaker::~HistoryFoldMaker() = default;

Status HistoryFoldMaker::GoOn(const Folds& folds) {
  RETURN_IF_ERROR(AddFolds(folds, history_.get()));
  history_->ForgetRows();
  ForEachArray(*history_, [](auto& array) { array.shrink_to_fit(); });
  folded_ = CountsOf(*history_);
  return Status();
}

std::vector<std::string> HistoryFoldMaker::TakeSections() {
  std::vector<std::string> sections(1);
  size_t i = 0;
  ForEachArray(*history_, [&](const auto& array) {
    const uint64_t count = array.size() - folded_[i];
    sections[kCounts].append(reinterpret_cast<const char*>(&count), sizeof(count));
    sections.push_back(count == 0 ? std::string() : Encode(array, folded_[i]));
    i++;
  });
  history_->ForgetRows();
  folded_ = CountsOf(*history_);
  return sections;
}

// The first section is not compressed, and differs if another one has another length.
bool HistoryFoldMaker::AreEqual(const std::string& a, const std::string& b) const {
  if (a == b) return true;
  const auto size = DecompressedSize(a);
  if (!size.has_value() || size != DecompressedSize(b)) return false;
  std::string bytes_a(*size, '\0');
  std::string bytes_b(*size, '\0');
  return Decompress(a, bytes_a.data(), *size) && Decompress(b, bytes_b.data(), *size) && bytes_a == bytes_b;
}

Status AddFolds(const Folds& folds, History* history) {
  CHECK(history->position() == 0);
  Counts total = CountsOf(*history);
  std::vector<Counts> from;
  std::vector<Counts> counts;
  for (const Folds::Fold& fold : folds.all()) {
    auto read = ReadCounts(*fold.file, *history);
    RETURN_IF_ERROR(read);
    from.push_back(total);
    for (size_t i = 0; i < total.size(); i++) total[i] += (*read)[i];
    counts.push_back(*std::move(read));
  }
  size_t i = 0;
  ForEachArray(*history, [&](auto& array) {
    array.reserve(total[i] + total[i] / kRoom);
    PreferLargePages(array.data(), array.capacity() * sizeof(array[0]));
    array.resize(total[i++]);
  });
  RETURN_IF_ERROR(InParallel(folds.all().size(), [&](size_t fold) {
    return ReadFold(*folds.all()[fold].file, from[fold], counts[fold], history);
  }));
  ForEachArray(*history, [](auto& array) { AddUp(&array); });
  if (!AreEven(*history)) return Damaged();
  from.push_back(total);
  const HistoryRows::Ends places = PlacesOfTables(*history);
  RETURN_IF_ERROR(InParallel(folds.all().size(), [&](size_t fold) {
    const HistoryRows rows{EndsAt(places, from[fold]), EndsAt(places, from[fold + 1])};
    const Folds::Fold& made_of = folds.all()[fold];
    return CanFollow(*history, rows, made_of.first_seq, made_of.last_seq) ? Status() : Status(Damaged());
  }));
  history->position_ = folds.position();
  return Status();
}

}  // namespace duebook
