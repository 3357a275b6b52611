// Records of the books that were not asked for lately, put away in a file: so the memory that books take is bounded,
// however many documents there are.
//
// The file has no name and is gone with the process. It holds nothing that does not follow from the log, and is never
// synced. A record lies in it as
//   one byte: how many bytes it has
//   four bytes: of their XXH3
//   the bytes, as in byte_codec.h; names by where they are in memory
// and begins at a multiple of eight bytes. Nothing is written in the place of what was taken out again: a session that
// takes out and puts away again writes anew.
//
// Not thread-safe.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/values/open_file.h"
#include "ledger/values/result.h"

namespace duebook {

class RecordShelf {
 public:
  static constexpr size_t kMostBytes = 255;  // of a record

  // In this folder. Null if there can be none: on a disk that cannot be written, or has no files without a name.
  static std::unique_ptr<RecordShelf> Make(const std::filesystem::path& folder);
  RecordShelf(const RecordShelf&) = delete;
  RecordShelf& operator=(const RecordShelf&) = delete;

  // Where it lies from now on, less than 2^31; nothing if it is too large, or there is no more room.
  std::optional<uint32_t> Put(std::string_view bytes);
  // The bytes put there. Valid until the next call. kUnavailable, also if they are not what was put there.
  Result<std::string_view> Read(uint32_t place);

 private:
  explicit RecordShelf(OpenFile file) : file_(std::move(file)) {}
  void Write();

  const OpenFile file_;
  uint64_t written_ = 0;  // bytes in the file
  std::string behind_;    // what comes behind them
  std::string read_;
  bool full_ = false;
};

}  // namespace duebook
