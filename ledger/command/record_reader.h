// Reads a Record into checked values: everything that can be refused without knowing the books. Of several faults the
// first in the order of RejectionCode is kept, so reading goes on after a fault.

#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/command/record_values.h"

namespace duebook {

class RecordReader {
 public:
  // The values, until the next call; null if the record is refused, see rejection(). They are views into the record and
  // the context.
  const RecordValues* Read(const Record& record, const CommandContext& context);
  const Rejection& rejection() const { return *rejection_; }
  // Returns whether the record read last has names or texts that only the books can settle.
  bool unsettled() const { return unsettled_; }

 private:
  enum class Common : int;
  // What a name is looked up among.
  struct Namespace {
    enum Kind { kNothing, kEventIds, kCustomers, kDocuments, kUsersAndRoles } kind = kNothing;
    DocumentKind documents = DocumentKind::kNone;
  };
  static Namespace NamespaceOf(const FieldInfo& field);

  // The record as a whole.
  void Reset();
  void FindType(const Record& record);
  void ReadField(std::string_view name, const RawValue& value, uint8_t* likely);
  void ReadCommon(Common field, std::string_view name, const RawValue& value);
  void ReadBodyField(const FieldInfo& field, const RawValue& value, FieldValue* read);
  void RefuseUnknownField(std::string_view name);
  void ReadSource(const std::string& source);
  void Complete(const CommandContext& context);
  void CompleteActor(const CommandContext& context);
  void CompleteCustomer(bool names_documents);
  void CompleteCurrency(bool names_documents, const CommandContext& context);
  void CompleteImported(const CommandContext& context);
  void RequireFields();
  void RequireOneOf();
  // Notes what is missing, once; `shown` is how people are told, if not by the field's name.
  void Miss(std::string_view field, std::string shown = {});
  // One refusal for all that is missing.
  void RefuseMissing();
  void RequireAChange();
  bool CountReferences();
  void ConvertAmounts();
  void ConvertAmount(std::string_view field, AmountValue* amount);
  bool IsMissing(int slot, bool absent) const { return absent && (refused_ >> slot & 1) == 0; }

  // Texts, see record_texts.cc. What is refused is left as it was.
  std::string_view ReadName(std::string_view field, const RawValue& value, const Namespace& among);
  std::string_view SpellName(std::string_view field, std::string_view text, const Namespace& among);
  bool Knows(const Namespace& among, std::string_view name) const;
  std::string_view ReadProse(std::string_view field, const RawValue& value);
  bool IsUtf8WithoutControls(std::string_view field, std::string_view text, bool prose);
  void RefuseSpelling(RejectionCode code, std::string_view field, std::string sentence);

  // Other single values, see record_scalars.cc. Likewise.
  Date ReadDate(std::string_view field, const RawValue& value);
  Decimal ReadAmount(std::string_view field, const RawValue& value, bool zero_allowed);
  int32_t ReadInteger(const FieldInfo& field, const RawValue& value);
  Hash ReadHash(std::string_view field, const RawValue& value);
  Currency ReadCurrency(const RawValue& value);
  bool ReadBool(std::string_view field, const RawValue& value);

  // Lists, see record_lists.cc.
  ItemRange ReadList(const FieldInfo& field, const RawValue& value);
  ItemRange ReadNames(std::string_view field, const RawValue& value, char sign, const Namespace& among);
  template <class ReadMember>
  void ReadMembers(const FieldInfo& list, const RawValue& item, ReadMember&& read_member);
  void ReadItem(const FieldInfo& field, const RawValue& value);
  void ReadItemCell(const FieldInfo& field, const RawValue& value, size_t first);
  // Puts pairs in the order of their names.
  void SortPairs(ItemRange items);
  // Refuses a list, or an item of one, that is not even written as one, and tells how it is.
  void RefuseForm(const FieldInfo& field, const RawValue& value, RejectionCode code = RejectionCode::kBadField,
                  std::string_view part = {});
  void RefuseRepeated(std::string_view field, ItemRange items);

  // Keeps the rejection if it comes before the one there is.
  void Refuse(RejectionCode code, std::string_view field, std::string sentence);
  // Likewise, with kBadUtf8 if the text cannot even be shown.
  void RefuseText(RejectionCode code, std::string_view field, std::string_view text, std::string sentence);

  struct MissingField {
    std::string_view field;
    std::string shown;
  };

  const CommandContext* context_ = nullptr;
  RecordValues values_;
  std::deque<std::string> spelled_;  // names that the record spells otherwise
  std::vector<MissingField> missing_;
  std::optional<Rejection> rejection_;
  std::optional<Rejection> spelling_rejection_;  // the same, if the ledger does not know what it is about
  bool unsettled_ = false;
  int faults_ = 0;
  uint64_t seen_ = 0;     // slots of the fields read so far
  uint64_t refused_ = 0;  // and of those with a fault
  std::optional<bool> imported_;
  // For each type, where among the names of its fields those of its last record stand, which has them in the order that
  // the next one has.
  using LikelyPlaces = std::array<uint8_t, 16>;
  std::array<LikelyPlaces, 256> likely_{};
  std::string plain_source_;
  std::vector<std::string_view> sorted_;
};

}  // namespace duebook
