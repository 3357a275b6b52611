// What lines were refused for naming, and what comes only behind them in the same import.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/command/rejection.h"
#include "ledger/event/event.h"
#include "ledger/values/result.h"

namespace duebook {

// "a.csv:7 names customer C-9, which is dated 2011-04-12 and comes from a.csv:15".
struct LateReference {
  std::string line;   // "a.csv:7"
  std::string thing;  // "customer C-9"
  Date date;          // of the event that introduces it
  std::string source;
};

class LateReferences {
 public:
  // Notes a line that was refused; of each thing that is missing the first one. Of the many, the first are kept.
  void Note(const std::string& file, uint64_t line, const Rejection& rejection);

  using Ask = std::function<Result<std::optional<uint64_t>>(const Rejection&)>;
  using Visit = std::function<Status(uint64_t seq, const std::function<void(EventView)>&)>;
  // Those of them that are there in the end. `ask` gives the event that has introduced what is missing since.
  Result<std::vector<LateReference>> Find(const Ask& ask, const Visit& visit) const;

 private:
  struct Noted {
    std::string line;
    Rejection rejection;
  };
  std::vector<Noted> noted_;
  std::set<std::pair<std::string, std::string>> known_;  // kind and number
};

}  // namespace duebook
