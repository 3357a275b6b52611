// Roles, policies, periods, and the key that signs.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/proof/checkpoint.h"
#include "ledger/proof/key_chain.h"
#include "ledger/rules/rule.h"
#include "ledger/values/base64.h"
#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

// Whoever holds one of these roles keeps what it may do from all others; as long as nobody does, it is free to all.
std::optional<Rejection> CheckKeeper(const RuleCase& rule_case, std::string_view role) {
  const std::vector<RoleChange>& changes = rule_case.books.control().role_changes;
  const EventView event = rule_case.event;
  if (event.imported() || !IsHeldByAnybody(changes, role, event.date())) return std::nullopt;
  if (HoldsRoleStill(changes, event.actor(), role, event.date())) return std::nullopt;
  const std::string date = event.date().ToString();
  return Rejection{RejectionCode::kMissingRole,
                   event.actor().empty()
                       ? fmt::format("no actor is named, and on {} others hold the role {}", date, role)
                       : fmt::format("{} does not hold the role {} on {}, which others do", event.actor(), role, date),
                   "actor"};
}

std::optional<Rejection> CheckController(RuleCase& rule_case) { return CheckKeeper(rule_case, kController); }

std::optional<Rejection> CheckAdministrator(RuleCase& rule_case) { return CheckKeeper(rule_case, kAdministrator); }

// --- roles ---

// Nobody grants a role to themselves, save the one who becomes administrator while nobody is.
std::optional<Rejection> DecideRoleChange(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const RoleChange change = RoleChangeOf(event);
  const bool to_themselves = change.granted && change.user == event.actor() && !event.imported();
  const bool becomes_first = change.role == kAdministrator &&
                             !IsHeldByAnybody(rule_case.books.control().role_changes, kAdministrator, event.date());
  if (to_themselves && !becomes_first) {
    return Rejection{RejectionCode::kSelfApproval,
                     fmt::format("{} cannot grant the role {} to themselves", change.user, change.role), "actor"};
  }
  return CheckKeeper(rule_case, kAdministrator);
}

void EvolveRoleChange(Books& books, EventView event) {
  books.MutableControl().role_changes.push_back(RoleChangeOf(event));
}

// --- policies ---

std::optional<Rejection> CheckPolicy(RuleCase& rule_case) {
  const WriteOffPolicy policy = PolicyOf(rule_case.event);
  const auto refuse = [](std::string sentence, std::string_view field) {
    return Rejection{RejectionCode::kBadField, std::move(sentence), std::string(field)};
  };
  if (policy.bands.empty()) return refuse("a policy needs at least one band", "bands");
  if (policy.months < 0 || policy.months > 1200) {
    return refuse(fmt::format("a window of {} months; it must be 0 to 1200", policy.months), "months");
  }
  for (size_t i = 0; i < policy.bands.size(); i++) {
    const WriteOffBand& band = policy.bands[i];
    const bool last = i + 1 == policy.bands.size();
    if (band.approvals < 1) {
      return refuse(
          fmt::format("band {} asks for {} approvals; at least one person must approve", i + 1, band.approvals),
          "bands");
    }
    if (!last && !band.up_to.has_value()) {
      return refuse(fmt::format("band {} has no limit; only the last band may go without", i + 1), "bands");
    }
    if (i > 0 && band.up_to.has_value() && *band.up_to <= *policy.bands[i - 1].up_to) {
      return refuse(
          fmt::format("band {} ends at {}, the one before it at {}: limits must ascend", i + 1,
                      Shown(*band.up_to, policy.currency), Shown(*policy.bands[i - 1].up_to, policy.currency)),
          "bands");
    }
  }
  return std::nullopt;
}

void EvolveWriteOffPolicySet(Books& books, EventView event) {
  books.MutableControl().policies.push_back({event.seq(), event.date(), PolicyOf(event)});
}

// --- periods ---

// Closings move forward.
std::optional<Rejection> CheckClosingMovesForward(RuleCase& rule_case) {
  const std::vector<Date>& closed = rule_case.books.control().closed_through;
  const Date through = DateOf(*rule_case.event.body<schema::PeriodClosed>().through());
  if (!closed.empty() && through <= closed.back()) {
    return Rejection{RejectionCode::kPeriodClosed,
                     fmt::format("the books are closed through {} already", closed.back().ToString()), "through"};
  }
  return std::nullopt;
}

void EvolvePeriodClosed(Books& books, EventView event) {
  books.MutableControl().closed_through.push_back(DateOf(*event.body<schema::PeriodClosed>().through()));
}

// Names the end of a closing in force, and lifts it with all later ones.
std::optional<Rejection> CheckClosingIsInForce(RuleCase& rule_case) {
  const std::vector<Date>& closed = rule_case.books.control().closed_through;
  const Date through = DateOf(*rule_case.event.body<schema::PeriodReopened>().through());
  if (std::find(closed.begin(), closed.end(), through) == closed.end()) {
    return Rejection{RejectionCode::kPeriodNotClosed,
                     closed.empty() ? std::string("no closing is in force")
                                    : fmt::format("no closing in force ends on {}; the last one does on {}",
                                                  through.ToString(), closed.back().ToString()),
                     "through"};
  }
  return std::nullopt;
}

void EvolvePeriodReopened(Books& books, EventView event) {
  const Date through = DateOf(*event.body<schema::PeriodReopened>().through());
  std::erase_if(books.MutableControl().closed_through, [through](Date closed) { return closed >= through; });
}

// --- the key that signs ---

// Whether the key was the ledger's at any time. Its present one is the last.
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

void EvolveSigningKeyChanged(Books& books, EventView event) {
  const std::string_view key = EventView::Text(event.body<schema::SigningKeyChanged>().public_key());
  books.MutableControl().key_changes.push_back({event.seq(), std::string(key)});
}

}  // namespace

const Rule kRoleChange{.decide = DecideRoleChange, .evolve = EvolveRoleChange};
const Rule kWriteOffPolicySet{
    .check_fields = CheckPolicy, .decide = CheckAdministrator, .evolve = EvolveWriteOffPolicySet};
const Rule kPeriodClosed{
    .check_dates = CheckClosingMovesForward, .decide = CheckController, .evolve = EvolvePeriodClosed};
const Rule kPeriodReopened{
    .check_dates = CheckClosingIsInForce, .decide = CheckController, .evolve = EvolvePeriodReopened};
const Rule kSigningKeyChanged{
    .check_fields = CheckNewKey, .decide = DecideSigningKeyChanged, .evolve = EvolveSigningKeyChanged};

}  // namespace duebook
