#include "tools/server/target.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/parse_number.h"
#include "ledger/values/text.h"

namespace duebook {

namespace {

std::optional<int> DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

Error Unreadable(std::string sentence) { return {ErrorCode::kInvalidArgument, std::move(sentence), ""}; }

Result<std::string> Decoded(std::string_view text, bool plus_is_space) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == '+' && plus_is_space) {
      decoded += ' ';
    } else if (text[i] == '%') {
      const auto high = i + 2 < text.size() ? DigitOf(text[i + 1]) : std::nullopt;
      const auto low = high.has_value() ? DigitOf(text[i + 2]) : std::nullopt;
      if (!low.has_value()) return Unreadable("a percent sign of the address stands before no byte");
      decoded += static_cast<char>(*high * 16 + *low);
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  const bool has_controls = std::any_of(decoded.begin(), decoded.end(),
                                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (has_controls || !IsValidUtf8(decoded)) return Unreadable("the address is no text in UTF-8");
  return decoded;
}

}  // namespace

Result<std::optional<std::string>> Target::One(std::string_view name) const {
  std::optional<std::string> found;
  for (const auto& [key, value] : parameters) {
    if (key != name) continue;
    if (found.has_value()) return Unreadable(fmt::format("the parameter {} is given twice", name));
    if (value.empty()) return Unreadable(fmt::format("the parameter {} is empty", name));
    found = value;
  }
  return found;
}

Result<std::optional<uint64_t>> Target::Number(std::string_view name) const {
  const auto text = One(name);
  RETURN_IF_ERROR(text);
  if (!text->has_value()) return std::optional<uint64_t>();
  const auto number = ParseNumber(**text);
  if (!number.has_value()) return Unreadable(fmt::format("{} {}: it is no number", name, **text));
  return number;
}

std::vector<std::string> Target::All(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : parameters) {
    if (key == name) values.push_back(value);
  }
  return values;
}

Result<Target> ReadTarget(std::string_view target) {
  if (!target.starts_with('/')) return Unreadable("the address does not begin with a slash");
  target = target.substr(0, target.find('#'));
  const size_t question = std::min(target.find('?'), target.size());
  Target read;
  auto path = Decoded(target.substr(0, question), false);
  RETURN_IF_ERROR(path);
  read.path = std::move(*path);
  std::string_view rest = target.substr(std::min(question + 1, target.size()));
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (one.empty()) continue;
    const size_t equals = std::min(one.find('='), one.size());
    auto name = Decoded(one.substr(0, equals), true);
    RETURN_IF_ERROR(name);
    auto value = Decoded(one.substr(std::min(equals + 1, one.size())), true);
    RETURN_IF_ERROR(value);
    read.parameters.emplace_back(std::move(*name), std::move(*value));
  }
  return read;
}

std::string EncodedForTarget(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          std::string_view("-._~:,").find(c) != std::string_view::npos;
    encoded += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

}  // namespace duebook
