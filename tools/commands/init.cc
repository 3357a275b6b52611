#include <fmt/core.h>

#include <filesystem>

#include "ledger/books/roles.h"
#include "ledger/command/spelling.h"
#include "ledger/values/system_clock.h"
#include "ledger/values/text.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/shell_word.h"
#include "tools/commands/terminal_source.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

struct Options {
  std::string directory;
  std::string company;
  std::string currency;
  std::string administrator;
  std::string date;
};

// Records the grant that all others can rest on. The ledger is new, so that it is event 1 and nobody else holds the
// role.
Status GrantAdministrator(const Session& session, const Options& options, Date date) {
  Session opening = session;
  opening.ledger = options.directory;
  auto ledger = opening.OpenForWriting();
  RETURN_IF_ERROR(ledger);
  const std::string day = date.ToString();
  Record record;
  const auto add = [&record](std::string_view name, std::string_view text) {
    record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
  };
  add("type", "RoleGranted");
  add("id", "init-administrator");
  add("date", day);
  add("actor", options.administrator);
  add("user", options.administrator);
  add("role", kAdministrator);
  record.source = TerminalSource();
  const auto outcome = (*ledger)->Record(MakeCommand(record, opening.Context((*ledger)->log().identity(), false)));
  RETURN_IF_ERROR(outcome);
  CHECK(std::holds_alternative<Recorded>(*outcome));
  return Status();
}

// How commands find the new ledger, unless it is the one that they take already.
std::string NextLine(const Session& session, const std::string& directory) {
  std::error_code none;
  if (!session.ledger.empty() && std::filesystem::equivalent(session.ledger, directory, none)) return "";
  return fmt::format("every command takes it after: export DUEBOOK_LEDGER={}\n", ShellWord(directory));
}

int Run(const Session& session, const Options& options) {
  const auto currency = Currency::Parse(options.currency);
  if (!currency.has_value()) {
    return Complain({ErrorCode::kInvalidArgument, fmt::format("{} is no currency of ISO 4217", options.currency),
                     "write its three capital letters, such as CNY or EUR"},
                    kBadUsage);
  }
  auto wrong = JudgeNewName("--company", options.company, kMaxProseBytes);
  if (!wrong.has_value() && !options.administrator.empty()) {
    wrong = JudgeNewName("--administrator", options.administrator, kMaxNumberBytes);
  }
  if (wrong.has_value()) return Complain({ErrorCode::kInvalidArgument, wrong->sentence, ""}, kBadUsage);
  const auto date = options.date.empty() ? Result<Date>(Today()) : ReadDay(options.date);
  if (!date.ok()) return Complain(OfOption("--date", options.date, date.error()), kBadUsage);
  LedgerIdentity identity{Nfc(options.company), *currency, "", SystemClock()};
  if (!session.key_file.empty()) {
    const auto key = SigningKey::ReadFile(session.key_file);
    if (!key.ok()) return Complain(key.error(), kBadUsage);
    identity.public_key = key->public_key().ToString();
  }
  const Status status = EventLog::Create(options.directory, identity);
  if (!status.ok()) {
    return Complain(status.error(), status.error().code == ErrorCode::kAlreadyExists ? kRefused : kStoreUnusable);
  }
  std::string text = fmt::format("made a ledger for {} in {}, in {} unless a record says otherwise\n",
                                 ShownText(options.company), options.directory, options.currency);
  if (!options.administrator.empty()) {
    const Status granted = GrantAdministrator(session, options, *date);
    if (!granted.ok()) {
      Tell(fmt::format("duebook: {} is made, but nobody holds the role administrator in it yet\n", options.directory));
      return ComplainAboutStore(granted.error());
    }
    text += fmt::format("event 1 grants {} the role administrator from {}\n", options.administrator, date->ToString());
  }
  return WriteSentences(text + NextLine(session, options.directory));
}

}  // namespace

void AddInit(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command =
      AddCommand(app, session, "init", "make a new ledger",
                 "duebook init books --company 'Acme Trading' --currency CNY --administrator li.na\n\n"
                 "The administrator grants roles and sets policies. Without one, anybody may do both until somebody\n"
                 "is granted the role administrator; what was granted before is marked so in the report `roles`.");
  command.Add("DIR", &options->directory, "a folder that is absent or empty").Required();
  command.Add("--company", &options->company, "whose books they are").Required().Called("NAME");
  command.Add("--currency", &options->currency, "of records that name none").Required().Called("CODE");
  const Option administrator =
      command.Add("--administrator", &options->administrator, "who grants roles").NotEmpty().Called("USER");
  command.Add("--date", &options->date, "from when on the administrator holds the role (default: today)")
      .Called("YYYY-MM-DD")
      .Needs(administrator);
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
