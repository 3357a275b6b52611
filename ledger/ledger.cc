#include "ledger/ledger.h"

#include <absl/container/flat_hash_map.h>
#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "ledger/books.h"
#include "ledger/rules/general.h"

namespace duebook {

namespace {

Time SystemClock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Time{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

// Events admitted for one commit.
struct Batch {
  uint64_t number = 1;
  uint64_t first_seq = 0;
  Time recorded_at;
  std::vector<std::string> events;
  absl::flat_hash_map<std::string_view, uint64_t, std::hash<std::string_view>> seq_of_id;  // views into `events`
};

}  // namespace

// While many events come in, their changes of the books are not written with each commit but once in so many events: a
// record that changes often is then written once. Bounds what the next to open has to fold after a crash.
constexpr uint64_t kManyEvents = 1000;
constexpr uint64_t kEventsWithoutBooks = 50'000;

struct Ledger::Impl {
  Impl(std::unique_ptr<EventLog> event_log, LedgerOptions ledger_options)
      : log(std::move(event_log)),
        options(std::move(ledger_options)),
        books([this](std::string_view key) { return log->BooksGet(key); }, options.cached_records),
        next_seq(log->state().last_seq + 1),
        last_recorded_at(log->state().last_recorded_at) {
    if (!options.clock) options.clock = SystemClock;
  }

  Result<Outcome> Admit(Command& command);
  Result<std::optional<Outcome>> FindEarlier(const Command& command);
  Result<std::optional<uint64_t>> SeqOfId(std::string_view id) const;
  Result<Rejection> JudgeBroken(const Rejection& rejection, uint64_t before) const;
  Result<StoredEvent> ReadEvent(uint64_t seq) const;
  Status FoldNewest();
  Status CommitGathering();
  Error Fail(Error error);

  const std::unique_ptr<EventLog> log;
  LedgerOptions options;

  std::mutex decide_mutex;  // guards what follows
  Books books;
  uint64_t events_since_books = 0;  // events that the stored books do not yet know of
  uint64_t next_seq;
  Time last_recorded_at;
  Batch gathering;
  std::shared_ptr<const Batch> committing;  // taken for the store, not yet durable

