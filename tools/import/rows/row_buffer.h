// The part of a text that rows are being cut out of: what was read of it, and not yet dropped.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/values/result.h"
#include "tools/import/rows/input_file.h"

namespace duebook {

class RowBuffer {
 public:
  // `input` is text: StartText was called.
  explicit RowBuffer(InputFile input) : input_(std::move(input)) {}

  // Good until the next call of a member that is not const.
  std::string_view text() const { return std::string_view(buffer_).substr(start_); }
  // Drops so many bytes of the text, or all there are.
  void Drop(size_t count) { start_ = std::min(start_ + count, buffer_.size()); }
  // Forgets what is behind so many bytes of the text.
  void CutAfter(size_t count) { buffer_.resize(std::min(start_ + count, buffer_.size())); }

  // Reads more behind the text there is, waiting for it. False at the end.
  Result<bool> Fill() {
    constexpr size_t kReadBytes = size_t{1} << 18;
    buffer_.erase(0, std::exchange(start_, 0));
    const auto count = input_.Read(kReadBytes, &buffer_);
    RETURN_IF_ERROR(count);
    at_end_ = *count == 0;
    return !at_end_;
  }
  // Returns whether the input has nothing more.
  bool at_end() const { return at_end_; }
  // Returns whether a row, which such a byte ends, is most likely there without waiting for input.
  bool IsReady(char ends_a_row) const {
    return at_end_ || text().find(ends_a_row) != std::string_view::npos || input_.IsReady();
  }

  const InputFile& input() const { return input_; }

 private:
  InputFile input_;
  std::string buffer_;
  size_t start_ = 0;  // of the text in buffer_
  bool at_end_ = false;
};

}  // namespace duebook
