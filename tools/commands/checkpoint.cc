#include "ledger/proof/checkpoint.h"

#include <fmt/core.h>

#include "ledger/log/checkpoint_check.h"
#include "ledger/log/keys_of_log.h"
#include "ledger/proof/merkle_proof.h"
#include "ledger/proof/signed_note.h"
#include "ledger/values/base64.h"
#include "tools/commands/commands.h"
#include "tools/import/rows/input_file.h"

namespace duebook {

namespace {

struct Options {
  std::string check;
  std::optional<std::string> key;
  std::string format = "table";
  std::string output;
  bool keep = false;
  bool list = false;
};

int Print(const Session& session, const EventLog& log, const Options& options) {
  const auto key = session.ReadKey(log);
  if (!key.ok()) return ComplainAboutStore(key.error());
  const auto checkpoint = CheckpointAt(log, log.last_seq());
  if (!checkpoint.ok()) return ComplainAboutStore(checkpoint.error());
  return WriteResult(SignCheckpoint(*checkpoint, *key), options.output);
}

// One of the present state, and those that are missing of closed periods.
int Keep(const Session& session) {
  if (session.ledger.empty()) return ComplainAboutStore(session.OpenForReading().error());
  const auto log = EventLog::Open(session.ledger, EventLog::Mode::kWrite, session.store());
  if (!log.ok()) return ComplainAboutStore(log.error());
  if ((*log)->identity().is_copy) {
    return Complain({ErrorCode::kUnavailable, fmt::format("{} is a backup", session.ledger),
                     "keep the checkpoint in the ledger itself; the next backup takes it over"},
                    kRefused);
  }
  const auto key = session.ReadKey(**log);
  if (!key.ok()) return ComplainAboutStore(key.error());
  auto sizes = MissingCheckpoints(**log);
  if (!sizes.ok()) return ComplainAboutStore(sizes.error());
  if (sizes->empty() || sizes->back() != (*log)->last_seq()) sizes->push_back((*log)->last_seq());
  std::string told;
  for (const uint64_t size : *sizes) {
    const auto checkpoint = CheckpointAt(**log, size);
    if (!checkpoint.ok()) return ComplainAboutStore(checkpoint.error());
    const Status kept = (*log)->KeepCheckpoint(size, SignCheckpoint(*checkpoint, *key));
    if (!kept.ok()) return ComplainAboutStore(kept.error());
    told += fmt::format("kept a checkpoint of {} events, root {}\n", size, ToHex(checkpoint->root));
  }
  return WriteSentences(told);
}

int List(const EventLog& log, const Options& options) {
  const auto kept = log.KeptCheckpoints();
  if (!kept.ok()) return ComplainAboutStore(kept.error());
  std::string text;
  std::string other;  // a file that is none
  for (const KeptCheckpoint& one : *kept) {
    const bool is_one = ParseSignedNote(one.note).ok();
    if (!is_one) other = one.file;
    text += fmt::format("{:>12} events in {}{}\n", one.size, one.file, is_one ? "" : ": it is no checkpoint");
  }
  if (text.empty())
    text = "none is kept yet: each close of a period keeps one, and so does `duebook checkpoint --keep`\n";
  const int status = WriteSentences(text, options.output);
  return status != kDone || other.empty() ? status : TellFault({0, other, "what is kept here is no checkpoint"});
}

// What shows anybody that the first events of `now` are those of `old`: RFC 9162, section 2.1.4.
std::string ConsistencyProofJson(const Checkpoint& old, const Checkpoint& now, const std::vector<Hash>& proof) {
  std::string hashes;
  for (const Hash& hash : proof) hashes += fmt::format("{}\"{}\"", hashes.empty() ? "" : ",", ToBase64(hash));
  return fmt::format("{{\"old_size\":{},\"old_root\":\"{}\",\"size\":{},\"root\":\"{}\",\"path\":[{}]}}\n", old.size,
                     ToBase64(old.root), now.size, ToBase64(now.root), hashes);
}

// Which key signed, if it is not the ledger's present one, and what nobody signed.
std::string KeyRemarks(const KeyChain& keys, size_t signer) {
  std::string told;
  if (signer + 1 < keys.links().size()) {
    told = fmt::format("it is signed by {}, which was the ledger's key until event {}\n",
                       keys.links()[signer].key.ToString(), keys.links()[signer + 1].since);
  }
  for (const std::string& change : UnsignedChanges(keys.links())) told += change + "\n";
  return told;
}

int TellConsistent(const EventLog& log, const Checkpoint& old, const std::string& keys, const Options& options) {
  const auto now = CheckpointAt(log, log.last_seq());
  if (!now.ok()) return ComplainAboutStore(now.error());
  std::vector<Hash> hashes;
  if (old.size > 0) {
    auto proof =
        ProveConsistency(old.size, now->size, [&log](int level, uint64_t index) { return log.TreeNode(level, index); });
    if (!proof.ok()) return ComplainAboutStore(proof.error());
    hashes = *std::move(proof);
  }
  if (!VerifyConsistency(old.size, old.root, now->size, now->root, hashes)) {
    return Complain({ErrorCode::kDamaged, "the stored tree does not agree with itself", "see `duebook verify`"},
                    kRefused);
  }
  if (options.format == "json") {
    Tell(keys);
    return WriteResult(ConsistencyProofJson(old, *now, hashes), options.output);
  }
  return WriteSentences(fmt::format("the checkpoint's {} events are the first of the {} in the ledger; root now {}\n{}",
                                    old.size, now->size, ToHex(now->root), keys),
                        options.output);
}

int Check(const EventLog& log, const Options& options) {
  const auto bytes = ReadWhole(options.check, kMaxNoteBytes);
  if (!bytes.ok()) return Complain(bytes.error(), kBadUsage);
  const auto trusted = PublicKey::Parse(options.key.value_or(""));
  if (options.key.has_value() && !trusted.has_value()) return Complain(NoPublicKey(*options.key), kBadUsage);
  const auto keys = KeysOf(log);
  if (!keys.ok()) return ComplainAboutStore(keys.error());
  const auto old = ReadCheckpoint(*bytes, *keys);
  if (!old.ok()) {
    return Complain({old.error().code, fmt::format("{}: {}", options.check, old.error().sentence), old.error().hint},
                    kRefused);
  }
  auto fault = HoldAgainst(log, old->checkpoint, options.check);
  if (fault.ok() && !fault->has_value() && trusted.has_value()) {
    fault = CheckTrust(log, *keys, *trusted, old->signer, old->signer);
  }
  if (!fault.ok()) return ComplainAboutStore(fault.error());
  if (fault->has_value()) return TellFault(**fault);
  return TellConsistent(log, old->checkpoint, KeyRemarks(*keys, old->signer), options);
}

int Run(const Session& session, const Options& options) {
  if (options.keep) return Keep(session);
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  if (options.list) return List(**log, options);
  return options.check.empty() ? Print(session, **log, options) : Check(**log, options);
}

}  // namespace

void AddCheckpoint(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(
      app, session, "checkpoint", "sign the ledger as it is now, or hold an older signature against it",
      "duebook --ledger books checkpoint --output 2025-12-31.checkpoint\n"
      "  duebook --ledger books checkpoint --check 2025-12-31.checkpoint --key NAME+HASH+KEY\n\n"
      "Give checkpoints to somebody else, such as the auditor: what was recorded by then cannot be changed unnoticed\n"
      "any more, not even by whoever holds the disk and the key.");
  Option check = command.Add("--check", &options->check, "whether the ledger only grew since this checkpoint")
                     .Called("FILE")
                     .Reads();
  command.Add("--key", &options->key, "a public key of the ledger, as you know it (default: as the ledger says)")
      .Called("PUBLIC")
      .Needs(check);
  command.Add("--format", &options->format, "of the answer to --check; json is the proof, for others to check")
      .OneOf({"table", "json"})
      .Needs(check);
  Option keep = command.AddFlag("--keep", &options->keep, "keep one in the ledger, as each close of a period does");
  Option list = command.AddFlag("--list", &options->list, "list those kept");
  AddOutputOption(command, &options->output);
  keep.Excludes(check).Excludes(list);
  list.Excludes(check);
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