  std::mutex commit_mutex;  // guards what follows; never held together with decide_mutex
  std::condition_variable commit_done;
  bool commit_running = false;
  uint64_t durable = 0;  // number of the last durable batch
  std::optional<Error> failure;
  std::atomic<bool> failed = false;  // whether `failure` is set, for a look without the lock
};

// --- deciding; all of this under decide_mutex ---

Result<StoredEvent> Ledger::Impl::ReadEvent(uint64_t seq) const {
  for (const Batch* batch : {static_cast<const Batch*>(&gathering), committing.get()}) {
    if (batch != nullptr && !batch->events.empty() && seq >= batch->first_seq &&
        seq - batch->first_seq < batch->events.size()) {
      return StoredEvent(batch->events[seq - batch->first_seq]);
    }
  }
  return log->Get(seq);
}

Result<std::optional<uint64_t>> Ledger::Impl::SeqOfId(std::string_view id) const {
  for (const Batch* batch : {static_cast<const Batch*>(&gathering), committing.get()}) {
    if (batch == nullptr) continue;
    if (const auto found = batch->seq_of_id.find(id); found != batch->seq_of_id.end()) {
      return std::optional<uint64_t>(found->second);
    }
  }
  return log->FindEventId(id);
}

Rejection Conflict(std::string_view id, uint64_t seq, EventView stored) {
  return {RejectionCode::kIdConflict,
          fmt::format("event id {} is that of event {}, a {} of {} with other content", id, seq, stored.info().name,
                      stored.date().ToString()),
          "id",
          {}};
}

// What an event id that was used before makes of the command: a retry, or a conflict. Nothing if the id is new.
Result<std::optional<Outcome>> Ledger::Impl::FindEarlier(const Command& command) {
  const std::string_view id = command.event().id();
  const auto seq = SeqOfId(id);
  RETURN_IF_ERROR(seq);
  if (!seq->has_value()) return std::optional<Outcome>();
  const auto stored = ReadEvent(**seq);
  RETURN_IF_ERROR(stored);
  const bool stands = command.gives_way() && command.event().type() == stored->view().type();
  if (stands || SameContent(command, stored->view())) return std::optional<Outcome>(Duplicate{**seq});
  return std::optional<Outcome>(Conflict(id, **seq, stored->view()));
}

Result<Rejection> Ledger::Impl::JudgeBroken(const Rejection& rejection, uint64_t before) const {
  if (rejection.id.empty()) return rejection;
  const auto seq = SeqOfId(rejection.id);
  RETURN_IF_ERROR(seq);
  if (!seq->has_value() || **seq >= before) return rejection;
  const auto stored = ReadEvent(**seq);
  RETURN_IF_ERROR(stored);
  return Conflict(rejection.id, **seq, stored->view());
}

Result<Outcome> Ledger::Impl::Admit(Command& command) {
  const auto earlier = FindEarlier(command);
  RETURN_IF_ERROR(earlier);
  if (earlier->has_value()) return **earlier;
  if (command.gives_way() && command.event().info().customer == CustomerUse::kIntroduced) {
    const Customer* customer = books.FindCustomer(command.event().customer());
    if (customer != nullptr) return Outcome(Duplicate{customer->seq});
  }
  Decision decision = Decide(books, std::move(command), log->identity().currency);
  RETURN_IF_ERROR(books.status());
  if (const auto* rejection = std::get_if<Rejection>(&decision)) return Outcome(*rejection);

  auto& commands = std::get<std::vector<Command>>(decision);
  for (size_t i = 0; i + 1 < commands.size(); i++) {
    const auto taken = FindEarlier(commands[i]);
    RETURN_IF_ERROR(taken);
    if (taken->has_value()) {
      return Outcome(Rejection{
          RejectionCode::kIdConflict,
          fmt::format("it has to record an event with the id {}, which was used before", commands[i].event().id()),
          "id"});
    }
  }
  // From here on nothing can be refused.
  if (gathering.events.empty()) {
    gathering.first_seq = next_seq;
    gathering.recorded_at = last_recorded_at = std::max(options.clock(), last_recorded_at);
  }
  const uint64_t first_seq = next_seq;
  for (Command& each : commands) {
    each.SetSequence(next_seq, gathering.recorded_at);
    gathering.events.push_back(each.TakeBytes());
    const EventView event(gathering.events.back());
    Evolve(books, event);
    gathering.seq_of_id.emplace(event.id(), next_seq);
    next_seq++;
  }
  RETURN_IF_ERROR(books.status());
  return Outcome(Recorded{next_seq - 1, first_seq});
}

// Folds the events that the stored books do not know of: the last process ended before it wrote them.
Status Ledger::Impl::FoldNewest() {
  const LogState state = log->state();
  events_since_books = state.last_seq - state.books_seq;
  if (events_since_books == 0) return Status();
  spdlog::info("folding {} events into the books", events_since_books);
  Status folded;
  RETURN_IF_ERROR(log->Scan(state.books_seq + 1, state.last_seq, [&](EventView event) {
    folded = Fold(books, event);
    return folded.ok();
  }));
  return folded;
}

// --- committing ---

// A ledger whose store has failed cannot know what is on disk: it accepts nothing until it is opened again.
Error Ledger::Impl::Fail(Error error) {
  const std::lock_guard lock(commit_mutex);
  if (!failure.has_value()) failure = std::move(error);
  failed = true;
  commit_done.notify_all();
  return *failure;
}

// Writes what has gathered. Only one thread at a time.
Status Ledger::Impl::CommitGathering() {
  std::shared_ptr<const Batch> batch;
  std::vector<BooksChange> changes;
  bool with_books = false;
  {
    const std::lock_guard lock(decide_mutex);
    const uint64_t number = gathering.number;
    batch = std::make_shared<const Batch>(std::move(gathering));
    gathering = Batch();
    gathering.number = number + 1;
    committing = batch;
    events_since_books += batch->events.size();
    with_books = batch->events.size() < kManyEvents || events_since_books >= kEventsWithoutBooks;
    if (with_books) {
      changes = books.TakeChanges();
      events_since_books = 0;
    }
  }
  const Status status =
      log->Append({batch->events, with_books ? std::optional<std::span<const BooksChange>>(changes) : std::nullopt});
  if (!status.ok()) return Fail(status.error());
  {
    const std::lock_guard lock(decide_mutex);
    committing.reset();
  }
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

Ledger::~Ledger() {
  // With events that nobody waited for, the books are ahead of the log: they are left for the next to open to fold.
  if (impl_->failed || impl_->events_since_books == 0 || !impl_->gathering.events.empty()) return;
  const std::vector<BooksChange> changes = impl_->books.TakeChanges();
  const Status status = impl_->log->Append({{}, changes});
  if (!status.ok()) spdlog::warn("could not write the books at the end; the next to open folds them from the log");
}

const EventLog& Ledger::log() const { return *impl_->log; }

Result<std::unique_ptr<Ledger>> Ledger::Open(const std::filesystem::path& directory, LedgerOptions options) {
  auto log = EventLog::Open(directory, EventLog::Mode::kWrite, options.store);
  RETURN_IF_ERROR(log);
  if ((*log)->identity().is_copy) {
    return Error{
        ErrorCode::kUnavailable,
        fmt::format("{} is a backup, or was never restored to its end: nothing is recorded in it", directory.string()),
        "make a ledger of it with `duebook restore`"};
  }
  auto impl = std::make_unique<Impl>(std::move(*log), std::move(options));
  RETURN_IF_ERROR(impl->FoldNewest());
  return std::unique_ptr<Ledger>(new Ledger(std::move(impl)));
}

Result<Ledger::Submission> Ledger::Submit(std::span<Command> commands) {
  if (impl_->failed) {
    const std::lock_guard lock(impl_->commit_mutex);
    return *impl_->failure;
  }
  Submission submission{0, {}};
  submission.outcomes.reserve(commands.size());
  std::optional<Error> error;
  {
    const std::lock_guard lock(impl_->decide_mutex);
    for (Command& command : commands) {
      Result<Outcome> outcome = impl_->Admit(command);
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

Result<std::vector<Outcome>> Ledger::Record(std::span<Command> commands, Admission admission) {
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
  for (Command& command : commands) {
    Result<Outcome> outcome = transaction->Stage(command);
    RETURN_IF_ERROR(outcome);
    refused = refused || std::holds_alternative<Rejection>(*outcome);
    outcomes.push_back(std::move(*outcome));
  }
  if (!refused) RETURN_IF_ERROR(transaction->Commit());
  return outcomes;
}

Result<Rejection> Ledger::JudgeBroken(const Rejection& rejection, uint64_t before) const {
  const std::lock_guard lock(impl_->decide_mutex);
  return impl_->JudgeBroken(rejection, before);
}

// --- transactions ---

struct Ledger::Transaction::State {
  Ledger* ledger;
  std::unique_lock<std::mutex> lock;  // of decide_mutex
  uint64_t next_seq;                  // before the transaction
  Time last_recorded_at;
};

Ledger::Transaction::Transaction(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ledger::Transaction::Transaction(Transaction&&) noexcept = default;

Result<Ledger::Transaction> Ledger::Begin() {
  while (true) {
    std::unique_lock lock(impl_->decide_mutex);
    const uint64_t earlier = impl_->gathering.number - (impl_->gathering.events.empty() ? 1 : 0);
    if (impl_->gathering.events.empty() && impl_->committing == nullptr) {
      impl_->books.StartUndo();
      auto state = std::make_unique<Transaction::State>();
      *state = {this, std::move(lock), impl_->next_seq, impl_->last_recorded_at};
      return Transaction(std::move(state));
    }
    lock.unlock();
    RETURN_IF_ERROR(WaitUntilDurable(earlier));
  }
}

Result<Outcome> Ledger::Transaction::Stage(Command& command) {
  CHECK(state_ != nullptr && state_->lock.owns_lock());
  return state_->ledger->impl_->Admit(command);
}

Result<Rejection> Ledger::Transaction::JudgeBroken(const Rejection& rejection, uint64_t before) const {
  CHECK(state_ != nullptr && state_->lock.owns_lock());
  return state_->ledger->impl_->JudgeBroken(rejection, before);
}

Status Ledger::Transaction::Commit() {
  CHECK(state_ != nullptr && state_->lock.owns_lock());
  Ledger* ledger = state_->ledger;
  const Batch& gathering = ledger->impl_->gathering;
  const uint64_t commit = gathering.number - (gathering.events.empty() ? 1 : 0);
  ledger->impl_->books.StopUndo();
  state_->lock.unlock();
  state_.reset();
  return ledger->WaitUntilDurable(commit);
}

Ledger::Transaction::~Transaction() {
  if (state_ == nullptr) return;
  Impl& impl = *state_->ledger->impl_;
  impl.books.Rollback();
  const uint64_t number = impl.gathering.number;
  impl.gathering = Batch();
  impl.gathering.number = number;
  impl.next_seq = state_->next_seq;
  impl.last_recorded_at = state_->last_recorded_at;
}

}  // namespace duebook
