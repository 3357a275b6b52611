// A column in the making: rows are added at its end and never changed. While one thread adds rows, any number of others
// read those that were there when they looked, under no lock: what they look at is never moved nor taken away as long
// as the column lives.
//
// Rows that were kept on disk before (stored_columns.h) are not read into memory but mapped, those of whole pages at
// least; what comes behind them lies in memory of this process, right behind them, until it is on disk as well. A
// column of few rows lies on the heap: to map and unmap each of a history's many columns costs far more than to fill
// it.

#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ledger/log/derived/column_view.h"
#include "ledger/values/result.h"

namespace duebook {

// The bytes of a column, whatever its type is.
class ColumnMemory {
 public:
  // Bytes of a value in each form.
  ColumnMemory(size_t narrow_width, size_t wide_width);
  ~ColumnMemory();
  ColumnMemory(const ColumnMemory&) = delete;
  ColumnMemory& operator=(const ColumnMemory&) = delete;

  size_t size() const { return rows_.load(std::memory_order_acquire); }
  bool is_wide() const { return block().wide; }
  size_t width() const { return block().wide ? wide_width_ : narrow_width_; }
  size_t WidthOf(bool wide) const { return wide ? wide_width_ : narrow_width_; }
  const char* bytes() const { return block().bytes; }

  // Takes `rows` rows that were kept on disk into an empty column: `mapped_bytes`, which make up whole pages of the
  // system, from the open file, the others from `rest`. The file may be closed then. kUnavailable: there is no memory
  // for that.
  Status TakeStored(int descriptor, size_t mapped_bytes, std::string_view rest, size_t rows, bool wide);
  // What was written to the file from its beginning need not lie in memory of this process any longer: `bytes` of them,
  // which make up whole pages of the system. Does nothing where they cannot be mapped, or are so few that the column
  // lies on the heap.
  void MapWritten(int descriptor, size_t bytes);

  // From now on, rows are added that the column has already: they are compared with those. Requires rows that were
  // kept, and no others.
  void BeginComparing();
  // Returns whether such a row was another one than was kept.
  bool differs() const { return differs_; }
  // Returns how many rows were kept on disk before.
  size_t stored() const { return stored_; }

 protected:
  // Addresses with memory behind them; from its beginning on, some of it may be that of a file.
  struct Block {
    enum class Place : uint8_t { kHeap, kOwnPages };

    Block() = default;
    // `bytes` is null if there is no memory for that.
    Block(size_t capacity_bytes, bool is_wide, Place of_bytes);
    ~Block();
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    char* bytes = nullptr;
    size_t capacity = 0;
    bool wide = false;
    Place place = Place::kHeap;
  };

  // Returns a block of that capacity, which is on pages of its own if it is large. Such a one takes further addresses,
  // so that the column need not be copied while rows come: they cost nothing until something is put there, and are left
  // out where there are none to be had. Where there is no memory for the capacity, that is told as the program tells it
  // elsewhere, and the process ends.
  static std::unique_ptr<Block> MakeBlock(size_t capacity, bool wide);
  static std::unique_ptr<Block> MakeOwnPages(size_t capacity, bool wide);
  const Block& block() const { return *block_.load(std::memory_order_acquire); }
  // Where so many bytes from the column's beginning have room.
  char* Room(size_t bytes) {
    if (bytes > capacity_) Grow(bytes);
    return writable_;
  }
  // Puts a block in the place of the present one, of which others may still read.
  void Replace(std::unique_ptr<Block> block);
  void SetSize(size_t rows) { rows_.store(rows, std::memory_order_release); }

  bool differs_ = false;

 private:
  void Grow(size_t bytes);
  void CopyTo(std::unique_ptr<Block> block);

  const size_t narrow_width_, wide_width_;
  std::vector<std::unique_ptr<Block>> blocks_;  // the last one is the present one
  std::atomic<const Block*> block_;
  std::atomic<size_t> rows_ = 0;
  char* writable_ = nullptr;  // of the present block
  size_t capacity_ = 0;       // likewise
  size_t mapped_ = 0;         // likewise: bytes from its beginning on that are those of a file
  size_t stored_ = 0;
};

template <class T>
class GrowingColumn : public ColumnMemory {
 public:
  using Form = StoredForm<T>;

  GrowingColumn() : ColumnMemory(sizeof(typename Form::Narrow), sizeof(typename Form::Wide)) {}

  // The rows that are there now. Requires that the column outlives it.
  ColumnView<T> View() const {
    const size_t rows = size();  // first: a block that is seen after it has them
    const Block& present = block();
    return ColumnView<T>(present.bytes, rows, present.wide);
  }
  ColumnView<T> First(size_t rows) const { return View().First(rows); }
  T operator[](size_t row) const { return View()[row]; }
  bool empty() const { return size() == 0; }
  T back() const { return View().back(); }

  void Add(T value) {
    const size_t row = size();
    if (row < stored()) {
      differs_ = differs_ || ColumnView<T>(bytes(), row + 1, is_wide())[row] != value;
    } else {
      if constexpr (kHasTwoForms) {
        if (!is_wide() && !Form::FitsNarrow(value)) Widen();
      }
      Put(row, value);
    }
    SetSize(row + 1);
  }

  // Adds values of a column that has one form.
  void AddAll(std::basic_string_view<T> values) requires OfOneByte<T> {
    const size_t row = size();
    const size_t old = std::min(values.size(), stored() - std::min(stored(), row));
    differs_ = differs_ || (old > 0 && std::memcmp(bytes() + row, values.data(), old) != 0);
    if (values.size() > old) {
      std::memcpy(Room(row + values.size()) + row + old, values.data() + old, values.size() - old);
    }
    SetSize(row + values.size());
  }

 private:
  static constexpr bool kHasTwoForms = !std::is_same_v<typename Form::Narrow, typename Form::Wide>;

  void Put(size_t row, T value) {
    if (kHasTwoForms && !is_wide()) {
      reinterpret_cast<typename Form::Narrow*>(Room((row + 1) * sizeof(typename Form::Narrow)))[row] =
          static_cast<typename Form::Narrow>(Form::Put(value));
    } else {
      reinterpret_cast<typename Form::Wide*>(Room((row + 1) * sizeof(typename Form::Wide)))[row] = Form::Put(value);
    }
  }

  void Widen() {
    const ColumnView<T> narrow = View();
    auto block = MakeBlock(2 * std::max<size_t>(narrow.size(), 1) * sizeof(typename Form::Wide), true);
    auto* const wide = reinterpret_cast<typename Form::Wide*>(block->bytes);
    for (size_t row = 0; row < narrow.size(); row++) wide[row] = Form::Put(narrow[row]);
    Replace(std::move(block));
  }
};

// Texts, added one behind the other.
struct GrowingTextColumn {
  GrowingColumn<char> heap;
  GrowingColumn<uint64_t> ends;

  size_t size() const { return ends.size(); }
  TextColumn View() const {
    const ColumnView<uint64_t> now = ends.View();  // first: the heap that is seen after it has their texts
    return {heap.View(), now};
  }
  TextColumn First(size_t rows) const { return View().First(rows); }
  std::string_view operator[](size_t row) const { return View()[row]; }
  void Add(std::string_view text) {
    heap.AddAll(text);
    ends.Add(heap.size());
  }
};

}  // namespace duebook
