// What is large and what is rare, kept apart so that it does not make every record as large.

#pragma once

#include <memory>
#include <utility>

namespace duebook {

// A value that is copied as one, somewhere else in memory.
template <class T>
class Apart {
 public:
  explicit Apart(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Apart(const Apart& other) : Apart(T(*other.value_)) {}
  Apart(Apart&&) noexcept = default;
  Apart& operator=(Apart other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  ~Apart() = default;
  T& value() { return *value_; }
  const T& value() const { return *value_; }

 private:
  std::unique_ptr<T> value_;
};

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
