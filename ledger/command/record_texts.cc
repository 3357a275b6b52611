// Texts of a record: names of all kinds, and prose.

#include <fmt/format.h>

#include <algorithm>

#include "ledger/command/record_reader.h"
#include "ledger/command/spelling.h"
#include "ledger/values/suggestion.h"

namespace duebook {
namespace {

// No text gets shorter than a third of its bytes in NFC.
constexpr size_t kMostToCompose = 3 * kMaxIdBytes;

// Most text: no bytes that need a closer look. Eight are looked at together: the highest bit of one is set if it was
// set, if it is by adding 1 (to 0x7f), or by taking off 0x20 (from less).
bool IsPrintableAscii(std::string_view text) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kSpaces = 0x20 * kOnes;
  uint64_t odd = 0;
  const auto look_at = [&odd](uint64_t eight) { odd |= eight | (eight + kOnes) | (eight - kSpaces); };
  for (; text.size() >= sizeof(odd); text.remove_prefix(sizeof(odd))) look_at(FirstEight(text));
  look_at(FirstEight(text) | kSpaces << 8 * text.size());
  return (odd & 0x80 * kOnes) == 0;
}

// Prose may have lines and columns, but nothing else that a terminal would obey. No ledger ever took what else is below
// U+0020.
bool HasForbiddenControl(std::string_view text, bool prose) {
  if (!prose) return HasControlCharacter(text);
  return std::any_of(text.begin(), text.end(), [](char c) {
    return c != '\t' && c != '\n' && c != '\r' && HasControlCharacter({&c, 1});
  });
}

// Returns the id without what the ledger puts behind it: what the ledger adds by itself is called by its cause's id
// with :1, :2, ... behind it, and comes back in an export.
std::string_view WithoutSuffix(std::string_view id) {
  const size_t colon = id.rfind(':');
  const std::string_view digits = colon == std::string_view::npos ? std::string_view() : id.substr(colon + 1);
  const bool is_suffix =
      !digits.empty() && digits.size() <= 5 && digits.find_first_not_of("0123456789") == std::string_view::npos;
  return is_suffix && id.size() > kMaxNumberBytes ? id.substr(0, colon) : id;
}

std::string TooLongSentence(std::string_view field, size_t size, size_t most) {
  return fmt::format("{} has {} bytes; at most {} are allowed", field, size, most);
}

}  // namespace

RecordReader::Namespace RecordReader::NamespaceOf(const FieldInfo& field) {
  const DocumentKind kind = field.names != DocumentKind::kNone ? field.names : field.introduces;
  if (kind != DocumentKind::kNone) return {Namespace::kDocuments, kind};
  return {field.of_people ? Namespace::kUsersAndRoles : Namespace::kNothing};
}

std::string_view RecordReader::ReadName(std::string_view field, const RawValue& value, const Namespace& among) {
  if (value.is_text()) return SpellName(field, value.text, among);
  Refuse(RejectionCode::kBadField, field, fmt::format("{} must be a text, not {}", field, value.kind_name()));
  return {};
}

// The name as it is to be recorded. A view into the record, or into what is kept beside it.
std::string_view RecordReader::SpellName(std::string_view field, std::string_view text, const Namespace& among) {
  const auto size_of = [&](std::string_view name) {
    return among.kind == Namespace::kEventIds ? WithoutSuffix(name).size() : name.size();
  };
  const bool plain = IsPrintableAscii(text);
  if (size_of(text) > (plain ? kMaxNumberBytes : kMostToCompose)) {
    Refuse(RejectionCode::kTooLong, field, TooLongSentence(field, size_of(text), kMaxNumberBytes));
    return text;
  }
  if (text.starts_with(' ') || text.ends_with(' ')) {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} {} has blanks at its ends", field, Quoted(text)));
  }
  if (plain || !IsUtf8WithoutControls(field, text, false) || context_->as_spelled) return text;

  const std::string_view spelled = IsNfc(text) ? text : spelled_.emplace_back(Nfc(text));
  const bool too_long = size_of(spelled) > kMaxNumberBytes;
  const std::optional<std::string> wrong = WrongWithName(spelled);
  if (spelled == text && !too_long && !wrong.has_value()) return text;
  unsettled_ = context_->known == nullptr;
  if (Knows(among, spelled)) return spelled;
  if (Knows(among, text)) return text;
  if (too_long)
    RefuseSpelling(RejectionCode::kTooLong, field, TooLongSentence(field, size_of(spelled), kMaxNumberBytes));
  if (wrong.has_value()) {
    RefuseSpelling(RejectionCode::kBadField, field, fmt::format("{} {} {}", field, Quoted(text), *wrong));
  }
  return spelled;
}

bool RecordReader::Knows(const Namespace& among, std::string_view name) const {
  KnownNames* known = context_->known;
  if (known == nullptr || name.size() > kMaxIdBytes) return false;
  switch (among.kind) {
    case Namespace::kNothing:
    case Namespace::kEventIds:  // the ledger asks the books itself, before it reads the record
      return false;
    case Namespace::kCustomers:
      return known->KnowsCustomer(name);
    case Namespace::kDocuments:
      return known->KnowsDocument(among.documents, name);
    case Namespace::kUsersAndRoles:
      return known->KnowsUserOrRole(name);
  }
  return false;
}

std::string_view RecordReader::ReadProse(std::string_view field, const RawValue& value) {
  if (!value.is_text()) {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} must be a text, not {}", field, value.kind_name()));
    return {};
  }
  const std::string_view text = value.text;
  if (text.size() > kMaxProseBytes) {
    Refuse(RejectionCode::kTooLong, field, TooLongSentence(field, text.size(), kMaxProseBytes));
  }
  if (IsPrintableAscii(text) || !IsUtf8WithoutControls(field, text, true) || context_->as_spelled) return text;
  if (const auto wrong = WrongWithProse(text)) {
    unsettled_ = context_->known == nullptr;
    RefuseSpelling(RejectionCode::kBadField, field, fmt::format("{} {} {}", field, Quoted(text), *wrong));
  }
  return text;
}

// Refuses what no ledger ever took, and returns false then.
bool RecordReader::IsUtf8WithoutControls(std::string_view field, std::string_view text, bool prose) {
  if (!IsValidUtf8(text)) {
    Refuse(RejectionCode::kBadUtf8, field, fmt::format("{} {} is not UTF-8", field, Quoted(text)));
    return false;
  }
  if (HasForbiddenControl(text, prose)) {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} {} holds a control character", field, Quoted(text)));
    return false;
  }
  return true;
}

// Refuses what an older ledger may have taken, unless only the books can tell: then it is kept for those who ask them.
void RecordReader::RefuseSpelling(RejectionCode code, std::string_view field, std::string sentence) {
  if (context_->known != nullptr) return Refuse(code, field, std::move(sentence));
  if (spelling_rejection_.has_value() && spelling_rejection_->code <= code) return;
  spelling_rejection_ = Rejection{code, std::move(sentence), Printable(field)};
}

}  // namespace duebook
