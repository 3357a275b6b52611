#include "ledger/ledger.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/books/look_ahead.h"
#include "ledger/ledger_impl.h"
#include "ledger/log/keys_of_log.h"
#include "ledger/proof/key_chain.h"
#include "ledger/values/system_clock.h"

namespace duebook {

namespace {

constexpr int64_t kMostBehind = 60'000'000;        // microseconds
constexpr size_t kMostExpected = size_t{1} << 24;  // whatever a file promises: 540 MB of addresses at most

// "2026-03-01T12:00:00Z"
std::string ToTheSecond(Time time) { return time.ToString().substr(0, 19) + "Z"; }

}  // namespace

// --- committing ---

// A ledger whose store has failed cannot know what is on disk: it accepts nothing until it is opened again.
Error Ledger::Impl::Fail(Error error) {
  const std::lock_guard lock(commit_mutex);
  if (!failure.has_value()) failure = std::move(error);
  failed = true;
  commit_done.notify_all();
  return *failure;
}

Status Ledger::Impl::Accepts() {
  if (!failed) return Status();
  const std::lock_guard lock(commit_mutex);
  return *failure;
}

// Writes what has gathered. Only one thread at a time.
Status Ledger::Impl::CommitGathering() {
  std::shared_ptr<const Batch> batch;
  {
    const std::lock_guard lock(decide_mutex);
    const uint64_t number = gathering.number;
    batch = std::make_shared<const Batch>(std::move(gathering));
    gathering = Batch();
    gathering.number = number + 1;
    committing = batch;
  }
  const Status status = log->Append(batch->events);
  if (!status.ok()) return Fail(status.error());
  {
    const std::lock_guard lock(decide_mutex);
    committing.reset();
  }
  if (folding.has_value()) folding->OnDurable({batch, &batch->events});
  const std::lock_guard lock(commit_mutex);
  durable = batch->number;
  return Status();
}

// The first to wait leads: it writes the commit for all that gathered; the others wait for it, or for the next leader.
Status Ledger::WaitUntilDurable(uint64_t commit) {
  std::unique_lock lock(impl_->commit_mutex);
  while (impl_->durable < commit) {
    if (impl_->failure.has_value()) return *impl_->failure;
    if (impl_->commit_running) {
      impl_->commit_done.wait(lock);
      continue;
    }
    impl_->commit_running = true;
    lock.unlock();
    const Status status = impl_->CommitGathering();
    lock.lock();
    impl_->commit_running = false;
    impl_->commit_done.notify_all();
    RETURN_IF_ERROR(status);
  }
  return Status();
}

// --- the ledger ---

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

// The books are dropped while the last folds are made and the store goes to rest: of millions of records, each takes
// its time.
Ledger::~Ledger() {
  if (impl_ == nullptr) return;
  impl_->from_log->StopLoading();
  if (impl_->folding.has_value()) impl_->folding->End();
  impl_->log->BeginToClose();
  impl_->books = Books();
}

const EventLog& Ledger::log() const { return *impl_->log; }

Status Ledger::CheckClock() const {
  const std::lock_guard lock(impl_->decide_mutex);
  const Time now = impl_->options.clock();
  const Time last = impl_->last_recorded_at;
  if (impl_->next_seq == 1 || last.microseconds - now.microseconds <= kMostBehind) return Status();
  return Error{
      ErrorCode::kClockBehind,
      fmt::format("the clock says {}, but the last event was recorded at {}: this clock is behind, or one ran "
                  "ahead when that event was recorded",
                  ToTheSecond(now), ToTheSecond(last)),
      fmt::format("set the clock right; if it is right, give --clock-is-right: what is recorded then carries {} "
                  "as well, and keeps beside it what the clock said",
                  ToTheSecond(last))};
}

Result<std::unique_ptr<Ledger>> Ledger::Open(const std::filesystem::path& directory, LedgerOptions options) {
  auto log = EventLog::Open(directory, EventLog::Mode::kWrite, options.store);
  RETURN_IF_ERROR(log);
  if ((*log)->identity().is_copy) {
    return Error{
        ErrorCode::kUnavailable,
        fmt::format("{} is a backup, or was never restored to its end: nothing is recorded in it", directory.string()),
        "make a ledger of it with `duebook restore`"};
  }
  if (!options.clock) options.clock = SystemClock;
  auto impl = std::make_unique<Impl>(std::move(*log), std::move(options));
  impl->books.KeepInMemory(impl->options.records_in_memory, directory);
  auto from_log = BooksFromLog::Open(*impl->log, &impl->books, impl->options.loading);
  RETURN_IF_ERROR(from_log);
  impl->from_log = std::move(*from_log);
  std::vector<uint64_t> key_changes;
  for (const KeyChange& change : impl->books.control().key_changes) key_changes.push_back(change.seq);
  const auto keys = KeysOf(*impl->log, key_changes);
  RETURN_IF_ERROR(keys);
  RETURN_IF_ERROR(impl->log->LoadKey(*keys));
  return std::unique_ptr<Ledger>(new Ledger(std::move(impl)));
}

// Most events introduce one record of the books.
void Ledger::Expect(size_t events) {
  std::shared_ptr<const BooksLoading> loading;
  {
    const std::lock_guard lock(impl_->decide_mutex);
    loading = impl_->from_log->Expect(events);
  }
  if (loading != nullptr) loading->Wait();
  const std::lock_guard lock(impl_->decide_mutex);
  const Status used = impl_->UseLoadedBooks();
  if (!used.ok()) impl_->Fail(used.error());  // the next command tells
  events = std::min(events, kMostExpected);
  impl_->books.Reserve(events);
  impl_->ids.Reserve(events);
}

Result<Ledger::Submission> Ledger::Submit(std::span<MadeCommand> commands) {
  RETURN_IF_ERROR(impl_->Accepts());
  Submission submission{0, {}};
  submission.outcomes.reserve(commands.size());
  std::optional<Error> error;
  {
    const std::lock_guard lock(impl_->decide_mutex);
    LookAhead look_ahead(impl_->books, &impl_->ids);
    const auto bytes_of = [commands](size_t i) {
      const auto* command = std::get_if<Command>(&commands[i]);
      return command == nullptr ? std::string_view() : command->bytes();
    };
    for (size_t i = 0; i < commands.size(); i++) {
      look_ahead.Before(i, commands.size(), bytes_of);
      Result<Outcome> outcome = impl_->Admit(&commands[i]);
      if (!outcome.ok()) {
        error = outcome.error();
        break;
      }
      submission.outcomes.push_back(std::move(*outcome));
    }
    // Without new events: until what a duplicate may point to is durable.
    submission.commit = impl_->gathering.number - (impl_->gathering.events.empty() ? 1 : 0);
  }
  if (error.has_value()) return impl_->Fail(*error);
  return submission;
}

Result<std::vector<Outcome>> Ledger::Record(std::span<MadeCommand> commands, Admission admission) {
  if (admission == Admission::kEach) {
    auto submission = Submit(commands);
    RETURN_IF_ERROR(submission);
    RETURN_IF_ERROR(WaitUntilDurable(submission->commit));
    return std::move(submission->outcomes);
  }
  auto transaction = Begin();
  RETURN_IF_ERROR(transaction);
  std::vector<Outcome> outcomes;
  bool refused = false;
  for (MadeCommand& command : commands) {
    Result<Outcome> outcome = transaction->Stage(std::move(command));
    RETURN_IF_ERROR(outcome);
    refused = refused || std::holds_alternative<Rejection>(*outcome);
    outcomes.push_back(std::move(*outcome));
  }
  if (!refused) RETURN_IF_ERROR(transaction->Commit());
  return outcomes;
}

Result<Outcome> Ledger::Record(MadeCommand command) {
  auto outcomes = Record({&command, 1});
  RETURN_IF_ERROR(outcomes);
  return std::move(outcomes->front());
}

Result<std::optional<uint64_t>> Ledger::IntroducedSince(const Rejection& rejection) const {
  const std::lock_guard lock(impl_->decide_mutex);
  return impl_->IntroducedSince(rejection);
}

}  // namespace duebook
