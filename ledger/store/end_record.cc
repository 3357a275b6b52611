#include "ledger/store/end_record.h"

#include <fmt/core.h>

#include <charconv>
#include <cstring>
#include <map>

#include "ledger/base64.h"

namespace duebook {

namespace {

constexpr std::string_view kTitle = "duebook end 1\n";

// Value by name, of lines of both.
std::map<std::string_view, std::string_view> ReadLines(std::string_view lines) {
  std::map<std::string_view, std::string_view> values;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    const std::string_view name = line.substr(0, line.find(' '));
    values.emplace(name, line.substr(std::min(line.size(), name.size() + 1)));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
  return values;
}

uint64_t NumberOf(std::string_view text) {
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Hash HashOf(std::string_view base64) {
  Hash hash{};
  const auto bytes = FromBase64(base64);
  if (bytes.has_value() && bytes->size() == hash.size()) std::memcpy(hash.data(), bytes->data(), hash.size());
  return hash;
}

std::string Base64Of(const Hash& hash) { return ToBase64(BytesOf(hash)); }

}  // namespace

std::string EncodeEndRecord(const EndRecord& record) {
  std::string text = fmt::format("{}session {}\nevents {}\nroot {}\nidentity {}\nidentity_since {}\ncopy {}\n", kTitle,
                                 record.ended ? "ended" : "begun", record.last_seq, Base64Of(record.root),
                                 Base64Of(record.identity), record.identity_since, record.is_copy ? "yes" : "no");
  if (!record.manifest.empty()) text += fmt::format("store {}\n", record.manifest);
  return text + fmt::format("sum {}\n", Base64Of(Sha256(text)));
}

std::optional<EndRecord> DecodeEndRecord(std::string_view bytes) {
  auto values = ReadLines(bytes);
  const EndRecord record{.ended = values["session"] == "ended",
                         .last_seq = NumberOf(values["events"]),
                         .root = HashOf(values["root"]),
                         .identity = HashOf(values["identity"]),
                         .identity_since = NumberOf(values["identity_since"]),
                         .is_copy = values["copy"] == "yes",
                         .manifest = std::string(values["store"])};
  // Whatever was not read as it was written shows here.
  return EncodeEndRecord(record) == bytes ? std::optional(record) : std::nullopt;
}

}  // namespace duebook
