#include <fmt/core.h>

#include "tools/commands/commands.h"
#include "tools/commands/progress.h"

namespace duebook {

namespace {

int Run(const Session& session) {
  if (session.ledger.empty()) return ComplainAboutStore(session.OpenForReading().error());
  Progress progress("events");
  const Status status =
      Ledger::Rebuild(session.ledger, [&](uint64_t done, uint64_t total) { progress.Show(done, total, done); });
  if (!status.ok()) return ComplainAboutStore(status.error());
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  return WriteResult(fmt::format("made index and books anew from {} events\n", (*log)->last_seq()));
}

}  // namespace

void AddRebuild(CLI::App& app, Session& session) {
  CLI::App* command =
      AddCommand(app, "rebuild", "make index and books again from the events", "duebook --ledger books rebuild");
  command->callback([&session] { session.run = [&session] { return Run(session); }; });
}

}  // namespace duebook
