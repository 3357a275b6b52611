#include "ledger/values/names.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "ledger/values/check.h"

namespace duebook {

namespace {

constexpr size_t kFirstBlock = 1024;
constexpr size_t kLargestBlock = 256 << 10;
static_assert(kFirstBlock > Name::kMaxBytes);

}  // namespace

Name NameStore::Keep(std::string_view text) {
  CHECK(text.size() <= Name::kMaxBytes);
  if (text.empty()) return Name();
  if (left_ < text.size() + 1) {
    block_bytes_ = std::clamp(2 * block_bytes_, kFirstBlock, kLargestBlock);
    blocks_.emplace_back(new char[block_bytes_]);
    next_ = blocks_.back().get();
    left_ = block_bytes_;
  }
  const Name name(next_);
  *next_ = static_cast<char>(text.size());
  std::memcpy(next_ + 1, text.data(), text.size());
  next_ += text.size() + 1;
  left_ -= text.size() + 1;
  return name;
}

void NameStore::Adopt(NameStore&& other) {
  blocks_.insert(blocks_.end(), std::make_move_iterator(other.blocks_.begin()),
                 std::make_move_iterator(other.blocks_.end()));
  other = NameStore();
}

}  // namespace duebook
