#include "ledger/log/kept_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <system_error>
#include <vector>

#include "ledger/event/event_fields.h"
#include "ledger/values/file_error.h"
#include "ledger/values/files.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

fs::path FileOf(const fs::path& ledger, const Hash& sha256) { return ledger / kFilesFolder / ToHex(sha256); }

// Returns the SHA-256 of the files that are kept, in order. What is called otherwise is none of the ledger's.
Result<std::vector<Hash>> KeptHashes(const fs::path& ledger) {
  const auto files = FilesIn(ledger / kFilesFolder);
  RETURN_IF_ERROR(files);
  std::vector<Hash> hashes;
  for (const fs::path& file : *files) {
    const auto hash = HashFromHex(file.filename().string());
    if (hash.has_value() && ToHex(*hash) == file.filename()) hashes.push_back(*hash);
  }
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

// Returns whether the event says that the ledger keeps the file.
bool IsKept(EventView event, const FieldInfo& field) {
  if (field.kept_if.empty()) return true;
  const FieldInfo* if_given = event.info().FindField(field.kept_if);
  return IntegerField(event.body_table(), *if_given) >= if_given->least_integer;
}

// Adds what the events of a type name in a field of kept files, from the first that is asked for on.
Status AddNamedFiles(const EventLog& log, uint64_t first_seq, EventType type, const FieldInfo& field,
                     std::set<Hash>* named) {
  auto seqs = log.FindOfType(type);
  RETURN_IF_ERROR(seqs);
  seqs->erase(seqs->begin(), std::lower_bound(seqs->begin(), seqs->end(), first_seq));
  return log.GetMany(*seqs, [&](EventView event) {
    const auto* sha256 = StructField<schema::Hash>(event.body_table(), field);
    if (sha256 != nullptr && IsKept(event, field)) named->insert(HashOf(*sha256));
  });
}

}  // namespace

Result<Hash> KeepFile(const fs::path& ledger, std::string_view bytes) {
  CHECK(bytes.size() <= kMostBytesOfKeptFile);
  const Hash sha256 = Sha256(bytes);
  if (ReadKeptFile(ledger, sha256).ok()) return sha256;
  std::error_code error;
  fs::create_directory(ledger / kFilesFolder, error);
  if (error) return FileError("make", (ledger / kFilesFolder).string(), error);
  RETURN_IF_ERROR(SyncFolder(ledger));
  RETURN_IF_ERROR(WriteSmallFile(FileOf(ledger, sha256), bytes));
  return sha256;
}

Result<std::string> ReadKeptFile(const fs::path& ledger, const Hash& sha256) {
  const fs::path file = FileOf(ledger, sha256);
  auto bytes = ReadSmallFile(file, kMostBytesOfKeptFile);
  RETURN_IF_ERROR(bytes);
  if (Sha256(*bytes) == sha256) return bytes;
  return Error{ErrorCode::kDamaged, fmt::format("{} is not what was kept: its SHA-256 is another", file.string()),
               "keep the file once more, or take it from a backup"};
}

Result<std::vector<WrongFile>> CopyKeptFiles(const fs::path& source, const fs::path& copy) {
  const auto hashes = KeptHashes(source);
  RETURN_IF_ERROR(hashes);
  std::vector<WrongFile> wrong;
  for (const Hash& hash : *hashes) {
    if (ReadKeptFile(copy, hash).ok()) continue;
    const auto bytes = ReadKeptFile(source, hash);
    if (bytes.ok()) {
      RETURN_IF_ERROR(KeepFile(copy, *bytes));
    } else if (bytes.error().code == ErrorCode::kUnavailable) {
      return bytes.error();
    } else {
      wrong.push_back({hash, bytes.error()});
    }
  }
  return wrong;
}

Result<std::vector<Hash>> MissingFiles(const EventLog& log, uint64_t first_seq) {
  std::set<Hash> named;
  for (const EventTypeInfo& type : AllEventTypes()) {
    for (const FieldInfo& field : type.fields) {
      if (!field.is_kept) continue;
      RETURN_IF_ERROR(AddNamedFiles(log, first_seq, type.type, field, &named));
    }
  }
  std::vector<Hash> missing;
  for (const Hash& hash : named) {
    const fs::path file = FileOf(log.directory(), hash);
    std::error_code error;
    const bool is_here = fs::exists(file, error);
    if (error) return FileError("look for", file, error);
    if (!is_here) missing.push_back(hash);
  }
  return missing;
}

Result<std::optional<EventLog::Fault>> VerifyKeptFiles(const fs::path& ledger) {
  const auto hashes = KeptHashes(ledger);
  RETURN_IF_ERROR(hashes);
  for (const Hash& hash : *hashes) {
    const auto bytes = ReadKeptFile(ledger, hash);
    if (bytes.ok()) continue;
    if (bytes.error().code == ErrorCode::kUnavailable) return bytes.error();
    return std::optional(EventLog::Fault{0, FileOf(ledger, hash).string(), bytes.error().sentence});
  }
  return std::optional<EventLog::Fault>();
}

}  // namespace duebook
