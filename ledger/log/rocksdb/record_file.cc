#include "ledger/log/rocksdb/record_file.h"

#include <algorithm>
#include <bit>
#include <boost/crc.hpp>
#include <cstdint>

namespace duebook {

namespace {

constexpr size_t kBlock = 32768;
constexpr size_t kHeader = 7;
constexpr uint32_t kReflectedPolynomial = 0x82F63B78;  // of CRC-32C
enum : uint8_t { kWholeRecord = 1, kFirstPart = 2, kLastPart = 4 };

uint8_t ByteAt(std::string_view bytes, size_t place) { return static_cast<uint8_t>(bytes[place]); }

// A record as its header describes it.
struct Record {
  uint32_t masked;  // checksum of type and data, as it is stored
  size_t length;
  uint8_t type;
};

// Requires a whole header at `place`.
Record ReadHeader(std::string_view bytes, size_t place) {
  uint32_t masked = 0;
  for (size_t i = 4; i-- > 0;) masked = (masked << 8) | ByteAt(bytes, place + i);
  return {masked, ByteAt(bytes, place + 4) + (size_t{ByteAt(bytes, place + 5)} << 8), ByteAt(bytes, place + 6)};
}

uint32_t Unmask(uint32_t masked) { return std::rotl(masked - 0xa282ead8, 15); }

size_t EndOfBlock(std::string_view bytes, size_t place) {
  return std::min(bytes.size(), (place / kBlock + 1) * kBlock);
}

// Requires that so much data is there.
uint32_t ChecksumOf(std::string_view bytes, size_t place, size_t length) {
  boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
  crc.process_bytes(bytes.data() + place + kHeader - 1, length + 1);
  return crc.checksum();
}

bool Matches(std::string_view bytes, size_t place, const Record& record) {
  const bool fits = record.type >= kWholeRecord && record.type <= kLastPart &&
                    place + kHeader + record.length <= EndOfBlock(bytes, place);
  return fits && ChecksumOf(bytes, place, record.length) == Unmask(record.masked);
}

// Returns whether one flipped bit of type, data or checksum explains why the checksum does not match.
bool IsOneBitOff(uint32_t found, uint32_t masked, size_t length) {
  for (int bit = 0; bit < 32; bit++) {
    if (Unmask(masked ^ (uint32_t{1} << bit)) == found) return true;
  }
  const uint32_t difference = found ^ Unmask(masked);
  uint32_t of_bit = kReflectedPolynomial;  // what the last bit makes; then those before it
  for (size_t i = 0; i < 8 * (length + 1); i++) {
    if (of_bit == difference) return true;
    of_bit = (of_bit >> 1) ^ ((of_bit & 1) != 0 ? kReflectedPolynomial : 0);
  }
  return false;
}

// Returns whether the record at `place`, which does not match, would match with one bit flipped.
bool WasWhole(std::string_view bytes, size_t place) {
  const Record record = ReadHeader(bytes, place);
  for (int bit = 0; bit < 16; bit++) {
    Record other = record;
    other.length ^= size_t{1} << bit;
    if (Matches(bytes, place, other)) return true;
  }
  return place + kHeader + record.length <= EndOfBlock(bytes, place) &&
         IsOneBitOff(ChecksumOf(bytes, place, record.length), record.masked, record.length);
}

// Returns whether a record starts behind `place`: that one was written only after what is before it was safe.
bool AnotherStartsBehind(std::string_view bytes, size_t place) {
  for (place++; place + kHeader <= bytes.size(); place++) {
    const Record record = ReadHeader(bytes, place);
    const bool starts = record.type == kWholeRecord || record.type == kFirstPart;
    if (starts && record.length > 0 && Matches(bytes, place, record)) return true;
  }
  return false;
}

}  // namespace

RecordFileState CheckRecordFile(std::string_view bytes) {
  for (size_t place = 0; place < bytes.size();) {
    const size_t left = EndOfBlock(bytes, place) - place;
    if (left < kHeader) {  // filled up, if the block is at its end
      if (place + left == bytes.size() && bytes.size() % kBlock != 0) return RecordFileState::kTorn;
      place += left;
      continue;
    }
    const Record record = ReadHeader(bytes, place);
    if (Matches(bytes, place, record)) {
      place += kHeader + record.length;
      continue;
    }
    return WasWhole(bytes, place) || AnotherStartsBehind(bytes, place) ? RecordFileState::kDamaged
                                                                       : RecordFileState::kTorn;
  }
  return RecordFileState::kWhole;
}

}  // namespace duebook
