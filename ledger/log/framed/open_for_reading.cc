// Opening for reading while another process writes: what was found counts if it was whole all the time, and is opened
// again otherwise.

#include <fmt/core.h>

#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"
#include "ledger/values/files.h"

namespace duebook {

namespace {

// A writer moves rows every few milliseconds at the most, and seldom twice in a row.
constexpr int kAttempts = 50;

}  // namespace

std::string FramedEventLog::EndBytesNow() const {
  const auto bytes = ReadSmallFile(directory_ / kEndFile, kMostEndBytes);
  return bytes.ok() ? *bytes : std::string();
}

Status FramedEventLog::OpenBesideWriter(Mode mode) {
  for (int attempt = 0; attempt < kAttempts; attempt++) {
    const auto witnesses = FindWitnesses(directory_);
    RETURN_IF_ERROR(witnesses);
    Status opened = rows_->Open(RowStore::Access::kRead);
    if (opened.ok()) opened = ReadMeta();
    Status counted = opened.ok() ? CheckFrameCount() : Status();
    const Status judged = opened.ok() && counted.ok() ? JudgeEnd(*witnesses) : Status();
    const bool whole = opened.ok() && counted.ok() && rows_->SawAllOnOpening();
    if (whole || rows_->UnmovedSinceOpening()) {
      if (!opened.ok()) return opened;
      if (!counted.ok()) return mode == Mode::kVerify ? Status() : counted;
      if (judged.ok() && !ended_in_order_) ended_in_order_ = IsBeingWritten();
      // Else a session may have begun or ended meanwhile.
      const bool same = EndBytesNow() == end_bytes_ && (judged.ok() || rows_->UnmovedSinceOpening());
      if (same || (judged.ok() && ended_in_order_)) return judged;
    }
    rows_->Close();
  }
  return Error{ErrorCode::kUnavailable,
               fmt::format("the ledger in {} was changed too fast to be read", directory_.string()), "try again"};
}

}  // namespace duebook
