#include "ledger/books/record_shelf.h"

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <cstring>

#include "ledger/values/files.h"

namespace duebook {

namespace {

constexpr size_t kStep = 8;
constexpr size_t kHeadBytes = 5;
constexpr size_t kWriteBytes = size_t{64} << 10;
constexpr uint64_t kMostPlaces = uint64_t{1} << 31;

uint32_t HashOf(std::string_view bytes) { return static_cast<uint32_t>(XXH3_64bits(bytes.data(), bytes.size())); }

Error NotAsPutThere() {
  return {ErrorCode::kUnavailable, "what the books put away cannot be read again",
          "what was recorded is not touched by that; open the ledger again, and look whether the disk is at fault"};
}

}  // namespace

std::unique_ptr<RecordShelf> RecordShelf::Make(const std::filesystem::path& folder) {
  OpenFile file(folder, O_TMPFILE | O_EXCL | O_RDWR, kReadableByOwner);
  return file.is_open() ? std::unique_ptr<RecordShelf>(new RecordShelf(std::move(file))) : nullptr;
}

std::optional<uint32_t> RecordShelf::Put(std::string_view bytes) {
  const uint64_t place = (written_ + behind_.size()) / kStep;
  if (full_ || bytes.size() > kMostBytes || place >= kMostPlaces) return std::nullopt;
  behind_ += static_cast<char>(bytes.size());
  const uint32_t hash = HashOf(bytes);
  behind_.append(reinterpret_cast<const char*>(&hash), sizeof(hash));
  behind_ += bytes;
  behind_.resize((behind_.size() + kStep - 1) / kStep * kStep);
  if (behind_.size() >= kWriteBytes) Write();
  return static_cast<uint32_t>(place);
}

// Writes what is gathered. What cannot be written stays in memory, and nothing more is taken.
void RecordShelf::Write() {
  full_ = !WriteAllAt(file_.descriptor(), behind_, written_);
  if (full_) return;
  written_ += behind_.size();
  behind_.clear();
}

Result<std::string_view> RecordShelf::Read(uint32_t place) {
  const uint64_t offset = uint64_t{place} * kStep;
  std::string_view bytes;
  if (offset >= written_) {
    bytes = std::string_view(behind_).substr(offset - written_);
  } else {
    read_.resize(kHeadBytes + kMostBytes);
    bytes =
        std::string_view(read_).substr(0, ReadUpTo(file_.descriptor(), offset, read_.size(), read_.data()).value_or(0));
  }
  if (bytes.size() < kHeadBytes) return NotAsPutThere();
  const size_t length = static_cast<uint8_t>(bytes.front());
  uint32_t hash = 0;
  std::memcpy(&hash, bytes.data() + 1, sizeof(hash));
  bytes = bytes.substr(kHeadBytes, length);
  if (bytes.size() != length || HashOf(bytes) != hash) return NotAsPutThere();
  return bytes;
}

}  // namespace duebook
