// Names kept for as long as a whole: numbers of documents and customers, each once, whoever refers to it.

#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace duebook {

// A text in a NameStore, valid as long as the store is, or the one that adopted it. Copying is copying a pointer.
class Name {
 public:
  static constexpr size_t kMaxBytes = 255;

  Name() = default;
  std::string_view text() const {
    return at_ == nullptr ? std::string_view() : std::string_view(at_ + 1, static_cast<uint8_t>(*at_));
  }
  operator std::string_view() const { return text(); }  // NOLINT(google-explicit-constructor)
  bool empty() const { return text().empty(); }
  // Asks for the memory where the text is.
  void Prefetch() const { __builtin_prefetch(at_); }
  // By where the text is: for bytes that are read again while the store is there (byte_codec.h).
  template <class Archive>
  void Describe(Archive& archive) {
    auto at = reinterpret_cast<uintptr_t>(at_);
    archive(at);
    at_ = reinterpret_cast<const char*>(at);
  }

 private:
  friend class NameStore;
  explicit Name(const char* at) : at_(at) {}

  const char* at_ = nullptr;  // a byte that says how long it is, and the text
};

class NameStore {
 public:
  // At most Name::kMaxBytes.
  Name Keep(std::string_view text);
  // Takes over the names of the other, which is left empty.
  void Adopt(NameStore&& other);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t block_bytes_ = 0;  // of the newest
  char* next_ = nullptr;
  size_t left_ = 0;
};

}  // namespace duebook
