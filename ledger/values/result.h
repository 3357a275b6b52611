// Values that may be missing for a reason. Functions that can fail return Result<T>; exceptions are for programming
// errors only and never leave a library.

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/values/check.h"

namespace duebook {

// Why an operation on files or on the store could not be done. (What a *rule* refuses is a Rejection, see rejection.h.)
enum class ErrorCode {
  kInvalidArgument,  // the caller asked for something that cannot be: a cut after the end, a bad map file
  kNotFound,         // no ledger, no such file, customer or document
  kAlreadyExists,    // a folder that is not empty
  kLocked,           // another process writes to this ledger
  kDamaged,          // bytes that are not what was written
  kNewerFormat,      // written by a later version of the program
  kUnavailable,      // input or output failed: disk full, permission, a failed sync
  kClockBehind,      // the clock is behind what was recorded last
};

struct Error {
  ErrorCode code;
  std::string sentence;  // what is wrong, with file and place, without a final stop
  std::string hint;      // what to do about it; may be empty
  // What else was found wrong, where a text is looked at to its end; each has a sentence and a hint alone.
  std::vector<Error> others = {};

  // "sentence; hint"
  std::string ToString() const { return hint.empty() ? sentence : sentence + "; " + hint; }
};

// A value or an Error. Asking for the value of a failed result is a programming error and aborts.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() {
    CHECK(ok());
    return std::get<0>(state_);
  }
  const T& value() const {
    CHECK(ok());
    return std::get<0>(state_);
  }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const {
    CHECK(!ok());
    return std::get<1>(state_);
  }

 private:
  std::variant<T, Error> state_;
};

// Success, or an Error.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    CHECK(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace duebook

// Leaves the function with the error of `expression` (a Status or Result), if it has one.
#define RETURN_IF_ERROR(expression)                     \
  do {                                                  \
    if (auto&& status_ = (expression); !status_.ok()) { \
      return status_.error();                           \
    }                                                   \
  } while (false)
