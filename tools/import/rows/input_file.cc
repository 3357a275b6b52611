#include "tools/import/rows/input_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

namespace duebook {

namespace {

constexpr size_t kSmallPiece = 4096;

Error Cannot(const std::string& name, int code) {
  return Error{code == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnavailable,
               fmt::format("cannot read {}: {}", name, std::generic_category().message(code)), ""};
}

}  // namespace

Result<InputFile> InputFile::Open(const std::string& path) {
  if (path == "-") return InputFile(STDIN_FILENO, "stdin", 0);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Cannot(path, errno);
  InputFile file(descriptor, path, 0);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return Cannot(path, errno);
  if (S_ISDIR(status.st_mode)) {
    return Error{ErrorCode::kUnavailable, fmt::format("{} is a folder", path), "name the files in it"};
  }
  if (S_ISREG(status.st_mode)) file.size_ = static_cast<size_t>(status.st_size);
  return file;
}

InputFile::InputFile(int descriptor, std::string name, size_t size)
    : descriptor_(descriptor), name_(std::move(name)), size_(size) {}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::move(other.name_)),
      size_(other.size_),
      read_(other.read_),
      start_(std::move(other.start_)),
      decoder_(std::move(other.decoder_)) {}

InputFile::~InputFile() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

Result<std::string_view> InputFile::Start() {
  std::string start;
  RETURN_IF_ERROR(ReadBytes(kSmallPiece, &start));
  start_ = std::move(start);
  return std::string_view(start_);
}

Status InputFile::DecodeFrom(const std::string& encoding) {
  RETURN_IF_ERROR(CheckEncoding(encoding));
  decoder_ = TextDecoder::Make(encoding);
  decoder_->Decode(std::exchange(start_, {}), &start_);
  return Status();
}

Result<size_t> InputFile::Read(size_t count, std::string* buffer) {
  if (!start_.empty()) {
    buffer->append(start_);
    return std::exchange(start_, {}).size();
  }
  if (decoder_ == nullptr) return ReadBytes(count, buffer);
  const size_t before = buffer->size();
  std::string bytes;
  while (buffer->size() == before) {
    bytes.clear();
    const auto got = ReadBytes(count, &bytes);
    RETURN_IF_ERROR(got);
    decoder_->Decode(bytes, buffer);
    if (*got > 0) continue;
    decoder_->Finish(buffer);
    break;
  }
  return buffer->size() - before;
}

Result<size_t> InputFile::ReadBytes(size_t count, std::string* buffer) {
  // A buffer is made no larger than a small file; what is added to it while it is read comes in small pieces.
  if (size_ > 0) count = std::min(count, std::max(size_ - std::min(size_, read_), kSmallPiece));
  const size_t before = buffer->size();
  buffer->resize(before + count);
  ssize_t got = 0;
  do {
    got = ::read(descriptor_, buffer->data() + before, count);
  } while (got < 0 && errno == EINTR);
  const int code = errno;
  buffer->resize(before + static_cast<size_t>(got > 0 ? got : 0));
  if (got < 0) return Cannot(name_, code);
  read_ += static_cast<size_t>(got);
  return static_cast<size_t>(got);
}

bool InputFile::IsReady() const {
  if (!start_.empty()) return true;
  pollfd waiting{descriptor_, POLLIN, 0};
  return ::poll(&waiting, 1, 0) != 0;
}

Result<std::string> ReadWhole(const std::string& path, size_t max_bytes) {
  auto file = InputFile::Open(path);
  RETURN_IF_ERROR(file);
  constexpr size_t kPiece = size_t{1} << 16;
  std::string text;
  while (true) {
    const auto read = file->Read(kPiece, &text);
    RETURN_IF_ERROR(read);
    if (*read == 0) return text;
    if (text.size() > max_bytes) {
      return Error{ErrorCode::kInvalidArgument, fmt::format("{} is longer than {} bytes", file->name(), max_bytes), ""};
    }
  }
}

}  // namespace duebook
