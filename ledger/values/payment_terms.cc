#include "ledger/values/payment_terms.h"

#include "ledger/values/money.h"
#include "ledger/values/parse_number.h"

namespace duebook {
namespace {

constexpr int kMaxDays = 3650;
constexpr int kPerCentDecimals = 4;  // one part per million is 0.0001 per cent

// Takes the text up to the next `sign` off the front, and with it the sign and the spaces after it.
std::string_view TakeUntil(std::string_view& text, char sign) {
  const size_t end = text.find(sign);
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  while (text.starts_with(' ')) text.remove_prefix(1);
  return taken;
}

std::optional<int> ParseDays(std::string_view text) {
  const auto days = ParseNumber<int>(text);
  return days.has_value() && *days >= 0 && *days <= kMaxDays ? days : std::nullopt;
}

std::optional<int64_t> ParsePerCent(std::string_view text) {
  const std::optional<Decimal> per_cent = Decimal::Parse(text);
  const std::optional<Minor> ppm = per_cent.has_value() ? per_cent->ToMinor(kPerCentDecimals) : std::nullopt;
  if (!ppm.has_value() || *ppm <= 0 || *ppm > PaymentTerms::kPartsPerMillion) return std::nullopt;
  return ppm;
}

bool IsNet(std::string_view word) {
  return word.size() == 3 && (word[0] | 0x20) == 'n' && (word[1] | 0x20) == 'e' && (word[2] | 0x20) == 't';
}

}  // namespace

std::optional<PaymentTerms> PaymentTerms::Parse(std::string_view text) {
  PaymentTerms terms;
  const bool with_discount = text.find('/') != std::string_view::npos;
  if (with_discount) {
    const std::optional<int64_t> ppm = ParsePerCent(TakeUntil(text, '/'));
    const std::optional<int> days = ParseDays(TakeUntil(text, ' '));
    if (!ppm.has_value() || !days.has_value()) return std::nullopt;
    terms.discount_ppm = *ppm;
    terms.discount_days = *days;
  }
  if (!IsNet(TakeUntil(text, ' '))) return std::nullopt;
  const std::optional<int> days = ParseDays(text);
  if (!days.has_value() || terms.discount_days > *days) return std::nullopt;
  terms.net_days = *days;
  return terms;
}

}  // namespace duebook
