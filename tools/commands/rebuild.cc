#include <fmt/core.h>

#include "projections/tracks.h"
#include "tools/commands/commands.h"
#include "tools/commands/progress.h"

namespace duebook {

namespace {

int Run(const Session& session) {
  if (session.ledger.empty()) return ComplainAboutStore(NoLedgerNamed());
  const auto log = EventLog::Open(session.ledger, EventLog::Mode::kWrite, session.store());
  if (!log.ok()) return ComplainAboutStore(log.error());
  Status rebuilt;
  {
    Progress progress("events");
    rebuilt = Folding::Rebuild(**log, MakeAllTracks,
                               [&](uint64_t done, uint64_t total) { progress.Show(done, total, done); });
  }
  if (!rebuilt.ok()) return ComplainAboutStore(rebuilt.error());
  return WriteSentences(fmt::format("made anew what is derived from {} events\n", (*log)->last_seq()));
}

}  // namespace

void AddRebuild(CLI::App& app, Session& session) {
  CommandOptions command = AddCommand(
      app, session, "rebuild", "make anew what is derived from the log, so that answers come fast",
      "duebook --ledger books rebuild\n\n"
      "The log alone is the truth: DIR/derived can be deleted at any time, and what cannot be made from it is "
      "made from the log.");
  command.Run(session, [&session] { return Run(session); });
}

}  // namespace duebook
