#include "tools/import/map/text_changes.h"

#include <algorithm>
#include <string_view>

#include "ledger/values/ascii.h"
#include "tools/import/map/map_template.h"
#include "tools/import/rows/csv_cells.h"

namespace duebook {

namespace {

// What becomes longer than any text of a map may be ends somewhere behind that.
std::string Replaced(std::string_view text, const std::string& from, const std::string& to) {
  std::string replaced;
  while (replaced.size() <= MapTemplate::kMaxBytes) {
    const size_t at = text.find(from);
    if (at == std::string_view::npos) break;
    replaced.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
  }
  return replaced.append(text);
}

size_t CharactersIn(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

}  // namespace

void TextChanges::Apply(std::string* text) const {
  if (text->empty() || AreNone()) return;
  if (text->starts_with(strip_prefix)) text->erase(0, strip_prefix.size());
  if (text->ends_with(strip_suffix)) text->erase(text->size() - strip_suffix.size());
  for (const auto& [from, to] : replaced) *text = Replaced(*text, from, to);
  if (!trimmed.empty()) {
    text->erase(0, std::min(text->find_first_not_of(trimmed), text->size()));
    text->erase(text->find_last_not_of(trimmed) + 1);
  }
  *text = TrimmedCell(*text);
  if (in == Case::kUpper) std::transform(text->begin(), text->end(), text->begin(), UpperCase);
  if (in == Case::kLower) std::transform(text->begin(), text->end(), text->begin(), LowerCase);
  if (text->empty()) return;
  for (size_t count = CharactersIn(*text); count < pad_to; count++) text->insert(0, pad_with);
}

}  // namespace duebook
