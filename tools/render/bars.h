// Amounts as bars, beside their names and as numbers: for terminals, and for pages.

#pragma once

#include <string>
#include <vector>

#include "projections/shared/report.h"

namespace duebook {

struct Bar {
  std::string name;
  Money amount;
};

// Bars as long as their amounts, the largest one as long as there is room; those below zero have none, as there is
// nothing to be measured against. `report` says how amounts are shown.
std::string BarsAsText(const std::vector<Bar>& bars, const Report& report);
// The same as SVG that prints in black and white; a screen reader gets names and numbers.
std::string BarsAsSvg(const std::vector<Bar>& bars, const Report& report);

}  // namespace duebook
