#include <fmt/core.h>

#include <chrono>

#include "ledger/text.h"
#include "tools/commands/commands.h"

namespace duebook {

namespace {

struct Options {
  std::string directory;
  std::string company;
  std::string currency;
};

int Run(const Session& session, const Options& options) {
  const auto currency = Currency::Parse(options.currency);
  if (!currency.has_value()) {
    return Complain({ErrorCode::kInvalidArgument, fmt::format("{} is no currency of ISO 4217", options.currency),
                     "write its three capital letters, such as CNY or EUR"},
                    kBadUsage);
  }
  if (options.company.empty() || options.company.size() > kMaxProseBytes || !IsValidUtf8(options.company) ||
      HasControlCharacter(options.company)) {
    return Complain({ErrorCode::kInvalidArgument, "the company needs a name of plain text", ""}, kBadUsage);
  }
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const Time created{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
  LedgerIdentity identity{options.company, *currency, "", created};
  if (!session.key_file.empty()) {
    const auto key = SigningKey::ReadFile(session.key_file);
    if (!key.ok()) return Complain(key.error(), kBadUsage);
    identity.public_key = key->public_key().ToString();
  }
  const Status status = EventLog::Create(options.directory, identity);
  if (!status.ok()) {
    return Complain(status.error(), status.error().code == ErrorCode::kAlreadyExists ? kRefused : kStoreUnusable);
  }
  return WriteResult(fmt::format("made a ledger for {} in {}, in {} unless a record says otherwise\n", options.company,
                                 options.directory, options.currency));
}

}  // namespace

void AddInit(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command =
      AddCommand(app, "init", "make a new ledger", "duebook init books --company 'Acme Trading' --currency CNY");
  command.Add("DIR", &options->directory, "a folder that is absent or empty").Required();
  command.Add("--company", &options->company, "whose books they are").Required().Called("NAME");
  command.Add("--currency", &options->currency, "of records that name none").Required().Called("CODE");
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
