#include <fmt/core.h>

#include <vector>

#include "ledger/values/suggestion.h"
#include "tools/commands/commands.h"
#include "tools/commands/record_help.h"
#include "tools/commands/shell_word.h"
#include "tools/commands/terminal_source.h"

namespace duebook {

namespace {

struct Options {
  std::string type;
  std::vector<std::string> fields;
  bool as_imported = false;
};

// A customer has to be opened first, which not everybody expects.
std::string CommandToOpen(const Rejection& rejection, const Record& record) {
  if (rejection.missing_kind != "customer") return "";
  std::string date;
  for (const RawMember& field : record.fields) {
    if (field.name == "date") date = field.value.text;
  }
  return fmt::format("open the customer first:  duebook record CustomerOpened date={} customer={} name='...'\n", date,
                     ShellWord(rejection.missing));
}

int RefuseRecord(const Rejection& rejection, const Record& record) {
  const int status = Refuse(rejection);
  Tell(CommandToOpen(rejection, record));
  return status;
}

Result<std::string> HelpOf(const std::string& type, const std::string& usual) {
  const EventTypeInfo* info = FindEventType(type);
  if (info != nullptr) return TypeHelp(*info);
  if (type.empty()) return usual + "\n" + TypesHelp();
  std::vector<std::string_view> all;
  for (const EventTypeInfo& each : AllEventTypes()) all.push_back(each.name);
  return Error{ErrorCode::kInvalidArgument,
               fmt::format("there is no event type {}{}", Quoted(type), DidYouMean(type, all)),
               "see `duebook record --help`"};
}

// The record as it was typed: views into `options` and `id`.
Result<Record> RecordOf(const Options& options, const std::string& id) {
  Record record;
  const auto add = [&record](std::string_view name, std::string_view text) {
    record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
  };
  bool has_id = false;
  add("type", options.type);
  for (const std::string& field : options.fields) {
    const size_t equals = field.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Error{ErrorCode::kInvalidArgument, fmt::format("'{}' is no field", field), "write field=value"};
    }
    const std::string_view name = std::string_view(field).substr(0, equals);
    if (equals + 1 == field.size()) continue;  // an empty value is absent, as in CSV
    has_id = has_id || name == "id";
    add(name, std::string_view(field).substr(equals + 1));
  }
  if (!has_id) add("id", id);
  record.source = TerminalSource();
  return record;
}

std::string Receipt(const std::string& id, const Outcome& outcome) {
  if (const auto* duplicate = std::get_if<Duplicate>(&outcome)) {
    return fmt::format("{} was recorded before, as event {}\n", id, duplicate->seq);
  }
  const auto& recorded = std::get<Recorded>(outcome);
  const uint64_t made = recorded.seq - recorded.first_seq;
  const std::string also =
      made == 0   ? ""
      : made == 1 ? fmt::format(", after event {} that it makes", recorded.first_seq)
                  : fmt::format(", after events {} to {} that it makes", recorded.first_seq, recorded.seq - 1);
  return fmt::format("recorded {} as event {}{}\n", id, recorded.seq, also);
}

int Run(const Session& session, const Options& options) {
  const std::string random_id = RandomTerminalId();
  const auto record = RecordOf(options, random_id);
  if (!record.ok()) return Complain(record.error(), kBadUsage);
  auto ledger = session.OpenForWriting();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  auto made = MakeCommand(*record, session.Context((*ledger)->log().identity(), options.as_imported));
  const auto* command = std::get_if<Command>(&made);
  const std::string id(command == nullptr ? "" : command->event().id());
  const auto outcome = (*ledger)->Record(std::move(made));
  if (!outcome.ok()) return ComplainAboutStore(outcome.error());
  if (const auto* rejection = std::get_if<Rejection>(&*outcome)) return RefuseRecord(*rejection, *record);
  const int status = WriteSentences(Receipt(id, *outcome));
  if (status != kDone) Tell("duebook: but it is recorded: " + Receipt(id, *outcome));
  return status;
}

}  // namespace

void AddRecord(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(
      app, session, "record", "record one event",
      "duebook --ledger books record CustomerOpened date=2026-03-02 customer=C-8 name='Acme Trading'\n"
      "  duebook --ledger books record PaymentReceived date=2026-03-02 customer=C-8 payment=RCV-12 amount=500.00\n\n"
      "Without an id a random one is given and told.");
  std::vector<std::string> types;
  std::vector<std::pair<std::string, std::string>> meanings;
  for (const EventTypeInfo& type : AllEventTypes()) {
    types.emplace_back(type.name);
    meanings.emplace_back(type.name, type.meaning);
  }
  command.Add("TYPE", &options->type, "such as InvoiceIssued; `record TYPE --help` lists its fields")
      .Required()
      .Offers(std::move(types))
      .Explained("TYPES OF EVENTS", std::move(meanings));
  command.Add("FIELD=VALUE", &options->fields, "lists joined by ;");
  command.AddFlag("--as-imported", &options->as_imported,
                  "history of another system: report, rather than enforce, who may do what");
  AddRecording(command, session);
  command.Help(session, [options](const std::string& usual) { return HelpOf(options->type, usual); });
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
