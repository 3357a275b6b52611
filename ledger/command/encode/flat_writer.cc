#include "ledger/command/encode/flat_writer.h"

#include <algorithm>
#include <numeric>

#include "ledger/values/check.h"

namespace duebook {
namespace {

// A vtable is its own size, the table's size, and for each field where it stands in the table, 0 if it is absent.
constexpr size_t kVtableHead = 2 * sizeof(uint16_t);
// A table begins with its distance from its vtable.
constexpr size_t kTableHead = sizeof(int32_t);

void SetEntry(std::string* vtable, size_t offset, size_t value) {
  CHECK(value <= UINT16_MAX);
  flatbuffers::WriteScalar(&(*vtable)[offset], static_cast<uint16_t>(value));
}

}  // namespace

// Widest first: as the table's head ends at a multiple of 8, no bytes are lost between fields.
TableShape::TableShape(std::span<const TableField> fields) : places_(fields.size()) {
  std::vector<size_t> order(fields.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return fields[a].alignment > fields[b].alignment; });
  vtable_.resize(kVtableHead);
  size_t end = kTableHead;
  for (const size_t i : order) {
    const TableField& field = fields[i];
    places_[i] = static_cast<uint16_t>(end);
    vtable_.resize(std::max<size_t>(vtable_.size(), field.vtable_offset + sizeof(uint16_t)));
    SetEntry(&vtable_, field.vtable_offset, end);
    end += field.size;
  }
  SetEntry(&vtable_, 0, vtable_.size());
  SetEntry(&vtable_, sizeof(uint16_t), end);
  size_ = static_cast<uint16_t>((end + 3) / 4 * 4);
}

uint32_t FlatWriter::AddVector(size_t count, size_t item_size) {
  if (item_size == 8) AddZeros((-size_ + 4) % 8);
  const uint32_t location = size();
  AddZeros(sizeof(uint32_t) + count * item_size);
  Set(location, static_cast<uint32_t>(count));
  return location;
}

uint32_t FlatWriter::AddVtable(const TableShape& shape) {
  const uint32_t location = size();
  shape.vtable().copy(Extend(shape.vtable().size()), shape.vtable().size());
  return location;
}

uint32_t FlatWriter::AddTable(const TableShape& shape, uint32_t vtable) {
  AddZeros((-size_ + 4) % 8);
  const uint32_t location = size();
  AddZeros(shape.size());
  Set(location, static_cast<int32_t>(location - vtable));
  return location;
}

}  // namespace duebook
