// How often somebody may do something: so many times in a minute.

#pragma once

#include <chrono>

namespace duebook {

class Rate {
 public:
  using Clock = std::chrono::steady_clock;

  // Counts one more at this moment. Returns whether it is within `most` of the minute that began with the first one.
  bool Allows(int most, Clock::time_point now) {
    if (count_ == 0 || now - began_ >= std::chrono::minutes(1)) {
      began_ = now;
      count_ = 0;
    }
    return ++count_ <= most;
  }
  // Until the minute is over, rounded up.
  std::chrono::seconds RetryAfter(Clock::time_point now) const {
    return std::chrono::ceil<std::chrono::seconds>(std::chrono::minutes(1) - (now - began_));
  }
  bool IsOver(Clock::time_point now) const { return now - began_ >= std::chrono::minutes(1); }

 private:
  Clock::time_point began_;
  int count_ = 0;
};

}  // namespace duebook
