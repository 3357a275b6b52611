// The books: the state that the rules decide on, a fold of the event log, kept in memory. About 300 bytes a document.
//
// Not thread-safe: the ledger uses it under its own lock. References returned stay valid until the next Rollback.

#pragma once

#include <absl/container/node_hash_map.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/books_records.h"
#include "ledger/event_log.h"
#include "ledger/result.h"

namespace duebook {

class Books {
 public:
  // Where records come from that are not in memory yet.
  class Source {
   public:
    virtual ~Source() = default;
    // Puts the customer, or the customer of the document, into the books with all its documents, if there is one.
    virtual Status LoadCustomer(std::string_view id) = 0;
    virtual Status LoadDocument(DocumentKind kind, std::string_view number) = 0;
  };
  // Asked for every record that is not there. An error becomes the status.
  void SetSource(Source* source) { source_ = source; }
  // Takes over what is there and not here.
  void Adopt(Books&& other);

  const Customer* FindCustomer(std::string_view id) { return Find<Customer>(kCustomerKind, id); }
  const Customer& GetCustomer(std::string_view id) {
    const Customer* customer = FindCustomer(id);
    return customer == nullptr ? Astray<Customer>(kNotThere) : *customer;
  }
  Customer& MutableCustomer(std::string_view id) { return Mutable<Customer>(kCustomerKind, id); }
  Customer& CreateCustomer(std::string_view id) { return Create<Customer>(kCustomerKind, id); }

  // Null if there is no such document.
  const DocumentBase* FindDocument(DocumentKind kind, std::string_view number);
  // Null if there is no such document, or it is none of this type (a credit note on an invoice is no Funding).
  template <class T>
  const T* FindDocument(DocumentKind kind, std::string_view number) {
    return Find<T>(static_cast<char>(kind), number);
  }
  // As FindDocument, of one that must be there: see status().
  template <class T>
  const T& GetDocument(DocumentKind kind, std::string_view number) {
    const T* document = FindDocument<T>(kind, number);
    return document == nullptr ? Astray<T>(kNotThere) : *document;
  }
  // Must be there: see status().
  template <class T>
  T& MutableDocument(DocumentKind kind, std::string_view number) {
    return Mutable<T>(static_cast<char>(kind), number);
  }
  // Must not be there yet: see status().
  template <class T>
  T& CreateDocument(DocumentKind kind, std::string_view number) {
    return Create<T>(static_cast<char>(kind), number);
  }

  const Control& control();
  Control& MutableControl();
  Minor turnover(Currency currency);
  Turnover& MutableTurnover(Currency currency);

  // The first event that does not follow from those before it, as in a log that was changed behind the ledger's back,
  // or why the source failed. Everything answered since then is meaningless.
  const Status& status() const { return status_; }
  // Makes that the status: `why` is about the event.
  void Distrust(std::string why);

  // From here on changes can be undone, until StopUndo.
  void StartUndo();
  void StopUndo() {
    undo_recording_ = false;
    undo_.clear();
  }
  // Undoes every change since StartUndo.
  void Rollback();

 private:
  static constexpr char kCustomerKind = 0x40;
  static constexpr char kControlKind = 0x41;
  static constexpr char kTurnoverKind = 0x42;
  static constexpr const char* kNotThere = "it changes what no event before it introduced";
  static constexpr const char* kThereAlready = "it introduces what an event before it introduced";

  struct Entry {
    BooksRecord record;
    uint64_t undo = 0;  // the StartUndo, counted, since which it has been kept as it was before
  };
  // Open addressing: a lookup of what is not there, as most are, touches one cache line. Entries stay where they are.
  struct KeyHash {
    using is_transparent = void;
    size_t operator()(std::string_view key) const { return std::hash<std::string_view>()(key); }
  };
  using Entries = absl::node_hash_map<std::string, Entry, KeyHash, std::equal_to<>>;

  Entry* FindEntry(char kind, std::string_view number);
  Entry* FindLoaded(char kind, std::string_view number);
  Entry* Remember(Entry* entry);
  void Forget() { recent_ = {}; }
  Entry& MarkChanged(Entry* entry);
  Entry* CreateEntry(char kind, std::string_view number, BooksRecord record);

  template <class T>
  const T* Find(char kind, std::string_view number) {
    const Entry* entry = FindEntry(kind, number);
    return entry == nullptr ? nullptr : std::get_if<T>(&entry->record);
  }
  template <class T>
  T& Mutable(char kind, std::string_view number) {
    Entry* entry = FindEntry(kind, number);
    if (entry == nullptr || !std::holds_alternative<T>(entry->record)) return Astray<T>(kNotThere);
    return std::get<T>(MarkChanged(entry).record);
  }
  template <class T>
  T& Create(char kind, std::string_view number) {
    Entry* entry = CreateEntry(kind, number, T());
    return entry == nullptr ? Astray<T>(kThereAlready) : std::get<T>(entry->record);
  }
  // A record that belongs to nothing, so that an event that cannot be folded has something to change.
  template <class T>
  T& Astray(const char* why) {
    Distrust(why);
    return std::get<T>(*astray_.emplace_back(std::make_unique<BooksRecord>(T())));
  }

  Source* source_ = nullptr;
  Status status_;
  std::vector<std::unique_ptr<BooksRecord>> astray_;
  std::string key_;  // of the last FindEntry; kept to reuse its memory
  Entries entries_;
  // The entries last asked for: a rule asks for the same few again and again.
  struct Recent {
    std::string key;
    Entry* entry = nullptr;
  };
  std::array<Recent, 4> recent_;
  size_t next_recent_ = 0;
  bool undo_recording_ = false;
  uint64_t undo_count_ = 0;
  std::vector<std::pair<std::string, std::optional<Entry>>> undo_;  // entries before their first change
};

}  // namespace duebook
