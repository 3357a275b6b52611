#include "tools/commands/session.h"

#include <fmt/core.h>

#include "ledger/checkpoint.h"
#include "ledger/derived/index_fold.h"
#include "projections/history_fold.h"

namespace duebook {

Error NoLedgerNamed() {
  return Error{ErrorCode::kInvalidArgument, "no ledger is named", "give --ledger DIR, or set DUEBOOK_LEDGER"};
}

FoldMakers MakeFoldMakers() {
  FoldMakers makers;
  makers.push_back(std::make_unique<IndexFoldMaker>());
  makers.push_back(std::make_unique<HistoryFoldMaker>());
  return makers;
}

Result<std::unique_ptr<EventLog>> Session::OpenForReading() const {
  if (ledger.empty()) return NoLedgerNamed();
  return EventLog::Open(ledger, EventLog::Mode::kRead);
}

Result<std::unique_ptr<EventLog>> Session::OpenForVerifying() const {
  if (ledger.empty()) return NoLedgerNamed();
  return EventLog::Open(ledger, EventLog::Mode::kVerify);
}

Result<std::unique_ptr<Ledger>> Session::OpenForWriting() const {
  if (ledger.empty()) return NoLedgerNamed();
  LedgerOptions options;
  options.store = store();
  options.folds = MakeFoldMakers;
  return Ledger::Open(ledger, std::move(options));
}

StoreOptions Session::store() const {
  StoreOptions options;
  options.key_file = key_file;
  return options;
}

Result<SigningKey> Session::ReadKey(const EventLog& log) const {
  auto key = ReadLedgerKey(log.identity(), KeyFileOf(log.directory(), store()));
  if (!key.ok() && key.error().code == ErrorCode::kNotFound && key_file.empty()) {
    return Error{ErrorCode::kNotFound, key.error().sentence, "if it is kept elsewhere, name it with --key-file"};
  }
  return key;
}

CommandContext Session::Context(const LedgerIdentity& identity, bool as_imported) const {
  return {identity.currency, actor, as_imported};
}

int Complain(const Error& error, int status) {
  Tell(fmt::format("duebook: {}\n", error.ToString()));
  return status;
}

int TellFault(const EventLog::Fault& fault) {
  Tell(fmt::format("duebook: found wrong: {}{}\n", fault.sentence, fault.file.empty() ? "" : " (" + fault.file + ")"));
  return kRefused;
}

int StoreStatus(const Error& error) { return error.code == ErrorCode::kInvalidArgument ? kBadUsage : kStoreUnusable; }

int ComplainAboutStore(const Error& error) { return Complain(error, StoreStatus(error)); }

}  // namespace duebook
