// How what is stored beside the events becomes bytes: each struct lists its members once, in `Describe`, for both
// directions.
//
//   integer, date, currency   varint (LEB128), signed ones zigzag first
//   text                      length as varint, then the bytes
//   list                      count as varint, then each member
//   optional                  0, or 1 and the value
//
// Two rows of the store, which nothing can make again, are stored so (log/framed/layout.h): the layout is a promise,
// and what is stored in it does not grow.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ledger/values/date.h"
#include "ledger/values/hash.h"
#include "ledger/values/money.h"

namespace duebook {

class ByteWriter {
 public:
  template <class... Members>
  void operator()(const Members&... members) {
    (Put(members), ...);
  }
  std::string Take() { return std::move(bytes_); }

 private:
  void PutVarint(uint64_t value) {
    while (value >= 0x80) {
      bytes_ += static_cast<char>(value | 0x80);
      value >>= 7;
    }
    bytes_ += static_cast<char>(value);
  }
  template <class T>
  void Put(const T& member) {
    if constexpr (std::is_enum_v<T>) {
      PutVarint(static_cast<uint64_t>(member));
    } else if constexpr (std::is_unsigned_v<T>) {  // bool too
      PutVarint(member);
    } else if constexpr (std::is_integral_v<T>) {
      const auto wide = static_cast<int64_t>(member);
      PutVarint(static_cast<uint64_t>(wide) << 1 ^ static_cast<uint64_t>(wide >> 63));
    } else {
      const_cast<T&>(member).Describe(*this);  // Describe reads here, and writes in ByteReader
    }
  }
  void Put(const std::string& text) {
    PutVarint(text.size());
    bytes_ += text;
  }
  void Put(const Hash& hash) { bytes_.append(reinterpret_cast<const char*>(hash.data()), hash.size()); }
  void Put(const Date& date) { Put(date.days()); }
  void Put(const Currency& currency) { Put(currency.packed()); }
  template <class T>
  void Put(const std::optional<T>& member) {
    Put(member.has_value());
    if (member.has_value()) Put(*member);
  }
  template <class T>
  void Put(const std::vector<T>& list) {
    PutVarint(list.size());
    for (const T& member : list) Put(member);
  }

  std::string bytes_;
};

// Reads what ByteWriter wrote. After a read past the end, or of a value that cannot be, ok() is false and the members
// hold whatever they hold.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  template <class... Members>
  void operator()(Members&... members) {
    (Get(members), ...);
  }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  uint64_t GetVarint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  template <class T>
  void Get(T& member) {
    if constexpr (std::is_enum_v<T> || std::is_unsigned_v<T>) {
      member = static_cast<T>(GetVarint());
    } else if constexpr (std::is_integral_v<T>) {
      const uint64_t zigzag = GetVarint();
      member = static_cast<T>(static_cast<int64_t>(zigzag >> 1) ^ -static_cast<int64_t>(zigzag & 1));
    } else {
      member.Describe(*this);
    }
  }
  std::string_view GetBytes(uint64_t count) {
    if (count > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }
  void Get(std::string& text) { text = GetBytes(GetVarint()); }
  void Get(Hash& hash) {
    const std::string_view bytes = GetBytes(hash.size());
    for (size_t i = 0; i < bytes.size(); i++) hash[i] = static_cast<uint8_t>(bytes[i]);
  }
  void Get(Date& date) {
    int32_t days = 0;
    Get(days);
    date = Date::FromDays(days);
  }
  void Get(Currency& currency) {
    uint32_t packed = 0;
    Get(packed);
    const auto known = Currency::FromPacked(packed);
    ok_ = ok_ && known.has_value();
    currency = known.value_or(Currency());
  }
  template <class T>
  void Get(std::optional<T>& member) {
    bool present = false;
    Get(present);
    member.reset();
    if (present) Get(member.emplace());
  }
  template <class T>
  void Get(std::vector<T>& list) {
    const uint64_t count = GetVarint();
    ok_ = ok_ && count <= rest_.size();  // each member takes at least one byte
    list.clear();
    for (uint64_t i = 0; ok_ && i < count; i++) Get(list.emplace_back());
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace duebook
