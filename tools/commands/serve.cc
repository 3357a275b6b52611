#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "ledger/values/file_error.h"
#include "tools/commands/commands.h"

namespace duebook {

namespace {

constexpr const char* kProgram = "duebook-serve";
constexpr int kUsualPort = 8470;
constexpr int kLargestPort = 65'535;

// Becomes the program that serves, with the same line: the one beside this program, else the one in the path. Answers
// only if there is none.
int Become(const Session& session) {
  std::vector<char*> arguments;
  arguments.reserve(session.line.size() + 1);
  for (const std::string& argument : session.line) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  std::error_code error;
  const auto own = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto beside = own.parent_path() / kProgram;
  if (!error) ::execv(beside.c_str(), arguments.data());
  if (error || errno == ENOENT) ::execvp(kProgram, arguments.data());
  if (errno != ENOENT) return Complain(FileError("run", kProgram), kStoreUnusable);
  return Complain({ErrorCode::kUnavailable,
                   fmt::format("{} is not installed: it is neither beside this program nor in the path", kProgram),
                   "install it, or build the target of that name"},
                  kStoreUnusable);
}

int Run(const Session& session, int port) {
  if (session.ledger.empty()) return ComplainAboutStore(NoLedgerNamed());
  return session.serve == nullptr ? Become(session) : session.serve(session, port);
}

}  // namespace

void AddServe(CLI::App& app, Session& session) {
  auto port = std::make_shared<int>(kUsualPort);
  CommandOptions command = AddCommand(app, session, "serve", "show the ledger in a browser, and to programs over HTTP",
                                      "duebook --ledger books serve   # prints the address to open; Ctrl-C ends it");
  command
      .Add("--port", port.get(),
           "on this machine alone, at this port of 127.0.0.1; 0 takes a free one, which is printed")
      .Between(0, kLargestPort)
      .ShowDefault();
  AddRecording(command, session);
  command.Run(session, [&session, port] { return Run(session, *port); });
}

}  // namespace duebook
