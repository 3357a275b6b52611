#include "ledger/values/money.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "ledger/values/check.h"

namespace duebook {

namespace {

struct CurrencyInfo {
  std::string_view code;
  int decimals;
};

// ISO 4217, list one (active codes), amended to 2025; codes without a minor unit (metals, funds, tests) left out.
constexpr CurrencyInfo kCurrencies[] = {
    {"AED", 2}, {"AFN", 2}, {"ALL", 2}, {"AMD", 2}, {"ANG", 2}, {"AOA", 2}, {"ARS", 2}, {"AUD", 2}, {"AWG", 2},
    {"AZN", 2}, {"BAM", 2}, {"BBD", 2}, {"BDT", 2}, {"BGN", 2}, {"BHD", 3}, {"BIF", 0}, {"BMD", 2}, {"BND", 2},
    {"BOB", 2}, {"BOV", 2}, {"BRL", 2}, {"BSD", 2}, {"BTN", 2}, {"BWP", 2}, {"BYN", 2}, {"BZD", 2}, {"CAD", 2},
    {"CDF", 2}, {"CHE", 2}, {"CHF", 2}, {"CHW", 2}, {"CLF", 4}, {"CLP", 0}, {"CNY", 2}, {"COP", 2}, {"COU", 2},
    {"CRC", 2}, {"CUP", 2}, {"CVE", 2}, {"CZK", 2}, {"DJF", 0}, {"DKK", 2}, {"DOP", 2}, {"DZD", 2}, {"EGP", 2},
    {"ERN", 2}, {"ETB", 2}, {"EUR", 2}, {"FJD", 2}, {"FKP", 2}, {"GBP", 2}, {"GEL", 2}, {"GHS", 2}, {"GIP", 2},
    {"GMD", 2}, {"GNF", 0}, {"GTQ", 2}, {"GYD", 2}, {"HKD", 2}, {"HNL", 2}, {"HTG", 2}, {"HUF", 2}, {"IDR", 2},
    {"ILS", 2}, {"INR", 2}, {"IQD", 3}, {"IRR", 2}, {"ISK", 0}, {"JMD", 2}, {"JOD", 3}, {"JPY", 0}, {"KES", 2},
    {"KGS", 2}, {"KHR", 2}, {"KMF", 0}, {"KPW", 2}, {"KRW", 0}, {"KWD", 3}, {"KYD", 2}, {"KZT", 2}, {"LAK", 2},
    {"LBP", 2}, {"LKR", 2}, {"LRD", 2}, {"LSL", 2}, {"LYD", 3}, {"MAD", 2}, {"MDL", 2}, {"MGA", 2}, {"MKD", 2},
    {"MMK", 2}, {"MNT", 2}, {"MOP", 2}, {"MRU", 2}, {"MUR", 2}, {"MVR", 2}, {"MWK", 2}, {"MXN", 2}, {"MXV", 2},
    {"MYR", 2}, {"MZN", 2}, {"NAD", 2}, {"NGN", 2}, {"NIO", 2}, {"NOK", 2}, {"NPR", 2}, {"NZD", 2}, {"OMR", 3},
    {"PAB", 2}, {"PEN", 2}, {"PGK", 2}, {"PHP", 2}, {"PKR", 2}, {"PLN", 2}, {"PYG", 0}, {"QAR", 2}, {"RON", 2},
    {"RSD", 2}, {"RUB", 2}, {"RWF", 0}, {"SAR", 2}, {"SBD", 2}, {"SCR", 2}, {"SDG", 2}, {"SEK", 2}, {"SGD", 2},
    {"SHP", 2}, {"SLE", 2}, {"SOS", 2}, {"SRD", 2}, {"SSP", 2}, {"STN", 2}, {"SVC", 2}, {"SYP", 2}, {"SZL", 2},
    {"THB", 2}, {"TJS", 2}, {"TMT", 2}, {"TND", 3}, {"TOP", 2}, {"TRY", 2}, {"TTD", 2}, {"TWD", 2}, {"TZS", 2},
    {"UAH", 2}, {"UGX", 0}, {"USD", 2}, {"USN", 2}, {"UYI", 0}, {"UYU", 2}, {"UYW", 4}, {"UZS", 2}, {"VED", 2},
    {"VES", 2}, {"VND", 0}, {"VUV", 0}, {"WST", 2}, {"XAF", 0}, {"XCD", 2}, {"XCG", 2}, {"XOF", 0}, {"XPF", 0},
    {"YER", 2}, {"ZAR", 2}, {"ZMW", 2}, {"ZWG", 2},
};

constexpr size_t kLetters = 26;

constexpr size_t PlaceOf(size_t first, size_t second, size_t third) {
  return (first * kLetters + second) * kLetters + third;
}

// The decimals of each three letters, -1 if they are no currency: asked for every event, several times.
constexpr auto kDecimals = [] {
  std::array<int8_t, PlaceOf(kLetters, 0, 0)> decimals{};
  for (int8_t& each : decimals) each = -1;
  for (const CurrencyInfo& info : kCurrencies) {
    const auto letter = [&](size_t place) { return static_cast<size_t>(info.code[place] - 'A'); };
    decimals[PlaceOf(letter(0), letter(1), letter(2))] = static_cast<int8_t>(info.decimals);
  }
  return decimals;
}();

uint32_t Pack(std::string_view code) {
  return static_cast<uint32_t>(static_cast<uint8_t>(code[0])) |
         static_cast<uint32_t>(static_cast<uint8_t>(code[1])) << 8 |
         static_cast<uint32_t>(static_cast<uint8_t>(code[2])) << 16;
}

// -1 if it is no currency.
int DecimalsOf(uint32_t packed) {
  const auto letter = [packed](int place) { return size_t{packed >> (8 * place) & 0xff} - 'A'; };  // huge below 'A'
  if (packed >> 24 != 0 || letter(0) >= kLetters || letter(1) >= kLetters || letter(2) >= kLetters) return -1;
  return kDecimals[PlaceOf(letter(0), letter(1), letter(2))];
}

// 128 bits, for the product before the rounding.
__extension__ typedef __int128 Wide;

constexpr int kMaxScale = 18;

void Tell(Decimal::Problem* problem, Decimal::Problem what) {
  if (problem != nullptr) *problem = what;
}

std::optional<int64_t> Narrow(Wide value) {
  if (value > std::numeric_limits<int64_t>::max() || value < std::numeric_limits<int64_t>::min()) return std::nullopt;
  return static_cast<int64_t>(value);
}

}  // namespace

std::optional<Currency> Currency::Parse(std::string_view code) {
  if (code.size() != 3 || DecimalsOf(Pack(code)) < 0) return std::nullopt;
  Currency currency;
  currency.packed_ = Pack(code);
  return currency;
}

std::optional<Currency> Currency::FromPacked(uint32_t packed) {
  Currency currency;
  if (packed == 0) return currency;
  currency.packed_ = packed;
  if (DecimalsOf(packed) < 0) return std::nullopt;
  return currency;
}

std::string Currency::ToString() const {
  if (empty()) return "";
  return {static_cast<char>(packed_), static_cast<char>(packed_ >> 8), static_cast<char>(packed_ >> 16)};
}

int Currency::decimals() const {
  if (empty()) return 2;
  const int decimals = DecimalsOf(packed_);
  CHECK(decimals >= 0);
  return decimals;
}

std::optional<Decimal> Decimal::Parse(std::string_view text, Problem* problem) {
  Tell(problem, Problem::kSyntax);
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return std::nullopt;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::all_of(whole.begin(), whole.end(), is_digit) || !std::all_of(fraction.begin(), fraction.end(), is_digit)) {
    return std::nullopt;
  }
  Tell(problem, Problem::kTooLarge);
  if (fraction.size() > kMaxScale) return std::nullopt;
  Wide digits = 0;
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) {
      digits = digits * 10 + (c - '0');
      if (digits > Wide{1} << 64) return std::nullopt;
    }
  }
  const std::optional<int64_t> narrow = Narrow(negative ? -digits : digits);
  if (!narrow.has_value()) return std::nullopt;
  Tell(problem, Problem::kNone);
  return Decimal{*narrow, static_cast<int>(fraction.size())};
}

