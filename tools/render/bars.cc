#include "tools/render/bars.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/text.h"
#include "tools/render/html_page.h"
#include "tools/render/vocabulary.h"

namespace duebook {

namespace {

// Returns the length of a bar, out of so many units for the largest amount. Any amount above zero is seen.
int LengthOf(const Bar& bar, const std::vector<Bar>& bars, int units) {
  Sum largest = 0;
  for (const Bar& other : bars) largest = std::max(largest, other.amount.amount);
  if (bar.amount.amount <= 0) return 0;
  // Amounts have up to 128 bits, which a product would not fit.
  Sum amount = bar.amount.amount;
  for (; largest > INT64_MAX; largest /= 2) amount /= 2;
  return std::max(1, static_cast<int>(amount * units / largest));
}

std::string Padded(const std::string& text, size_t width, bool right) {
  const std::string padding(width - std::min(width, DisplayWidth(text)), ' ');
  return right ? padding + text : text + padding;
}

}  // namespace

std::string BarsAsText(const std::vector<Bar>& bars, const Report& report) {
  constexpr int kUnits = 40;
  size_t names = 0;
  size_t amounts = 0;
  for (const Bar& bar : bars) {
    names = std::max(names, DisplayWidth(bar.name));
    amounts = std::max(amounts, DisplayWidth(ShownCell(bar.amount, report)));
  }
  std::string text;
  for (const Bar& bar : bars) {
    std::string line =
        Padded(bar.name, names, false) + "  " + Padded(ShownCell(bar.amount, report), amounts, true) + "  ";
    for (int i = LengthOf(bar, bars, kUnits); i > 0; i--) line += "█";
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string BarsAsSvg(const std::vector<Bar>& bars, const Report& report) {
  constexpr int kUnits = 360;
  constexpr int kLeft = 110;
  constexpr int kRow = 20;
  constexpr int kBarHeight = 13;
  const size_t height = bars.size() * kRow;
  std::string svg = fmt::format("<svg role=\"img\" width=\"640\" height=\"{0}\" viewBox=\"0 0 640 {0}\">\n", height);
  for (size_t i = 0; i < bars.size(); i++) {
    const int length = LengthOf(bars[i], bars, kUnits);
    const size_t top = i * kRow + 3;
    const size_t base = i * kRow + 14;
    svg +=
        fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", kLeft - 8, base, HtmlText(bars[i].name));
    svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#555\"/>", kLeft, top, length,
                       kBarHeight);
    svg += fmt::format("<text x=\"{}\" y=\"{}\">{}</text>\n", kLeft + length + 6, base,
                       HtmlText(ShownCell(bars[i].amount, report)));
  }
  return svg + "</svg>\n";
}

}  // namespace duebook
