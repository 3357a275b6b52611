// What is large and rare, kept apart so that it does not make every record as large.

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

}  // namespace duebook
