// The books of the events that were in the log when it was opened for writing, made as they are asked for.
//
// What a document is follows from the events that name it, from those that name what these name, and so on: a few,
// found by the index, among the events of its customer. What a customer is follows from the events that say so, but for
// two things that only write-offs ask for (Customer::in_part), which follow from all its events. To either come those
// of control (roles, policies, periods). So a question folds these events and no others.
//
// Once much was asked, or is to come, all books are loaded in a thread beside (books_loading.h), while questions go on
// one by one; when they have caught up the ledger puts them in the place of these, and nothing is asked of the index
// any more. Where the index has no folds, the whole log is read at once.
//
// Not thread-safe: the ledger uses it under its own lock.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/books/books.h"
#include "ledger/books/seqs_by_hash.h"
#include "ledger/loading/books_loading.h"
#include "ledger/loading/loading_limits.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

class BooksFromLog : public Books::Source {
 public:
  // `books` are fresh, and ask this object from now on, as long as not everything is in them. Both must outlive it.
  // Errors of reading the log, and kDamaged if its events do not follow from each other.
  static Result<std::unique_ptr<BooksFromLog>> Open(const EventLog& log, Books* books, LoadingLimits limits = {});

  // About so many commands are to come. If that is enough to load all books for them, they are from now on, and whoever
  // gives the commands does best to wait for it; else null.
  std::shared_ptr<const BooksLoading> Expect(size_t commands);
  // Returns whether all books are loaded, and wait to be taken.
  bool is_loaded() const { return loading_ != nullptr && loading_->done(); }
  // Gives them away: the books of all events up to the one returned, some of them recorded since the opening. Requires
  // is_loaded(). After that this object answers for ids alone. Errors as Open.
  Result<uint64_t> TakeLoaded(Books* books);
  // Loading is to end: nothing is asked any more.
  void StopLoading();

  // seq of the event with this id, if it was there at the opening.
  Result<std::optional<uint64_t>> SeqOfId(std::string_view id);

  Status LoadCustomer(std::string_view id) override;
  Status LoadWholeCustomer(std::string_view id) override;
  Status LoadDocument(DocumentKind kind, std::string_view number) override;

 private:
  using Events = std::map<uint64_t, StoredEvent>;  // by seq
  using Customers = std::set<std::string>;

  BooksFromLog(const EventLog& log, Books* books, LoadingLimits limits)
      : log_(log), last_seq_(log.last_seq()), books_(books), limits_(std::move(limits)) {}
  Status LoadControl();
  // Folds what events of documents change in what the books always have.
  Status FoldControlOfOthers(Books* control) const;
  Status LoadAll();
  // Counts the cost of a question, in events that could have been folded meanwhile. Once it was too much, begins to
  // load.
  void Spend(uint64_t events);
  bool IsMuch(uint64_t events) const;
  void BeginLoading();
  // Returns what is under the key, of the events that were there at the opening.
  Result<std::vector<uint64_t>> Find(std::string_view key) const;
  // Adds what undoes any of these events, of which each can be undone once.
  Status AddReversals(Events* events) const;
  // Returns those of the customer's events that say what it is.
  Result<std::vector<uint64_t>> SeqsOfMaster(const std::vector<uint64_t>& of_customer);
  // Puts these into the books as wholes, and all that had one of their bills before or after them, as the records of
  // bills follow from the payments of all of them.
  Status LoadWholeCustomers(Customers customers);
  // Adds to `given_again` the keys of documents that they introduced and that others may introduce again.
  Result<Books> FoldWhole(const Customers& customers, std::set<std::string>* given_again);
  // Adds to `events` all that the document follows from, its customer's apart. False if that became more than is worth
  // finding one by one.
  Result<bool> AddTied(DocumentKind kind, std::string_view number, Events* events) const;
  // Folds these, and those of control before each.
  Status FoldIn(const Events& events, Books* books) const;

  const EventLog& log_;
  const uint64_t last_seq_;
  Books* const books_;
  const LoadingLimits limits_;
  std::vector<StoredEvent> control_;                    // in order of seq
  std::optional<std::vector<uint64_t>> master_seqs_;    // of all customers, ascending; once asked
  std::map<std::string, Events, std::less<>> masters_;  // of customers asked for
  uint64_t spent_ = 0;
  std::shared_ptr<BooksLoading> loading_;  // from when that was too much until they were taken
  bool whole_ = false;                     // everything is in the books
  SeqsByHash ids_;                         // once it is
};

}  // namespace duebook
