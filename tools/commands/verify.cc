#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "ledger/books_check.h"
#include "ledger/checkpoint_check.h"
#include "ledger/derived/fold_check.h"
#include "ledger/signed_note.h"
#include "projections/invariants.h"
#include "tools/commands/clock_remarks.h"
#include "tools/commands/commands.h"
#include "tools/commands/key_remarks.h"
#include "tools/commands/progress.h"
#include "tools/import/input_file.h"

namespace duebook {

namespace {

// A store that cannot be read at all is what a verification looks for, so it is told as found wrong.
int TellError(const Error& error) {
  return Complain(error, error.code == ErrorCode::kDamaged ? kRefused : StoreStatus(error));
}

// Of the newest part.
constexpr uint64_t kQuickEvents = 65'536;

struct Options {
  bool quick = false;
  std::optional<std::string> key;
  std::vector<std::string> checkpoints;
};

// Whether the private key that lies in the ledger is its own, and it is the ledger that the user means, and all its
// keys follow from the one that the user knows.
Result<std::optional<EventLog::Fault>> CheckKey(const EventLog& log, const std::optional<PublicKey>& known) {
  auto fault = VerifyPrivateKey(log);
  if (!known.has_value() || !fault.ok() || fault->has_value()) return fault;
  const auto keys = KeyChain::Of(log);
  RETURN_IF_ERROR(keys);
  return CheckTrust(log, *keys, *known, 0, keys->links().size() - 1);
}

Result<std::vector<ForeignCheckpoint>> ReadCheckpoints(const std::vector<std::string>& files) {
  std::vector<ForeignCheckpoint> checkpoints;
  for (const std::string& file : files) {
    auto note = ReadWhole(file, kMaxNoteBytes);
    RETURN_IF_ERROR(note);
    checkpoints.push_back({file, *std::move(note)});
  }
  return checkpoints;
}

// What follows from the events, in the order in which one relies on the other.
std::vector<std::unique_ptr<EventCheck>> ChecksOfWhatFollows(const EventLog& log) {
  std::vector<std::unique_ptr<EventCheck>> checks;
  checks.push_back(std::make_unique<BooksCheck>());
  for (auto& maker : MakeFoldMakers()) checks.push_back(std::make_unique<FoldCheck>(log, std::move(maker)));
  return checks;
}

using Found = Result<std::optional<EventLog::Fault>>;

bool IsNothing(const Found& found) { return found.ok() && !found->has_value(); }

// `further` see the events in the same pass.
Found VerifyEvents(const EventLog& log, bool quick, const std::vector<std::unique_ptr<EventCheck>>& further) {
  const uint64_t last = log.last_seq();
  const uint64_t first = quick && last > kQuickEvents ? last - kQuickEvents + 1 : 1;
  std::vector<EventCheck*> checks;
  for (const auto& check : further) checks.push_back(check.get());
  Progress progress("events");
  return log.Verify(
      first, [&](uint64_t done, uint64_t total) { progress.Show(done, total, done); }, checks);
}

// The first fault, in the order in which one check relies on the other.
Found Verify(const EventLog& log, const std::vector<ForeignCheckpoint>& foreign, const std::optional<PublicKey>& known,
             bool quick) {
  std::vector<std::unique_ptr<EventCheck>> further;
  if (!quick) further = ChecksOfWhatFollows(log);
  Found found = VerifyEvents(log, quick, further);
  if (IsNothing(found)) found = VerifyCheckpoints(log, foreign);
  if (IsNothing(found)) found = CheckKey(log, known);
  for (auto& check : further) {
    if (IsNothing(found)) found = check->Finish();
    check.reset();
  }
  if (IsNothing(found) && !quick) found = VerifyInvariants(log);
  return found;
}

// Since when what the ledger is cannot be changed unnoticed, where that is not since it was made.
std::string IdentitySince(const EventLog& log) {
  if (log.format_version() < kFormatVersion) {
    return "the ledger's company, currency, id and first key can still be changed unnoticed: the next command that "
           "writes binds them to the events\n";
  }
  if (log.identity().bound_since == 0) return "";
  return fmt::format("since event {} the ledger's company, currency, id and first key cannot be changed unnoticed\n",
                     log.identity().bound_since);
}

Result<std::string> Summary(const EventLog& log, bool quick) {
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
  summary += IdentitySince(log);
  const auto unsigned_changes = UnsignedChangeRemarks(log);
  RETURN_IF_ERROR(unsigned_changes);
  return summary + *unsigned_changes;
}

// Nothing that is there is wrong: it is told last, after what agrees.
int TellMissingCheckpoints(const EventLog& log) {
  const auto missing = MissingCheckpoints(log);
  if (!missing.ok()) return TellError(missing.error());
  if (missing->empty()) return kDone;
  Tell(fmt::format("duebook: found missing: {}\n", SentenceOnMissing(*missing)));
  return kRefused;
}

int Run(const Session& session, const Options& options) {
  std::optional<PublicKey> known;
  if (options.key.has_value()) {
    known = PublicKey::Parse(*options.key);
    if (!known.has_value()) return Complain(NoPublicKey(*options.key), kBadUsage);
  }
  const auto foreign = ReadCheckpoints(options.checkpoints);
  if (!foreign.ok()) return Complain(foreign.error(), kBadUsage);
  const auto log = session.OpenForVerifying();
  if (!log.ok()) return TellError(log.error());
  const Found found = Verify(**log, *foreign, known, options.quick);
  if (!found.ok()) return TellError(found.error());
  if (found->has_value()) return TellFault(**found);
  const auto summary = Summary(**log, options.quick);
  if (!summary.ok()) return TellError(summary.error());
  const int missing = TellMissingCheckpoints(**log);
  const int written = WriteSentences(*summary);
  return written == kDone ? missing : written;
}

}  // namespace

void AddVerify(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(
      app, "verify", "read every byte again and recompute all that follows from the events",
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
      .MayRepeat();
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
