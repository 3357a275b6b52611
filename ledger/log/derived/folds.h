// Folds: what follows from the log, kept beside it, so that a command need not read all of it.
//
// A fold is a file in DIRECTORY/derived with what follows from one run of events (section_file.h), written once when
// these events are durable. Those of one kind ("index") lie one behind the other from the first event on;
// what is behind the last one is read from the log. They can be thrown away at any time: the log is what they must
// equal.
//
//   DIRECTORY/derived/KIND-FIRST-LAST    FIRST and LAST in decimal

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/log/derived/section_file.h"
#include "ledger/log/event_log.h"

namespace duebook {

inline constexpr const char* kDerivedFolder = "derived";

// How long folds are. Tests have short ones, so that few events are enough for all that happens with many.
struct FoldSizes {
  uint64_t most = uint64_t{1} << 18;   // events of a fold in bulk; none crosses a multiple of it
  uint64_t least = uint64_t{1} << 14;  // fewer are left to be read from the log
  // To what length those of some kinds are merged (fold_merging.h); each a multiple of the one before, and of `most`.
  std::array<uint64_t, 2> merged{uint64_t{1} << 22, uint64_t{1} << 24};
  uint64_t page_bytes = uint64_t{256} << 10;  // of columns (column_head.h)
};

struct FoldKind;

// A file of a fold, by its name.
struct FoldFile {
  std::string kind;
  uint64_t first_seq = 0;
  uint64_t last_seq = 0;
  std::filesystem::path path;
  friend bool operator==(const FoldFile&, const FoldFile&) = default;
};

// Returns those of the ledger in this folder, of all kinds, in no order. kUnavailable.
Result<std::vector<FoldFile>> FoldFilesIn(const std::filesystem::path& directory);
// Returns whether the file is a fold of this ledger that ends at this event.
bool IsFoldOf(const std::filesystem::path& path, std::string_view ledger_id, uint64_t last_seq);

class Folds {
 public:
  struct Fold {
    uint64_t first_seq = 0;
    uint64_t last_seq = 0;
    std::unique_ptr<const SectionFile> file;
  };

  // Those that are there and were made of the log's events: of each the last one is held against the log, which reads a
  // frame. What is damaged or missing is told in a warning, once, and everything behind it counts as not there.
  static Folds Open(const EventLog& log, const FoldKind& kind);
  // Up to which event there are some, by their names. Only the last is opened and held against the log, so that this
  // takes no longer where there are many: 0 if that one is of no use.
  static uint64_t EndOf(const EventLog& log, const FoldKind& kind);

  // In order of seq, from event 1 to event position() without gaps.
  const std::vector<Fold>& all() const { return folds_; }
  uint64_t position() const { return folds_.empty() ? 0 : folds_.back().last_seq; }
  // Returns why the chain of folds ends early: the next one is damaged (kDamaged) or cannot be read (kUnavailable).
  const std::optional<Error>& fault() const { return fault_; }

  // Adds one behind the last. Requires that its events are durable. kUnavailable.
  static Status Write(const EventLog& log, const FoldKind& kind, uint64_t first_seq, uint64_t last_seq,
                      const std::vector<std::string>& sections);
  // Adds one of all that these are of, which lie one behind the other; they are still there then. Requires a kind that
  // can be merged. kDamaged: what they hold is not what was written. kUnavailable.
  static Status Merge(const EventLog& log, const FoldKind& kind, std::span<const Fold> parts);

  // Removes all folds of all kinds, and what else is derived. kUnavailable.
  static Status RemoveAll(const std::filesystem::path& directory);

 private:
  // Opens the files of the chain up to the first that cannot be used. Open warns of that one; this function does not.
  static Folds OpenChain(const EventLog& log, const FoldKind& kind, const std::vector<FoldFile>& chain);

  std::vector<Fold> folds_;
  std::optional<Error> fault_;
};

// What is in a fold's sections, and how: a fold of another format is as good as none.
struct FoldKind {
  std::string_view name;
  uint32_t format;
  // Writes the sections of one fold of all that these are of. kDamaged, kUnavailable. Null: they stay as they are.
  Status (*merge)(std::span<const Folds::Fold> parts, SectionFileWriter* merged) = nullptr;
};

// Tells that what is derived cannot be relied on, and what to do.
void WarnOfDerived(const EventLog& log, std::string_view why);

}  // namespace duebook
