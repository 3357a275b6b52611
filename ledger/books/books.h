// The books: the state that the rules decide on, a fold of the event log. In memory a document takes about 200 bytes;
// one that was not asked for lately, beyond a stated number of them, lies in a file (record_shelf.h), and some 30 bytes
// in memory lead to it.
//
// Not thread-safe: the ledger uses it under its own lock. References returned stay valid until the next Rollback or
// PutAway.

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/books/books_records.h"
#include "ledger/books/record_shelf.h"
#include "ledger/event/document_key.h"
#include "ledger/event/event.h"
#include "ledger/values/check.h"
#include "ledger/values/numbers_by_hash.h"
#include "ledger/values/result.h"

namespace duebook {

class Books {
 private:
  static constexpr const char* kNotThere = "it changes what no event before it introduced";
  static constexpr const char* kThereAlready = "it introduces what an event before it introduced";

  struct Entry {
    Name number;
    char kind = kNoKey;
    bool asked_for = false;  // since it was looked at for putting it away
    uint32_t undo = 0;       // the StartUndo, counted, since which it has been kept as it was before
    uint32_t place = 0;
    uint32_t slot = 0;
    BooksRecord record;

    bool Is(char other_kind, std::string_view other) const { return kind == other_kind && number.text() == other; }
  };

 public:
  // A customer or document that was looked up: there, or not.
  class Found {
   public:
    Found() = default;
    explicit operator bool() const { return entry_ != nullptr; }
    // Returns its number as the books keep it; an empty one if it is not there.
    Name number() const { return entry_ == nullptr ? Name() : entry_->number; }
    // Returns null if it is not there, or is none of this type (a credit note on an invoice is no Funding).
    template <class T>
    const T* As() const {
      return entry_ == nullptr ? nullptr : RecordAs<T>(&entry_->record);
    }
    // Requires that it is there, and of this type.
    template <class T>
    const T& Get() const {
      const T* record = As<T>();
      CHECK(record != nullptr);
      return *record;
    }
    // Returns what every document has; null if it is not there, or is none.
    const DocumentBase* document() const;
    // Returns whether both are the same one, or none.
    friend bool operator==(const Found&, const Found&) = default;

   private:
    friend class Books;
    explicit Found(Entry* entry) : entry_(entry) {}

    Entry* entry_ = nullptr;
  };

  // Where records come from that are not in memory yet.
  class Source {
   public:
    virtual ~Source() = default;
    // Puts the customer into the books, if there is one; perhaps in part.
    virtual Status LoadCustomer(std::string_view id) = 0;
    // Puts the whole of it into the books, with all its documents.
    virtual Status LoadWholeCustomer(std::string_view id) = 0;
    // Puts the document into the books, if there is one, and every document that an event names together with it.
    virtual Status LoadDocument(DocumentKind kind, std::string_view number) = 0;
  };
  // Asked for every record that is not there. An error becomes the status.
  void SetSource(Source* source) { source_ = source; }
  // Takes over what is there and not here, and completes customers that are here in part by those that are whole there.
  // Requires that nothing of the other was put away.
  void Adopt(Books&& other);

  // Makes room for so many more records.
  void Reserve(size_t records);

  // From now on no more than so many records stay in memory, but for those that have to; others lie in a file in this
  // folder. Where there can be none, all stay.
  void KeepInMemory(size_t most, std::filesystem::path folder);
  // Empty ones, for which the same holds.
  Books Fresh() const;
  size_t records_in_memory() const { return last_slot_ - free_slots_.size(); }
  // Puts away a few that were not asked for lately, if there are too many in memory. Not while changes can be undone.
  void PutAway();

  // A text kept with the books.
  Name Keep(std::string_view text) { return names_.Keep(text); }

  Found FindCustomer(std::string_view id) { return Found(FindEntry(kCustomerKey, id)); }
  // Sees to it that the customer is there as a whole.
  void CompleteCustomer(std::string_view id);
  Customer& MutableCustomer(std::string_view id) { return Mutable<Customer>(kCustomerKey, id); }
  Customer& CreateCustomer(std::string_view id) { return Create<Customer>(kCustomerKey, id); }

  Found FindDocument(DocumentKind kind, std::string_view number) {
    return Found(FindEntry(static_cast<char>(kind), number));
  }
  // The seq of the event that introduced a customer (kind "customer") or a document (KindName); nothing if there is
  // none.
  std::optional<uint64_t> FindIntroduction(std::string_view kind, std::string_view number);
  // Must be there, and of this type: see status().
  template <class T>
  const T& Get(const Found& found) {
    const T* record = found.As<T>();
    return record == nullptr ? Astray<T>(kNotThere) : *record;
  }
  template <class T>
  T& Mutable(const Found& found) {
    if (found.As<T>() == nullptr) return Astray<T>(kNotThere);
    return *RecordAs<T>(&MarkChanged(found.entry_).record);
  }
  // Must be there: see status().
  template <class T>
  T& MutableDocument(DocumentKind kind, std::string_view number) {
    return Mutable<T>(static_cast<char>(kind), number);
  }
  // Must not be there yet: see status(). Sets `kept`, if given, to its number as the books keep it.
  template <class T>
  T& CreateDocument(DocumentKind kind, std::string_view number, Name* kept = nullptr) {
    return Create<T>(static_cast<char>(kind), number, kept);
  }

