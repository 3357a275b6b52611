#include "ledger/books.h"

#include <type_traits>

#include "ledger/check.h"

namespace duebook {

Books::Entry* Books::FindEntry(char kind, std::string_view number) {
  Entry* entry = FindLoaded(kind, number);
  if (entry != nullptr || source_ == nullptr || kind == kControlKind || kind == kTurnoverKind) return entry;
  const Status loaded = kind == kCustomerKind ? source_->LoadCustomer(number)
                                              : source_->LoadDocument(static_cast<DocumentKind>(kind), number);
  if (!loaded.ok() && status_.ok()) status_ = loaded;
  return FindLoaded(kind, number);
}

Books::Entry* Books::FindLoaded(char kind, std::string_view number) {
  key_.assign(1, kind);
  key_.append(number);
  for (const Recent& recent : recent_) {
    if (recent.entry != nullptr && recent.key == key_) return recent.entry;
  }
  const auto found = entries_.find(std::string_view(key_));
  return found == entries_.end() ? nullptr : Remember(&found->second);
}

Books::Entry* Books::Remember(Entry* entry) {
  Recent& recent = recent_[next_recent_++ % recent_.size()];
  recent.key = key_;
  recent.entry = entry;
  return entry;
}

Books::Entry& Books::MarkChanged(Entry* entry) {
  if (undo_recording_ && entry->undo != undo_count_) {
    undo_.emplace_back(key_, *entry);
    entry->undo = undo_count_;
  }
  return *entry;
}

// Null if there is one.
Books::Entry* Books::CreateEntry(char kind, std::string_view number, BooksRecord record) {
  key_.assign(1, kind);
  key_.append(number);
  const auto [position, inserted] = entries_.emplace(key_, Entry{std::move(record), undo_count_});
  if (!inserted) return nullptr;
  if (undo_recording_) undo_.emplace_back(key_, std::nullopt);
  return Remember(&position->second);
}

void Books::Adopt(Books&& other) {
  if (!other.status_.ok() && status_.ok()) status_ = other.status_;
  entries_.merge(other.entries_);
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

void Books::StartUndo() {
  undo_recording_ = true;
  undo_count_++;
}

void Books::Rollback() {
  CHECK(undo_recording_);
  for (auto& [key, entry] : undo_) {
    const auto position = entries_.find(key);
    CHECK(position != entries_.end());
    if (entry.has_value()) {
      position->second = std::move(*entry);
    } else {
      entries_.erase(position);
    }
  }
  Forget();
  StopUndo();
}

}  // namespace duebook
