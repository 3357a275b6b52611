#include "tools/server/build_name.h"

#include <fmt/core.h>

#include "ledger/values/hash.h"
#include "tools/import/rows/input_file.h"

namespace duebook {

std::string BuildName() {
  constexpr size_t kMostBytes = size_t{1} << 30;
  constexpr size_t kDigits = 12;
  const auto program = ReadWhole("/proc/self/exe", kMostBytes);
  if (!program.ok()) return DUEBOOK_VERSION;
  return fmt::format("{}-{}", DUEBOOK_VERSION, ToHex(Sha256(*program)).substr(0, kDigits));
}

}  // namespace duebook
