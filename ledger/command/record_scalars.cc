// Single values of a record: dates, amounts, numbers.

#include <fmt/format.h>

#include <algorithm>

#include "ledger/command/record_reader.h"
#include "ledger/values/parse_number.h"
#include "ledger/values/suggestion.h"

namespace duebook {
namespace {

bool IsTextOrNumber(const RawValue& value) { return value.is_text() || value.kind == RawValue::Kind::kNumber; }

}  // namespace

Date RecordReader::ReadDate(std::string_view field, const RawValue& value) {
  if (!value.is_text()) {
    Refuse(RejectionCode::kBadField, field,
           fmt::format("{} must be a date in a text, not {}", field, value.kind_name()));
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
    Refuse(RejectionCode::kBadField, field, fmt::format("{} must be an amount, not {}", field, value.kind_name()));
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

int32_t RecordReader::ReadInteger(const FieldInfo& field, const RawValue& value) {
  const auto integer = IsTextOrNumber(value) ? ParseNumber<int32_t>(value.text) : std::nullopt;
  if (!integer.has_value() || *integer < field.least_integer || *integer > field.most_integer) {
    RefuseText(
        RejectionCode::kBadField, field.path, value.text,
        fmt::format("{} must be a whole number from {} to {}", field.path, field.least_integer, field.most_integer));
  }
  return integer.value_or(0);
}

Hash RecordReader::ReadHash(std::string_view field, const RawValue& value) {
  const std::optional<Hash> hash = value.is_text() ? HashFromHex(value.text) : std::nullopt;
  if (!hash.has_value()) {
    RefuseText(RejectionCode::kBadField, field, value.text,
               fmt::format("{} must be a SHA-256 of 64 hexadecimal digits", field));
  } else if (*hash == Hash{}) {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} is all zeros, which stands for no hash at all", field));
  }
  return hash.value_or(Hash{});
}

Currency RecordReader::ReadCurrency(const RawValue& value) {
  if (!value.is_text()) {
    Refuse(RejectionCode::kBadField, "currency", fmt::format("currency must be a text, not {}", value.kind_name()));
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
  const bool readable = value.is_text() || value.kind == RawValue::Kind::kBool;
  if (!readable || (value.text != "true" && value.text != "false")) {
    RefuseText(RejectionCode::kBadField, field, value.text, fmt::format("{} must be true or false", field));
  }
  return value.text == "true";
}

}  // namespace duebook
