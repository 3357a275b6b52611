// The files that RocksDB writes record by record: write-ahead logs and MANIFEST.
//
// A record is written in blocks of 32 KB: checksum (4 bytes, masked CRC-32C of type and data), length (2,
// little-endian), type (1: whole, 2: its first part, 3: a middle one, 4: the last), data. The checksum does not cover
// the length. A length that points beyond the end of the file is to RocksDB a write that was cut off, and it silently
// goes on without the rest: one bit flipped there, and everything that was acknowledged from that record on would be
// gone.

#pragma once

#include <string_view>

namespace duebook {

enum class RecordFileState {
  kWhole,
  kTorn,     // ends in a record that was not written as a whole, as a crash leaves it
  kDamaged,  // holds a record that was written as a whole and is not what it was: one bit was flipped, or others follow
};

RecordFileState CheckRecordFile(std::string_view bytes);

}  // namespace duebook
