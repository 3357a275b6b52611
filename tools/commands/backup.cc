#include <fmt/core.h>

#include "ledger/log/checkpoint_check.h"
#include "ledger/log/keys_of_log.h"
#include "tools/commands/commands.h"
#include "tools/commands/copying.h"
#include "tools/commands/key_remarks.h"
#include "tools/commands/progress.h"

namespace duebook {

namespace {

struct Options {
  std::string directory;
  bool full = false;
  bool without_key = false;
};

// Whether the folder may be backed up to.
Status CheckIsBackup(const EventLog& source, const EventLog& there) {
  const std::string directory = there.directory().string();
  const std::string hint = "name an empty folder, or one with an earlier backup of this ledger";
  if (there.identity().ledger_id != source.identity().ledger_id) {
    return Error{ErrorCode::kAlreadyExists,
                 fmt::format("{} is another ledger, of {}", directory, there.identity().company), hint};
  }
  if (there.identity().is_copy) return Status();
  return Error{ErrorCode::kAlreadyExists, fmt::format("{} is a ledger of its own, no backup", directory), hint};
}

// A key that is there may be the last copy: whoever wants it gone removes it.
Status CheckWithoutKey(const Options& options) {
  std::error_code error;
  const std::filesystem::path file = KeyFileOf(options.directory, {});
  if (!options.without_key || !std::filesystem::exists(file, error)) return Status();
  return Error{ErrorCode::kAlreadyExists,
               fmt::format("the private key lies in {}, from an earlier backup", file.string()),
               "remove it, if you have it elsewhere, or leave --without-key out"};
}

// The backup to go on with; made if there is nothing yet.
Result<std::unique_ptr<EventLog>> OpenBackup(const EventLog& source, const std::string& directory) {
  std::error_code error;
  if (!std::filesystem::exists(directory, error) || std::filesystem::is_empty(directory, error)) {
    RETURN_IF_ERROR(MakeCopy(source, directory));
  }
  {
    const auto there = EventLog::Open(directory, EventLog::Mode::kVerify);
    if (!there.ok() && there.error().code == ErrorCode::kNotFound) {
      return Error{ErrorCode::kAlreadyExists, fmt::format("{} is neither empty nor a backup", directory),
                   "if it is left of a first `backup` that was cut off, remove it"};
    }
    RETURN_IF_ERROR(there);
    RETURN_IF_ERROR(CheckIsBackup(source, **there));
  }
  return EventLog::Open(directory, EventLog::Mode::kWrite);
}

// Whether the backup holds the first events of the ledger, and nothing else.
Result<std::optional<EventLog::Fault>> CheckBeginning(const EventLog& source, const EventLog& backup) {
  if (backup.last_seq() <= source.last_seq()) return CompareRoots(source, backup);
  return std::optional(EventLog::Fault{
      source.last_seq() + 1, "",
      fmt::format("event {}: the ledger ends before it, its backup in {} has {} events; the ledger was cut back",
                  source.last_seq() + 1, backup.directory().string(), backup.last_seq())});
}

// What would be copied, so that nothing wrong ever gets into a backup.
Result<std::optional<EventLog::Fault>> CheckNewPart(const EventLog& source, uint64_t before) {
  if (before == source.last_seq()) return std::optional<EventLog::Fault>();
  Progress progress("events checked");
  return source.Verify(before + 1, [&](uint64_t done, uint64_t total) { progress.Show(done, total, done); });
}

// Reads back what was written, from the disk.
Result<std::optional<EventLog::Fault>> CheckWritten(const EventLog& source, const EventLog& backup, bool full,
                                                    uint64_t before) {
  Progress progress("events checked");
  const uint64_t first = full ? 1 : std::min(before + 1, backup.last_seq());
  auto fault = backup.Verify(first, [&](uint64_t done, uint64_t total) { progress.Show(done, total, done); });
  if (fault.ok() && !fault->has_value()) fault = VerifyCheckpoints(backup, KeysOf(backup), {});
  if (fault.ok() && !fault->has_value()) fault = CompareRoots(source, backup);
  return fault;
}

int TellBackupFault(const Result<std::optional<EventLog::Fault>>& fault) {
  return fault.ok() ? TellFault(**fault) : ComplainAboutStore(fault.error());
}

int Run(const Session& session, const Options& options) {
  const auto source = session.OpenForReading();
  if (!source.ok()) return ComplainAboutStore(source.error());
  const Status without_key = CheckWithoutKey(options);
  if (!without_key.ok()) return Complain(without_key.error(), kRefused);
  uint64_t before = 0;
  {
    const auto backup = OpenBackup(**source, options.directory);
    if (!backup.ok()) {
      return Complain(backup.error(), backup.error().code == ErrorCode::kAlreadyExists ? kRefused : kStoreUnusable);
    }
    before = (*backup)->last_seq();
    auto fault = CheckBeginning(**source, **backup);
    if (fault.ok() && !fault->has_value()) fault = CheckNewPart(**source, before);
    if (fault.ok() && !fault->has_value()) fault = VerifyCheckpoints(**source, KeysOf(**source), {});
    if (!fault.ok() || fault->has_value()) return TellBackupFault(fault);
    Progress progress("events copied");
    const Status copied = (*backup)->AppendFrom(
        **source, (*source)->last_seq(), [&](uint64_t done, uint64_t total) { progress.Show(done, total, done); });
    if (!copied.ok()) return ComplainAboutStore(copied.error());
    const Status ended = (*backup)->EndSession();
    if (!ended.ok()) return ComplainAboutStore(ended.error());
  }
  const auto backup = EventLog::Open(options.directory, EventLog::Mode::kVerify);
  if (!backup.ok()) return ComplainAboutStore(backup.error());
  const Result<std::string> key = options.without_key ? Result<std::string>("") : CopyKey(session.ledger, **backup);
  if (!key.ok()) return ComplainAboutStore(key.error());
  const auto files = CopyFiles(session.ledger, **backup);
  if (!files.ok()) return ComplainAboutStore(files.error());
  const auto fault = CheckWritten(**source, **backup, options.full, before);
  if (!fault.ok() || fault->has_value()) return TellBackupFault(fault);
  const auto remarks = KeyRemarksOfCopy(**backup);
  if (!remarks.ok()) return ComplainAboutStore(remarks.error());
  const LogState state = (*source)->state();
  return WriteSentences(fmt::format("{} events added to the backup in {}, which has all {} now{}; root {}\n{}{}{}",
                                    state.last_seq - before, options.directory, state.last_seq,
                                    options.full ? ", each read again" : "", ToHex(state.tree.Root()),
                                    key->empty() ? "" : *key + "\n", *files, *remarks));
}

}  // namespace

void AddBackup(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(
      app, session, "backup", "copy what is new into a backup, while others read and write",
      "duebook --ledger books backup /mnt/backup/books\n\n"
      "A backup is a ledger that nothing is recorded in: reports, `verify` and `restore` take it with --ledger.");
  command.Add("DIR", &options->directory, "an earlier backup of this ledger, or a folder that is absent or empty")
      .Required();
  command.AddFlag("--without-key", &options->without_key,
                  "without the private key, by which whoever has the backup could sign as the ledger");
  command.AddFlag("--full", &options->full, "check the whole backup, not only what was added");
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
