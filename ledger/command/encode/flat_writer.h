// Writes FlatBuffers front to back: tables first, what they point to behind them.
//
// FlatBuffers' own builder writes back to front and works out each table anew: what fields there are, where they stand,
// whether a table before had the same. Events of one type with the same fields present are the same but for their
// values, so here that work is done once (TableShape), its outcome is copied, and values are put into their places.
// The format: https://flatbuffers.dev/internals.
//
// Requires of the bytes' reader what the builder requires: that they begin at a multiple of eight.

#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "flatbuffers/base.h"

namespace duebook {

// A field that is present in a table, by the offset of its entry in the vtable, as generated code calls it.
struct TableField {
  uint16_t vtable_offset;
  uint16_t size;       // bytes in the table
  uint16_t alignment;  // a power of two, at most 8
};

// The bytes of a table with these fields, and of its vtable.
class TableShape {
 public:
  explicit TableShape(std::span<const TableField> fields);

  std::string_view vtable() const { return vtable_; }
  size_t size() const { return size_; }
  // Where the value of fields[i] stands, from the beginning of the table.
  uint32_t place(size_t i) const { return places_[i]; }

 private:
  std::string vtable_;
  uint16_t size_;  // of the table: a multiple of 4
  std::vector<uint16_t> places_;
};

// The bytes so far. Locations are counted from their beginning. Keeps its memory when it begins again.
class FlatWriter {
 public:
  // Begins with these bytes.
  void Begin(std::string_view bytes) {
    size_ = 0;
    bytes.copy(Extend(bytes.size()), bytes.size());
  }
  std::string_view bytes() const { return {memory_.data(), size_}; }
  uint32_t size() const { return static_cast<uint32_t>(size_); }

  // Adds a text: its length, its bytes, and zeros up to a multiple of 4, at least one.
  uint32_t AddText(std::string_view text) {
    const uint32_t location = size();
    char* at = Extend((sizeof(uint32_t) + text.size() + sizeof(uint32_t)) / 4 * 4);
    std::memset(at + (size_ - location) - sizeof(uint32_t), 0, sizeof(uint32_t));
    flatbuffers::WriteScalar(at, static_cast<uint32_t>(text.size()));
    text.copy(at + sizeof(uint32_t), text.size());
    return location;
  }
  // Adds a vector of zeros, and zeros before it if its items have to be at multiples of 8.
  uint32_t AddVector(size_t count, size_t item_size);
  // Where an item of a vector of offsets stands.
  static uint32_t Item(uint32_t vector, size_t index) {
    return vector + static_cast<uint32_t>(sizeof(uint32_t) + index * sizeof(uint32_t));
  }
  uint32_t AddVtable(const TableShape& shape);
  // Adds a table of zeros that begins four bytes before a multiple of 8, so that fields of any alignment have theirs.
  uint32_t AddTable(const TableShape& shape, uint32_t vtable);
  // Adds zeros up to a multiple of 8.
  void Align() { AddZeros(-size_ % 8); }

  template <class Scalar>
  void Set(uint32_t location, Scalar value) {
    flatbuffers::WriteScalar(&memory_[location], value);
  }
  // Sets one of FlatBuffers' structs.
  template <class Struct>
  void SetStruct(uint32_t location, const Struct& value) {
    std::memcpy(&memory_[location], &value, sizeof(value));
  }
  // Lets the offset at `location` point to what stands at `target`, behind it.
  void Point(uint32_t location, uint32_t target) { Set(location, target - location); }

 private:
  // The beginning of `bytes` more bytes, whatever they hold.
  char* Extend(size_t bytes) {
    const size_t begin = size_;
    size_ += bytes;
    if (size_ > memory_.size()) memory_.resize(2 * size_);
    return memory_.data() + begin;
  }
  void AddZeros(size_t count) { std::memset(Extend(count), 0, count); }

  std::string memory_;  // its first size_ bytes count
  size_t size_ = 0;
};

}  // namespace duebook
