#include "ledger/event/field_form.h"

#include <fmt/format.h>

#include <algorithm>

namespace duebook {
namespace {

// "INV-1" for the field invoice.
std::string SampleNumber(std::string_view field, int number = 1) {
  std::string sample(field.substr(0, 3));
  for (char& c : sample) c = static_cast<char>(c - 'a' + 'A');
  return fmt::format("{}-{}", sample, number);
}

// Of a list of texts, as it is written in a cell.
std::string SampleTexts(const FieldInfo& field) {
  return field.sample.empty() ? SampleNumber(field.name, 1) + ";" + SampleNumber(field.name, 2) : field.sample;
}

// Likewise: of days, of words, or of numbers of documents.
std::string FormOfTexts(const FieldInfo& field) {
  if (field.names != DocumentKind::kNone) return "NUMBER;NUMBER";
  const std::string sample = SampleTexts(field);
  return Date::Parse(sample.substr(0, sample.find(';'))).has_value() ? "YYYY-MM-DD;YYYY-MM-DD" : "WORD;WORD";
}

}  // namespace

std::string FormOf(const FieldInfo& field) {
  switch (field.type) {
    case FieldType::kText:
    case FieldType::kProse:
      return fmt::format("text, up to {} bytes", field.max_bytes());
    case FieldType::kDate:
      return "YYYY-MM-DD";
    case FieldType::kAmount:
      return field.zero_allowed ? "1234.50, or 0" : "1234.50";
    case FieldType::kInteger:
      if (field.required || field.default_integer < field.least_integer)
        return fmt::format("whole number from {} to {}", field.least_integer, field.most_integer);
      return fmt::format("whole number; {} if left out", field.default_integer);
    case FieldType::kHash:
      return "64 hexadecimal digits";
    case FieldType::kTextList:
      return FormOfTexts(field);
    case FieldType::kItems:
      return field.form;
    case FieldType::kDates:
    case FieldType::kChosenBand:
      break;
  }
  CHECK(false);  // internal: nobody writes it
  return "";
}

std::string SampleOf(const FieldInfo& field) {
  switch (field.type) {
    case FieldType::kText:
    case FieldType::kProse:
      return field.sample.empty() ? SampleNumber(field.name) : field.sample;
    case FieldType::kDate:
      return "2025-03-31";
    case FieldType::kAmount:
      return "100.00";
    case FieldType::kInteger:
      if (!field.sample.empty()) return field.sample;
      return fmt::format("{}", std::max(field.default_integer, field.least_integer));
    case FieldType::kHash:
      return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";  // of an empty file
    case FieldType::kTextList:
      return SampleTexts(field);
    case FieldType::kItems:
      return field.sample;
    case FieldType::kDates:
    case FieldType::kChosenBand:
      break;
  }
  CHECK(false);
  return "";
}

bool NeedsADocument(const EventTypeInfo& type) {
  return std::any_of(type.fields.begin(), type.fields.end(), [](const FieldInfo& field) {
    return (field.required || field.is_one_of) && field.names != DocumentKind::kNone;
  });
}

std::string JsonSampleOf(const FieldInfo& field) {
  CHECK(field.type == FieldType::kTextList || field.type == FieldType::kItems);
  if (field.type == FieldType::kItems) return field.json_sample;
  constexpr std::string_view kBetween = R"(",")";
  std::string texts = SampleTexts(field);
  for (size_t at = 0; (at = texts.find(';', at)) != texts.npos; at += kBetween.size()) texts.replace(at, 1, kBetween);
  return R"([")" + texts + R"("])";
}

}  // namespace duebook