  // Null if there are none of an invoice of this number in memory.
  const Schedules* FindSchedules(std::string_view invoice) {
    return Found(FindLoaded(kSchedulesKey, invoice)).As<Schedules>();
  }
  Schedules& MutableSchedules(std::string_view invoice) { return Mutable<Schedules>(kSchedulesKey, invoice); }
  Schedules& CreateSchedules(std::string_view invoice) { return Create<Schedules>(kSchedulesKey, invoice); }

  const Control& control();
  Control& MutableControl();

  // The first event that does not follow from those before it, as in a log that was changed behind the ledger's back,
  // or why the source failed. Everything answered since then is meaningless.
  const Status& status() const { return status_; }
  // Makes that the status: `why` is about the event.
  void Distrust(std::string why);

  // Asks for memory on the way from a hash (document_key.h) to a record, without waiting for it. Each step reads what
  // the one before it asked for: where the hash stands, the whereabouts of the record, the record, and its number, with
  // which it is confirmed.
  enum class PrefetchStep { kPlace, kWhereabouts, kRecord, kNumber };
  void Prefetch(PrefetchStep step, uint64_t hash) const;

  // From here on changes can be undone, until StopUndo.
  void StartUndo();
  bool is_undo_recording() const { return undo_recording_; }
  void StopUndo() {
    undo_recording_ = false;
    undo_.clear();
  }
  // Undoes every change since StartUndo.
  void Rollback();

 private:
  static constexpr size_t kBlockEntries = 64;
  using Block = std::array<Entry, kBlockEntries>;

  Entry* FindEntry(char kind, std::string_view number);
  Entry* FindLoaded(char kind, std::string_view number) { return FindLoaded(kind, number, BooksHash(kind, number)); }
  Entry* FindLoaded(char kind, std::string_view number, uint64_t hash);
  Entry& MarkChanged(Entry* entry);
  // One without a record yet; null if there is one.
  Entry* CreateEntry(char kind, std::string_view number);
  // The entry in a slot, counted from 1.
  Entry& InSlot(uint32_t slot) const { return (*blocks_[(slot - 1) / kBlockEntries])[(slot - 1) % kBlockEntries]; }
  // The entry at a place, if it is in memory; else null.
  Entry* InMemory(uint64_t place) const {
    const uint32_t where = where_[place];
    return where == 0 || (where & kAway) != 0 ? nullptr : &InSlot(where);
  }
  // The entry at a place, which is brought back if it was put away. Null if there is none, or it cannot be read.
  Entry* BringBack(uint64_t place);
  // An empty slot, for the entry at this place.
  Entry& TakeSlot(uint64_t place);
  void FreeSlot(Entry* entry);
  // A new entry, without a record yet. Requires that there is none of its kind and number, of which this is the hash.
  Entry* AddEntry(char kind, Name number, uint64_t hash);
  void Erase(Entry* entry);

  template <class T>
  T& Mutable(char kind, std::string_view number) {
    return Mutable<T>(Found(FindEntry(kind, number)));
  }
  template <class T>
  T& Create(char kind, std::string_view number, Name* kept = nullptr) {
    Entry* entry = CreateEntry(kind, number);
    if (entry == nullptr) return Astray<T>(kThereAlready);
    if (kept != nullptr) *kept = entry->number;
    entry->record.emplace<HolderOf<T>>(T());
    return *RecordAs<T>(&entry->record);
  }
  // A record that belongs to nothing, so that an event that cannot be folded has something to change.
  template <class T>
  T& Astray(const char* why) {
    Distrust(why);
    return *RecordAs<T>(astray_.emplace_back(std::make_unique<BooksRecord>(HolderOf<T>(T()))).get());
  }

  Source* source_ = nullptr;
  Status status_;
  std::vector<std::unique_ptr<BooksRecord>> astray_;
  NameStore names_;
  // Each entry has a place, found by a hash of kind and number (document_key.h), for as long as it exists. Where it is
  // at present stands there: in a slot, which it has until it is put away, or on the shelf.
  NumbersByHash places_;
  static constexpr uint32_t kAway = uint32_t{1} << 31;
  std::vector<uint32_t> where_{0};   // by place, from 1 on: a slot, or kAway and where on the shelf; 0: nowhere
  std::vector<uint64_t> no_places_;  // whose entries were undone
  std::vector<std::unique_ptr<Block>> blocks_;
  uint32_t last_slot_ = 0;
  std::vector<uint32_t> free_slots_;
  size_t most_in_memory_ = SIZE_MAX;
  std::filesystem::path shelf_folder_;
  std::unique_ptr<RecordShelf> shelf_;  // once there is something on it
  uint32_t looked_at_ = 0;              // the last slot looked at for putting its entry away
  bool undo_recording_ = false;
  uint32_t undo_count_ = 0;
  // Entries with their record before its first change; without one, if they were created.
  std::vector<std::pair<Entry*, std::optional<BooksRecord>>> undo_;
};

}  // namespace duebook
