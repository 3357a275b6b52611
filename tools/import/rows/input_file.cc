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

#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

constexpr size_t kSmallPiece = 4096;

Error Cannot(const std::string& name, int code) {
  return Error{code == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnavailable,
               fmt::format("cannot read {}: {}", name, std::generic_category().message(code)), ""};
}

}  // namespace

Result<InputFile> InputFile::Open(const std::string& path) {
  if (path == "-") return InputFile(OpenFile(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)), "stdin");
  OpenFile opened(path, O_RDONLY);
  if (!opened.is_open()) return Cannot(path, errno);
  InputFile file(std::move(opened), path);
  struct stat status {};
  if (::fstat(file.file_.descriptor(), &status) != 0) return Cannot(path, errno);
  if (S_ISDIR(status.st_mode)) {
    return Error{ErrorCode::kUnavailable, fmt::format("{} is a folder", path), "name the files in it"};
  }
  if (S_ISREG(status.st_mode)) file.size_ = static_cast<size_t>(status.st_size);
  return file;
}

Status InputFile::ReadStart() {
  const auto may_go_on = [this] {
    const std::string_view start = start_;
    return start.size() < kMostMarkBytes ||
           (start.starts_with(kXmlMark.substr(0, start.size())) && start.size() < kMostDeclarationBytes &&
            start.find("?>") == std::string_view::npos);
  };
  while (may_go_on()) {
    const auto got = ReadBytes(kSmallPiece, &start_);
    RETURN_IF_ERROR(got);
    if (*got == 0) break;
  }
  return Status();
}

Result<std::string> InputFile::DeclaredEncoding() const {
  const std::string declared = EncodingByDeclaration(start_).value_or("");
  if (declared.empty() || IsUtf8(declared)) return declared;
  const std::string sentence = fmt::format("{}:1: the XML says that it is encoded in {}", name_, Quoted(declared));
  constexpr const char* kSay = "say with --encoding how it is encoded, such as utf-8 or latin1";
  // The declaration was read without that, so that letters are single bytes.
  const auto decoder = TextDecoder::Make(declared);
  if (!decoder.ok()) return Error{ErrorCode::kInvalidArgument, sentence + ", which is none that is known", kSay};
  std::string text;
  (*decoder)->Decode(start_.substr(0, kXmlMark.size()), &text);
  if (text != kXmlMark) return Error{ErrorCode::kInvalidArgument, sentence + ", which it is not", kSay};
  return declared;
}

Status InputFile::StartText(const std::string& encoding) {
  RETURN_IF_ERROR(ReadStart());
  if (start_.starts_with(kZipMark)) return Status();
  std::string name(EncodingByMark(start_).value_or(encoding));
  if (name.empty()) {
    auto declared = DeclaredEncoding();
    RETURN_IF_ERROR(declared);
    name = std::move(*declared);
  }
  if (!name.empty() && !IsUtf8(name)) {
    auto decoder = TextDecoder::Make(name);
    RETURN_IF_ERROR(decoder);
    decoder_ = std::move(*decoder);
    const std::string bytes = std::exchange(start_, {});
    decoder_->Decode(bytes, &start_);
  }
  has_mark_ = start_.starts_with(kUtf8Mark);
  if (has_mark_) start_.erase(0, kUtf8Mark.size());
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
    got = ::read(file_.descriptor(), buffer->data() + before, count);
  } while (got < 0 && errno == EINTR);
  const int code = errno;
  buffer->resize(before + static_cast<size_t>(got > 0 ? got : 0));
  if (got < 0) return Cannot(name_, code);
  read_ += static_cast<size_t>(got);
  return static_cast<size_t>(got);
}

bool InputFile::IsReady() const {
  if (!start_.empty()) return true;
  pollfd waiting{file_.descriptor(), POLLIN, 0};
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
