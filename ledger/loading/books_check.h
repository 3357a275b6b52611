// BooksCheck folds all events into books of its own and finds the first that does not follow from those before it. The
// ledger makes its books by the same fold.
//
// Cost: the memory of books, about 200 bytes a document.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/books/books.h"
#include "ledger/log/event_check.h"

namespace duebook {

class BooksCheck : public EventCheck {
 public:
  bool Check(std::span<const EventView> events) override;
  // The first event that does not follow from those before it, or nothing. Lets go of the books.
  Result<std::optional<EventLog::Fault>> Finish() override;

 private:
  void FindHashes(std::span<const EventView> events);
  std::span<const uint64_t> HashesOf(size_t event) const;

  Books books_;
  // Of what the events at hand are folded into (document_key.h), and where those of each event end.
  std::vector<uint64_t> hashes_;
  std::vector<size_t> ends_;
  std::optional<EventLog::Fault> fault_;
};

}  // namespace duebook
