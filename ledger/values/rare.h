// What most records do not have, at the cost of a pointer.

#pragma once

#include <memory>
#include <utility>

namespace duebook {

// A value that is copied as one and that most records do not have: as long as nobody changes it, it is an empty one and
// takes no more than a pointer.
template <class T>
class Rare {
 public:
  Rare() = default;
  Rare(const Rare& other) : value_(other.value_ == nullptr ? nullptr : std::make_unique<T>(*other.value_)) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(Rare other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  ~Rare() = default;
  const T& operator*() const { return value_ == nullptr ? kEmpty : *value_; }
  const T* operator->() const { return &**this; }
  T& Mutable() {
    if (value_ == nullptr) value_ = std::make_unique<T>();
    return *value_;
  }

 private:
  static inline const T kEmpty{};

  std::unique_ptr<T> value_;
};

}  // namespace duebook
