// Damages a ledger's files one by one, in every way that a disk, a copy or a cleaner may, and looks whether anybody is
// told. Shared by the fixed sample of the ordinary tests and the whole sweep of the long ones.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace duebook {

// What a ledger answers: every event, and the root over them.
struct Answers {
  uint64_t last_seq = 0;
  std::string root;
  std::vector<std::string> events;

  bool operator==(const Answers&) const = default;
};

// A change to the bytes of one file; nothing in `bytes`: the file is gone.
struct FileDamage {
  std::filesystem::path file;
  std::string what;  // "cut to 17 bytes"
  std::optional<std::string> bytes;
};

// What became of a damaged ledger.
enum class Judgement {
  kTold,       // it is refused, or reading fails: whoever asks is told
  kAsBefore,   // every answer is what it was
  kSaidTorn,   // events of the last session are missing, and it is said that it did not end in order
  kUnnoticed,  // other answers, and nobody is told
};

// The files that hold rows of the ledger, or tell where it ends: END, and of the store CURRENT, MANIFEST, tables and
// write-ahead logs.
std::vector<std::filesystem::path> FilesWithRows(const std::filesystem::path& ledger);

// Each cut, each byte changed, runs of 64 bytes zeroed, the file gone; of cuts, bytes and runs every `step`-th.
void ForEachDamage(const std::filesystem::path& file, size_t step, const std::function<void(const FileDamage&)>& visit);

// Requires a sound ledger.
Answers AnswersOf(const std::filesystem::path& ledger);
// Opens the ledger as a report does, and reads all of it.
Judgement JudgeReading(const std::filesystem::path& ledger, const Answers& before);

// Puts the damage in place, and what was there before back when it goes.
class Damaged {
 public:
  explicit Damaged(const FileDamage& damage);
  ~Damaged();
  Damaged(const Damaged&) = delete;
  Damaged& operator=(const Damaged&) = delete;

 private:
  std::filesystem::path file_;
  std::string bytes_;
};

}  // namespace duebook
