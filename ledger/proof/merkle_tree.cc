#include "ledger/proof/merkle_tree.h"

#include <bit>
#include <cstring>
#include <utility>

#include "ledger/values/check.h"

namespace duebook {

MerkleFrontier::MerkleFrontier(uint64_t size, std::vector<Hash> subtrees)
    : size_(size), subtrees_(std::move(subtrees)) {
  CHECK(static_cast<size_t>(std::popcount(size_)) == subtrees_.size());
}

Hash MerkleFrontier::Root() const {
  if (subtrees_.empty()) return Sha256({});
  Hash root = subtrees_.back();
  for (size_t i = subtrees_.size() - 1; i > 0; i--) root = NodeHash(subtrees_[i - 1], root);
  return root;
}

std::string MerkleFrontier::Encode() const {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(size_ >> shift);
  for (const Hash& subtree : subtrees_) bytes.append(reinterpret_cast<const char*>(subtree.data()), subtree.size());
  return bytes;
}

std::optional<MerkleFrontier> MerkleFrontier::Decode(std::string_view bytes) {
  if (bytes.size() < 8) return std::nullopt;
  MerkleFrontier frontier;
  for (size_t i = 0; i < 8; i++) frontier.size_ = frontier.size_ << 8 | static_cast<uint8_t>(bytes[i]);
  bytes.remove_prefix(8);
  const auto count = static_cast<size_t>(std::popcount(frontier.size_));
  if (bytes.size() != count * sizeof(Hash)) return std::nullopt;
  frontier.subtrees_.resize(count);
  for (size_t i = 0; i < count; i++) {
    std::memcpy(frontier.subtrees_[i].data(), bytes.data() + i * sizeof(Hash), sizeof(Hash));
  }
  return frontier;
}

}  // namespace duebook
