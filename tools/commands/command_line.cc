#include "tools/commands/command_line.h"

#include <fmt/core.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <sstream>
#include <utility>

#include "ledger/values/suggestion.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/jobs.h"
#include "tools/commands/named_files.h"
#include "tools/commands/process_limits.h"

namespace duebook {

namespace {

constexpr const char* kVersion = "duebook " DUEBOOK_VERSION;

// Logging goes to standard error or a file, never among the results.
Status StartLogging(const Session& session) {
  try {
    auto logger = session.log_file.empty() ? spdlog::stderr_logger_mt("duebook")
                                           : spdlog::basic_logger_mt("duebook", session.log_file);
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    logger->set_level(spdlog::level::from_str(session.log_level));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(logger);
  } catch (const spdlog::spdlog_ex& failure) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("cannot write the log file: {}", failure.what()), ""};
  }
  return Status();
}

void AddGlobalOptions(CLI::App* app, Session& session) {
  CommandOptions options(app, &session.option_table);
  options.Add("--ledger", &session.ledger, "folder of the ledger").FromEnvironment("DUEBOOK_LEDGER").Called("DIR");
  options.Add("--actor", &session.actor, "who records, where a record does not say").Called("NAME").NotEmpty();
  options.Add("--key-file", &session.key_file, "the ledger's private key, if it is kept outside of its folder")
      .Called("FILE")
      .Reads();
  options.Add("--log-level", &session.log_level, "what is logged on standard error, or in --log-file")
      .OneOf({"trace", "debug", "info", "warn", "err", "critical", "off"})
      .ShowDefault();
  options.Add("--log-file", &session.log_file, "log to this file instead").Called("FILE").WritesInPlace();
}

// --help and --version come as errors, too.
int PrintHelp(CLI::App& app, const Session& session, const CLI::ParseError& error) {
  std::ostringstream text;
  app.exit(error, text, text);
  if (session.no_help.has_value()) return Complain(*session.no_help, kBadUsage);
  return WriteResult(text.str());
}

// Of a command that is on the line.
Error BadUsageOf(const CLI::App& command, const CLI::App& app, const CLI::ParseError& error) {
  std::string sentence = error.what();
  const auto unknown = app.remaining(true);
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError) && !unknown.empty() &&
      unknown.front().starts_with("--")) {
    const std::string name = unknown.front().substr(0, unknown.front().find('='));
    const std::vector<std::string> names = OptionNames(command);
    sentence = fmt::format("`duebook {}` has no option {}{}", command.get_name(), name,
                           DidYouMean(name, {names.begin(), names.end()}));
  }
  return {ErrorCode::kInvalidArgument, sentence, fmt::format("see `duebook {} --help`", command.get_name())};
}

Error BadUsage(CLI::App& app, const CLI::ParseError& error) {
  if (!app.get_subcommands().empty()) return BadUsageOf(*app.get_subcommands().front(), app, error);
  std::string sentence = error.what();
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError)) sentence = "a command is needed";
  const auto unknown = app.remaining();
  if (!unknown.empty()) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
    const bool option = unknown.front().starts_with('-');
    sentence = fmt::format("there is no {} {}{}", option ? "option" : "command", unknown.front(),
                           option ? "" : DidYouMean(unknown.front(), {names.begin(), names.end()}));
  }
  return {ErrorCode::kInvalidArgument, sentence, "see `duebook --help`"};
}

// Who records, and whether the clock is right, is asked of what records something; and who does, of what that changes.
Status CheckRecorder(const CLI::App& app, const Session& session) {
  const auto any = [](const auto& all) {
    return std::any_of(all.begin(), all.end(), [](const auto& is) { return is(); });
  };
  if (any(session.records)) return Status();
  const bool is_actor_asked = session.actor.empty() || any(session.asks_actor);
  if (is_actor_asked && !session.clock_is_right) return Status();
  const bool may_record = app.get_subcommands().front()->get_option_no_throw("--record") != nullptr;
  const std::string option = is_actor_asked ? "--clock-is-right" : "--actor " + session.actor;
  return Error{ErrorCode::kInvalidArgument, fmt::format("{}: nothing is recorded that it could be about", option),
               may_record ? "add --record, or leave it out" : "leave it out"};
}

}  // namespace

std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

void DescribeCommandLine(CLI::App& app, Session& session) {
  app.name("duebook");
  app.description("Duebook: a receivables ledger that answers for any business date, as known at any moment.");
  app.set_version_flag("--version", kVersion);
  app.footer(
      "Example:\n  duebook init books --company 'Acme Trading' --currency CNY\n"
      "  duebook --ledger books import invoices.csv payments.jsonl\n"
      "  duebook --ledger books aging --effective 2025-12-31 --known close:2025-12-31\n\n"
      "Exit status: 0 done, 1 refused or found wrong, 2 bad usage, 3 the store cannot be used.");
  app.require_subcommand(1);
  AddGlobalOptions(&app, session);
  AddInit(app, session);
  AddImport(app, session);
  AddUndoImport(app, session);
  AddMap(app, session);
  AddRecord(app, session);
  AddPolicy(app, session);
  AddGate(app, session);
  AddCompany(app, session);
  AddAttach(app, session);
  AddReports(app, session);
  AddTerms(app, session);
  AddScore(app, session);
  AddStatements(app, session);
  AddRemind(app, session);
  AddDashboard(app, session);
  AddEvents(app, session);
  AddCheckpoint(app, session);
  AddKey(app, session);
  AddProve(app, session);
  AddVerify(app, session);
  AddBackup(app, session);
  AddRestore(app, session);
  AddRebuild(app, session);
  AddInfo(app, session);
  AddServe(app, session);
  ListCommandsByJob(app);
}

int RunCommandLine(int argc, const char* const* argv, std::function<int(const Session& session, int port)> serve) {
  HoldStandardStreams();
  PrepareForLimits();
  // A reader that went away, and a file that may grow no more, are errors to tell, not reasons to die.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  Session session;
  session.line.assign(argv, argv + argc);
  session.serve = std::move(serve);
  CLI::App app;
  DescribeCommandLine(app, session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return PrintHelp(app, session, error);
    return Complain(BadUsage(app, error), kBadUsage);
  }
  const Status recorder = CheckRecorder(app, session);
  if (!recorder.ok()) return Complain(recorder.error(), kBadUsage);
  const Status clock = CheckClockIsSet(std::time(nullptr));
  if (!clock.ok()) return Complain(clock.error(), kStoreUnusable);
  const Status files = CheckNamedFiles(app, session.option_table);
  if (!files.ok()) return Complain(files.error(), kBadUsage);
  const Status logging = StartLogging(session);
  if (!logging.ok()) return Complain(logging.error(), kBadUsage);
  return session.run();
}

}  // namespace duebook
