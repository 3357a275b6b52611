// Opening a log.

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "ledger/log/damaged_log.h"
#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"
#include "ledger/values/files.h"
#include "ledger/values/parse_number.h"

namespace duebook {

namespace {

constexpr size_t kMostFormatBytes = 100;

// The version that the file of the format says; 0 if it says none.
uint32_t FormatIn(std::string_view text) {
  if (!text.starts_with(kFormatText)) return 0;
  text.remove_prefix(kFormatText.size());
  return ParseNumber<uint32_t>(text.substr(0, text.find('\n'))).value_or(0);
}

// The version of the store's format.
Result<uint32_t> ReadFormat(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / kFormatFile;
  const auto text = ReadSmallFile(path, kMostFormatBytes);
  if (!text.ok() && text.error().code == ErrorCode::kNotFound) {
    return Error{ErrorCode::kNotFound, fmt::format("there is no ledger in {}", directory.string()),
                 "make one with `duebook init`, or name its folder with --ledger or DUEBOOK_LEDGER"};
  }
  if (!text.ok() && text.error().code == ErrorCode::kUnavailable) return text.error();
  const uint32_t version = text.ok() ? FormatIn(*text) : 0;
  if (version == 0) {
    return Error{ErrorCode::kDamaged, fmt::format("{} does not say what format the ledger has", path.string()),
                 "restore the file from a backup"};
  }
  if (version > kFormatVersion) {
    return Error{ErrorCode::kNewerFormat,
                 fmt::format("the ledger in {} has format {}, this program knows formats up to {}", directory.string(),
                             version, kFormatVersion),
                 "use the version of the program that wrote it, or a later one"};
  }
  return version;
}

}  // namespace

Result<std::optional<std::string>> FramedEventLog::ReadMetaRow(std::string_view key) const {
  return rows_->Get(RowTable::kMeta, key);
}

Status FramedEventLog::ReadMeta() {
  const auto identity = ReadMetaRow(kIdentityRow);
  RETURN_IF_ERROR(identity);
  const auto state = ReadMetaRow(kStateRow);
  RETURN_IF_ERROR(state);
  auto decoded_identity = DecodeIdentity(identity->value_or(""));
  auto decoded_state = DecodeState(state->value_or(""));
  if (!decoded_identity.has_value() || !decoded_state.has_value()) return Damaged("what the ledger is cannot be read");
  RETURN_IF_ERROR(ReadSchemaUse());
  const auto frames = ReadMetaRow(kFramesRow);
  RETURN_IF_ERROR(frames);
  if (frames->has_value()) {
    frames_ = DecodeSeq(**frames);
    if (!frames_.has_value()) return Damaged("the number of frames cannot be read");
  } else if (decoded_state->last_seq == 0) {
    frames_ = 0;
  }
  identity_ = std::move(*decoded_identity);
  const auto copy = ReadMetaRow(kCopyRow);
  RETURN_IF_ERROR(copy);
  identity_.is_copy = copy->has_value();
  {
    const std::lock_guard lock(state_mutex_);
    state_ = std::move(*decoded_state);
  }
  return ReadEndRow();
}

// A program would pass over the parts of an event that it does not know, and answer wrongly.
Status FramedEventLog::ReadSchemaUse() {
  const auto text = ReadMetaRow(kSchemaRow);
  RETURN_IF_ERROR(text);
  auto use = SchemaUse::Decode(text->value_or(""));
  if (!use.has_value()) return Damaged("what it says of its events' schema cannot be read");
  schema_use_ = *std::move(use);
  if (!schema_use_.lacking().has_value()) return Status();
  return Error{ErrorCode::kNewerFormat,
               fmt::format("the ledger in {} holds events of a later version of the program: this one does not know {}",
                           directory_.string(), *schema_use_.lacking()),
               "use the version of the program that wrote it, or a later one"};
}

// Reports would otherwise leave out what is missing.
Status FramedEventLog::CheckFrameCount() const {
  if (!frames_.has_value()) return Status();
  const auto there = rows_->Count(RowTable::kLog);
  RETURN_IF_ERROR(there);
  return *there == *frames_ ? Status() : Status(FirstMissingEvent());
}

Error FramedEventLog::FirstMissingEvent() const {
  uint64_t next = 1;
  const Status status = ForEachFrame(1, last_seq(), [&next](const FrameView& frame) {
    if (frame.head().first_seq != next) return false;
    next += frame.count();
    return true;
  });
  if (!status.ok()) return status.error();
  return Damaged(next <= last_seq() ? fmt::format("event {} is missing, of {}", next, last_seq())
                                    : fmt::format("its files hold more frames than its {} events have", last_seq()));
}

Result<std::unique_ptr<EventLog>> FramedEventLog::OpenLog(const std::filesystem::path& directory, Mode mode,
                                                          const StoreOptions& store) {
  const auto format = ReadFormat(directory);
  RETURN_IF_ERROR(format);
  std::unique_ptr<FramedEventLog> log(new FramedEventLog());
  RETURN_IF_ERROR(log->OpenAs(directory, mode, *format, store));
  if (!Writes(mode)) RETURN_IF_ERROR(log->RefuseUnfinishedCopy());
  log->WarnOfEnd();
  spdlog::info("opened ledger {} for {}: {} events", directory.string(), Writes(mode) ? "writing" : "reading",
               log->last_seq());
  return std::unique_ptr<EventLog>(std::move(log));
}

Status FramedEventLog::OpenAs(const std::filesystem::path& directory, Mode mode, uint32_t format,
                              const StoreOptions& store) {
  directory_ = directory;
  format_version_ = format;
  store_ = store;
  mode_ = mode;
  auto rows = store.engine(directory);
  RETURN_IF_ERROR(rows);
  rows_ = std::move(*rows);
  signer_.emplace(*this, store);
  return Writes(mode) ? OpenToWrite() : OpenBesideWriter(mode);
}

Status FramedEventLog::OpenToWrite() {
  const auto before = FindWitnesses(directory_);
  RETURN_IF_ERROR(before);
  RETURN_IF_ERROR(LookBeforeWriting(*before));
  RETURN_IF_ERROR(rows_->Open(RowStore::Access::kWrite));
  RETURN_IF_ERROR(ReadMeta());
  RETURN_IF_ERROR(CheckFrameCount());
  // Again, as others may have written meanwhile.
  const auto witnesses = FindWitnesses(directory_);
  RETURN_IF_ERROR(witnesses);
  RETURN_IF_ERROR(JudgeEnd(*witnesses));
  session_ = Session::kOpen;
  RETURN_IF_ERROR(RestoreCheckpointFiles());
  return RaiseFormat();
}

// Before anything is written that an older program would not understand.
Status FramedEventLog::RaiseFormat() {
  if (format_version_ == kFormatVersion) return Status();
  RETURN_IF_ERROR(BeginSession());
  RETURN_IF_ERROR(WriteFormat(directory_));
  format_version_ = kFormatVersion;
  return Status();
}

Error FramedEventLog::Damaged(std::string_view what) const { return DamagedLog(directory_, what); }

}  // namespace duebook
