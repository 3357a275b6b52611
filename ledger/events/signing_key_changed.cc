// Another key signs for the ledger: the key before signs the change; or nobody does, and an administrator says why.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/events/event_kind.h"
#include "ledger/events/keepers.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/key_chain.h"
#include "ledger/values/base64.h"
#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

// Returns whether the key was the ledger's at any time. Its present one is the last.
bool WasTheLedgers(const RuleCase& rule_case, std::string_view key) {
  const std::vector<KeyChange>& changes = rule_case.books.control().key_changes;
  return key == rule_case.ledger.public_key ||
         std::any_of(changes.begin(), changes.end(), [&](const KeyChange& change) { return change.public_key == key; });
}

// `duebook key` names keys after the ledger. The first key may have been made elsewhere, and have another name.
bool IsNamedAsTheLedgers(const LedgerIdentity& ledger, const PublicKey& key) {
  const auto first = PublicKey::Parse(ledger.public_key);
  return key.name() == OriginOf(ledger) || (first.has_value() && key.name() == first->name());
}

std::optional<Rejection> CheckKeySignature(const RuleCase& rule_case, const PublicKey& after,
                                           std::string_view signature) {
  const std::vector<KeyChange>& changes = rule_case.books.control().key_changes;
  const auto before = PublicKey::Parse(changes.empty() ? rule_case.ledger.public_key : changes.back().public_key);
  CHECK(before.has_value());
  const auto bytes = FromBase64(signature);
  const std::string signed_text = KeyChangeText(rule_case.ledger.ledger_id, *before, after);
  if (bytes.has_value() && before->Verify(signed_text, *bytes)) return std::nullopt;
  return Rejection{RejectionCode::kBadSignature,
                   fmt::format("the change is not signed by the ledger's present key, {}", before->ToString()),
                   "signature"};
}

// The key before signs the change; or nobody does, and an administrator says why. A key that nobody signed must have
// the ledger's name, so that what another ledger's export says of its lost key changes nothing here.
std::optional<Rejection> CheckNewKey(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const auto& body = event.body<schema::SigningKeyChanged>();
  const std::string_view text = EventView::Text(body.public_key());
  const auto key = PublicKey::Parse(text);
  if (body.signature() == nullptr &&
      EventView::Text(body.reason()).find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return Rejection{RejectionCode::kMissingField,
                     "a change that the key before did not sign says that it is lost, and needs a reason", "reason"};
  }
  if (event.imported()) {
    return Rejection{RejectionCode::kBadField, "the keys of another system's ledger are not those of this one",
                     "imported"};
  }
  if (!key.has_value()) {
    return Rejection{RejectionCode::kBadField, fmt::format("{} is no public key, NAME+HASH+KEY", Quoted(text)),
                     "public_key"};
  }
  if (WasTheLedgers(rule_case, text)) {
    return Rejection{RejectionCode::kBadField, fmt::format("{} is, or was, the ledger's key already", text),
                     "public_key"};
  }
  if (body.signature() == nullptr && !IsNamedAsTheLedgers(rule_case.ledger, *key)) {
    return Rejection{
        RejectionCode::kBadField,
        fmt::format("it is a key of {}, and those of this ledger have the name {}; `duebook key` makes one",
                    Quoted(key->name()), OriginOf(rule_case.ledger)),
        "public_key"};
  }
  return std::nullopt;
}

std::optional<Rejection> DecideSigningKeyChanged(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::SigningKeyChanged>();
  if (body.signature() == nullptr) return CheckAdministrator(rule_case);
  const auto key = PublicKey::Parse(EventView::Text(body.public_key()));
  return CheckKeySignature(rule_case, *key, EventView::Text(body.signature()));
}

void EvolveSigningKeyChanged(const EvolveCase& evolve_case) {
  const std::string_view key = EventView::Text(evolve_case.event.body<schema::SigningKeyChanged>().public_key());
  evolve_case.books.MutableControl().key_changes.push_back({evolve_case.event.seq(), std::string(key)});
}

}  // namespace

const EventKind kSigningKeyChanged{
    .chinese = "更换签名密钥",
    .sentence = "Signing key changed to {public_key}[, signed by the key before: {signature}][: {reason}]",
    .chinese_sentence = "签名密钥改为 {public_key}[，原密钥签名 {signature}][：{reason}]",
    .check_fields = CheckNewKey,
    .decide = DecideSigningKeyChanged,
    .evolve = EvolveSigningKeyChanged,
    .loaded = LoadedWith::kControl,
};

}  // namespace duebook
