#include "tools/commands/progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace duebook {

namespace {

constexpr size_t kBarWidth = 30;
constexpr auto kBetween = std::chrono::milliseconds(100);

// As it is: it moves the terminal's cursor.
void Draw(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

}  // namespace

Progress::Progress(std::string_view what)
    : what_(what), terminal_(::isatty(STDERR_FILENO) == 1), start_(Clock::now()), last_(start_) {}

Progress::~Progress() {
  if (terminal_ && last_ != start_) Draw("\r\x1b[K");
}

void Progress::Show(uint64_t done, uint64_t total, uint64_t count) {
  if (!terminal_) return;
  const auto now = Clock::now();
  if (now - last_ < kBetween) return;
  last_ = now;
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - start_).count();
  const auto rate = count * 1000 / static_cast<uint64_t>(std::max<int64_t>(1, elapsed));
  std::string bar;
  std::string left;
  if (total > 0 && done > 0) {
    const size_t filled = std::min(kBarWidth, static_cast<size_t>(done * kBarWidth / total));
    bar = fmt::format("[{}{}] {:3} %  ", std::string(filled, '#'), std::string(kBarWidth - filled, ' '),
                      std::min<uint64_t>(100, done * 100 / total));
    const uint64_t seconds = static_cast<uint64_t>(elapsed) * (total - std::min(done, total)) / done / 1000;
    left = fmt::format(", {}:{:02} left", seconds / 60, seconds % 60);
  }
  Draw(fmt::format("\r{}{} {}, {} a second{}\x1b[K", bar, count, what_, rate, left));
}

}  // namespace duebook
