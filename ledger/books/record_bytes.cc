#include "ledger/books/record_bytes.h"

#include <cstdint>
#include <utility>
#include <variant>

#include "ledger/values/byte_codec.h"
#include "ledger/values/check.h"

namespace duebook {

namespace {

constexpr size_t kMostApplications = 4;
constexpr size_t kMostInvoices = 4;

template <class T>
bool IsShort(const T& /*record*/) {
  return true;
}
bool IsShort(const Shipment& shipment) { return shipment.kept.is_short() && shipment.invoices.size() <= kMostInvoices; }
bool IsShort(const Guarantee& guarantee) { return guarantee.left.is_short(); }
bool IsShort(const Invoice& invoice) { return invoice.open.is_short() && invoice.settled.is_short(); }
bool IsShort(const Funding& funding) {
  return funding.unapplied.is_short() && funding.applications.size() <= kMostApplications &&
         funding.differences->empty() && !funding.has_bill();
}

template <class T>
constexpr bool kHasBytes = !std::is_same_v<T, Apart<Customer>> && !std::is_same_v<T, Apart<Control>> &&
                           !std::is_same_v<T, Apart<WriteOff>> && !std::is_same_v<T, Schedules>;

// The record of the variant's alternative `index`, which is one that has bytes.
template <size_t kIndex = 0>
BooksRecord ReadAlternative(size_t index, ByteReader* reader) {
  if constexpr (kIndex == std::variant_size_v<BooksRecord>) {
    CHECK(false);
  } else {
    using T = std::variant_alternative_t<kIndex, BooksRecord>;
    if constexpr (kHasBytes<T>) {
      if (index == kIndex) {
        T record;
        (*reader)(record);
        return record;
      }
    }
    return ReadAlternative<kIndex + 1>(index, reader);
  }
}

}  // namespace

std::optional<std::string> BytesOf(Name number, char kind, const BooksRecord& record) {
  return std::visit(
      [&](const auto& alternative) -> std::optional<std::string> {
        if constexpr (kHasBytes<std::decay_t<decltype(alternative)>>) {
          if (!IsShort(alternative)) return std::nullopt;
          ByteWriter writer;
          writer(number, static_cast<uint8_t>(kind), static_cast<uint8_t>(record.index()), alternative);
          return writer.Take();
        } else {
          return std::nullopt;
        }
      },
      record);
}

NumberedRecord RecordFrom(std::string_view bytes) {
  ByteReader reader(bytes);
  NumberedRecord numbered;
  uint8_t kind = 0;
  uint8_t index = 0;
  reader(numbered.number, kind, index);
  numbered.kind = static_cast<char>(kind);
  numbered.record = ReadAlternative(index, &reader);
  CHECK(reader.ok() && reader.at_end());
  return numbered;
}

}  // namespace duebook
