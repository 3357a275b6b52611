#include "tools/import/rows/json_record.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/trimmed.h"
#include "tools/import/rows/record_splitter.h"

namespace duebook {

namespace {

using simdjson::error_code;
using simdjson::ondemand::json_type;

// Deeper than any field needs: a list of objects that hold a list.
constexpr int kMaxDepth = 8;

constexpr std::string_view kBlanks = " \t\r\n";

// What simdjson found wrong, said for somebody who looks at the line.
std::string SentenceFor(error_code error) {
  switch (error) {
    case simdjson::UNCLOSED_STRING:
      return "the quotes of a text are never closed";
    case simdjson::UNESCAPED_CHARS:
      return "a text holds a control character; write it as \\n, \\t or \\u001f";
    case simdjson::STRING_ERROR:
      return "a text holds a backslash that begins no escape of JSON";
    case simdjson::NUMBER_ERROR:
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR:
      return "a value is neither a text in quotes nor a number, true, false, null, a list or an object";
    case simdjson::TRAILING_CONTENT:
      return "something follows the object";
    default:
      return "a comma, colon, quote, bracket or brace is missing or too many";
  }
}

// " near column N", counted in characters, if `at` is in the line; or in an object of several lines, on which of them.
std::string PlaceIn(std::string_view line, const char* at) {
  if (at < line.data() || at >= line.data() + line.size()) return "";
  const auto lines_before = std::count(line.data(), at, '\n');
  if (lines_before > 0) return fmt::format(", on line {} of the object", lines_before + 1);
  const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return fmt::format(", near column {}", std::count_if(line.data(), at, starts_character) + 1);
}

// `document` is null if the line was not even begun to be read as one.
Rejection RefuseFor(error_code error, std::string_view line, simdjson::ondemand::document* document = nullptr) {
  const auto malformed = [](std::string sentence) {
    return Rejection{RejectionCode::kBadJson, std::move(sentence), ""};
  };
  if (error == simdjson::UTF8_ERROR) return {RejectionCode::kBadUtf8, kNotUtf8, ""};
  if (error == simdjson::DEPTH_ERROR) {
    return {RejectionCode::kBadJson, fmt::format("lists and objects nest more than {} deep", kMaxDepth), ""};
  }
  const size_t first = line.find_first_not_of(kBlanks);
  if (first == std::string_view::npos || line[first] != '{') {
    return malformed(
        "no JSON object: an event stands from { to }, in JSON Lines on one line, and this does not begin with {");
  }
  if (!Trimmed(line, kBlanks).ends_with('}')) {
    return malformed(
        "no JSON object: an event stands from { to }, in JSON Lines on one line, and this does not end with }");
  }
  const char* at = nullptr;
  if (document != nullptr && document->current_location().get(at)) at = nullptr;
  return malformed("not valid JSON: " + SentenceFor(error) + PlaceIn(line, at));
}

// JSON's grammar of numbers; simdjson looks at a number only when it is asked for as one.
bool IsJsonNumber(std::string_view text) {
  const auto take_digits = [&text] {
    size_t count = 0;
    while (count < text.size() && text[count] >= '0' && text[count] <= '9') count++;
    text.remove_prefix(count);
    return count;
  };
  const auto take = [&text](std::string_view any) {
    const bool found = !text.empty() && any.find(text.front()) != std::string_view::npos;
    if (found) text.remove_prefix(1);
    return found;
  };
  take("-");
  const bool zero = text.starts_with('0');
  const size_t digits = take_digits();
  if (digits == 0 || (zero && digits > 1)) return false;
  if (take(".") && take_digits() == 0) return false;
  if (take("eE")) {
    take("+-");
    if (take_digits() == 0) return false;
  }
  return text.empty();
}

// Fills `result`; sets `null` instead if the value is null.
error_code ReadValue(simdjson::ondemand::value value, int depth, RawValue* result, bool* null);

error_code ReadList(simdjson::ondemand::value value, int depth, RawValue* result) {
  result->kind = RawValue::Kind::kList;
  simdjson::ondemand::array array;
  if (const auto error = value.get_array().get(array)) return error;
  for (auto item : array) {
    simdjson::ondemand::value element;
    if (const auto error = item.get(element)) return error;
    RawMember& member = result->members.emplace_back(std::string_view(), RawValue());
    bool null = false;
    if (const auto error = ReadValue(element, depth + 1, &member.value, &null)) return error;
    if (null) result->members.pop_back();
  }
  return simdjson::SUCCESS;
}

error_code ReadMembers(simdjson::ondemand::object object, int depth, std::vector<RawMember>* members) {
  for (auto field : object) {
    std::string_view name;
    if (const auto error = field.unescaped_key().get(name)) return error;
    simdjson::ondemand::value value;
    if (const auto error = field.value().get(value)) return error;
    RawMember& member = members->emplace_back(name, RawValue());
    bool null = false;
    if (const auto error = ReadValue(value, depth + 1, &member.value, &null)) return error;
    if (null) members->pop_back();
  }
  return simdjson::SUCCESS;
}

error_code ReadValue(simdjson::ondemand::value value, int depth, RawValue* result, bool* null) {
  if (depth > kMaxDepth) return simdjson::DEPTH_ERROR;
  json_type type{};
  if (const auto error = value.type().get(type)) return error;
  switch (type) {
    case json_type::string:
      result->kind = RawValue::Kind::kText;
      return value.get_string().get(result->text);
    case json_type::number:
      result->kind = RawValue::Kind::kNumber;
      result->text = Trimmed(value.raw_json_token(), kBlanks);
      return IsJsonNumber(result->text) ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
    case json_type::boolean: {
      bool truth = false;
      result->kind = RawValue::Kind::kBool;
      if (const auto error = value.get_bool().get(truth)) return error;
      result->text = truth ? "true" : "false";
      return simdjson::SUCCESS;
    }
    case json_type::null:
      // Whatever begins with n is of this type.
      if (value.is_null().get(*null)) return simdjson::N_ATOM_ERROR;
      return *null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
    case json_type::array:
      return ReadList(value, depth, result);
    case json_type::object: {
      result->kind = RawValue::Kind::kObject;
      simdjson::ondemand::object object;
      if (const auto error = value.get_object().get(object)) return error;
      return ReadMembers(object, depth, &result->members);
    }
  }
  return simdjson::TAPE_ERROR;
}

}  // namespace

std::optional<Rejection> JsonRecordReader::Read(std::string_view line, Record* record) {
  record->fields.clear();
  simdjson::ondemand::document document;
  const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING);
  if (const auto error = parser_.iterate(padded).get(document)) return RefuseFor(error, line);
  simdjson::ondemand::object object;
  if (const auto error = document.get_object().get(object)) return RefuseFor(error, line, &document);
  if (const auto error = ReadMembers(object, 0, &record->fields)) return RefuseFor(error, line, &document);
  // Past the object there must be nothing but space.
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
    return RefuseFor(simdjson::TRAILING_CONTENT, line, &document);
  }
  return std::nullopt;
}

}  // namespace duebook
