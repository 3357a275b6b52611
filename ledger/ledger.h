// The ledger: the only door to the event log. It decides commands against the books, assigns seq and recorded_at, and
// makes what was admitted durable before it answers.
//
// Thread-safe: Record, Submit and WaitUntilDurable may be called from many threads at once; their commands share
// commits (group commit: while one commit syncs, the next gathers). A Transaction holds the ledger for itself until it
// ends.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/loading/loading_limits.h"
#include "ledger/log/derived/folding.h"
#include "ledger/log/event_log.h"

namespace duebook {

// What became of a command.
struct Recorded {
  uint64_t seq;        // of the command's own event
  uint64_t first_seq;  // of the first event it made (a reversed payment first reverses its applications)
};
struct Duplicate {
  uint64_t seq;             // where the same event already stands
  std::string source = {};  // and where that came from: its `source`
  bool gave_way = false;    // it is not the same: the door's own event gave way to it (Command::GiveWay)
};
using Outcome = std::variant<Recorded, Duplicate, Rejection>;

struct LedgerOptions {
  // The time now. Tests give their own. `recorded_at` never goes backwards, whatever it says: an event whose clock is
  // behind carries the time of the one before it, and keeps the clock's reading (EventView::clock).
  std::function<Time()> clock;  // default: the system clock, UTC
  StoreOptions store;
  MakeTracks tracks;  // what is kept up with the log (log/derived/track.h); default: nothing
  FoldSizes fold_sizes;
  LoadingLimits loading;
  size_t records_in_memory = size_t{1} << 20;  // of the books, about: 170 MB; others lie in a file (record_shelf.h)
};

enum class Admission {
  kEach,          // each command on its own: a refusal costs only itself
  kAllOrNothing,  // one refusal, and none is recorded
};

class Ledger {
 public:
  // Cost: that of opening the log; the books are made as they are asked for, and loaded beside once that is much
  // (books_from_log.h). Without folds of the index the whole log is read: three seconds for a million events. Errors as
  // EventLog::Open for writing.
  static Result<std::unique_ptr<Ledger>> Open(const std::filesystem::path& directory, LedgerOptions options = {});
  ~Ledger();

  // For reading. Its state() is that of the last commit.
  const EventLog& log() const;

  // kClockBehind if the clock is more than a minute behind the last event: either it is wrong, or one that recorded
  // was. Doors ask before they record, unless somebody answers for the clock; what is recorded all the same carries the
  // last event's time.
  Status CheckClock() const;

  // One outcome for each command, in order, when everything recorded is durable. With kAllOrNothing, if any is
  // refused, the others' outcomes are what they would have been, and nothing is recorded. Commands are used up.
  // A record that could not be made a command is answered in its place: with `id_conflict` if its id is that of an
  // event, whatever else is wrong with it; else with what it was refused for.
  // An Error means the store failed: nothing of this call is acknowledged, and nothing further is accepted.
  Result<std::vector<Outcome>> Record(std::span<MadeCommand> commands, Admission admission = Admission::kEach);
  // The same for one.
  Result<Outcome> Record(MadeCommand command);

  // About so many more commands are to come from this caller. If they are many beside what was recorded before, waits
  // until the books of all that are in memory, while others go on; and makes room for so many more events, so that it
  // need not be found anew with each doubling. Nothing depends on it but time. Not while a Transaction is open.
  void Expect(size_t events);

  // Record in two steps, for a caller that has more to do meanwhile: the outcomes may be told to nobody before
  // WaitUntilDurable(commit) has succeeded. What nobody waits for until the end is not recorded.
  struct Submission {
    uint64_t commit;
    std::vector<Outcome> outcomes;
  };
  Result<Submission> Submit(std::span<MadeCommand> commands);
  Status WaitUntilDurable(uint64_t commit);

  // Returns, of a command that was refused for what it names (kUnknownReference), the event that has introduced that
  // since, if one has.
  Result<std::optional<uint64_t>> IntroducedSince(const Rejection& rejection) const;

  // Several calls that become durable together, or not at all. Ends by Commit or, without it, by being dropped: then
  // nothing is recorded. What it stages is held in memory.
  class Transaction {
   public:
    ~Transaction();
    Transaction(Transaction&&) noexcept;
    // The outcome if the transaction is committed. The books of this transaction include it from now on.
    Result<Outcome> Stage(MadeCommand command);
    Status Commit();
    // An event that is staged. The view is valid during the call only.
    Status Visit(uint64_t seq, const std::function<void(EventView)>& visit) const;
    // As Ledger's, with what is staged.
    Result<std::optional<uint64_t>> IntroducedSince(const Rejection& rejection) const;

   private:
    friend class Ledger;
    struct State;
    explicit Transaction(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
  };
  // Waits until what was submitted before is durable. Fails if the store does.
  Result<Transaction> Begin();

 private:
  struct Impl;
  explicit Ledger(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace duebook
