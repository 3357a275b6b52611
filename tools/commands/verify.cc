#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/proof/signed_note.h"
#include "projections/verification.h"
#include "tools/commands/clock_remarks.h"
#include "tools/commands/commands.h"
#include "tools/commands/copying.h"
#include "tools/commands/key_remarks.h"
#include "tools/commands/progress.h"
#include "tools/import/rows/input_file.h"

namespace duebook {

namespace {

// A store that cannot be read at all is what a verification looks for, so it is told as found wrong.
int TellError(const Error& error) {
  return Complain(error, error.code == ErrorCode::kDamaged ? kRefused : StoreStatus(error));
}

struct Options {
  bool quick = false;
  std::optional<std::string> key;
  std::vector<std::string> checkpoints;
};

Result<std::vector<ForeignCheckpoint>> ReadCheckpoints(const std::vector<std::string>& files) {
  std::vector<ForeignCheckpoint> checkpoints;
  for (const std::string& file : files) {
    auto note = ReadWhole(file, kMaxNoteBytes);
    RETURN_IF_ERROR(note);
    checkpoints.push_back({file, *std::move(note)});
  }
  return checkpoints;
}

Result<Verification> Verify(const EventLog& log, VerificationOptions options) {
  Progress progress("events");
  options.progress = [&progress](uint64_t done, uint64_t total) { progress.Show(done, total, done); };
  return VerifyLedger(log, options);
}

// Since when what the ledger is cannot be changed unnoticed, where that is not since it was made.
std::string IdentitySince(const EventLog& log) {
  if (log.format_version() < kFirstFormatWithEnd) {
    return "the ledger's company, currency, id and first key can still be changed unnoticed: the next command that "
           "writes binds them to the events\n";
  }
  if (log.identity().bound_since == 0) return "";
  return fmt::format("since event {} the ledger's company, currency, id and first key cannot be changed unnoticed\n",
                     log.identity().bound_since);
}

Result<std::string> Summary(const EventLog& log, const Verification& verified, bool quick) {
  const LogState state = log.state();
  const std::string what =
      quick ? fmt::format(
                  "the newest {} of {} events verified: frames, events, tree and checkpoints agree, books "
                  "were not looked at",
                  std::min(kQuickEvents, state.last_seq), state.last_seq)
            : fmt::format(
                  "{} events verified: frames, events, tree, checkpoints, books and folds agree, and "
                  "invariants hold",
                  state.last_seq);
  std::string summary = fmt::format("{}; root {}\n", what, ToHex(state.tree.Root()));
  const auto remarks = ClockRemarks(log);
  RETURN_IF_ERROR(remarks);
  for (const std::string& remark : *remarks) summary += remark + "\n";
  return summary + IdentitySince(log) + UnsignedChangeRemarks(verified.keys);
}

// Nothing that is there is wrong: it is told last, after what agrees.
int TellMissing(const Verification& verified) {
  if (verified.missing_checkpoints.empty() && verified.missing_files.empty()) return kDone;
  if (!verified.missing_checkpoints.empty()) {
    Tell(fmt::format("duebook: found missing: {}\n", SentenceOnMissing(verified.missing_checkpoints)));
  }
  for (const Hash& sha256 : verified.missing_files) {
    Tell(fmt::format("duebook: found missing: {}\n", SentenceOnMissingFile(sha256)));
  }
  return kRefused;
}

int Run(const Session& session, const Options& options) {
  VerificationOptions what;
  what.quick = options.quick;
  if (options.key.has_value()) {
    what.key = PublicKey::Parse(*options.key);
    if (!what.key.has_value()) return Complain(NoPublicKey(*options.key), kBadUsage);
  }
  auto checkpoints = ReadCheckpoints(options.checkpoints);
  if (!checkpoints.ok()) return Complain(checkpoints.error(), kBadUsage);
  what.checkpoints = *std::move(checkpoints);
  const auto log = session.OpenForVerifying();
  if (!log.ok()) return TellError(log.error());
  const auto verified = Verify(**log, std::move(what));
  if (!verified.ok()) return TellError(verified.error());
  if (verified->fault.has_value()) return TellFault(*verified->fault);
  const auto summary = Summary(**log, *verified, options.quick);
  if (!summary.ok()) return TellError(summary.error());
  const int missing = TellMissing(*verified);
  const int written = WriteSentences(*summary);
  return written == kDone ? missing : written;
}

}  // namespace

void AddVerify(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(
      app, session, "verify", "read every byte again and recompute all that follows from the events",
      "duebook --ledger books verify --checkpoint 2025-12-31.checkpoint\n\n"
      "Exit status 1 also if all that is there agrees, but no checkpoint of a closed period is kept. That stops "
      "no\nbackup and no restore.");
  command.AddFlag("--quick", &options->quick,
                  fmt::format("only the newest {} events, and the kept checkpoints", kQuickEvents));
  command
      .Add("--key", &options->key, "a public key of the ledger, as you know it: its other keys must follow from that")
      .Called("PUBLIC");
  command
      .Add("--checkpoint", &options->checkpoints,
           "a checkpoint that you kept yourself, to be held against the ledger as well; may repeat")
      .Called("FILE")
      .Reads()
      .MayRepeat();
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
