#include "ledger/log/checkpoint_check.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/log/key_file.h"
#include "ledger/proof/merkle_proof.h"

namespace duebook {

namespace {

using Fault = EventLog::Fault;

constexpr size_t kMostTold = 5;

// A note whose checkpoint is yet to be read.
struct Candidate {
  std::string name;
  std::string note;
  std::optional<uint64_t> size;  // that it is kept under
};

struct ReadCandidate {
  std::string name;
  Checkpoint checkpoint;
};

// The first that cannot be read or trusted is a fault.
Result<std::optional<Fault>> ReadAll(const std::vector<Candidate>& candidates, const KeyChain& keys,
                                     std::vector<ReadCandidate>* read) {
  for (const Candidate& candidate : candidates) {
    auto checkpoint = ReadCheckpoint(candidate.note, keys);
    std::string why;
    if (!checkpoint.ok()) {
      why = checkpoint.error().sentence;
    } else if (candidate.size.has_value() && *candidate.size != checkpoint->checkpoint.size) {
      why =
          fmt::format("it is kept as one of {} events and speaks of {}", *candidate.size, checkpoint->checkpoint.size);
    }
    if (!why.empty()) return std::optional(Fault{0, candidate.name, fmt::format("a checkpoint is not right: {}", why)});
    read->push_back({candidate.name, std::move(checkpoint->checkpoint)});
  }
  std::stable_sort(read->begin(), read->end(), [](const ReadCandidate& a, const ReadCandidate& b) {
    return a.checkpoint.size < b.checkpoint.size;
  });
  return std::optional<Fault>();
}

Result<Hash> RootOfLog(const EventLog& log, uint64_t size) {
  return RootAtSize(size, [&log](int level, uint64_t index) { return log.TreeNode(level, index); });
}

}  // namespace

Result<Checkpoint> CheckpointAt(const EventLog& log, uint64_t size) {
  const auto root = RootOfLog(log, size);
  RETURN_IF_ERROR(root);
  return Checkpoint{OriginOf(log.identity()), size, *root, IdentityHash(log.identity())};
}

Result<std::optional<Fault>> HoldAgainst(const EventLog& log, const Checkpoint& checkpoint, const std::string& name,
                                         uint64_t trusted_size) {
  const uint64_t last = log.last_seq();
  if (checkpoint.origin != OriginOf(log.identity())) {
    return std::optional(Fault{0, name,
                               fmt::format("the checkpoint is of another ledger, {}; this one is {}", checkpoint.origin,
                                           OriginOf(log.identity()))});
  }
  if (checkpoint.identity.has_value() && *checkpoint.identity != IdentityHash(log.identity())) {
    return std::optional(
        Fault{0, name,
              "the ledger's company, currency, id, key or time of creation is not what it was when the "
              "checkpoint was signed: it was changed since"});
  }
  if (checkpoint.size > last) {
    return std::optional(
        Fault{last + 1, name,
              fmt::format("event {}: it is missing; a checkpoint was signed when there were {} events, "
                          "so the ledger was cut back",
                          last + 1, checkpoint.size)});
  }
  const auto root = RootOfLog(log, checkpoint.size);
  RETURN_IF_ERROR(root);
  if (*root == checkpoint.root) return std::optional<Fault>();
  if (trusted_size >= checkpoint.size) {
    return std::optional(
        Fault{0, name,
              fmt::format("the checkpoint has another root for the first {} events than the log, and one of as many "
                          "events or more agrees with the log: this one was signed over other events, perhaps by a "
                          "ledger that was restored and went on otherwise",
                          checkpoint.size)});
  }
  return std::optional(
      Fault{trusted_size + 1, name,
            fmt::format("events {} to {}: they are not those of the checkpoint that was signed over the first {}; one "
                        "was changed, removed or put in since",
                        trusted_size + 1, checkpoint.size, checkpoint.size)});
}

Result<std::vector<uint64_t>> MissingCheckpoints(const EventLog& log) {
  const auto kept = log.KeptCheckpoints();
  RETURN_IF_ERROR(kept);
  auto missing = log.FindOfType(EventType::PeriodClosed);
  RETURN_IF_ERROR(missing);
  std::erase_if(*missing, [&kept](uint64_t seq) {
    return std::any_of(kept->begin(), kept->end(), [seq](const KeptCheckpoint& one) { return one.size == seq; });
  });
  return missing;
}

// Returns whether a kept checkpoint that holds for the log was signed by this key, or by one that follows from it.
Result<bool> IsVouchedFor(const EventLog& log, const KeyChain& keys, size_t trusted) {
  const auto kept = log.KeptCheckpoints();
  RETURN_IF_ERROR(kept);
  for (const KeptCheckpoint& one : *kept) {
    const auto read = ReadCheckpoint(one.note, keys);
    if (!read.ok() || read->signer < trusted || read->checkpoint.size < keys.links()[trusted].since) continue;
    const auto fault = HoldAgainst(log, read->checkpoint, one.file);
    RETURN_IF_ERROR(fault);
    if (!fault->has_value() && keys.Follow(trusted, read->signer).ok()) return true;
  }
  return false;
}

Result<std::optional<Fault>> CheckTrust(const EventLog& log, const KeyChain& keys, const PublicKey& trusted,
                                        size_t first, size_t last) {
  const auto place = keys.Find(trusted);
  if (!place.has_value()) {
    return std::optional(Fault{0, "",
                               fmt::format("{} is no key of this ledger; its present one is {}", trusted.ToString(),
                                           keys.current().ToString())});
  }
  const Status followed = keys.Follow(*place, last);
  if (!followed.ok()) {
    return std::optional(Fault{0, "", followed.error().sentence + "; " + followed.error().hint});
  }
  if (first >= *place) return std::optional<Fault>();
  const auto vouched = IsVouchedFor(log, keys, *place);
  RETURN_IF_ERROR(vouched);
  if (*vouched) return std::optional<Fault>();
  return std::optional(
      Fault{0, "",
            fmt::format("no checkpoint is kept in which {} signed that the keys before it were the ledger's; "
                        "`duebook checkpoint --keep` makes one, or check with {}",
                        trusted.ToString(), keys.links()[first].key.ToString())});
}

std::string SentenceOnMissing(const std::vector<uint64_t>& sizes) {
  if (sizes.empty()) return "";
  std::string seqs;
  for (size_t i = 0; i < std::min(sizes.size(), kMostTold); i++) {
    seqs += fmt::format("{}{}", i == 0 ? "" : ", ", sizes[i]);
  }
  if (sizes.size() > kMostTold) seqs += fmt::format(" and {} more", sizes.size() - kMostTold);
  const bool one = sizes.size() == 1;
  return fmt::format(
      "event{} {} close{} a period, and no checkpoint of that is kept: the ledger's key was not at hand, or somebody "
      "removed it; `duebook checkpoint --keep` signs what is there now",
      one ? "" : "s", seqs, one ? "s" : "");
}

Result<std::optional<Fault>> VerifyCheckpoints(const EventLog& log, const Result<KeyChain>& keys,
                                               std::span<const ForeignCheckpoint> foreign) {
  if (!keys.ok() && keys.error().code == ErrorCode::kDamaged) return std::optional(Fault{0, "", keys.error().sentence});
  RETURN_IF_ERROR(keys);
  const auto kept = log.KeptCheckpoints();
  RETURN_IF_ERROR(kept);
  std::vector<Candidate> candidates;
  for (const KeptCheckpoint& one : *kept) candidates.push_back({one.file, one.note, one.size});
  for (const ForeignCheckpoint& one : foreign) candidates.push_back({one.name, one.note, std::nullopt});
  std::vector<ReadCandidate> read;
  auto fault = ReadAll(candidates, *keys, &read);
  if (!fault.ok() || fault->has_value()) return fault;
  uint64_t trusted_size = 0;
  for (const ReadCandidate& one : read) {
    fault = HoldAgainst(log, one.checkpoint, one.name, trusted_size);
    if (!fault.ok() || fault->has_value()) return fault;
    trusted_size = one.checkpoint.size;
  }
  return std::optional<Fault>();
}

Result<std::optional<Fault>> VerifyPrivateKey(const EventLog& log, const KeyChain& keys) {
  const auto key = ReadLedgerKey(keys, KeyFileOf(log.directory(), {}));
  if (key.ok() || key.error().code != ErrorCode::kDamaged) return std::optional<Fault>();
  return std::optional(Fault{0, "", fmt::format("{}; {}", key.error().sentence, key.error().hint)});
}

}  // namespace duebook
