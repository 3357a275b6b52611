// Damage to a file at rest, as a disk, a copy or a cleaner may do it: either nobody is any the worse for it, or
// somebody is told.

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "ledger/log/framed/end_record.h"
#include "tests/faults/simulator.h"

namespace duebook::faults {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> FilesOf(const fs::path& ledger) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(ledger)) {
    if (entry.is_regular_file() && entry.file_size() > 0) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Most often where what counts is: in the newest write-ahead log, in the list of tables, in tables.
fs::path PickFile(const fs::path& ledger, Random& random) {
  const std::vector<fs::path> files = FilesOf(ledger);
  std::vector<fs::path> logs, lists, tables;
  for (const fs::path& file : files) {
    if (file.extension() == ".log") logs.push_back(file);
    if (file.filename().string().starts_with("MANIFEST")) lists.push_back(file);
    if (file.extension() == ".sst") tables.push_back(file);
  }
  const uint64_t draw = Below(random, 10);
  if (draw < 4 && !logs.empty()) return logs.back();
  if (draw < 6 && !lists.empty()) return lists.back();
  if (draw < 9 && !tables.empty()) return tables[Below(random, tables.size())];
  return files[Below(random, files.size())];
}

enum class DamageKind { kBit, kByte, kZeros, kCut, kGone };

const char* NameOf(DamageKind kind) {
  constexpr const char* kNames[] = {"bit flipped", "byte changed", "bytes zeroed", "file cut", "file gone"};
  return kNames[static_cast<size_t>(kind)];
}

void Apply(DamageKind kind, const fs::path& file, uint64_t place, Random& random) {
  if (kind == DamageKind::kGone) {
    fs::remove(file);
    return;
  }
  if (kind == DamageKind::kCut) return fs::resize_file(file, place);
  std::string bytes = ReadWholeFile(file);
  if (kind == DamageKind::kBit) bytes[place] = static_cast<char>(bytes[place] ^ (1 << Below(random, 8)));
  if (kind == DamageKind::kByte) bytes[place] = static_cast<char>(bytes[place] + 1 + Below(random, 255));
  if (kind == DamageKind::kZeros) {
    constexpr uint64_t kRun = 64;
    std::fill_n(bytes.begin() + static_cast<ptrdiff_t>(place), std::min<uint64_t>(kRun, bytes.size() - place), '\0');
  }
  std::ofstream(file, std::ios::binary) << bytes;
}

// Where the records of a write-ahead log or a list of tables start: checksum (4 bytes), length (2), type (1), data.
std::vector<uint64_t> RecordsOf(const std::string& bytes) {
  constexpr uint64_t kBlock = 32768;
  constexpr uint64_t kHeader = 7;
  std::vector<uint64_t> starts;
  for (uint64_t place = 0; place + kHeader <= bytes.size();) {
    if (kBlock - place % kBlock < kHeader) {
      place = (place / kBlock + 1) * kBlock;
      continue;
    }
    starts.push_back(place);
    place += kHeader + static_cast<uint8_t>(bytes[place + 4]) + 256 * static_cast<uint8_t>(bytes[place + 5]);
  }
  return starts;
}

// Anywhere; or near the end, since what lies there was written last; or in what holds a log together.
uint64_t PickPlace(const fs::path& file, const std::string& bytes, Random& random) {
  const bool is_log = file.extension() == ".log" || file.filename().string().starts_with("MANIFEST");
  if (const auto records = is_log ? RecordsOf(bytes) : std::vector<uint64_t>();
      !records.empty() && Chance(random, 60)) {
    // Behind the last one nothing tells that it was written.
    return (Chance(random, 40) ? records.back() : records[Below(random, records.size())]) + Below(random, 7);
  }
  const uint64_t from = Chance(random, 50) && bytes.size() > 2000 ? bytes.size() - 2000 : 0;
  return from + Below(random, bytes.size() - from);
}

}  // namespace

Problem Simulator::EndDamaged() {
  const fs::path file = PickFile(path(), random_);
  const std::string bytes = ReadWholeFile(file);
  const uint64_t place = PickPlace(file, bytes, random_);
  const auto kind = Chance(random_, 50) ? DamageKind::kBit : static_cast<DamageKind>(1 + Below(random_, 4));
  // A flipped bit of what was written as a whole is told from a write that was cut off.
  may_look_torn_ = kind != DamageKind::kBit;
  const auto end = DecodeEndRecord(ReadWholeFile(path() / kEndFile));
  if (!end.has_value()) return "there is no record of the end";
  known_ = end->last_seq;
  Apply(kind, file, place, random_);
  machine_.disk().ExpectLostFiles();
  summary_->damages[NameOf(kind)]++;
  bool reported = false;
  Problem problem = JudgeAsReader(&reported);
  if (reported) summary_->reported++;
  if (!problem) problem = JudgeAsWriter(reported);
  if (!problem) return std::nullopt;
  return fmt::format("{}, byte {} of {} ({} bytes): {}", NameOf(kind), place, file.filename().string(), bytes.size(),
                     *problem);
}

// Whether events of the last session are missing and it is said that there may have been more of them.
bool Simulator::IsSaidTorn(const EventLog& log) const {
  const uint64_t last_seq = log.last_seq();
  return may_look_torn_ && last_seq >= known_ && last_seq < acknowledged_.facts().size() && !log.ended_in_order();
}

// `reported`: whether the damage is told, by opening or by verifying.
Problem Simulator::JudgeAsReader(bool* reported) {
  const auto log = EventLog::Open(path(), EventLog::Mode::kRead, machine_.store());
  *reported = !log.ok();
  if (!log.ok()) return log.error().sentence.empty() ? Problem("an error without words") : std::nullopt;
  *reported = FaultOf(**log).has_value();
  if (*reported) return std::nullopt;
  if (IsSaidTorn(**log)) {
    summary_->said_torn++;
    return CheckEvents(**log);
  }
  if (Problem problem = Resolve((*log)->last_seq())) return "a reader is told nothing: " + *problem;
  if (Problem problem = CheckAll(**log)) return "a reader is told nothing: " + *problem;
  return std::nullopt;
}

Problem Simulator::JudgeAsWriter(bool reported) {
  auto opened = Ledger::Open(path(), Options());
  if (!opened.ok()) {
    return reported ? std::nullopt : Problem("only a writer is told: " + opened.error().ToString());
  }
  ledger_ = std::move(*opened);
  if (const Problem fault = FaultOf(ledger_->log())) {
    return reported ? std::nullopt : Problem("only a writer is told: " + *fault);
  }
  if (IsSaidTorn(ledger_->log())) return CheckEvents(ledger_->log());
  if (Problem problem = Resolve(ledger_->log().last_seq())) return "a writer is told nothing: " + *problem;
  if (Problem problem = CheckAll(ledger_->log())) return "a writer is told nothing: " + *problem;
  Call call;
  call.facts.push_back(Note(3'000'000, 5));
  return RecordCall(call);
}

}  // namespace duebook::faults
