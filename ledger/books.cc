#include "ledger/books.h"

#include <algorithm>
#include <type_traits>

#include "ledger/byte_codec.h"
#include "ledger/check.h"

namespace duebook {

namespace {

template <size_t index = 0>
std::optional<BooksRecord> DecodeAs(size_t wanted, std::string_view bytes) {
  if constexpr (index < std::variant_size_v<BooksRecord>) {
    if (index != wanted) return DecodeAs<index + 1>(wanted, bytes);
    std::variant_alternative_t<index, BooksRecord> record;
    ByteReader reader(bytes);
    record.Describe(reader);
    if (!reader.ok() || !reader.at_end()) return std::nullopt;
    return record;
  } else {
    return std::nullopt;
  }
}

}  // namespace

std::string EncodeBooksRecord(const BooksRecord& record) {
  ByteWriter writer;
  writer(static_cast<uint8_t>(record.index()));
  std::visit([&](const auto& member) { writer(member); }, record);
  return writer.Take();
}

std::optional<BooksRecord> DecodeBooksRecord(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  return DecodeAs(static_cast<uint8_t>(bytes.front()), bytes.substr(1));
}

Books::Entry* Books::FindEntry(char kind, std::string_view number) {
  key_.assign(1, kind);
  key_.append(number);
  for (const Recent& recent : recent_) {
    if (recent.entry != nullptr && recent.key == key_) return recent.entry;
  }
  if (const auto young = young_.find(std::string_view(key_)); young != young_.end()) return Remember(&young->second);
  if (const auto old = old_.find(std::string_view(key_)); old != old_.end()) {
    return Remember(&young_.insert(old_.extract(old)).position->second);
  }
  return LoadEntry();
}

Books::Entry* Books::Remember(Entry* entry) {
  Recent& recent = recent_[next_recent_++ % recent_.size()];
  recent.key = key_;
  recent.entry = entry;
  return entry;
}

Books::Entry* Books::LoadEntry() {
  Result<std::optional<std::string>> stored = load_(key_);
  if (!stored.ok()) {
    if (status_.ok()) status_ = stored.error();
    return nullptr;
  }
  if (!stored->has_value()) return nullptr;
  std::optional<BooksRecord> record = DecodeBooksRecord(**stored);
  if (!record.has_value()) {
    if (status_.ok()) {
      status_ = Error{ErrorCode::kDamaged, "a record of the books cannot be read",
                      "run `duebook verify`, and `duebook rebuild` to make the books again from the event log"};
    }
    return nullptr;
  }
  return Remember(&young_.emplace(key_, Entry{std::move(*record)}).first->second);
}

Books::Entry& Books::MarkChanged(Entry* entry) {
  if (undo_recording_ && entry->undo != undo_count_) {
    undo_.emplace_back(key_, *entry);
    entry->undo = undo_count_;
  }
  if (!entry->changed) {
    entry->changed = true;
    changed_.emplace_back(key_, entry);
  }
  return *entry;
}

// Null if there is one.
Books::Entry* Books::CreateEntry(char kind, std::string_view number, BooksRecord record) {
  key_.assign(1, kind);
  key_.append(number);
  const auto [position, inserted] = young_.emplace(key_, Entry{std::move(record), true, undo_count_});
  if (!inserted) return nullptr;
  changed_.emplace_back(key_, &position->second);
  if (undo_recording_) undo_.emplace_back(key_, std::nullopt);
  return Remember(&position->second);
}

void Books::Distrust(std::string why) {
  if (status_.ok()) {
    status_ = Error{ErrorCode::kDamaged, std::move(why), "`duebook verify` tells what is hit; restore from a backup"};
  }
}

const DocumentBase* Books::FindDocument(DocumentKind kind, std::string_view number) {
  const Entry* entry = FindEntry(static_cast<char>(kind), number);
  if (entry == nullptr) return nullptr;
  return std::visit(
      [](const auto& record) -> const DocumentBase* {
        if constexpr (std::is_base_of_v<DocumentBase, std::decay_t<decltype(record)>>) {
          return &record;
        } else {
          return nullptr;
        }
      },
      entry->record);
}

const Control& Books::control() {
  static const Control none;
  const auto* control = Find<Control>(kControlKind, {});
  return control == nullptr ? none : *control;
}

Control& Books::MutableControl() {
  if (FindEntry(kControlKind, {}) == nullptr) return Create<Control>(kControlKind, {});
  return Mutable<Control>(kControlKind, {});
}

Minor Books::turnover(Currency currency) {
  const auto* turnover = Find<Turnover>(kTurnoverKind, currency.ToString());
  return turnover == nullptr ? 0 : turnover->sum;
}

Turnover& Books::MutableTurnover(Currency currency) {
  const std::string code = currency.ToString();
  if (FindEntry(kTurnoverKind, code) == nullptr) return Create<Turnover>(kTurnoverKind, code);
  return Mutable<Turnover>(kTurnoverKind, code);
}

std::vector<BooksChange> Books::TakeChanges() {
  std::vector<BooksChange> changes;
  changes.reserve(changed_.size());
  // Sorted, as RocksDB takes neighbours in faster.
  std::sort(changed_.begin(), changed_.end());
  for (auto& [key, entry] : changed_) {
    CHECK(entry->changed);
    entry->changed = false;
    changes.push_back({std::move(key), EncodeBooksRecord(entry->record)});
  }
  changed_.clear();
  StopUndo();
  if (young_.size() > cached_records_) {
    old_ = std::move(young_);
    young_.clear();
    Forget();
  }
  return changes;
}

void Books::StartUndo() {
  undo_recording_ = true;
  undo_count_++;
  changed_before_undo_ = changed_.size();
}

void Books::Rollback() {
  CHECK(undo_recording_);
  for (auto& [key, entry] : undo_) {
    const auto position = young_.find(key);
    CHECK(position != young_.end());
    if (entry.has_value()) {
      position->second = std::move(*entry);
    } else {
      young_.erase(position);
    }
  }
  Forget();
  changed_.resize(changed_before_undo_);
  StopUndo();
}

}  // namespace duebook
