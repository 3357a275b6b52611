#include "ledger/ledger.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "ledger/books.h"
#include "ledger/books_from_log.h"
#include "ledger/event_clock.h"
#include "ledger/key_chain.h"
#include "ledger/prefetch.h"
#include "ledger/rules/general.h"
#include "ledger/seqs_by_hash.h"
#include "ledger/spelling.h"
#include "ledger/unsettled_record.h"

namespace duebook {

namespace {

constexpr size_t kPrefetchStep = 4;                // commands
constexpr int64_t kMostBehind = 60'000'000;        // microseconds
constexpr size_t kMostExpected = size_t{1} << 24;  // whatever a file promises: 540 MB of addresses at most

Time SystemClock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Time{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

// Names that an older ledger may hold in a spelling that nothing new is given.
class NamesInBooks : public KnownNames {
 public:
  explicit NamesInBooks(Books* books) : books_(books) {}
  bool KnowsCustomer(std::string_view id) override { return books_->FindCustomer(id) != nullptr; }
  bool KnowsDocument(DocumentKind kind, std::string_view number) override {
    return books_->FindDocument(kind, number) != nullptr;
  }
  bool KnowsUserOrRole(std::string_view name) override {
    const Control& control = books_->control();
    const auto knows = [name](const RoleChange& change) { return change.user == name || change.role == name; };
    return std::any_of(control.role_changes.begin(), control.role_changes.end(), knows);
  }

 private:
  Books* books_;
};

// Events admitted for one commit.
struct Batch {
  uint64_t number = 1;
  uint64_t first_seq = 0;
  Time recorded_at;
  Time clock;  // what it said; `recorded_at` unless it was behind the events before
  std::vector<std::string> events;
};

// "2026-03-01T12:00:00Z"
std::string ToTheSecond(Time time) { return time.ToString().substr(0, 19) + "Z"; }

}  // namespace

struct Ledger::Impl {
  Impl(std::unique_ptr<EventLog> event_log, LedgerOptions ledger_options)
      : log(std::move(event_log)),
        options(std::move(ledger_options)),
        next_seq(log->state().last_seq + 1),
        last_recorded_at(log->state().last_recorded_at) {
    if (!options.clock) options.clock = SystemClock;
    if (options.folds) folding.emplace(*log, options.folds(), options.fold_sizes);
  }

  void Prefetch(std::span<const Command> commands, size_t next) const;
  Result<Outcome> Admit(Command& command);
  // Reads a command's record again, now that the books are there to be asked. Nothing: the command is settled.
  Result<std::optional<Outcome>> Settle(Command* command);
  // Gives an admitted command the next sequence number: its event is part of the commit that gathers, and of the books.
  void Gather(Command* command);
  Result<std::optional<Outcome>> FindEarlier(const Command& command);
  Result<std::optional<uint64_t>> SeqOfId(std::string_view id) const;
  // The same in the spellings that a record's id may mean.
  Result<std::optional<uint64_t>> SeqOfGivenId(std::string_view id) const;
  Result<Rejection> JudgeBroken(const Rejection& rejection, uint64_t before);
  Result<std::optional<uint64_t>> IntroducedSince(const Rejection& rejection);
  // The event, also while it is on its way into the log. The view is valid during the call only.
  Status VisitEvent(uint64_t seq, const std::function<void(EventView)>& visit) const;
  Status CommitGathering();
  Error Fail(Error error);

  const std::unique_ptr<EventLog> log;
  LedgerOptions options;

  std::mutex decide_mutex;  // guards what follows
  Books books;
  std::unique_ptr<BooksFromLog> from_log;  // what was recorded before the opening
  SeqsByHash ids;                          // of what was recorded since
  uint64_t next_seq;
  Time last_recorded_at;
  Batch gathering;
  std::shared_ptr<const Batch> committing;  // taken for the store, not yet durable

  std::mutex commit_mutex;  // guards what follows; decide_mutex is never taken while this one is held
  std::condition_variable commit_done;
  bool commit_running = false;
  uint64_t durable = 0;  // number of the last durable batch
  std::optional<Error> failure;
  std::atomic<bool> failed = false;  // whether `failure` is set, for a look without the lock

