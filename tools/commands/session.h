// What all commands share: the global options, opening the ledger, telling errors, writing results.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/ledger.h"
#include "ledger/log/event_log.h"
#include "ledger/proof/signing_key.h"
#include "tools/commands/command_line.h"
#include "tools/commands/option_table.h"
#include "tools/commands/options.h"
#include "tools/commands/output.h"

namespace duebook {

struct Session {
  std::string ledger;    // --ledger or DUEBOOK_LEDGER
  std::string actor;     // --actor: of records that name none
  std::string key_file;  // the ledger's private key, if it is not in the ledger's folder
  std::string log_level = "warn";
  std::string log_file;
  bool clock_is_right = false;  // --clock-is-right: somebody answers for this machine's clock
  OptionTable option_table;     // what is said of the options of the command line
  // For each command that records: whether it is on the line and is asked to.
  std::vector<std::function<bool()>> records;
  // For each command that asks who records, be it asked to or not: whether it is on the line.
  std::vector<std::function<bool()>> asks_actor;
  std::vector<std::string> line;  // the program and its arguments, as they were given
  // What serves the ledger on this port, in the program that does; null: that program is executed.
  std::function<int(const Session& session, int port)> serve;
  std::function<int()> run;      // the command that was asked for; answers the exit status
  std::optional<Error> no_help;  // why there is no --help of what the line says

  // Requires that a ledger was named; kInvalidArgument otherwise. For writing: kClockBehind if the clock is behind the
  // last event, unless it is said to be right; that is told.
  Result<std::unique_ptr<EventLog>> OpenForReading() const;
  Result<std::unique_ptr<EventLog>> OpenForVerifying() const;
  // The key that was named with --key-file must be the ledger's.
  Result<std::unique_ptr<Ledger>> OpenForWriting() const;
  // The same, whatever key is there, or none.
  Result<std::unique_ptr<Ledger>> OpenWithoutKey() const;
  // By which checkpoints of this ledger are signed.
  Result<SigningKey> ReadKey(const EventLog& log) const;
  StoreOptions store() const;
  // For records that enter here. Views into `identity` and this session.
  CommandContext Context(const LedgerIdentity& identity, bool as_imported) const;
};

// Says that the command records events: always, or if `when` says so once the line is read. Adds --clock-is-right. To
// be called for every command that does; others take neither that nor --actor.
void AddRecording(CommandOptions command, Session& session, std::function<bool()> when = nullptr);

Error NoLedgerNamed();
// An error about the value of an option, with both in front.
Error OfOption(std::string_view option, std::string_view value, const Error& error);
// What was given as a public key is none.
Error NoPublicKey(std::string_view text);
// "duebook: SENTENCE; HINT" on standard error. Answers `status`, for `return Complain(...)`.
int Complain(const Error& error, int status);
// "FIELD: CODE: SENTENCE".
std::string RefusalText(const Rejection& rejection);
// "duebook: FIELD: CODE: SENTENCE" on standard error. Answers the exit status.
int Refuse(const Rejection& rejection);
// "duebook: found wrong: SENTENCE (FILE)" on standard error. Answers the exit status.
int TellFault(const EventLog::Fault& fault);
// The exit status of an error from opening or using the store.
int StoreStatus(const Error& error);
int ComplainAboutStore(const Error& error);
// The exit status of an error from asking a ledger something: beside those of the store, kNotFound is a refusal.
int AnswerStatus(const Error& error);

}  // namespace duebook
