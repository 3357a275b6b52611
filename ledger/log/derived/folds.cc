#include "ledger/log/derived/folds.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "ledger/log/derived/damaged.h"
#include "ledger/log/derived/made_of.h"
#include "ledger/values/byte_codec.h"
#include "ledger/values/file_error.h"
#include "ledger/values/files.h"
#include "ledger/values/hash.h"
#include "ledger/values/parse_number.h"
#include "ledger/values/warn_once.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

// Whoever writes merges folds every hundred thousands of events at most.
constexpr int kMostLooks = 5;

// Of which events of which ledger a fold is (made_of.h).
struct FoldHead {
  std::string ledger_id;
  std::string kind;
  uint32_t format = 0;
  uint64_t first_seq = 0;
  uint64_t last_seq = 0;
  Hash last_leaf{};
  template <class Archive>
  void Describe(Archive& archive) {
    archive(ledger_id, kind, format, first_seq, last_seq, last_leaf);
  }
};

std::optional<FoldFile> FoldFileOf(const fs::path& path) {
  const std::string name = path.filename().string();
  const std::string_view text(name);
  const size_t second = text.rfind('-');
  const size_t first = second == 0 || second == text.npos ? text.npos : text.rfind('-', second - 1);
  if (first == text.npos || first == 0) return std::nullopt;
  const auto first_seq = ParseNumber(text.substr(first + 1, second - first - 1));
  const auto last_seq = ParseNumber(text.substr(second + 1));
  if (!first_seq.has_value() || !last_seq.has_value() || *first_seq > *last_seq) return std::nullopt;
  return FoldFile{name.substr(0, first), *first_seq, *last_seq, path};
}

// Those of the files that follow from event 1 on without a gap; where several begin with an event, the longest.
Result<std::vector<FoldFile>> ChainIn(const fs::path& directory, std::string_view kind, uint64_t last_seq) {
  auto files = FoldFilesIn(directory);
  RETURN_IF_ERROR(files);
  std::vector<FoldFile> there = *std::move(files);
  std::erase_if(there, [&](const FoldFile& file) { return file.kind != kind || file.last_seq > last_seq; });
  std::sort(there.begin(), there.end(), [](const FoldFile& a, const FoldFile& b) {
    return a.first_seq != b.first_seq ? a.first_seq < b.first_seq : a.last_seq > b.last_seq;
  });
  std::vector<FoldFile> chain;
  for (FoldFile& file : there) {
    if (file.first_seq == (chain.empty() ? 1 : chain.back().last_seq + 1)) chain.push_back(std::move(file));
  }
  return chain;
}

// Nothing if the bytes are not a head.
std::optional<FoldHead> HeadOf(const SectionFile& file) {
  FoldHead head;
  ByteReader reader(file.head());
  reader(head);
  return reader.ok() && reader.at_end() ? std::optional(head) : std::nullopt;
}

// The file, if it is a fold of these events of the log; null if it is one of another format.
Result<std::unique_ptr<const SectionFile>> OpenFold(const EventLog& log, const FoldKind& kind, const FoldFile& named) {
  auto file = SectionFile::Open(named.path);
  RETURN_IF_ERROR(file);
  const auto head = HeadOf(**file);
  if (!head.has_value()) return UnusableDerived(named.path, "it does not say what it was made of");
  if (head->format != kind.format) return std::unique_ptr<const SectionFile>();
  if (head->first_seq != named.first_seq || head->last_seq != named.last_seq) {
    return UnusableDerived(named.path, "it is said to be of other events than its name says");
  }
  if (named.last_seq - named.first_seq >= FoldSizes().merged.back()) {
    return UnusableDerived(named.path, "it is longer than any is");
  }
  RETURN_IF_ERROR(
      HoldAgainst(log, kind.name, {head->ledger_id, head->kind, head->last_seq, head->last_leaf}, named.path));
  return file;
}

fs::path PathOf(const EventLog& log, const FoldKind& kind, uint64_t first_seq, uint64_t last_seq) {
  return log.directory() / kDerivedFolder / fmt::format("{}-{}-{}", kind.name, first_seq, last_seq);
}

Result<std::string> HeadFor(const EventLog& log, const FoldKind& kind, uint64_t first_seq, uint64_t last_seq) {
  const auto leaf = LeafOf(log, last_seq);
  RETURN_IF_ERROR(leaf);
  FoldHead head{log.identity().ledger_id, std::string(kind.name), kind.format, first_seq, last_seq, *leaf};
  ByteWriter writer;
  writer(head);
  return writer.Take();
}

}  // namespace

