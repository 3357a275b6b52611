// Every command: each adds itself to the command line, one file a command.

#pragma once

#include "tools/commands/session.h"

namespace duebook {

void AddInit(CLI::App& app, Session& session);
void AddImport(CLI::App& app, Session& session);
void AddUndoImport(CLI::App& app, Session& session);
void AddMap(CLI::App& app, Session& session);
void AddRecord(CLI::App& app, Session& session);
void AddPolicy(CLI::App& app, Session& session);
void AddGate(CLI::App& app, Session& session);
void AddReports(CLI::App& app, Session& session);  // all of AllReports()
void AddTerms(CLI::App& app, Session& session);
void AddScore(CLI::App& app, Session& session);
void AddStatements(CLI::App& app, Session& session);
void AddRemind(CLI::App& app, Session& session);
void AddCompany(CLI::App& app, Session& session);
void AddAttach(CLI::App& app, Session& session);
void AddDashboard(CLI::App& app, Session& session);
void AddEvents(CLI::App& app, Session& session);
void AddVerify(CLI::App& app, Session& session);
void AddCheckpoint(CLI::App& app, Session& session);
void AddKey(CLI::App& app, Session& session);
void AddProve(CLI::App& app, Session& session);
void AddBackup(CLI::App& app, Session& session);
void AddRestore(CLI::App& app, Session& session);
void AddRebuild(CLI::App& app, Session& session);
void AddInfo(CLI::App& app, Session& session);
void AddServe(CLI::App& app, Session& session);

}  // namespace duebook
