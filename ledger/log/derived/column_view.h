// Columns: the values of one field of a table, row by row, as they lie in memory and on disk alike.
//
// A column stores each value in the narrow form of its type as long as all of its values fit that, and in the wide form
// from then on: a date in two bytes and not four, a seq in four and not eight. Which of both it is, is said once for
// the whole column. Integers are little-endian.
//
//   type               narrow                                     wide
//   uint64_t           uint32_t                                   uint64_t
//   uint32_t           uint16_t                                   uint32_t
//   Minor (int64_t)    int32_t                                    int64_t
//   Date               uint16_t, days since 1970-01-01            int32_t, likewise
//   Currency           uint16_t, five bits a letter               -
//   enum of a byte     uint8_t                                    -
//   char               char                                       -

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>

#include "ledger/values/check.h"
#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

// How values of a type are stored. Get is the inverse of Put; any stored bits may be given to it.
template <class T>
struct StoredForm;

// Integers of two widths.
template <class T, class NarrowInteger>
struct IntegerForm {
  using Narrow = NarrowInteger;
  using Wide = T;
  static constexpr bool FitsNarrow(T value) {
    return value >= std::numeric_limits<Narrow>::min() && value <= std::numeric_limits<Narrow>::max();
  }
  static constexpr Wide Put(T value) { return value; }
  static constexpr T Get(Wide stored) { return stored; }
};

template <>
struct StoredForm<uint64_t> : IntegerForm<uint64_t, uint32_t> {};
template <>
struct StoredForm<uint32_t> : IntegerForm<uint32_t, uint16_t> {};
template <>
struct StoredForm<int64_t> : IntegerForm<int64_t, int32_t> {};

template <>
struct StoredForm<Date> {
  using Narrow = uint16_t;
  using Wide = int32_t;
  static constexpr bool FitsNarrow(Date date) { return date.days() >= 0 && date.days() <= UINT16_MAX; }
  static constexpr Wide Put(Date date) { return date.days(); }
  static constexpr Date Get(Wide stored) { return Date::FromDays(stored); }
};

template <>
struct StoredForm<Currency> {
  using Narrow = uint16_t;
  using Wide = uint16_t;
  static constexpr bool FitsNarrow(Currency /*currency*/) { return true; }
  static constexpr Wide Put(Currency currency) {
    const uint32_t letters = currency.packed();
    return static_cast<Wide>((letters & 31) | (letters >> 8 & 31) << 5 | (letters >> 16 & 31) << 10);
  }
  static constexpr Currency Get(Wide stored) {
    constexpr uint32_t kCapitals = 0x404040;  // what the five bits of each letter leave out
    if (stored == 0) return Currency();
    return Currency::OfKnown(kCapitals | (stored & 31U) | (stored >> 5 & 31U) << 8 | (stored >> 10 & 31U) << 16);
  }
};

template <class T>
concept OfOneByte = sizeof(T) == 1 && (std::is_enum_v<T> || std::same_as<T, char>);

template <OfOneByte T>
struct StoredForm<T> {
  using Narrow = T;
  using Wide = T;
  static constexpr bool FitsNarrow(T /*value*/) { return true; }
  static constexpr Wide Put(T value) { return value; }
  static constexpr T Get(Wide stored) { return stored; }
};

// The first rows of a column, which do not change and stay where they are as long as whoever keeps them
// (growing_column.h). To be copied freely; reads of any number of threads.
template <class T>
class ColumnView {
 public:
  using Form = StoredForm<T>;

  ColumnView() = default;
  ColumnView(const void* values, size_t rows, bool wide) : values_(values), rows_(rows), wide_(wide) {}

  size_t size() const { return rows_; }
  bool empty() const { return rows_ == 0; }
  // Requires row < size().
  T operator[](size_t row) const {
    if constexpr (!std::is_same_v<typename Form::Narrow, typename Form::Wide>) {
      if (!wide_) return Form::Get(static_cast<const typename Form::Narrow*>(values_)[row]);
    }
    return Form::Get(static_cast<const typename Form::Wide*>(values_)[row]);
  }
  // Calls `visit` with the rows [first, last) as they are stored: a span of the narrow form, or of the wide one.
  template <class Visit>
  auto VisitStored(size_t first, size_t last, Visit&& visit) const {
    using Narrow = typename Form::Narrow;
    using Wide = typename Form::Wide;
    if constexpr (!std::is_same_v<Narrow, Wide>) {
      if (!wide_) return visit(std::span(static_cast<const Narrow*>(values_) + first, last - first));
    }
    return visit(std::span(static_cast<const Wide*>(values_) + first, last - first));
  }
  T back() const { return (*this)[rows_ - 1]; }
  // The same rows but for those from `rows` on, which is at most size().
  ColumnView First(size_t rows) const {
    CHECK(rows <= rows_);
    return ColumnView(values_, rows, wide_);
  }
  const void* values() const { return values_; }

 private:
  const void* values_ = nullptr;
  size_t rows_ = 0;
  bool wide_ = std::is_same_v<typename Form::Narrow, typename Form::Wide>;
};

// How many rows of an ascending column are below `value`; how many are not above it. Cost: a binary search.
template <class T>
size_t RowsBelow(const ColumnView<T>& column, T value) {
  size_t first = 0;
  for (size_t left = column.size(); left > 0;) {
    const size_t half = left / 2;
    const bool below = column[first + half] < value;
    first = below ? first + half + 1 : first;
    left = below ? left - half - 1 : half;
  }
  return first;
}

// Texts stored back to back: `ends` has where each one ends in `heap`.
struct TextColumn {
  ColumnView<char> heap;
  ColumnView<uint64_t> ends;

  size_t size() const { return ends.size(); }
  // "" where the ends do not ascend or lead out of the heap, as they do only if somebody forged them.
  std::string_view operator[](size_t row) const {
    const uint64_t begin = row == 0 ? 0 : ends[row - 1];
    const uint64_t end = ends[row];
    if (begin > end || end > heap.size()) return {};
    return {static_cast<const char*>(heap.values()) + begin, end - begin};
  }
  TextColumn First(size_t rows) const { return {heap, ends.First(rows)}; }
};

}  // namespace duebook