void WarnOfDerived(const EventLog& log, std::string_view why) {
  const std::string directory = log.directory().string();
  WarnOnce(
      "derived " + directory,
      fmt::format("what is derived from the log in {} is not usable: {}; answers are made from the log itself, which "
                  "takes longer, until `duebook rebuild` has made it anew",
                  directory, why));
}

Result<std::vector<FoldFile>> FoldFilesIn(const fs::path& directory) {
  const auto files = FilesIn(directory / kDerivedFolder);
  RETURN_IF_ERROR(files);
  std::vector<FoldFile> there;
  for (const fs::path& path : *files) {
    if (auto file = FoldFileOf(path)) there.push_back(*std::move(file));
  }
  return there;
}

bool IsFoldOf(const fs::path& path, std::string_view ledger_id, uint64_t last_seq) {
  const auto file = SectionFile::Open(path);
  if (!file.ok()) return false;
  const auto head = HeadOf(**file);
  return head.has_value() && head->ledger_id == ledger_id && head->last_seq == last_seq;
}

// Whoever writes may merge them meanwhile: then a file is gone, or the list of files misses what took its place.
Folds Folds::Open(const EventLog& log, const FoldKind& kind) {
  Folds folds;
  auto chain = ChainIn(log.directory(), kind.name, log.last_seq());
  for (int looks = 0; chain.ok() && looks < kMostLooks; looks++) {
    folds = OpenChain(log, kind, *chain);
    auto chain_now = ChainIn(log.directory(), kind.name, log.last_seq());
    if (chain_now.ok() && *chain_now == *chain) break;
    chain = std::move(chain_now);
  }
  if (!chain.ok()) folds.fault_ = chain.error();
  // A backup has none: they are made when it is restored.
  const bool due = log.last_seq() - folds.position() >= FoldSizes().least && !log.identity().is_copy;
  if (folds.fault_.has_value()) {
    WarnOfDerived(log, folds.fault_->sentence);
  } else if (due && !log.IsBeingWritten()) {
    WarnOfDerived(log, fmt::format("it ends at event {} of {}", folds.position(), log.last_seq()));
  }
  return folds;
}

Folds Folds::OpenChain(const EventLog& log, const FoldKind& kind, const std::vector<FoldFile>& chain) {
  Folds folds;
  for (const FoldFile& named : chain) {
    auto file = OpenFold(log, kind, named);
    if (!file.ok()) folds.fault_ = file.error();
    if (!file.ok() || *file == nullptr) break;
    folds.folds_.push_back({named.first_seq, named.last_seq, std::move(*file)});
  }
  return folds;
}

uint64_t Folds::EndOf(const EventLog& log, const FoldKind& kind) {
  const auto chain = ChainIn(log.directory(), kind.name, log.last_seq());
  if (!chain.ok() || chain->empty()) return 0;
  const auto last = OpenFold(log, kind, chain->back());
  return last.ok() && *last != nullptr ? chain->back().last_seq : 0;
}

Status Folds::Write(const EventLog& log, const FoldKind& kind, uint64_t first_seq, uint64_t last_seq,
                    const std::vector<std::string>& sections) {
  const fs::path folder = log.directory() / kDerivedFolder;
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) return FileError("make", folder, error);
  const auto head = HeadFor(log, kind, first_seq, last_seq);
  RETURN_IF_ERROR(head);
  return SectionFile::Write(PathOf(log, kind, first_seq, last_seq), *head, sections);
}

Status Folds::Merge(const EventLog& log, const FoldKind& kind, std::span<const Fold> parts) {
  CHECK(kind.merge != nullptr && !parts.empty());
  const uint64_t first_seq = parts.front().first_seq;
  const uint64_t last_seq = parts.back().last_seq;
  const auto head = HeadFor(log, kind, first_seq, last_seq);
  RETURN_IF_ERROR(head);
  const auto merged = SectionFileWriter::Create(PathOf(log, kind, first_seq, last_seq));
  RETURN_IF_ERROR(merged);
  RETURN_IF_ERROR(kind.merge(parts, merged->get()));
  return (*merged)->Finish(*head);
}

Status Folds::RemoveAll(const fs::path& directory) {
  std::error_code error;
  fs::remove_all(directory / kDerivedFolder, error);
  return error ? Status(FileError("remove", directory / kDerivedFolder, error)) : Status();
}

}  // namespace duebook
