// Who is signed in. Somebody signs in by a code that the server prints for whoever started it, and that works once.
// What a browser keeps is a random token; here it is only known by its hash. Nothing of this is on disk: with the
// server all sessions end. Used from one thread.

#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tools/server/limits.h"
#include "tools/server/rate.h"

namespace duebook {

struct SignedIn {
  std::string user;
  std::string csrf;  // told to the page that signed in, which says it with whatever is not just a question
  Rate requests;
  Rate::Clock::time_point began, last_used;
};

class SignIns {
 public:
  using Clock = std::function<Rate::Clock::time_point()>;

  // Whoever signs in is `user`.
  SignIns(std::string user, const ServerLimits& limits, Clock clock);

  // Makes the code that works from now on, in place of an earlier one that nobody used: "7KQM-2XHP".
  std::string NewCode();

  // Returns the token of a new session if the code is right, which then works no more.
  std::optional<std::string> SignIn(std::string_view code);
  // Counts a try of this address. Returns whether it may try a code once more.
  bool MayTry(const std::string& address);

  // The session of this token, which it keeps from ending for being idle; null if there is none, or no more. Valid
  // until the next call.
  SignedIn* Find(std::string_view token);
  void SignOut(std::string_view token);

  Rate::Clock::time_point now() const { return clock_(); }

 private:
  void DropOver();

  const std::string user_;
  const ServerLimits& limits_;
  const Clock clock_;
  std::string code_;                          // "" if none works
  std::map<std::string, SignedIn> sessions_;  // by the hash of the token
  std::map<std::string, Rate> tries_;         // by address
};

}  // namespace duebook
