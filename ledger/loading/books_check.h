// BooksCheck folds all events into books of its own and finds the first that does not follow from those before it. The
// ledger makes its books by the same fold.
//
// Cost: the memory of books, about 200 bytes a document.

#pragma once

#include <optional>
#include <span>

#include "ledger/books/books.h"
#include "ledger/log/event_check.h"

namespace duebook {

class BooksCheck : public EventCheck {
 public:
  bool Check(std::span<const EventView> events) override;
  // The first event that does not follow from those before it, or nothing. Lets go of the books.
  Result<std::optional<EventLog::Fault>> Finish() override;

 private:
  Books books_;
  std::optional<EventLog::Fault> fault_;
};

}  // namespace duebook
