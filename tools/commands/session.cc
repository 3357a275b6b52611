#include "tools/commands/session.h"

#include <fmt/core.h>

#include <utility>

#include "ledger/log/key_file.h"
#include "ledger/log/keys_of_log.h"
#include "projections/tracks.h"
#include "tools/render/shown_text.h"

namespace duebook {

Error NoLedgerNamed() {
  return Error{ErrorCode::kInvalidArgument, "no ledger is named", "give --ledger DIR, or set DUEBOOK_LEDGER"};
}

Error NoPublicKey(std::string_view text) {
  return Error{ErrorCode::kInvalidArgument, fmt::format("'{}' is no public key", text),
               "give the ledger's with --key, as `duebook info` prints it"};
}

Result<std::unique_ptr<EventLog>> Session::OpenForReading() const {
  if (ledger.empty()) return NoLedgerNamed();
  return EventLog::Open(ledger, EventLog::Mode::kRead);
}

Result<std::unique_ptr<EventLog>> Session::OpenForVerifying() const {
  if (ledger.empty()) return NoLedgerNamed();
  return EventLog::Open(ledger, EventLog::Mode::kVerify);
}

Result<std::unique_ptr<Ledger>> Session::OpenWithoutKey() const {
  if (ledger.empty()) return NoLedgerNamed();
  LedgerOptions options;
  options.store = store();
  options.tracks = MakeAllTracks;
  auto opened = Ledger::Open(ledger, std::move(options));
  RETURN_IF_ERROR(opened);
  const Status clock = (*opened)->CheckClock();
  if (clock.ok()) return opened;
  if (!clock_is_right) return clock.error();
  Tell(fmt::format("duebook: {}; the clock was said to be right\n", clock.error().sentence));
  return opened;
}

void AddRecording(CommandOptions command, Session& session, std::function<bool()> when) {
  session.records.emplace_back(
      [command, when = std::move(when)] { return command.IsOnTheLine() && (when == nullptr || when()); });
  command.AddFlag(
      "--clock-is-right", &session.clock_is_right,
      "record although the clock is more than a minute behind the last event: what is recorded carries that "
      "event's time, and keeps beside it what the clock said");
}

Result<std::unique_ptr<Ledger>> Session::OpenForWriting() const {
  auto opened = OpenWithoutKey();
  if (!opened.ok() || key_file.empty()) return opened;
  const auto key = ReadKey((*opened)->log());
  RETURN_IF_ERROR(key);
  return opened;
}

StoreOptions Session::store() const {
  StoreOptions options;
  options.key_file = key_file;
  return options;
}

Result<SigningKey> Session::ReadKey(const EventLog& log) const {
  const auto keys = KeysOf(log);
  RETURN_IF_ERROR(keys);
  auto key = ReadLedgerKey(*keys, KeyFileOf(log.directory(), store()));
  if (!key.ok() && key.error().code == ErrorCode::kNotFound && key_file.empty()) {
    return Error{ErrorCode::kNotFound, key.error().sentence,
                 "if it is kept elsewhere, name it with --key-file; if nobody has it any more, see `duebook key lost`"};
  }
  return key;
}

CommandContext Session::Context(const LedgerIdentity& identity, bool as_imported) const {
  return {identity.currency, actor, as_imported};
}

Error OfOption(std::string_view option, std::string_view value, const Error& error) {
  return {error.code, fmt::format("{} {}: {}", option, value, error.sentence), error.hint};
}

int Complain(const Error& error, int status) {
  Tell(fmt::format("duebook: {}\n", ShownText(error.ToString())));
  for (const Error& other : error.others) Tell(fmt::format("duebook: {}\n", ShownText(other.ToString())));
  return status;
}

std::string RefusalText(const Rejection& rejection) {
  return fmt::format("{}{}{}: {}", rejection.field, rejection.field.empty() ? "" : ": ", CodeName(rejection.code),
                     rejection.sentence);
}

int Refuse(const Rejection& rejection) {
  Tell(fmt::format("duebook: {}\n", ShownText(RefusalText(rejection))));
  return kRefused;
}

int TellFault(const EventLog::Fault& fault) {
  const std::string file = fault.file.empty() ? "" : " (" + fault.file + ")";
  Tell(fmt::format("duebook: found wrong: {}\n", ShownText(fault.sentence + file)));
  return kRefused;
}

int StoreStatus(const Error& error) {
  if (error.code == ErrorCode::kClockBehind) return kRefused;
  return error.code == ErrorCode::kInvalidArgument ? kBadUsage : kStoreUnusable;
}

int ComplainAboutStore(const Error& error) { return Complain(error, StoreStatus(error)); }

int AnswerStatus(const Error& error) { return error.code == ErrorCode::kNotFound ? kRefused : StoreStatus(error); }

}  // namespace duebook
