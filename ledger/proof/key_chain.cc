#include "ledger/proof/key_chain.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/base64.h"
#include "ledger/values/text.h"

namespace duebook {

namespace {

Error NotInTheChain(EventView change, std::string_view why) {
  return {ErrorCode::kDamaged, fmt::format("event {}: it changes the signing key, but {}", change.seq(), why), ""};
}

std::string NamesOf(const std::vector<KeyLink>& links) {
  std::string names;
  for (const KeyLink& link : links) names += (names.empty() ? "" : ", nor by ") + link.key.ToString();
  return names;
}

}  // namespace

std::string KeyChangeText(std::string_view ledger_id, const PublicKey& before, const PublicKey& after) {
  return fmt::format("duebook key change 1\n{}\n{}\n{}\n", ledger_id, before.ToString(), after.ToString());
}

std::optional<KeyLink> KeyLinkOf(EventView change) {
  const auto& body = change.body<schema::SigningKeyChanged>();
  auto key = PublicKey::Parse(EventView::Text(body.public_key()));
  if (!key.has_value()) return std::nullopt;
  return KeyLink{*std::move(key),
                 change.seq(),
                 change.date(),
                 std::string(change.actor()),
                 std::string(EventView::Text(body.reason())),
                 body.signature() != nullptr};
}

std::string SentenceOnUnsigned(const KeyLink& link) {
  return fmt::format(
      "event {} of {} put {} in place of the key before, and nobody signed that: {} said that it was "
      "lost: {}",
      link.since, link.date.ToString(), link.key.ToString(), link.actor.empty() ? "somebody" : link.actor,
      Printable(link.reason));
}

std::vector<std::string> UnsignedChanges(std::span<const KeyLink> links) {
  std::vector<std::string> told;
  for (const KeyLink& link : links) {
    if (!link.is_signed) told.push_back(SentenceOnUnsigned(link));
  }
  return told;
}

Status KeyChain::Add(EventView change) {
  auto link = KeyLinkOf(change);
  if (!link.has_value()) return NotInTheChain(change, "to what is no public key");
  if (Find(link->key).has_value()) return NotInTheChain(change, "to one that was the ledger's before");
  if (link->is_signed) {
    const auto& body = change.body<schema::SigningKeyChanged>();
    const auto signature = FromBase64(EventView::Text(body.signature()));
    if (!signature.has_value() || !current().Verify(KeyChangeText(ledger_id_, current(), link->key), *signature)) {
      return NotInTheChain(change,
                           fmt::format("its signature is not that of the key before, {}", current().ToString()));
    }
  }
  links_.push_back(*std::move(link));
  return Status();
}

std::optional<size_t> KeyChain::Find(const PublicKey& key) const {
  const auto found = std::find_if(links_.begin(), links_.end(), [&](const KeyLink& link) { return link.key == key; });
  return found == links_.end() ? std::nullopt : std::optional(static_cast<size_t>(found - links_.begin()));
}

Result<size_t> KeyChain::SignerOf(const SignedNote& note, uint64_t size) const {
  std::optional<size_t> too_late;
  for (size_t i = links_.size(); i-- > 0;) {
    if (!IsSignedBy(note, links_[i].key)) continue;
    if (i + 1 == links_.size() || size < links_[i + 1].since) return i;
    too_late = i;
  }
  if (!too_late.has_value()) {
    return Error{ErrorCode::kDamaged,
                 fmt::format("the checkpoint of {} events is not signed by {}", size, NamesOf(links_)),
                 "it was changed, or signed with another key"};
  }
  return Error{
      ErrorCode::kDamaged,
      fmt::format("the checkpoint of {} events is signed by {}, which was the ledger's key until event {} only", size,
                  links_[*too_late].key.ToString(), links_[*too_late + 1].since),
      "somebody else may have that key"};
}

Status KeyChain::Follow(size_t trusted, size_t later) const {
  for (size_t i = trusted + 1; i <= later; i++) {
    if (links_[i].is_signed) continue;
    return Error{ErrorCode::kDamaged, SentenceOnUnsigned(links_[i]),
                 "if you know from the company itself that this is its key, check with that one"};
  }
  return Status();
}

}  // namespace duebook
