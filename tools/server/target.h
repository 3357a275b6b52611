// What a request asks for, out of the first line of its head.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/values/result.h"

namespace duebook {

struct Target {
  std::string path;                                             // decoded: "/api/v1/reports/aging"
  std::vector<std::pair<std::string, std::string>> parameters;  // decoded, in their order

  // The value of a parameter that may be given once; nothing if it is not there. kInvalidArgument: it is there twice,
  // or empty.
  Result<std::optional<std::string>> One(std::string_view name) const;
  // The same of a number. kInvalidArgument also: it is none.
  Result<std::optional<uint64_t>> Number(std::string_view name) const;
  // All values of a parameter that may be given several times.
  std::vector<std::string> All(std::string_view name) const;
};

// kInvalidArgument: it does not begin with a slash, a percent sign stands before no byte, or what comes out is not
// UTF-8 or has control characters.
Result<Target> ReadTarget(std::string_view target);

// A text as part of an address: what is not a letter of ASCII, a digit or one of - . _ ~ : , as %XX.
std::string EncodedForTarget(std::string_view text);

}  // namespace duebook
