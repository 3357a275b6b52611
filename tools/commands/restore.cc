#include <fmt/core.h>

#include <optional>

#include "ledger/log/checkpoint_check.h"
#include "ledger/log/keys_of_log.h"
#include "projections/tracks.h"
#include "tools/commands/clock_remarks.h"
#include "tools/commands/commands.h"
#include "tools/commands/copying.h"
#include "tools/commands/key_remarks.h"
#include "tools/commands/progress.h"

namespace duebook {

namespace {

struct Options {
  std::string source;
  std::string target;
  std::optional<uint64_t> to_seq;
  std::string to_time;
};

// Up to which event to restore.
Result<uint64_t> EndOf(const EventLog& source, const Options& options) {
  const uint64_t last = source.last_seq();
  if (options.to_seq.has_value()) {
    if (*options.to_seq <= last) return *options.to_seq;
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("--to-seq {}: {} has {} events", *options.to_seq, source.directory().string(), last),
                 "leave it out for all of them"};
  }
  if (options.to_time.empty()) return last;
  const auto time = Time::Parse(options.to_time);
  if (!time.has_value()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("--to-time {} is no time", options.to_time),
                 "write 2026-01-20 (the end of that day, UTC) or 2026-01-20T17:00:00Z"};
  }
  const auto seq = SeqAtTime(source, *time, "--to-time " + options.to_time);
  if (seq.ok() && *seq == 0 && last > 0) {
    Tell(fmt::format("duebook: --to-time {}: the first event of {} was recorded at {}; nothing was known before\n",
                     options.to_time, source.directory().string(), source.state().first_recorded_at.ToString()));
  }
  return seq;
}

Status Copy(const EventLog& source, const std::string& target, uint64_t to_seq) {
  RETURN_IF_ERROR(MakeCopy(source, target));
  const auto copy = EventLog::Open(target, EventLog::Mode::kWrite);
  RETURN_IF_ERROR(copy);
  Progress progress("events restored");
  RETURN_IF_ERROR(
      (*copy)->AppendFrom(source, to_seq, [&](uint64_t done, uint64_t total) { progress.Show(done, total, done); }));
  return (*copy)->EndSession();
}

// Everything is read back before it becomes a ledger.
Result<std::optional<EventLog::Fault>> Check(const EventLog& source, const EventLog& copy) {
  Progress progress("events checked");
  auto fault = copy.Verify(1, [&](uint64_t done, uint64_t total) { progress.Show(done, total, done); });
  if (fault.ok() && !fault->has_value()) fault = CompareRoots(source, copy);
  if (fault.ok() && !fault->has_value()) fault = VerifyCheckpoints(copy, KeysOf(copy), {});
  return fault;
}

// From a copy to a ledger with all that follows from its events.
Status Finish(const std::string& target) {
  {
    const auto copy = EventLog::Open(target, EventLog::Mode::kWrite);
    RETURN_IF_ERROR(copy);
    RETURN_IF_ERROR((*copy)->EndCopying());
    Progress progress("events derived from");
    RETURN_IF_ERROR(Folding::Rebuild(**copy, MakeAllTracks,
                                     [&](uint64_t done, uint64_t total) { progress.Show(done, total, done); }));
    RETURN_IF_ERROR((*copy)->EndSession());
  }
  const auto ledger = Ledger::Open(target);
  return ledger.ok() ? Status() : Status(ledger.error());
}

// The key, and whether all is right. What is to be said of keys and checkpoints.
Result<std::string> CopyKeyAndCheck(const EventLog& source, const std::string& target,
                                    std::optional<EventLog::Fault>* fault) {
  const auto copy = EventLog::Open(target, EventLog::Mode::kVerify);
  RETURN_IF_ERROR(copy);
  const auto key = CopyKey(source.directory(), **copy);
  RETURN_IF_ERROR(key);
  const auto files = CopyFiles(source.directory(), **copy);
  RETURN_IF_ERROR(files);
  auto checked = Check(source, **copy);
  RETURN_IF_ERROR(checked);
  *fault = *std::move(checked);
  const auto remarks = KeyRemarksOfCopy(**copy);
  RETURN_IF_ERROR(remarks);
  if (key->empty()) return *files + *remarks;
  return *files +
         fmt::format(
             "{}; record with --key-file FILE if it is kept elsewhere, else `duebook key lost` puts another in "
             "its place\n{}",
             *key, *remarks);
}