std::optional<Minor> Decimal::ToMinor(int decimals, Problem* problem) const {
  if (scale > decimals) {
    Tell(problem, Problem::kSyntax);
    return std::nullopt;
  }
  Wide minor = digits;
  for (int i = scale; i < decimals; i++) minor *= 10;  // decimals <= 4: within 128 bits
  const std::optional<Minor> narrow = Narrow(minor);
  Tell(problem, narrow.has_value() ? Problem::kNone : Problem::kTooLarge);
  return narrow;
}

std::optional<Minor> ToMinor(Sum sum) { return Narrow(static_cast<Wide>(sum)); }

std::string FormatAmount(Sum amount, Currency currency) {
  const auto decimals = static_cast<size_t>(currency.decimals());
  const auto digits = static_cast<Wide>(amount < 0 ? -amount : amount);
  // Nearly all fit 64 bits, which are written much faster.
  std::string text = digits <= INT64_MAX ? std::to_string(static_cast<int64_t>(digits)) : fmt::format("{}", digits);
  if (decimals > 0) {
    if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
    text.insert(text.size() - decimals, 1, '.');
  }
  if (amount < 0) text.insert(0, 1, '-');
  return text;
}

std::optional<Sum> MultiplyRatio(Sum a, int64_t numerator, int64_t denominator) {
  CHECK(denominator > 0);
  Wide product = 0;
  if (__builtin_mul_overflow(static_cast<Wide>(a), static_cast<Wide>(numerator), &product)) return std::nullopt;
  Wide quotient = product / denominator;
  const Wide remainder = product % denominator;
  const Wide twice = 2 * (remainder < 0 ? -remainder : remainder);
  const bool up = twice > denominator || (twice == denominator && quotient % 2 != 0);
  if (up) quotient += product < 0 ? -1 : 1;
  return quotient;
}

}  // namespace duebook