  std::optional<Folding> folding;
};

// --- deciding; all of this under decide_mutex ---

Status Ledger::Impl::VisitEvent(uint64_t seq, const std::function<void(EventView)>& visit) const {
  for (const Batch* batch : {static_cast<const Batch*>(&gathering), committing.get()}) {
    if (batch != nullptr && !batch->events.empty() && seq >= batch->first_seq &&
        seq - batch->first_seq < batch->events.size()) {
      visit(EventView(batch->events[seq - batch->first_seq]));
      return Status();
    }
  }
  return log->GetMany({seq}, visit);
}

Result<std::optional<uint64_t>> Ledger::Impl::SeqOfId(std::string_view id) const {
  auto since = ids.Find(id, [&](uint64_t seq) -> Result<bool> {
    bool is_it = false;
    RETURN_IF_ERROR(VisitEvent(seq, [&](EventView event) { is_it = event.id() == id; }));
    return is_it;
  });
  return since.ok() && !since->has_value() ? from_log->SeqOfId(id) : since;
}

Result<std::optional<uint64_t>> Ledger::Impl::SeqOfGivenId(std::string_view id) const {
  if (id.empty()) return std::optional<uint64_t>();
  const std::string spelled = Nfc(id);
  auto seq = SeqOfId(spelled);
  return seq.ok() && !seq->has_value() && spelled != id ? SeqOfId(id) : seq;
}

// What a command with the id of a stored event is: a retry, or a conflict.
Outcome Compare(const Command& command, EventView stored) {
  const bool stands = command.gives_way() && command.event().type() == stored.type();
  if (stands || SameContent(command, stored)) {
    return Duplicate{stored.seq(), std::string(stored.source()), command.gives_way()};
  }
  return IdConflict(stored);
}

// Nothing if the id is new.
Result<std::optional<Outcome>> Ledger::Impl::FindEarlier(const Command& command) {
  const auto seq = SeqOfId(command.event().id());
  RETURN_IF_ERROR(seq);
  if (!seq->has_value()) return std::optional<Outcome>();
  std::optional<Outcome> outcome;
  RETURN_IF_ERROR(VisitEvent(**seq, [&](EventView stored) { outcome = Compare(command, stored); }));
  return outcome;
}

Result<std::optional<Outcome>> Ledger::Impl::Settle(Command* command) {
  const std::shared_ptr<const UnsettledRecord> record = command->unsettled();
  const bool gives_way = command->gives_way();
  const auto seq = SeqOfGivenId(record->id());
  RETURN_IF_ERROR(seq);
  NamesInBooks names(&books);
  auto read = seq->has_value() ? record->ReadAsGiven() : record->ReadAsNew(&names);
  RETURN_IF_ERROR(books.status());
  auto* settled = std::get_if<Command>(&read);
  if (settled != nullptr && gives_way) settled->GiveWay();
  std::optional<Outcome> outcome;
  if (seq->has_value()) {
    RETURN_IF_ERROR(VisitEvent(**seq, [&](EventView stored) {
      outcome = settled != nullptr ? Compare(*settled, stored) : Outcome(IdConflict(stored));
    }));
  } else if (settled == nullptr) {
    outcome = std::get<Rejection>(std::move(read));
  } else {
    *command = std::move(*settled);
  }
  return outcome;
}

Result<Rejection> Ledger::Impl::JudgeBroken(const Rejection& rejection, uint64_t before) {
  const auto seq = SeqOfGivenId(rejection.unsettled == nullptr ? rejection.id : rejection.unsettled->id());
  RETURN_IF_ERROR(seq);
  Rejection judged = rejection;
  if (seq->has_value() && **seq < before) {
    RETURN_IF_ERROR(VisitEvent(**seq, [&](EventView stored) { judged = IdConflict(stored); }));
  } else if (rejection.unsettled != nullptr) {
    NamesInBooks names(&books);
    auto read = rejection.unsettled->ReadAsNew(&names);
    RETURN_IF_ERROR(books.status());
    if (auto* precise = std::get_if<Rejection>(&read)) judged = std::move(*precise);
  }
  return judged;
}

Result<std::optional<uint64_t>> Ledger::Impl::IntroducedSince(const Rejection& rejection) {
  const std::optional<uint64_t> seq = books.FindIntroduction(rejection.missing_kind, rejection.missing);
  RETURN_IF_ERROR(books.status());
  return seq;
}

// Most of the time that deciding takes is waiting for memory, so it is asked for ahead of commands[next], step by step:
// where the records of a command stand, some commands later the records, and then their numbers. What a step follows
// has been asked for by the step before.
void Ledger::Impl::Prefetch(std::span<const Command> commands, size_t next) const {
  if (const size_t ahead = next + 3 * kPrefetchStep; ahead < commands.size()) {
    ids.Prefetch(commands[ahead].id_hash());
    for (const uint64_t hash : commands[ahead].lookups()) books.PrefetchPlace(hash);
  }
  if (const size_t ahead = next + 2 * kPrefetchStep; ahead < commands.size()) {
    for (const uint64_t hash : commands[ahead].lookups()) books.PrefetchEntry(hash);
  }
  if (const size_t ahead = next + kPrefetchStep; ahead < commands.size()) {
    duebook::Prefetch(commands[ahead].event().bytes());
    for (const uint64_t hash : commands[ahead].lookups()) books.PrefetchNumber(hash);
  }
}

void Ledger::Impl::Gather(Command* command) {
  command->SetSequence(next_seq, gathering.recorded_at);
  std::string bytes = command->TakeBytes();
  if (gathering.recorded_at.microseconds - gathering.clock.microseconds > kClockTolerance) {
    bytes = WithClockReading(EventView(bytes), gathering.clock);
  }
  const EventView event(gathering.events.emplace_back(std::move(bytes)));
  Evolve(books, event);
  ids.Insert(event.id(), next_seq);
  next_seq++;
}

Result<Outcome> Ledger::Impl::Admit(Command& command) {
  if (command.unsettled() != nullptr) {
    const auto outcome = Settle(&command);
    RETURN_IF_ERROR(outcome);
    if (outcome->has_value()) return **outcome;
  }
  const auto earlier = FindEarlier(command);
  RETURN_IF_ERROR(earlier);
  if (earlier->has_value()) return **earlier;
  if (command.gives_way() && command.event().info().customer == CustomerUse::kIntroduced) {
    const Customer* customer = books.FindCustomer(command.event().customer());
    if (customer != nullptr) return Outcome(Duplicate{customer->seq, "", true});
  }
  std::vector<Command> preceding;
  auto refused = Decide(books, log->identity(), &command, &preceding);
  RETURN_IF_ERROR(books.status());
  if (refused.has_value()) return Outcome(*std::move(refused));

  for (const Command& each : preceding) {
    const auto taken = FindEarlier(each);
    RETURN_IF_ERROR(taken);
    if (taken->has_value()) {
      return Outcome(Rejection{
          RejectionCode::kIdConflict,
          fmt::format("it has to record an event with the id {}, which was used before", each.event().id()), "id"});
    }
  }
  // From here on nothing can be refused.
  if (gathering.events.empty()) {
    gathering.first_seq = next_seq;
    gathering.clock = options.clock();
    gathering.recorded_at = last_recorded_at = std::max(gathering.clock, last_recorded_at);
  }
  const uint64_t first_seq = next_seq;
  for (Command& each : preceding) Gather(&each);
  Gather(&command);
  RETURN_IF_ERROR(books.status());
  return Outcome(Recorded{next_seq - 1, first_seq});
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
  auto impl = std::make_unique<Impl>(std::move(*log), std::move(options));
  auto from_log = BooksFromLog::Open(*impl->log, &impl->books);
  RETURN_IF_ERROR(from_log);
  impl->from_log = std::move(*from_log);
  std::vector<uint64_t> key_changes;
  for (const KeyChange& change : impl->books.control().key_changes) key_changes.push_back(change.seq);
  const auto keys = KeyChain::Of(*impl->log, key_changes);
  RETURN_IF_ERROR(keys);
  RETURN_IF_ERROR(impl->log->LoadKey(*keys));
  return std::unique_ptr<Ledger>(new Ledger(std::move(impl)));
}

// Most events introduce one record of the books.
void Ledger::Expect(size_t events) {
  const std::lock_guard lock(impl_->decide_mutex);
  events = std::min(events, kMostExpected);
  impl_->books.Reserve(events);
  impl_->ids.Reserve(events);
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
    for (size_t i = 0; i < commands.size(); i++) {
      impl_->Prefetch(commands, i);
      Result<Outcome> outcome = impl_->Admit(commands[i]);
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

Result<std::optional<uint64_t>> Ledger::IntroducedSince(const Rejection& rejection) const {
  const std::lock_guard lock(impl_->decide_mutex);
  return impl_->IntroducedSince(rejection);
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
  Impl& impl = *state_->ledger->impl_;
  Result<Outcome> outcome = impl.Admit(command);
  if (!outcome.ok()) return impl.Fail(outcome.error());
  return outcome;
}

Status Ledger::Transaction::Visit(uint64_t seq, const std::function<void(EventView)>& visit) const {
  CHECK(state_ != nullptr && state_->lock.owns_lock());
  return state_->ledger->impl_->VisitEvent(seq, visit);
}

Result<Rejection> Ledger::Transaction::JudgeBroken(const Rejection& rejection, uint64_t before) const {
  CHECK(state_ != nullptr && state_->lock.owns_lock());
  return state_->ledger->impl_->JudgeBroken(rejection, before);
}

Result<std::optional<uint64_t>> Ledger::Transaction::IntroducedSince(const Rejection& rejection) const {
  CHECK(state_ != nullptr && state_->lock.owns_lock());
  return state_->ledger->impl_->IntroducedSince(rejection);
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
  for (size_t i = impl.gathering.events.size(); i-- > 0;) {
    impl.ids.TakeBack(EventView(impl.gathering.events[i]).id(), impl.gathering.first_seq + i);
  }
  const uint64_t number = impl.gathering.number;
  impl.gathering = Batch();
  impl.gathering.number = number;
  impl.next_seq = state_->next_seq;
  impl.last_recorded_at = state_->last_recorded_at;
}

}  // namespace duebook
