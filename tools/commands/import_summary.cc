#include "tools/commands/import_summary.h"

#include <fmt/core.h>

#include "projections/shared/report.h"
#include "tools/render/render.h"

namespace duebook {

namespace {

Report ReportOf(const EventSums& sums) {
  Report report;
  report.columns = {{"type"}, {"currency"}, {"events"}, {"amount"}};
  for (const auto& [key, row] : sums.rows()) {
    const auto& [type, currency] = key;
    Cell amount;
    if (row.amount.has_value()) amount = Money{*row.amount, row.currency};
    report.rows.push_back({InfoOf(type).name, currency, static_cast<int64_t>(row.events), amount});
  }
  return report;
}

}  // namespace

std::string Foretell(const EventSums& sums) {
  if (!sums.dates().has_value()) return "";
  const auto [first, last] = *sums.dates();
  return fmt::format("{}\nnew customers: {}; dated {} to {}\n\n", RenderRows(ReportOf(sums)), sums.customers_opened(),
                     first.ToString(), last.ToString());
}

std::string TextOfWarnings(const ImportCounts& counts, const std::string& file) {
  uint64_t all = 0;
  std::string kinds;
  for (const WarningCode code : kAllWarningCodes) {
    const uint64_t count = counts.warnings[static_cast<size_t>(code)];
    if (count == 0) continue;
    all += count;
    kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", count, CodeName(code));
  }
  if (all == 0) return "";
  return fmt::format("{} warning{}: {}; {}\n", all, all == 1 ? "" : "s", kinds,
                     file.empty() ? "--warnings FILE lists them" : fmt::format("{} lists them", file));
}

}  // namespace duebook
