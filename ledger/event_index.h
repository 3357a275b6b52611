// The index of an event log, made by reading it: under which customer, document and type its events are found again.
//
// It follows from the events alone: an event is found under its type, under its id, under its customer, under the
// documents that it introduces, and under those that it refers to (`references` in the schema: the documents it names
// and their parents). Memory: about 60 bytes an event.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/event.h"
#include "ledger/result.h"
#include "ledger/seqs_by_hash.h"

namespace duebook {

class EventLog;

class EventIndex {
 public:
  uint64_t position() const { return position_; }  // the last event in it
  // Events come in order of seq, without gaps.
  void Add(EventView event);
  // seqs under a key (CustomerKey, DocumentKey, TypeKey), ascending. `log` has the events.
  Result<std::vector<uint64_t>> Find(std::string_view key, const EventLog& log);
  Result<std::optional<uint64_t>> FindEventId(std::string_view id, const EventLog& log) const;

 private:
  Result<std::optional<uint64_t>> Introducing(std::string_view key, const EventLog& log) const;

  uint64_t position_ = 0;
  SeqsByHash introduced_;                                // ids, customers and documents, by the event they begin with
  std::vector<std::pair<uint64_t, uint64_t>> referred_;  // what is referred to, by whom
  size_t sorted_ = 0;                                    // how many of them are in order
  std::map<EventType, std::vector<uint64_t>> types_;
};

}  // namespace duebook
