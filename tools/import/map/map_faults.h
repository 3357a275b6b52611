// What is wrong with a map, or with the header that it is held against, all of it.

#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/result.h"

namespace duebook {

class MapFaults {
 public:
  // How many faults are told one by one; more are counted.
  static constexpr size_t kMost = 20;

  // `map`: the map's name, with which each fault begins.
  explicit MapFaults(std::string map) : map_(std::move(map)) {}

  bool empty() const { return faults_.empty(); }
  // Keeps a fault, unless it is known.
  void Add(int line, std::string_view sentence, std::string_view hint = {});
  // Says what helps against many of the faults, which is told once, behind all of them.
  void SetLastHint(std::string_view hint);
  // All faults as one error, in order of their lines: the first kMost of them, and how many more there are. There must
  // be one.
  Error Take();

 private:
  struct Fault {
    int line;
    Error error;
  };

  const std::string map_;
  std::vector<Fault> faults_;
  std::set<std::string, std::less<>> known_;  // their sentences
  std::string last_hint_;
};

}  // namespace duebook