// What to restore from. Of one that has lost its newest events those before can be had by naming the last one.
Result<std::unique_ptr<EventLog>> OpenSource(const Options& options) {
  if (!options.to_seq.has_value()) return EventLog::Open(options.source, EventLog::Mode::kRead);
  auto source = EventLog::Open(options.source, EventLog::Mode::kVerify);
  RETURN_IF_ERROR(source);
  const auto& fault = (*source)->EndFault();
  const bool before_it = !fault.has_value() || fault->seq > *options.to_seq;
  return before_it ? std::move(source) : EventLog::Open(options.source, EventLog::Mode::kRead);
}

// Where the source's record of its end is lost, the events that are there may be a part of what was backed up: somebody
// has to name the last one.
Status CheckEndIsKnown(const EventLog& source, const Options& options, uint64_t to_seq) {
  const auto& fault = source.EndFault();
  if (!fault.has_value() || options.to_seq.has_value() || to_seq < source.last_seq()) return Status();
  return Error{ErrorCode::kDamaged,
               fmt::format("{}: {}; so nobody can tell whether {} ended with event {}", fault->file, fault->sentence,
                           source.directory().string(), source.last_seq()),
               fmt::format("`--to-seq {}` restores what is there", source.last_seq())};
}

int Run(const Options& options) {
  const auto source = OpenSource(options);
  if (!source.ok()) return ComplainAboutStore(source.error());
  const auto to_seq = EndOf(**source, options);
  if (!to_seq.ok()) return Complain(to_seq.error(), StoreStatus(to_seq.error()));
  const Status known = CheckEndIsKnown(**source, options, *to_seq);
  if (!known.ok()) return ComplainAboutStore(known.error());
  const Status copied = Copy(**source, options.target, *to_seq);
  if (!copied.ok()) {
    return Complain(copied.error(), copied.error().code == ErrorCode::kAlreadyExists ? kRefused : kStoreUnusable);
  }
  std::optional<EventLog::Fault> fault;
  const auto told = CopyKeyAndCheck(**source, options.target, &fault);
  if (!told.ok()) return ComplainAboutStore(told.error());
  if (fault.has_value()) return TellFault(*fault);
  const Status finished = Finish(options.target);
  if (!finished.ok()) return ComplainAboutStore(finished.error());
  const auto restored = EventLog::Open(options.target, EventLog::Mode::kRead);
  if (!restored.ok()) return ComplainAboutStore(restored.error());
  const LogState state = (*restored)->state();
  const std::string when =
      state.last_seq == 0 ? "" : fmt::format(", the last recorded at {}", state.last_recorded_at.ToString());
  return WriteSentences(fmt::format("restored {} of {} events to {}{}; root {}\n{}", state.last_seq,
                                    (*source)->last_seq(), options.target, when, ToHex(state.tree.Root()), *told));
}

}  // namespace

void AddRestore(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(app, session, "restore", "make a ledger from a backup, as it was at any moment",
                                      "duebook restore /mnt/backup/books books-again\n"
                                      "  duebook restore /mnt/backup/books as-of-january --to-time 2026-01-31");
  command.Add("DIR", &options->source, "a backup, or any other ledger").Required();
  command.Add("TARGET", &options->target, "a folder that is absent or empty").Required();
  Option to_seq = command.Add("--to-seq", &options->to_seq, "up to this event").Called("SEQ");
  command.Add("--to-time", &options->to_time, "up to what was recorded by then").Called("TIME").Excludes(to_seq);
  command.Run(session, [options] { return Run(*options); });
}

}  // namespace duebook
