#include "projections/shared/letter.h"

#include "ledger/values/split.h"
#include "ledger/values/trimmed.h"

namespace duebook {

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string_view part : SplitAt(text, '\n')) {
    const std::string_view line = Trimmed(part, " \r");
    if (!line.empty()) lines.emplace_back(line);
  }
  return lines;
}

}  // namespace duebook
