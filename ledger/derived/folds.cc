#include "ledger/derived/folds.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <optional>
#include <system_error>

#include "ledger/byte_codec.h"
#include "ledger/file_error.h"
#include "ledger/hash.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

// Of which events of which ledger a fold is: the last one's hash tells it from a fold of others with the same numbers,
// as are left where an older state of the store was put back.
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

struct Run {
  uint64_t first_seq = 0;
  uint64_t last_seq = 0;
  fs::path path;
};

std::optional<uint64_t> NumberOf(std::string_view text) {
  uint64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Run> RunOf(const fs::path& path, std::string_view kind) {
  const std::string name = path.filename().string();
  const size_t dash = name.rfind('-');
  if (!name.starts_with(fmt::format("{}-", kind)) || dash <= kind.size()) return std::nullopt;
  const std::string_view text(name);
  const auto first = NumberOf(text.substr(kind.size() + 1, dash - kind.size() - 1));
  const auto last = NumberOf(text.substr(dash + 1));
  if (!first.has_value() || !last.has_value() || *first > *last) return std::nullopt;
  return Run{*first, *last, path};
}

// Those of the files that follow from event 1 on without a gap; where several begin with an event, the longest.
std::vector<Run> RunsIn(const fs::path& folder, std::string_view kind, uint64_t last_seq) {
  std::vector<Run> there;
  std::error_code error;
  for (fs::directory_iterator files(folder, error), end; !error && files != end; files.increment(error)) {
    const auto run = RunOf(files->path(), kind);
    if (run.has_value() && run->last_seq <= last_seq) there.push_back(*run);
  }
  std::sort(there.begin(), there.end(), [](const Run& a, const Run& b) {
    return a.first_seq != b.first_seq ? a.first_seq < b.first_seq : a.last_seq > b.last_seq;
  });
  std::vector<Run> chain;
  for (const Run& run : there) {
    if (run.first_seq == (chain.empty() ? 1 : chain.back().last_seq + 1)) chain.push_back(run);
  }
  return chain;
}

// Nothing if it is a fold of this run.
std::optional<std::string> WhyForeign(const EventLog& log, const FoldKind& kind, const Run& run, const FoldHead& head) {
  if (head.kind != kind.name || head.first_seq != run.first_seq || head.last_seq != run.last_seq) {
    return "it is said to be of other events than its name says";
  }
  if (head.ledger_id != log.identity().ledger_id) return "it is of another ledger";
  return std::nullopt;
}

Result<Hash> LeafOf(const EventLog& log, uint64_t seq) {
  Hash hash{};
  RETURN_IF_ERROR(log.GetMany({seq}, [&](EventView event) { hash = LeafHash(event.bytes()); }));
  return hash;
}

}  // namespace

void WarnOfDerived(const EventLog& log, std::string_view why) {
  static std::atomic_flag warned = ATOMIC_FLAG_INIT;
  if (warned.test_and_set()) return;
  spdlog::warn(
      "what is derived from the log in {} is not usable: {}; answers are made from the log itself, which takes "
      "longer, until `duebook rebuild` has made it anew",
      log.directory().string(), why);
}

Folds Folds::Open(const EventLog& log, const FoldKind& kind) {
  Folds folds;
  FoldHead head;
  for (const Run& run : RunsIn(log.directory() / kDerivedFolder, kind.name, log.last_seq())) {
    auto file = SectionFile::Open(run.path);
    if (!file.ok()) {
      WarnOfDerived(log, file.error().sentence);
      break;
    }
    head = FoldHead();
    ByteReader reader((*file)->head());
    reader(head);
    if (head.format != kind.format) break;
    if (const auto why = WhyForeign(log, kind, run, head)) {
      WarnOfDerived(log, fmt::format("{}: {}", run.path.string(), *why));
      break;
    }
    folds.folds_.push_back({run.first_seq, run.last_seq, std::move(*file)});
  }
  if (log.last_seq() - folds.position() >= FoldSizes().least && !log.IsBeingWritten()) {
    WarnOfDerived(log, fmt::format("it ends at event {} of {}", folds.position(), log.last_seq()));
  }
  if (folds.folds_.empty()) return folds;
  const auto leaf = LeafOf(log, folds.position());
  if (leaf.ok() && *leaf == head.last_leaf) return folds;
  WarnOfDerived(log, "it was made of other events than the log has");
  return Folds();
}

Status Folds::Write(const EventLog& log, const FoldKind& kind, uint64_t first_seq, uint64_t last_seq,
                    const std::vector<std::string>& sections) {
  const fs::path folder = log.directory() / kDerivedFolder;
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) return FileError("make", folder, error);
  const auto leaf = LeafOf(log, last_seq);
  RETURN_IF_ERROR(leaf);
  FoldHead head{log.identity().ledger_id, std::string(kind.name), kind.format, first_seq, last_seq, *leaf};
  ByteWriter writer;
  writer(head);
  return SectionFile::Write(folder / fmt::format("{}-{}-{}", kind.name, first_seq, last_seq), writer.Take(), sections);
}

Status Folds::RemoveAll(const fs::path& directory) {
  std::error_code error;
  fs::remove_all(directory / kDerivedFolder, error);
  return error ? Status(FileError("remove", directory / kDerivedFolder, error)) : Status();
}

}  // namespace duebook
