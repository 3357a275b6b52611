// The books of the events that were in the log when it was opened for writing, made as they are asked for.
//
// All that one customer's documents are follows from the events about this customer and those of control (roles,
// policies, periods): nothing applies from one customer to another. So the first question about a customer, or one of
// its documents, folds these events and no others, found by the index. Once so much was asked that reading the whole
// log would have cost no more, that is done, and nothing is asked of the index any more. Where the index has no folds,
// it is done at once.
//
// Not thread-safe: the ledger uses it under its own lock.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books.h"
#include "ledger/event_log.h"
#include "ledger/result.h"
#include "ledger/seqs_by_hash.h"

namespace duebook {

class BooksFromLog : public Books::Source {
 public:
  // `books` are fresh, and ask this object from now on, as long as not everything is in them. Both must outlive it.
  // Errors of reading the log, and kDamaged if its events do not follow from each other.
  static Result<std::unique_ptr<BooksFromLog>> Open(const EventLog& log, Books* books);

  // seq of the event with this id, if it was there at the opening.
  Result<std::optional<uint64_t>> SeqOfId(std::string_view id);

  Status LoadCustomer(std::string_view id) override;
  Status LoadDocument(DocumentKind kind, std::string_view number) override;

 private:
  BooksFromLog(const EventLog& log, Books* books) : log_(log), last_seq_(log.last_seq()), books_(books) {}
  Status LoadControl();
  Status LoadTurnover();
  Status LoadAll();
  // Counts the cost of a question, in events that could have been folded meanwhile. Whether it is still worth asking.
  bool Spend(uint64_t events);

  const EventLog& log_;
  const uint64_t last_seq_;
  Books* const books_;
  std::vector<StoredEvent> control_;           // in order of seq
  std::set<std::string, std::less<>> loaded_;  // customers
  uint64_t spent_ = 0;
  bool whole_ = false;  // everything is in the books
  SeqsByHash ids_;      // once it is
};

}  // namespace duebook
