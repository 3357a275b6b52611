// Answers about a cut: the same forever, by one build of the program, so that whoever kept one need not get it again.

#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "tools/server/call.h"

namespace duebook {

struct PinnedQuestion {
  uint64_t known = 0;   // up to which event the answer knows
  std::string address;  // by which the same is asked for at any later time
  std::string besides;  // what the answer follows from that the address does not say
};

// Returns what `make` makes, or 304 without it if the request has it already; and in the head what it is an answer to.
HttpResponse AnswerPinned(const Call& call, const ServedLedger& served, const PinnedQuestion& question,
                          const std::function<Result<HttpResponse>()>& make);

}  // namespace duebook
