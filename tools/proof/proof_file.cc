#include "tools/proof/proof_file.h"

#include <fmt/core.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "ledger/event/event_json.h"
#include "ledger/log/checkpoint_check.h"
#include "ledger/proof/key_chain.h"
#include "ledger/proof/merkle_proof.h"
#include "ledger/proof/signed_note.h"
#include "ledger/values/base64.h"
#include "ledger/values/json_text.h"
#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

constexpr std::string_view kFormat = "duebook proof 1";
constexpr std::array<std::string_view, 5> kMembers{"format", "company", "checkpoint", "keys", "events"};

// Shorter texts lie within the std::string itself, where an event would not be aligned; no event is as short.
constexpr size_t kSmallestEvent = 16;

Error NoProof(std::string_view why) {
  return {ErrorCode::kInvalidArgument, fmt::format("it is no proof file: {}", why), ""};
}

Error NotProved(std::string why) { return {ErrorCode::kDamaged, std::move(why), ""}; }

// The member of this name; nothing if it is missing or of another type.
template <class Value>
std::optional<Value> Member(const simdjson::dom::element& object, std::string_view name) {
  Value value{};
  if (object[name].get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<std::vector<Hash>> ReadPath(const simdjson::dom::element& item) {
  const auto list = Member<simdjson::dom::array>(item, "path");
  if (!list.has_value()) return std::nullopt;
  std::vector<Hash> path;
  for (const simdjson::dom::element step : *list) {
    std::string_view text;
    if (step.get(text) != simdjson::SUCCESS) return std::nullopt;
    const auto hash = HashFromBase64(text);
    if (!hash.has_value()) return std::nullopt;
    path.push_back(*hash);
  }
  return path;
}

// Whether both are the same JSON, whatever white space was put in between.
bool SaysTheSame(const simdjson::dom::element& shown, const std::string& made) {
  simdjson::dom::parser parser;
  simdjson::dom::element parsed;
  return parser.parse(made).get(parsed) == simdjson::SUCCESS && simdjson::minify(shown) == simdjson::minify(parsed);
}

Result<StoredEvent> CheckItem(const simdjson::dom::element& item, const std::string& name,
                              const Checkpoint& checkpoint) {
  const auto index = Member<uint64_t>(item, "leaf_index");
  const auto shown = Member<simdjson::dom::element>(item, "event");
  const auto text = Member<std::string_view>(item, "bytes");
  auto bytes = text.has_value() ? FromBase64(*text) : std::nullopt;
  const auto path = ReadPath(item);
  if (!index.has_value()) return NoProof(name + ".leaf_index is no whole number");
  if (!shown.has_value() || !shown->is_object()) return NoProof(name + ".event is no object");
  if (!bytes.has_value()) return NoProof(name + ".bytes is no base64");
  if (!path.has_value()) return NoProof(name + ".path is no list of hashes in base64");
  if (*index >= checkpoint.size) {
    return NotProved(fmt::format("{}: the checkpoint speaks of {} events only", name, checkpoint.size));
  }
  if (!VerifyInclusion(LeafHash(*bytes), *index, checkpoint.size, *path, checkpoint.root)) {
    return NotProved(fmt::format("{}: its bytes are not those of event {} in the checkpoint's tree", name, *index + 1));
  }
  if (bytes->size() < kSmallestEvent || !VerifyEvent(*bytes)) {
    return NotProved(name + ": its bytes are not those of an event");
  }
  StoredEvent event(*std::move(bytes));
  std::string made;
  AppendEventJson(event.view(), &made);
  if (event.view().seq() != *index + 1 || !SaysTheSame(*shown, made)) {
    return NotProved(name + ": what it shows as the event is not what the event's bytes say");
  }
  return event;
}

void AppendItem(EventView event, const std::vector<Hash>& path, std::string* json) {
  json->append(fmt::format("{{\"leaf_index\":{},\"event\":", event.seq() - 1));
  AppendEventJson(event, json);
  json->append(fmt::format(",\"bytes\":\"{}\",\"path\":[", ToBase64(event.bytes())));
  for (const Hash& hash : path) {
    if (json->back() != '[') json->push_back(',');
    json->append(fmt::format("\"{}\"", ToBase64(hash)));
  }
  json->append("]}");
}

// Appends the events with their paths, as a list.
Status AppendItems(const EventLog& log, const std::vector<uint64_t>& seqs, uint64_t size, std::string* json) {
  const auto node = [&log](int level, uint64_t index) { return log.TreeNode(level, index); };
  Status proved;
  json->push_back('[');
  RETURN_IF_ERROR(log.GetMany(seqs, [&](EventView event) {
    if (!proved.ok()) return;
    const auto path = ProveInclusion(event.seq() - 1, size, node);
    if (!path.ok()) {
      proved = path.error();
      return;
    }
    json->append(json->ends_with('[') ? "\n" : ",\n");
    AppendItem(event, *path, json);
  }));
  json->append("\n]");
  return proved;
}

// None if the list is absent.
Result<std::vector<StoredEvent>> CheckItems(const std::optional<simdjson::dom::array>& items, const std::string& name,
                                            const Checkpoint& checkpoint) {
  std::vector<StoredEvent> events;
  if (!items.has_value()) return events;
  for (const simdjson::dom::element item : *items) {
    auto event = CheckItem(item, fmt::format("{}[{}]", name, events.size()), checkpoint);
    RETURN_IF_ERROR(event);
    events.push_back(*std::move(event));
  }
  return events;
}

// What is not looked at proves nothing.
Status CheckMembers(const simdjson::dom::element& root) {
  simdjson::dom::object object;
  CHECK(root.get(object) == simdjson::SUCCESS);
  for (const auto& member : object) {
    if (std::find(kMembers.begin(), kMembers.end(), member.key) == kMembers.end()) {
      return NoProof(fmt::format("it has a member {} that this program does not know", Quoted(member.key)));
    }
  }
  return Status();
}

// The links that the changes make, in order.
Result<std::vector<KeyLink>> LinksOf(const std::vector<StoredEvent>& changes) {
  std::vector<KeyLink> links;
  for (const StoredEvent& change : changes) {
    const std::string name = fmt::format("keys[{}]", links.size());
    if (change.view().type() != EventType::SigningKeyChanged) return NotProved(name + ": it changes no key");
    auto link = KeyLinkOf(change.view());
    if (!link.has_value()) return NotProved(name + ": its key is none");
    if (!links.empty() && links.back().since >= link->since) return NotProved(name + ": it is not in order");
    links.push_back(*std::move(link));
  }
  return links;
}

// The keys from the trusted one on. What is before it needs no signature: the ledger's first key is not in the file.
Result<KeyChain> ChainFrom(const PublicKey& trusted, const std::vector<StoredEvent>& changes,
                           const std::vector<KeyLink>& links, const Checkpoint& checkpoint) {
  const auto known = std::find_if(links.begin(), links.end(), [&](const KeyLink& link) { return link.key == trusted; });
  const size_t begin = known == links.end() ? 0 : static_cast<size_t>(known - links.begin()) + 1;
  const std::string ledger_id = checkpoint.origin.substr(checkpoint.origin.rfind('/') + 1);
  KeyChain chain = begin == 0 ? KeyChain(ledger_id, trusted) : KeyChain(ledger_id, links[begin - 1]);
  for (size_t i = begin; i < changes.size(); i++) RETURN_IF_ERROR(chain.Add(changes[i].view()));
  return chain;
}

}  // namespace

Result<std::string> MakeProofFile(const EventLog& log, const std::vector<uint64_t>& seqs, const SigningKey& key) {
  const auto checkpoint = CheckpointAt(log, log.last_seq());
  RETURN_IF_ERROR(checkpoint);
  const auto changes = log.FindOfType(EventType::SigningKeyChanged);
  RETURN_IF_ERROR(changes);
  std::string json = fmt::format("{{\"format\":\"{}\",\"company\":", kFormat);
  AppendJsonText(log.identity().company, &json);
  json += ",\"checkpoint\":";
  AppendJsonText(SignCheckpoint(*checkpoint, key), &json);
  if (!changes->empty()) {
    json += ",\"keys\":";
    RETURN_IF_ERROR(AppendItems(log, *changes, checkpoint->size, &json));
  }
  json += ",\"events\":";
  RETURN_IF_ERROR(AppendItems(log, seqs, checkpoint->size, &json));
  return json + "}\n";
}

Result<CheckedProof> CheckProofFile(std::string_view text, const PublicKey& key) {
  if (text.size() > kMaxProofBytes) return NoProof(fmt::format("it is longer than {} bytes", kMaxProofBytes));
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS || !root.is_object()) {
    return NoProof("it is not one JSON object");
  }
  if (Member<std::string_view>(root, "format") != kFormat) return NoProof(fmt::format("format is not {}", kFormat));
  RETURN_IF_ERROR(CheckMembers(root));
  const auto company = Member<std::string_view>(root, "company");
  const auto note_text = Member<std::string_view>(root, "checkpoint");
  const auto keys = Member<simdjson::dom::array>(root, "keys");
  const auto events = Member<simdjson::dom::array>(root, "events");
  if (!company.has_value()) return NoProof("company is no text");
  if (!note_text.has_value()) return NoProof("checkpoint is no text");
  if (!keys.has_value() && root["keys"].error() != simdjson::NO_SUCH_FIELD) return NoProof("keys is no list of events");
  if (!events.has_value() || events->size() == 0) return NoProof("events is no list of events");
  const auto note = ParseSignedNote(*note_text);
  RETURN_IF_ERROR(note);
  auto checkpoint = ParseCheckpointText(note->text);
  RETURN_IF_ERROR(checkpoint);
  const auto changes = CheckItems(keys, "keys", *checkpoint);
  RETURN_IF_ERROR(changes);
  const auto links = LinksOf(*changes);
  RETURN_IF_ERROR(links);
  const auto chain = ChainFrom(key, *changes, *links, *checkpoint);
  RETURN_IF_ERROR(chain);
  const auto signer = chain->SignerOf(*note, checkpoint->size);
  RETURN_IF_ERROR(signer);
  RETURN_IF_ERROR(chain->Follow(0, *signer));
  if (!checkpoint->origin.starts_with(ToKeyName(*company) + "/")) {
    return NotProved(fmt::format("the checkpoint is of {}, not of a ledger of {}", checkpoint->origin, *company));
  }
  auto proved = CheckItems(events, "events", *checkpoint);
  RETURN_IF_ERROR(proved);
  return CheckedProof{std::string(*company), *std::move(checkpoint), chain->links()[*signer].key,
                      UnsignedChanges(*links), *std::move(proved)};
}

}  // namespace duebook
