// The index of an event log: under which customer, document, type and id its events are found again.
//
// It follows from the events alone: an event is found under its type, under its id, under its customer, under the
// documents that it introduces, and under those that it refers to (`references` in the schema: the documents it names
// and their parents). Beside that it knows the spans of events that a clock was behind. Most of it lies in folds beside
// the log (derived/index_fold.h); what is behind the last fold is read from the log, and kept in memory: about 60 bytes
// an event. Where folds are damaged, all of it is.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "ledger/books/seqs_by_hash.h"
#include "ledger/event/clock_spans.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

class IndexFolds;

// Visits the keys of what begins with the event: a customer, documents.
template <class Visit>
void ForEachIntroducedKey(EventView event, Visit&& visit) {
  if (event.type() == EventType::CustomerOpened) visit(CustomerKey(event.customer()));
  ForEachIntroduced(event, [&](DocumentKind kind, std::string_view number) { visit(DocumentKey(kind, number)); });
}

class EventIndex {
 public:
  // The log must outlive it.
  explicit EventIndex(const EventLog& log);
  ~EventIndex();

  // seqs under a key (CustomerKey, DocumentKey, TypeKey), ascending, up to the log's last event.
  Result<std::vector<uint64_t>> Find(std::string_view key);
  Result<std::optional<uint64_t>> FindEventId(std::string_view id);
  // The event that introduces this customer or document; the first, of a number that is given again.
  Result<std::optional<uint64_t>> FindIntroducing(std::string_view key);
  // As EventLog says.
  Result<ClockSpans> FindClockSpans();
  Result<uint64_t> Reach();

 private:
  void OpenFolds();
  Status Extend();
  void Add(EventView event);
  // Calls `search`; once more, without folds, if these are damaged.
  template <class Search>
  std::invoke_result_t<Search> WithFolds(Search&& search);
  Result<std::vector<uint64_t>> Look(std::string_view key);
  // The events that have this id or introduce this name, ascending: one or none, but for numbers that are given again.
  Result<std::vector<uint64_t>> Introducing(std::string_view key);
  Result<std::optional<uint64_t>> FirstIntroducing(std::string_view key);
  Result<std::vector<uint64_t>> ReferringTo(uint64_t seq);
  Result<ClockSpans> AllSpans() const;

  const EventLog& log_;
  std::unique_ptr<const IndexFolds> folds_;  // once asked
  bool damaged_ = false;                     // the folds are
  // What is behind the folds.
  uint64_t position_ = 0;                                // the last event in it
  SeqsByHash introduced_;                                // ids, customers and documents, by the event they begin with
  std::vector<std::pair<uint64_t, uint64_t>> referred_;  // what is referred to, by whom
  size_t sorted_ = 0;                                    // how many of them are in order
  std::map<EventType, std::vector<uint64_t>> types_;
  ClockSpans spans_;
};

}  // namespace duebook
