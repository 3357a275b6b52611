#include "ledger/log/framed/end_record.h"

#include <fmt/core.h>

#include <map>

#include "ledger/values/base64.h"
#include "ledger/values/parse_number.h"

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

}  // namespace

std::string EncodeEndRecord(const EndRecord& record) {
  std::string text = fmt::format("{}session {}\nevents {}\nroot {}\nidentity {}\nidentity_since {}\ncopy {}\n", kTitle,
                                 record.ended ? "ended" : "begun", record.last_seq, ToBase64(record.root),
                                 ToBase64(record.identity), record.identity_since, record.is_copy ? "yes" : "no");
  if (!record.manifest.empty()) text += fmt::format("store {}\n", record.manifest);
  return text + fmt::format("sum {}\n", ToBase64(Sha256(text)));
}

std::optional<EndRecord> DecodeEndRecord(std::string_view bytes) {
  auto values = ReadLines(bytes);
  const EndRecord record{.ended = values["session"] == "ended",
                         .last_seq = ParseNumber(values["events"]).value_or(0),
                         .root = HashFromBase64(values["root"]).value_or(Hash{}),
                         .identity = HashFromBase64(values["identity"]).value_or(Hash{}),
                         .identity_since = ParseNumber(values["identity_since"]).value_or(0),
                         .is_copy = values["copy"] == "yes",
                         .manifest = std::string(values["store"])};
  // Whatever was not read as it was written shows here.
  return EncodeEndRecord(record) == bytes ? std::optional(record) : std::nullopt;
}

}  // namespace duebook
