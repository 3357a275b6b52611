// Sessions: how the last one left the ledger, and the beginning and end of this one.

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/merkle_proof.h"
#include "ledger/values/files.h"
#include "ledger/values/hash.h"
#include "ledger/values/warn_once.h"

namespace duebook {

namespace {

// Returns what an end record that `name` holds says otherwise than the store, if it does.
std::optional<EventLog::Fault> HoldIdentityAgainst(const LedgerIdentity& identity, const EndRecord& end,
                                                   const std::string& name) {
  if (end.identity == IdentityHash(identity)) return std::nullopt;
  return EventLog::Fault{
      0, name,
      fmt::format("its company, currency, id, key or time of creation is not what {} says: it was changed", name)};
}

std::optional<EventLog::Fault> HoldKindAgainst(const LedgerIdentity& identity, const EndRecord& end,
                                               const std::string& name) {
  if (!end.ended || end.is_copy == identity.is_copy) return std::nullopt;
  return EventLog::Fault{
      0, name,
      fmt::format("its store says that it is {}, and {} says that it is {}: one of them was changed",
                  identity.is_copy ? "a backup" : "no backup", name, end.is_copy ? "a backup" : "none")};
}

EventLog::Fault MissingFault(uint64_t last_seq, const LostEvents& lost) {
  return {last_seq + 1, "",
          fmt::format(
              "event {0}: it is missing: the log ends with event {1}, but {2}, so {3} lost", last_seq + 1, last_seq,
              lost.said_by,
              lost.had == last_seq + 1 ? "this one is" : fmt::format("events {} to {} are", last_seq + 1, lost.had))};
}

}  // namespace

// --- how the last session left it ---

Status FramedEventLog::ReadEndRow() {
  const auto bytes = ReadMetaRow(kEndRow);
  RETURN_IF_ERROR(bytes);
  end_row_.reset();
  if (bytes->has_value()) {
    end_row_ = DecodeEndRecord(**bytes);
    if (!end_row_.has_value()) return Damaged("what its store says of where it ended cannot be read");
  }
  return Status();
}

Result<bool> FramedEventLog::HasRoot(uint64_t size, const Hash& root) const {
  if (size == last_seq()) return state().tree.Root() == root;
  const auto had = RootAtSize(size, [this](int level, uint64_t index) { return TreeNode(level, index); });
  RETURN_IF_ERROR(had);
  return *had == root;
}

Result<std::optional<EventLog::Fault>> FramedEventLog::HoldEventsAgainst(const EndRecord& end,
                                                                         const std::string& name) const {
  if (end.last_seq > last_seq()) {
    return std::optional(
        MissingFault(last_seq(), {end.last_seq, fmt::format("{} says that a session {} with {} events", name,
                                                            end.ended ? "ended" : "began", end.last_seq)}));
  }
  const auto same = HasRoot(end.last_seq, end.root);
  RETURN_IF_ERROR(same);
  if (*same) return std::optional<Fault>();
  return std::optional(
      Fault{1, name,
            fmt::format("events 1 to {}: they are not those that it had when {} was written; one was changed, removed "
                        "or put in since",
                        end.last_seq, name)});
}

// The first of what lies beside the store that contradicts it.
Result<std::optional<EventLog::Fault>> FramedEventLog::HoldAgainst(const Witnesses& witnesses) const {
  const std::string file = (directory_ / kEndFile).string();
  std::optional<Fault> fault;
  if (end_row_.has_value()) fault = HoldIdentityAgainst(identity_, *end_row_, "its store");
  if (!fault.has_value() && witnesses.end.has_value()) fault = HoldIdentityAgainst(identity_, *witnesses.end, file);
  if (!fault.has_value() && witnesses.end.has_value()) fault = HoldKindAgainst(identity_, *witnesses.end, file);
  if (fault.has_value()) return fault;
  // The row tells of the last session that ended, the file also of one that began since.
  if (witnesses.end.has_value() || end_row_.has_value()) {
    auto held =
        witnesses.end.has_value() ? HoldEventsAgainst(*witnesses.end, file) : HoldEventsAgainst(*end_row_, "its store");
    if (!held.ok() || held->has_value()) return held;
  }
  const auto lost = FindLostEvents(witnesses, identity_, last_seq());
  RETURN_IF_ERROR(lost);
  return lost->has_value() ? std::optional(MissingFault(last_seq(), **lost)) : std::optional<Fault>();
}

// Only who is to verify opens what has a fault.
Status FramedEventLog::RefuseEndFault() const {
  if (!end_fault_.has_value() || mode_ == Mode::kVerify) return Status();
  Error error = Damaged(end_fault_->sentence);
  if (end_fault_->seq > 1) {
    error.hint = fmt::format(
        "restore from a backup; if there is none, `duebook restore {} NEW --to-seq {}` makes a ledger of what is left",
        directory_.string(), end_fault_->seq - 1);
  }
  return error;
}

// A copy that was cut off before its first session ended holds a part of what it is a copy of, and nobody was told that
// it is whole.
Status FramedEventLog::RefuseUnfinishedCopy() {
  const auto end = DecodeEndRecord(end_bytes_);
  if (end_fault_.has_value() || !identity_.is_copy || !end.has_value() || end->ended || end->last_seq > 0) {
    return Status();
  }
  end_fault_ = Fault{last_seq() + 1, "",
                     fmt::format("the copy was cut off before it was finished: it holds {} events of its source, and "
                                 "ends where that may go on; make it anew, or let `duebook backup` go on with it",
                                 last_seq())};
  return RefuseEndFault();
}

Status FramedEventLog::JudgeEnd(const Witnesses& witnesses) {
  const auto& end = witnesses.end;
  end_bytes_ = witnesses.end_bytes.value_or("");
  end_fault_.reset();
  identity_.bound_since = end_row_.has_value() ? end_row_->identity_since
                          : end.has_value()    ? end->identity_since
                                               : last_seq();
  // Older programs left no record.
  const bool none_yet = format_version_ < kFirstFormatWithEnd && !end_row_.has_value() && !witnesses.end_bytes;
  ended_in_order_ = none_yet || (end.has_value() && end->ended && end->last_seq == last_seq());
  auto fault = HoldAgainst(witnesses);
  if (!fault.ok() && (mode_ != Mode::kVerify || fault.error().code != ErrorCode::kDamaged)) return fault.error();
  if (fault.ok()) end_fault_ = *std::move(fault);
  RETURN_IF_ERROR(RefuseEndFault());
  if (!end_fault_.has_value() && !end.has_value() && !none_yet) {
    end_fault_ = Fault{0, (directory_ / kEndFile).string(),
                       fmt::format("the record of where the last session ended is {}; the next command that writes "
                                   "makes it anew",
                                   witnesses.end_bytes.has_value() ? "not as it was written" : "missing")};
  }
  return Status();
}

void FramedEventLog::WarnOfEnd() const {
  const bool new_copy = identity_.is_copy && last_seq() == 0;
  if (ended_in_order_ || new_copy) return;
  const bool known = DecodeEndRecord(end_bytes_).has_value();
  const std::string directory = directory_.string();
  const std::string what =
      known ? fmt::format("the last session that wrote to the ledger in {} did not end in order", directory)
            : fmt::format("the record of where the last session of the ledger in {} ended is missing or damaged",
                          directory);
  WarnOnce("end " + directory,
           fmt::format("{}: it is known up to event {}, and nobody can tell whether more was recorded; this "
                       "is said until a command that records has opened it",
                       what, last_seq()));
}

// --- this one ---

EndRecord FramedEventLog::EndNow(bool ended) const {
  const LogState now = state();
  return {.ended = ended,
          .last_seq = now.last_seq,
          .root = now.tree.Root(),
          .identity = IdentityHash(identity_),
          .identity_since = identity_.bound_since,
          .is_copy = identity_.is_copy,
          .manifest = ""};
}

Status FramedEventLog::WriteEndFile(const EndRecord& end) {
  std::string bytes = EncodeEndRecord(end);
  if (bytes == end_bytes_) return Status();
  RETURN_IF_ERROR(WriteSmallFile(directory_ / kEndFile, bytes));
  end_bytes_ = std::move(bytes);
  return Status();
}

// Before anything is written: from then on whoever finds less than there is now knows that it was lost.
Status FramedEventLog::BeginSession() {
  if (session_ != Session::kOpen) return Status();
  RETURN_IF_ERROR(WriteEndFile(EndNow(false)));
  session_ = Session::kBegun;
  return Status();
}

void FramedEventLog::BeginToClose() {
  if (failed_) return;  // whoever wrote was told
  const Status status = BeginToEnd();
  if (!status.ok()) spdlog::warn("{}", status.error().sentence);
}

// Puts the record into the store, and begins to bring everything to where it lies for good.
Status FramedEventLog::BeginToEnd() {
  if (session_ == Session::kNone || session_ == Session::kEnding) return Status();
  const EndRecord end = EndNow(true);
  if (session_ == Session::kOpen && end_row_ == end) return Status();
  session_ = Session::kEnding;
  end_row_ = end;
  RowBatch batch;
  batch.Put(RowTable::kMeta, std::string(kEndRow), EncodeEndRecord(end));
  const Status status = rows_->BeginToEnd(batch);
  if (!status.ok()) failed_ = true;
  return status;
}

Status FramedEventLog::EndSession() {
  if (session_ == Session::kNone) return Status();
  if (failed_) return EarlierFailure();
  RETURN_IF_ERROR(BeginToEnd());
  if (session_ == Session::kEnding) {
    const Status status = rows_->End();
    if (!status.ok()) {
      failed_ = true;
      return status;
    }
  }
  EndRecord end = EndNow(true);
  end.manifest = rows_->Fingerprint();
  session_ = Session::kOpen;
  return WriteEndFile(end);
}

// An engine that is opened to write may throw away what it misses: RocksDB does that with files that its list does not
// name, and takes a shorter list, or one that names a log which is gone, for what there is. So who is to write looks as
// a reader first, unless the store is as it was when the last session ended.
Status FramedEventLog::LookBeforeWriting(const Witnesses& witnesses) const {
  const auto& end = witnesses.end;
  if (end.has_value() && end->ended && !end->manifest.empty() && end->manifest == rows_->Fingerprint()) return Status();
  FramedEventLog seen;
  return seen.OpenAs(directory_, Mode::kRead, format_version_, store_);
}

FramedEventLog::~FramedEventLog() {
  const bool told = failed_;
  const Status status = EndSession();
  if (!status.ok() && !told) spdlog::warn("{}; what was acknowledged is safe", status.error().sentence);
}

}  // namespace duebook
