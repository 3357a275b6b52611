// Copies of ledgers: backups, and what is restored from them.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"
#include "ledger/log/keys_of_log.h"
#include "ledger/proof/checkpoint.h"

namespace duebook {

namespace {

// The bytes of one write: large enough that its sync does not count.
constexpr size_t kWriteBytes = size_t{4} << 20;

}  // namespace

Status FramedEventLog::AppendFrom(const EventLog& source, uint64_t to_seq,
                                  const std::function<void(uint64_t, uint64_t)>& progress) {
  CHECK(identity_.is_copy && to_seq >= last_seq() && to_seq <= source.last_seq());
  auto stager = BeginToStage();
  RETURN_IF_ERROR(stager);
  const uint64_t before = last_seq();
  std::vector<std::string> commit;
  Status written;
  RETURN_IF_ERROR(source.ScanCommits(before + 1, to_seq, [&](EventView event, bool last_of_commit) {
    commit.emplace_back(event.bytes());
    if (!last_of_commit && event.seq() < to_seq) return true;
    stager->Add(commit, &*signer_);
    commit.clear();
    if (stager->bytes() < kWriteBytes && event.seq() < to_seq) return true;
    written = WriteStaged(std::move(*stager).Take());
    *stager = StagerHere();
    if (written.ok()) progress(event.seq() - before, to_seq - before);
    return written.ok();
  }));
  RETURN_IF_ERROR(written);
  if (last_seq() != to_seq) return Damaged("its source ends before it should");
  return CopyCheckpoints(source);
}

// All but those that were signed later, by a key that is not the copy's, for what could not be signed then.
Status FramedEventLog::CopyCheckpoints(const EventLog& source) {
  const auto keys = KeysOf(source);
  RETURN_IF_ERROR(keys);
  const auto there = CheckpointRows();
  RETURN_IF_ERROR(there);
  std::set<uint64_t> sizes;
  for (const KeptCheckpoint& kept : *there) sizes.insert(kept.size);
  const auto kept = source.KeptCheckpoints();
  RETURN_IF_ERROR(kept);
  std::vector<KeptCheckpoint> missing;
  for (const KeptCheckpoint& one : *kept) {
    if (one.size > last_seq() || sizes.contains(one.size)) continue;
    const auto read = ReadCheckpoint(one.note, *keys);
    if (read.ok() && keys->links()[read->signer].since > last_seq()) continue;
    sizes.insert(one.size);
    missing.push_back(one);
  }
  return KeepCheckpoints(std::move(missing), *keys);
}

Status FramedEventLog::EndCopying() {
  CHECK(mode_ == Mode::kWrite && identity_.is_copy);
  RowBatch batch;
  batch.Delete(RowTable::kMeta, std::string(kCopyRow));
  RETURN_IF_ERROR(Write(batch));
  identity_.is_copy = false;
  return Status();
}

}  // namespace duebook
