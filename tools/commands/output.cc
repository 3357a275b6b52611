#include "tools/commands/output.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "ledger/values/file_error.h"
#include "tools/commands/session.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

}  // namespace

void HoldStandardStreams() {
  // Opened the wrong way round, so that using one is an error as it would be on a closed one.
  for (const auto& [stream, flags] :
       {std::pair(STDIN_FILENO, O_WRONLY), std::pair(STDOUT_FILENO, O_RDONLY), std::pair(STDERR_FILENO, O_RDONLY)}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    const int opened = ::open("/dev/null", flags);
    CHECK(opened == stream);
  }
}

void Tell(std::string_view message) {
  const std::string shown = ShownLines(message);
  std::fwrite(shown.data(), 1, shown.size(), stderr);
}

ResultFile::ResultFile(ResultFile&& other) noexcept
    : name_(std::move(other.name_)),
      file_(std::exchange(other.file_, nullptr)),
      temporary_(std::move(other.temporary_)),
      target_(std::move(other.target_)),
      reader_went_away_(other.reader_went_away_) {}

ResultFile::~ResultFile() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
  if (file_ != nullptr && !temporary_.empty()) ::unlink(temporary_.c_str());
}

Error ResultFile::Failed(int code) {
  reader_went_away_ = code == EPIPE && file_ == stdout;
  return FileError("write", name_, {code, std::generic_category()});
}

Result<ResultFile> ResultFile::Open(const std::string& path) {
  if (path.empty()) return ResultFile("standard output", stdout);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  const bool dangling = !fs::exists(status) && fs::is_symlink(fs::symlink_status(path, error));
  ResultFile result(path, nullptr);
  if (dangling || (fs::exists(status) && !fs::is_regular_file(status))) {
    result.file_ = std::fopen(path.c_str(), "wb");
  } else {
    const fs::path target = fs::exists(status) ? fs::canonical(path, error) : fs::path(path);
    result.target_ = target.string();
    result.temporary_ = fmt::format("{}.{}.new", result.target_, ::getpid());
    result.file_ = std::fopen(result.temporary_.c_str(), "wbx");
    if (result.file_ != nullptr && fs::exists(status)) fs::permissions(result.temporary_, status.permissions(), error);
  }
  if (result.file_ == nullptr) return FileError("write", path);
  return result;
}

Status ResultFile::Write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_) == text.size()) return Status();
  return Failed(errno);
}

Status ResultFile::Flush() { return std::fflush(file_) == 0 ? Status() : Failed(errno); }

Status ResultFile::Finish() {
  RETURN_IF_ERROR(Flush());
  if (file_ == stdout) return Status();
  std::FILE* const file = std::exchange(file_, nullptr);
  const bool closed = std::fclose(file) == 0;
  if (closed && (temporary_.empty() || std::rename(temporary_.c_str(), target_.c_str()) == 0)) return Status();
  const int code = errno;
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  return Failed(code);
}

int LostResult(const ResultFile& file, const Error& error) {
  return file.reader_went_away() ? kRefused : Complain(error, kRefused);
}

int WriteResult(std::string_view text, const std::string& output_file) {
  auto file = ResultFile::Open(output_file);
  return file.ok() ? WriteResult(text, *file) : Complain(file.error(), kRefused);
}

int WriteResult(std::string_view text, ResultFile& file) {
  Status status = file.Write(text);
  if (status.ok()) status = file.Finish();
  return status.ok() ? kDone : LostResult(file, status.error());
}

int WriteSentences(std::string_view text, const std::string& output_file) {
  return WriteResult(ShownLines(text), output_file);
}

}  // namespace duebook
