#include "projections/verification.h"

#include <memory>
#include <span>
#include <utility>

#include "ledger/loading/books_check.h"
#include "ledger/log/kept_files.h"
#include "ledger/log/keys_of_log.h"
#include "projections/history/history.h"
#include "projections/invariants.h"
#include "projections/tracks.h"

namespace duebook {

namespace {

using Found = Result<std::optional<EventLog::Fault>>;
using Checks = std::vector<std::unique_ptr<EventCheck>>;

bool IsNothing(const Found& found) { return found.ok() && !found->has_value(); }

// Collects the events that change the ledger's key, so that nobody has to ask the index for them, which is itself to be
// verified. Finds nothing wrong.
class KeyChanges : public EventCheck {
 public:
  bool Check(std::span<const EventView> events) override {
    for (const EventView event : events) {
      if (event.type() == EventType::SigningKeyChanged) seqs_.push_back(event.seq());
    }
    return true;
  }
  Found Finish() override { return std::optional<EventLog::Fault>(); }

  const std::vector<uint64_t>& seqs() const { return seqs_; }

 private:
  std::vector<uint64_t> seqs_;
};

// Returns the checks of what follows from the events, in the order in which one relies on the other.
Checks ChecksOfWhatFollows(const EventLog& log) {
  Checks checks;
  checks.push_back(std::make_unique<BooksCheck>());
  for (auto& check : MakeTrackChecks(log)) checks.push_back(std::move(check));
  return checks;
}

// Checkpoints, keys and files that are kept, for which the events must be right.
Found VerifyWhatLiesBeside(const EventLog& log, const Result<KeyChain>& keys, const VerificationOptions& options) {
  Found found = VerifyCheckpoints(log, keys, options.checkpoints);
  if (IsNothing(found)) found = VerifyPrivateKey(log, *keys);
  if (IsNothing(found)) found = VerifyKeptFiles(log.directory());
  if (!IsNothing(found) || !options.key.has_value()) return found;
  return CheckTrust(log, *keys, *options.key, 0, keys->links().size() - 1);
}

// The first fault that the checks have found. Lets go of each as soon as it was asked.
Found FinishAll(Checks checks) {
  for (auto& check : checks) {
    const Found found = check->Finish();
    if (!IsNothing(found)) return found;
    check.reset();
  }
  return std::optional<EventLog::Fault>();
}

Found VerifyHistory(const EventLog& log) {
  const auto history = History::Load(log, kAllHistoryParts);
  RETURN_IF_ERROR(history);
  return VerifyInvariants(*history, log.state());
}

Result<Verification> Sound(const EventLog& log, const KeyChain& keys) {
  auto missing = MissingCheckpoints(log);
  RETURN_IF_ERROR(missing);
  auto missing_files = MissingFiles(log);
  RETURN_IF_ERROR(missing_files);
  return Verification{std::nullopt, keys.links(), *std::move(missing), *std::move(missing_files)};
}

Result<Verification> Faulty(Found found) {
  RETURN_IF_ERROR(found);
  return Verification{*std::move(found), {}, {}, {}};
}

Result<Verification> VerifyQuickly(const EventLog& log, const VerificationOptions& options) {
  const uint64_t last = log.last_seq();
  Found found = log.Verify(last > kQuickEvents ? last - kQuickEvents + 1 : 1, options.progress);
  if (!IsNothing(found)) return Faulty(std::move(found));
  const auto keys = KeysOf(log);
  found = VerifyWhatLiesBeside(log, keys, options);
  return IsNothing(found) ? Sound(log, *keys) : Faulty(std::move(found));
}

Result<Verification> VerifyAll(const EventLog& log, const VerificationOptions& options) {
  KeyChanges changes;
  Checks checks = ChecksOfWhatFollows(log);
  std::vector<EventCheck*> line{&changes};
  for (const auto& check : checks) line.push_back(check.get());
  Found found = log.Verify(1, options.progress, line);
  if (!IsNothing(found)) return Faulty(std::move(found));
  const auto keys = KeysOf(log, changes.seqs());
  found = VerifyWhatLiesBeside(log, keys, options);
  if (IsNothing(found)) found = FinishAll(std::move(checks));
  if (IsNothing(found)) found = VerifyHistory(log);
  return IsNothing(found) ? Sound(log, *keys) : Faulty(std::move(found));
}

}  // namespace

Result<Verification> VerifyLedger(const EventLog& log, const VerificationOptions& options) {
  return options.quick ? VerifyQuickly(log, options) : VerifyAll(log, options);
}

}  // namespace duebook
