#include "ledger/books/books.h"

#include <algorithm>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "ledger/books/record_bytes.h"
#include "ledger/values/check.h"
#include "ledger/values/prefetch.h"

namespace duebook {

namespace {

constexpr int kLooks = 4;  // for each event; few have more than two records of their own

template <class T>
const DocumentBase* BaseOf(const T& record) {
  if constexpr (std::is_base_of_v<DocumentBase, T>) {
    return &record;
  } else {
    return nullptr;
  }
}
template <class T>
const DocumentBase* BaseOf(const Apart<T>& record) {
  return BaseOf(record.value());
}

// Puts what is missing, as it is there as a whole, before what was added since.
void CompleteCredit(const CreditFile& whole, CreditFile* credit) {
  credit->latest = std::max(credit->latest, whole.latest);
  for (const auto list : {&CreditFile::invoices, &CreditFile::payments, &CreditFile::credit_notes,
                          &CreditFile::shipments, &CreditFile::guarantees, &CreditFile::disputes}) {
    std::vector<Name> names = whole.*list;
    names.insert(names.end(), (credit->*list).begin(), (credit->*list).end());
    credit->*list = std::move(names);
  }
}

void CompletePapers(const PapersOfCustomer& whole, Customer* customer) {
  if (whole.confirmations.empty() && whole.bills.empty()) return;
  PapersOfCustomer& papers = customer->papers.Mutable();
  papers.confirmations.insert(papers.confirmations.begin(), whole.confirmations.begin(), whole.confirmations.end());
  for (const BillsAtRisk& each : whole.bills) papers.RiskOf(each.currency, each.method).Add(each.face);
}

// Adds to a customer that is here in part what is missing, if the other one is it as a whole. What was added here since
// it was read stays.
bool Complete(BooksRecord& whole_record, BooksRecord* record) {
  const auto* whole = RecordAs<Customer>(&whole_record);
  auto* customer = RecordAs<Customer>(record);
  if (whole == nullptr || customer == nullptr || whole->in_part || !customer->in_part) return false;
  std::vector<std::string> recorders = whole->payment_recorders;
  for (std::string& since : customer->payment_recorders) {
    if (std::find(recorders.begin(), recorders.end(), since) == recorders.end()) recorders.push_back(std::move(since));
  }
  customer->payment_recorders = std::move(recorders);
  customer->requested = whole->requested;
  CompletePapers(*whole->papers, customer);
  CompleteCredit(whole->credit, &customer->credit);
  customer->in_part = false;
  return true;
}

}  // namespace

Books::Entry* Books::FindEntry(char kind, std::string_view number) {
  Entry* entry = FindLoaded(kind, number);
  const bool comes_by_itself = kind != kControlKey && kind != kSchedulesKey;  // rather than with others
  if (entry != nullptr || source_ == nullptr || !comes_by_itself) return entry;
  const Status loaded = kind == kCustomerKey ? source_->LoadCustomer(number)
                                             : source_->LoadDocument(static_cast<DocumentKind>(kind), number);
  if (!loaded.ok() && status_.ok()) status_ = loaded;
  return FindLoaded(kind, number);
}

// May also bring back a record that only shares the hash; one look-up in thousands does.
Books::Entry* Books::FindLoaded(char kind, std::string_view number, uint64_t hash) {
  Entry* entry = nullptr;
  places_.Find(hash, [&](uint64_t place) {
    entry = BringBack(place);
    return entry != nullptr && entry->Is(kind, number);
  });
  if (entry == nullptr || !entry->Is(kind, number)) return nullptr;
  entry->asked_for = true;
  return entry;
}

void Books::Prefetch(PrefetchStep step, uint64_t hash) const {
  if (step == PrefetchStep::kPlace) return places_.Prefetch(hash);
  places_.Find(hash, [&](uint64_t place) {
    if (step == PrefetchStep::kWhereabouts) {
      __builtin_prefetch(&where_[place]);
    } else if (const Entry* entry = InMemory(place)) {
      if (step == PrefetchStep::kNumber) {
        entry->number.Prefetch();
      } else {
        duebook::Prefetch({reinterpret_cast<const char*>(entry), sizeof(Entry)});
      }
    }
    return true;
  });
}

Books::Entry& Books::MarkChanged(Entry* entry) {
  if (undo_recording_ && entry->undo != undo_count_) {
    undo_.emplace_back(entry, entry->record);
    entry->undo = undo_count_;
  }
  return *entry;
}

Books::Entry* Books::AddEntry(char kind, Name number, uint64_t hash) {
  uint64_t place = where_.size();
  if (!no_places_.empty()) {
    place = no_places_.back();
    no_places_.pop_back();
  } else {
    where_.push_back(0);
  }
  places_.Insert(hash, place);
  Entry& entry = TakeSlot(place);
  entry.kind = kind;
  entry.number = number;
  return &entry;
}

void Books::Erase(Entry* entry) {
  places_.Erase(BooksHash(entry->kind, entry->number), entry->place);
  no_places_.push_back(entry->place);
  where_[entry->place] = 0;
  FreeSlot(entry);
}

Books::Entry* Books::CreateEntry(char kind, std::string_view number) {
  const uint64_t hash = BooksHash(kind, number);
  if (FindLoaded(kind, number, hash) != nullptr) return nullptr;
  Entry* entry = AddEntry(kind, names_.Keep(number), hash);
  entry->undo = undo_count_;
  if (undo_recording_) undo_.emplace_back(entry, std::nullopt);
  return entry;
}

void Books::Reserve(size_t records) {
  places_.Reserve(places_.size() + records);
  where_.reserve(where_.size() + records);
}

// --- what is in memory, and what is put away ---

void Books::KeepInMemory(size_t most, std::filesystem::path folder) {
  most_in_memory_ = most;
  shelf_folder_ = std::move(folder);
}

Books Books::Fresh() const {
  Books fresh;
  fresh.KeepInMemory(most_in_memory_, shelf_folder_);
  return fresh;
}

Books::Entry& Books::TakeSlot(uint64_t place) {
  uint32_t slot = last_slot_ + 1;
  if (!free_slots_.empty()) {
    slot = free_slots_.back();
    free_slots_.pop_back();
  } else {
    last_slot_ = slot;
    if (slot > blocks_.size() * kBlockEntries) blocks_.push_back(std::make_unique<Block>());
  }
  where_[place] = slot;
  Entry& entry = InSlot(slot);
  entry.place = static_cast<uint32_t>(place);
  entry.slot = slot;
  return entry;
}

void Books::FreeSlot(Entry* entry) {
  free_slots_.push_back(entry->slot);
  *entry = Entry();
}

Books::Entry* Books::BringBack(uint64_t place) {
  const uint32_t where = where_[place];
  if ((where & kAway) == 0) return where == 0 ? nullptr : &InSlot(where);
  const auto bytes = shelf_->Read(where & ~kAway);
  if (!bytes.ok()) {
    if (status_.ok()) status_ = bytes.error();
    return nullptr;
  }
  NumberedRecord numbered = RecordFrom(*bytes);
  Entry& entry = TakeSlot(place);
  entry.kind = numbered.kind;
  entry.number = numbered.number;
  entry.record = std::move(numbered.record);
  return &entry;
}

// Looks at one slot after the other, round and round: what was asked for since the last time stays.
void Books::PutAway() {
  if (records_in_memory() <= most_in_memory_ || undo_recording_) return;
  if (shelf_ == nullptr) shelf_ = RecordShelf::Make(shelf_folder_);
  if (shelf_ == nullptr) most_in_memory_ = SIZE_MAX;
  for (int i = 0; shelf_ != nullptr && i < kLooks; i++) {
    looked_at_ = looked_at_ % last_slot_ + 1;
    Entry& entry = InSlot(looked_at_);
    if (entry.kind == kNoKey || std::exchange(entry.asked_for, false)) continue;
    const auto bytes = BytesOf(entry.number, entry.kind, entry.record);
    const auto where = bytes.has_value() ? shelf_->Put(*bytes) : std::nullopt;
    if (!where.has_value()) continue;
    where_[entry.place] = kAway | *where;
    FreeSlot(&entry);
  }
}

void Books::Adopt(Books&& other) {
  CHECK(other.shelf_ == nullptr);
  if (!other.status_.ok() && status_.ok()) status_ = other.status_;
  names_.Adopt(std::move(other.names_));
  places_.Reserve(places_.size() + other.places_.size());
  std::unordered_map<const Entry*, Entry*> completed;  // here, by which one
  for (uint64_t place = 1; place < other.where_.size(); place++) {
    Entry* entry = other.InMemory(place);
    if (entry == nullptr) continue;
    const uint64_t hash = BooksHash(entry->kind, entry->number);
    Entry* here = FindLoaded(entry->kind, entry->number, hash);
    if (here == nullptr) {
      AddEntry(entry->kind, entry->number, hash)->record = std::move(entry->record);
    } else if (Complete(entry->record, &here->record)) {
      completed.emplace(here, entry);
    }
  }
  if (completed.empty()) return;
  // What a rollback would bring back is as incomplete.
  for (auto& [entry, before] : undo_) {
    const auto whole = completed.find(entry);
    if (whole != completed.end() && before.has_value()) Complete(whole->second->record, &*before);
  }
}

void Books::CompleteCustomer(std::string_view id) {
  const auto* customer = FindCustomer(id).As<Customer>();
  if (customer == nullptr || !customer->in_part || source_ == nullptr) return;
  const Status loaded = source_->LoadWholeCustomer(id);
  if (!loaded.ok() && status_.ok()) status_ = loaded;
}

void Books::Distrust(std::string why) {
  if (status_.ok()) {
    status_ = Error{ErrorCode::kDamaged, std::move(why), "`duebook verify` tells what is hit; restore from a backup"};
  }
}

const DocumentBase* Books::Found::document() const {
  if (entry_ == nullptr) return nullptr;
  return std::visit([](const auto& record) { return BaseOf(record); }, entry_->record);
}

std::optional<uint64_t> Books::FindIntroduction(std::string_view kind, std::string_view number) {
  const auto seq_of = [](const auto* record) {
    return record == nullptr ? std::nullopt : std::optional<uint64_t>(record->seq);
  };
  if (kind == "customer") return seq_of(FindCustomer(number).As<Customer>());
  const DocumentKind document_kind = KindFromName(kind);
  return document_kind == DocumentKind::kNone ? std::nullopt : seq_of(FindDocument(document_kind, number).document());
}

const Control& Books::control() {
  static const Control none;
  const auto* control = Found(FindEntry(kControlKey, {})).As<Control>();
  return control == nullptr ? none : *control;
}

Control& Books::MutableControl() {
  if (FindEntry(kControlKey, {}) == nullptr) return Create<Control>(kControlKey, {});
  return Mutable<Control>(kControlKey, {});
}

void Books::StartUndo() {
  undo_recording_ = true;
  undo_count_++;
}

void Books::Rollback() {
  CHECK(undo_recording_);
  for (auto& [entry, before] : undo_) {
    if (before.has_value()) {
      entry->record = std::move(*before);
    } else {
      Erase(entry);
    }
  }
  StopUndo();
}

}  // namespace duebook
