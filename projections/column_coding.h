// Column coding: how a run of rows of a column lies in a file. Numbers are stored as their distance from the smallest
// of the run, in as few whole bytes as the largest distance needs, so that decoding is a copy at the speed of memory:
//
//   rows    u32
//   width   u8         0, 1, 2, 4 or 8; 0: all rows are `base`
//   base    i64
//   values  rows * width bytes
//
// A run of texts is the column of their lengths in bytes, and then the texts back to back. All little-endian.

#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/date.h"
#include "ledger/money.h"
#include "projections/history.h"

namespace duebook {

static_assert(std::endian::native == std::endian::little, "columns are stored as they lie in memory");

// The number that stands for a value in a file, and back. Back from a number that was never a value gives any value.
template <class T>
class ColumnValue {
 public:
  static int64_t ToNumber(T value) { return static_cast<int64_t>(value); }
  T FromNumber(int64_t number) { return static_cast<T>(number); }
};
template <>
class ColumnValue<Date> {
 public:
  static int64_t ToNumber(Date value) { return value.days(); }
  Date FromNumber(int64_t number) { return Date::FromDays(static_cast<int32_t>(number)); }
};
template <>
class ColumnValue<Currency> {
 public:
  static int64_t ToNumber(Currency value) { return value.packed(); }
  // A column has few currencies and many rows: each is looked up once.
  Currency FromNumber(int64_t number) {
    for (const auto& [seen_number, currency] : seen_) {
      if (seen_number == number) return currency;
    }
    const Currency currency = Currency::FromPacked(static_cast<uint32_t>(number)).value_or(Currency());
    seen_.emplace_back(number, currency);
    return currency;
  }

 private:
  std::vector<std::pair<int64_t, Currency>> seen_;
};

template <class T>
void PutFixed(T value, std::string* out) {
  out->append(reinterpret_cast<const char*>(&value), sizeof(value));
}
template <class T>
bool TakeFixed(std::string_view* in, T* value) {
  if (in->size() < sizeof(T)) return false;
  std::memcpy(value, in->data(), sizeof(T));
  in->remove_prefix(sizeof(T));
  return true;
}

namespace internal {

inline uint8_t WidthOf(uint64_t largest) {
  if (largest == 0) return 0;
  if (largest <= UINT8_MAX) return 1;
  if (largest <= UINT16_MAX) return 2;
  return largest <= UINT32_MAX ? 4 : 8;
}

template <class Stored, class T>
void DecodeValues(const char* from, int64_t base, size_t rows, T* to) {
  ColumnValue<T> value;
  for (size_t i = 0; i < rows; ++i) {
    Stored distance;
    std::memcpy(&distance, from + i * sizeof(Stored), sizeof(Stored));
    to[i] = value.FromNumber(static_cast<int64_t>(static_cast<uint64_t>(base) + distance));
  }
}

template <class Stored, class T>
void EncodeValues(const T* from, int64_t base, size_t rows, char* to) {
  for (size_t i = 0; i < rows; ++i) {
    const auto number = static_cast<uint64_t>(ColumnValue<T>::ToNumber(from[i]));
    const auto distance = static_cast<Stored>(number - static_cast<uint64_t>(base));
    std::memcpy(to + i * sizeof(Stored), &distance, sizeof(Stored));
  }
}

}  // namespace internal

// Appends rows [begin, end of column) to `out`.
template <class T>
void PutColumn(const std::vector<T>& column, size_t begin, std::string* out) {
  using Value = ColumnValue<T>;
  const size_t rows = column.size() - begin;
  int64_t least = rows == 0 ? 0 : INT64_MAX;
  int64_t most = rows == 0 ? 0 : INT64_MIN;
  for (size_t i = begin; i < column.size(); ++i) {
    least = std::min(least, Value::ToNumber(column[i]));
    most = std::max(most, Value::ToNumber(column[i]));
  }
  const uint8_t width = internal::WidthOf(static_cast<uint64_t>(most) - static_cast<uint64_t>(least));
  PutFixed(static_cast<uint32_t>(rows), out);
  PutFixed(width, out);
  PutFixed(least, out);
  const size_t end = out->size();
  out->resize(end + rows * width);
  const T* from = column.data() + begin;
  char* to = out->data() + end;
  if (width == 1) internal::EncodeValues<uint8_t>(from, least, rows, to);
  if (width == 2) internal::EncodeValues<uint16_t>(from, least, rows, to);
  if (width == 4) internal::EncodeValues<uint32_t>(from, least, rows, to);
  if (width == 8) internal::EncodeValues<uint64_t>(from, least, rows, to);
}

// Takes a run of rows from the front of `in` and appends it to the column. False if these are not the bytes of a run.
template <class T>
bool TakeColumn(std::string_view* in, std::vector<T>* column) {
  uint32_t rows;
  uint8_t width;
  int64_t base;
  if (!TakeFixed(in, &rows) || !TakeFixed(in, &width) || !TakeFixed(in, &base)) return false;
  const bool known_width = width == 0 || width == 1 || width == 2 || width == 4 || width == 8;
  if (!known_width || in->size() < size_t{rows} * width) return false;
  const size_t begin = column->size();
  column->resize(begin + rows, ColumnValue<T>().FromNumber(base));
  T* to = column->data() + begin;
  if (width == 1) internal::DecodeValues<uint8_t>(in->data(), base, rows, to);
  if (width == 2) internal::DecodeValues<uint16_t>(in->data(), base, rows, to);
  if (width == 4) internal::DecodeValues<uint32_t>(in->data(), base, rows, to);
  if (width == 8) internal::DecodeValues<uint64_t>(in->data(), base, rows, to);
  in->remove_prefix(size_t{rows} * width);
  return true;
}

inline void PutColumn(const TextColumn& column, size_t begin, std::string* out) {
  std::vector<uint32_t> lengths;
  for (size_t i = begin; i < column.size(); ++i) lengths.push_back(static_cast<uint32_t>(column[i].size()));
  PutColumn(lengths, 0, out);
  out->append(column.heap, column.offsets[begin]);
}

inline bool TakeColumn(std::string_view* in, TextColumn* column) {
  std::vector<uint32_t> lengths;
  if (!TakeColumn(in, &lengths)) return false;
  uint64_t bytes = 0;
  for (const uint32_t length : lengths) {
    bytes += length;
    column->offsets.push_back(column->heap.size() + bytes);
  }
  if (bytes > in->size()) return false;
  column->heap.append(in->substr(0, bytes));
  in->remove_prefix(bytes);
  return true;
}

}  // namespace duebook
