#include "tests/support/damaged_ledger.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/log/event_log.h"
#include "ledger/log/framed/end_record.h"
#include "ledger/values/check.h"
#include "tests/support/temporary_folder.h"

namespace duebook {

namespace fs = std::filesystem;

namespace {

constexpr size_t kRun = 64;

Result<Answers> Read(const EventLog& log) {
  Answers answers{log.last_seq(), ToHex(log.state().tree.Root()), {}};
  RETURN_IF_ERROR(log.ScanCommits(1, log.last_seq(), [&](EventView event, bool) {
    answers.events.emplace_back(event.bytes());
    return true;
  }));
  return answers;
}

}  // namespace

std::vector<fs::path> FilesWithRows(const fs::path& ledger) {
  std::vector<fs::path> files{ledger / "END"};
  for (const auto& entry : fs::directory_iterator(ledger / "store")) {
    const std::string name = entry.path().filename().string();
    const bool holds_rows = name == "CURRENT" || name.starts_with("MANIFEST") || name.ends_with(".sst") ||
                            (name.ends_with(".log") && entry.file_size() > 0);
    if (holds_rows) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void ForEachDamage(const fs::path& file, size_t step, const std::function<void(const FileDamage&)>& visit) {
  const std::string bytes = ReadWholeFile(file);
  visit({file, "gone", std::nullopt});
  for (size_t length = 0; length < bytes.size(); length += step) {
    visit({file, fmt::format("cut to {} bytes", length), bytes.substr(0, length)});
  }
  for (size_t place = 0; place < bytes.size(); place += step) {
    std::string changed = bytes;
    changed[place] = static_cast<char>(changed[place] ^ 0x5a);
    visit({file, fmt::format("byte {} changed", place), changed});
  }
  for (size_t place = 0; place < bytes.size(); place += 16 * step) {
    std::string changed = bytes;
    std::fill_n(changed.begin() + static_cast<ptrdiff_t>(place), std::min(kRun, bytes.size() - place), '\0');
    if (changed != bytes) visit({file, fmt::format("{} bytes zeroed at {}", kRun, place), changed});
  }
}

Answers AnswersOf(const fs::path& ledger) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kRead);
  CHECK(log.ok());
  auto answers = Read(**log);
  CHECK(answers.ok());
  return *std::move(answers);
}

Judgement JudgeReading(const fs::path& ledger, const Answers& before) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kRead);
  if (!log.ok()) return log.error().sentence.empty() ? Judgement::kUnnoticed : Judgement::kTold;
  const auto answers = Read(**log);
  if (!answers.ok()) return Judgement::kTold;
  if (*answers == before) return Judgement::kAsBefore;
  const bool first_ones = answers->events.size() <= before.events.size() &&
                          std::equal(answers->events.begin(), answers->events.end(), before.events.begin());
  // What there was when the session began is known, and must be there.
  const auto end = DecodeEndRecord(ReadWholeFile(ledger / "END"));
  const bool known_ones = end.has_value() && answers->last_seq >= end->last_seq;
  return first_ones && known_ones && !(*log)->ended_in_order() ? Judgement::kSaidTorn : Judgement::kUnnoticed;
}

Damaged::Damaged(const FileDamage& damage) : file_(damage.file), bytes_(ReadWholeFile(damage.file)) {
  if (damage.bytes.has_value()) {
    Overwrite(file_, *damage.bytes);
  } else {
    fs::remove(file_);
  }
}

Damaged::~Damaged() { Overwrite(file_, bytes_); }

}  // namespace duebook
