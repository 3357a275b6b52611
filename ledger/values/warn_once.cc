#include "ledger/values/warn_once.h"

#include <spdlog/spdlog.h>

#include <mutex>
#include <set>

namespace duebook {

void WarnOnce(const std::string& key, std::string_view warning) {
  static std::mutex mutex;
  static std::set<std::string> warned;
  const std::lock_guard lock(mutex);
  if (warned.insert(key).second) spdlog::warn("{}", warning);
}

}  // namespace duebook
