// Single values of a record: texts, dates, amounts, numbers.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "ledger/record_reader.h"
#include "ledger/suggestion.h"

namespace duebook {
namespace {

constexpr int32_t kMaxInteger = 1200;  // months of a hundred years; nobody waits for more approvals

bool IsText(const RawValue& value) {
  return value.kind == RawValue::Kind::kText || value.kind == RawValue::Kind::kCell;
}

bool IsTextOrNumber(const RawValue& value) { return IsText(value) || value.kind == RawValue::Kind::kNumber; }

std::string_view KindOf(const RawValue& value) {
  switch (value.kind) {
    case RawValue::Kind::kCell:
    case RawValue::Kind::kText:
      return "a text";
    case RawValue::Kind::kNumber:
      return "a number";
    case RawValue::Kind::kBool:
      return "true or false";
    case RawValue::Kind::kList:
      return "a list";
    case RawValue::Kind::kObject:
      return "an object";
  }
  return "";
}

// Most text: no bytes that need a closer look. Eight are looked at together: the highest bit of one is set if it was
// set, if it is by adding 1 (to 0x7f), or by taking off 0x20 (from less).
bool IsPrintableAscii(std::string_view text) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kSpaces = 0x20 * kOnes;
  uint64_t odd = 0;
  const auto look_at = [&odd](uint64_t eight) { odd |= eight | (eight + kOnes) | (eight - kSpaces); };
  for (; text.size() >= sizeof(odd); text.remove_prefix(sizeof(odd))) look_at(FirstEight(text));
  look_at(FirstEight(text) | kSpaces << 8 * text.size());
  return (odd & 0x80 * kOnes) == 0;
}

// Prose may have lines and columns, but nothing else that a terminal would obey.
bool HasForbiddenControl(std::string_view text, bool prose) {
  if (!prose) return HasControlCharacter(text);
  return std::any_of(text.begin(), text.end(), [](char c) {
    return c != '\t' && c != '\n' && c != '\r' && HasControlCharacter({&c, 1});
  });
}

}  // namespace

std::string_view RecordReader::ReadText(std::string_view field, const RawValue& value, size_t max_bytes) {
  if (!IsText(value)) {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} must be a text, not {}", field, KindOf(value)));
    return {};
  }
  CheckText(field, value.text, max_bytes);
  return value.text;
}

void RecordReader::CheckText(std::string_view field, std::string_view text, size_t max_bytes) {
  if (text.size() > max_bytes) {
    Refuse(RejectionCode::kTooLong, field,
           fmt::format("{} has {} bytes; at most {} are allowed", field, text.size(), max_bytes));
  }
  if (max_bytes <= kMaxNumberBytes && (text.starts_with(' ') || text.ends_with(' '))) {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} {} has blanks at its ends", field, Quoted(text)));
  }
  if (IsPrintableAscii(text)) return;
  if (!IsValidUtf8(text)) {
    Refuse(RejectionCode::kBadUtf8, field, fmt::format("{} {} is not UTF-8", field, Quoted(text)));
  } else if (HasForbiddenControl(text, max_bytes > kMaxNumberBytes)) {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} {} holds a control character", field, Quoted(text)));
  }
}

Date RecordReader::ReadDate(std::string_view field, const RawValue& value) {
  if (!IsText(value)) {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} must be a date in a text, not {}", field, KindOf(value)));
    return {};
  }
  const std::optional<Date> date = Date::Parse(value.text);
  if (!date.has_value()) {
    RefuseText(RejectionCode::kBadDate, field, value.text,
               fmt::format("{} {} is no day of the calendar written YYYY-MM-DD", field, Quoted(value.text)));
  }
  return date.value_or(Date());
}

Decimal RecordReader::ReadAmount(std::string_view field, const RawValue& value, bool zero_allowed) {
  if (!IsTextOrNumber(value)) {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} must be an amount, not {}", field, KindOf(value)));
    return {};
  }
  Decimal::Problem problem = Decimal::Problem::kNone;
  // Amounts have no sign: the type of the event says which way they go.
  const bool has_sign = value.text.starts_with('-') || value.text.starts_with('+');
  const std::optional<Decimal> decimal = has_sign ? std::nullopt : Decimal::Parse(value.text, &problem);
  if (has_sign) problem = Decimal::Problem::kSyntax;
  if (problem == Decimal::Problem::kSyntax) {
    RefuseText(RejectionCode::kBadAmount, field, value.text,
               fmt::format("{} {} is no decimal number such as 1234.50, without sign, exponent, spaces and separators",
                           field, Quoted(value.text)));
  } else if (problem == Decimal::Problem::kTooLarge) {
    Refuse(RejectionCode::kBadAmount, field,
           fmt::format("{} {} has more digits than 64 bits can hold", field, Quoted(value.text)));
  } else if (decimal->digits == 0 && !zero_allowed) {
    Refuse(RejectionCode::kBadAmount, field, fmt::format("{} must be above zero", field));
  }
  return decimal.value_or(Decimal());
}

int32_t RecordReader::ReadInteger(std::string_view field, const RawValue& value) {
  int32_t integer = 0;
  const char* end = value.text.data() + value.text.size();
  const auto [stop, error] = std::from_chars(value.text.data(), end, integer);
  if (!IsTextOrNumber(value) || error != std::errc() || stop != end || integer < 0 || integer > kMaxInteger) {
    RefuseText(RejectionCode::kBadField, field, value.text,
               fmt::format("{} must be a whole number from 0 to {}", field, kMaxInteger));
  }
  return integer;
}

Hash RecordReader::ReadHash(std::string_view field, const RawValue& value) {
  const std::optional<Hash> hash = IsText(value) ? HashFromHex(value.text) : std::nullopt;
  if (!hash.has_value()) {
    RefuseText(RejectionCode::kBadField, field, value.text,
               fmt::format("{} must be a SHA-256 of 64 hexadecimal digits", field));
  }
  return hash.value_or(Hash{});
}

Currency RecordReader::ReadCurrency(const RawValue& value) {
  if (!IsText(value)) {
    Refuse(RejectionCode::kBadField, "currency", fmt::format("currency must be a text, not {}", KindOf(value)));
    return {};
  }
  const std::optional<Currency> currency = Currency::Parse(value.text);
  if (!currency.has_value() && !value.text.empty()) {
    RefuseText(RejectionCode::kUnknownCurrency, "currency", value.text,
               fmt::format("{} is no currency code of ISO 4217 such as CNY", Quoted(value.text)));
  }
  return currency.value_or(Currency());
}

bool RecordReader::ReadBool(std::string_view field, const RawValue& value) {
  const bool readable = IsText(value) || value.kind == RawValue::Kind::kBool;
  if (!readable || (value.text != "true" && value.text != "false")) {
    RefuseText(RejectionCode::kBadField, field, value.text, fmt::format("{} must be true or false", field));
  }
  return value.text == "true";
}

}  // namespace duebook
