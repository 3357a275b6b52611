#include "tools/commands/copying.h"

#include <fmt/core.h>

#include "ledger/log/checkpoint_check.h"
#include "ledger/log/kept_files.h"
#include "ledger/log/key_file.h"
#include "ledger/log/keys_of_log.h"

namespace duebook {

Result<std::string> CopyKey(const std::filesystem::path& source, const EventLog& copy) {
  const auto keys = KeysOf(copy);
  RETURN_IF_ERROR(keys);
  const std::filesystem::path file = KeyFileOf(copy.directory(), {});
  if (ReadLedgerKey(*keys, file).ok()) return std::string();
  const auto key = ReadLedgerKey(*keys, KeyFileOf(source, {}));
  if (!key.ok()) return "the private key is not in it: " + key.error().sentence;
  Status put = StageNextKey(*key, file);
  if (put.ok()) put = PutNextKeyInPlace(file);
  return put.ok() ? std::string() : "the private key is not in it: " + put.error().sentence;
}

Result<std::string> CopyFiles(const std::filesystem::path& source, const EventLog& copy) {
  const auto wrong = CopyKeptFiles(source, copy.directory());
  RETURN_IF_ERROR(wrong);
  auto missing = MissingFiles(copy);
  RETURN_IF_ERROR(missing);
  std::string told;
  for (const WrongFile& file : *wrong) {
    told += fmt::format("a file is not in it: {}\n", file.error.sentence);
    std::erase(*missing, file.sha256);
  }
  for (const Hash& sha256 : *missing) told += fmt::format("a file is not in it: {}\n", SentenceOnMissingFile(sha256));
  return told;
}

std::string SentenceOnMissingFile(const Hash& sha256) {
  return fmt::format(
      "the file {0} that an event names is not kept; copy it to {1}/{0} in the ledger's folder, from a backup or from "
      "the ledger that the event comes from, or keep it again by `duebook attach FILE --to KIND:NUMBER` or `duebook "
      "company --logo FILE`",
      ToHex(sha256), kFilesFolder);
}

Status MakeCopy(const EventLog& source, const std::filesystem::path& target) {
  LedgerIdentity identity = source.identity();
  identity.is_copy = true;
  return EventLog::Create(target, identity);
}

Result<std::optional<EventLog::Fault>> CompareRoots(const EventLog& source, const EventLog& copy) {
  const LogState state = copy.state();
  const auto checkpoint = CheckpointAt(source, state.last_seq);
  RETURN_IF_ERROR(checkpoint);
  if (checkpoint->root == state.tree.Root()) return std::optional<EventLog::Fault>();
  return std::optional(
      EventLog::Fault{1, "",
                      fmt::format("events 1 to {}: those in {} are not those in {}; one of the two was changed",
                                  state.last_seq, copy.directory().string(), source.directory().string())});
}

}  // namespace duebook
