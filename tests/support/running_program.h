// The built program while it runs: what it prints is read as it comes, and it can be killed at any moment.

#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace duebook {

class RunningProgram {
 public:
  // Has bash replace itself by `command` (its redirections are done first), in `folder`, with the folder of `program`
  // in the path, DUEBOOK_LEDGER=ledger and no input. Standard error goes to the file .stderr there.
  RunningProgram(const std::string& command, const std::filesystem::path& program, const std::filesystem::path& folder);
  // Kills what still runs.
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  // The next whole line that it has printed; waits for it. Nothing once it has ended: what it had begun of a line is
  // dropped.
  std::optional<std::string> ReadLine();
  // Whether ReadLine has a whole line to give. Does not wait.
  bool HasLine();
  // All bytes that it has written so far, to whatever file: its progress. Nothing once it has ended.
  std::optional<uint64_t> BytesWritten();
  // Does not wait.
  bool HasEnded();
  // kill -9. What it printed before can still be read.
  void Kill();
  // Waits for the end. The exit status, or -1 if a signal ended it.
  int Wait();

 private:
  bool ReadMore();

  pid_t process_ = -1;
  int output_ = -1;
  std::string unread_;
  std::optional<int> status_;  // as of waitpid; once it has ended
};

}  // namespace duebook
