// Records the policies that a file says: all of them, or none.

#include <fmt/core.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/policy_file.h"
#include "tools/commands/terminal_source.h"
#include "tools/import/rows/toml_file.h"

namespace duebook {

namespace {

struct Options {
  std::string file;
  std::string date;
};

// Tells of each policy that is refused, "duebook: policy.toml:3: credit.checks: bad_field: ...". Returns whether none
// is.
bool TellRefused(const std::string& file, const std::vector<FilePolicy>& policies,
                 const std::vector<Outcome>& outcomes) {
  bool all_good = true;
  for (size_t i = 0; i < outcomes.size(); i++) {
    const auto* rejection = std::get_if<Rejection>(&outcomes[i]);
    if (rejection == nullptr) continue;
    all_good = false;
    Tell(fmt::format("duebook: {}:{}: {}.{}\n", file, policies[i].LineOf(rejection->field), policies[i].table,
                     RefusalText(*rejection)));
  }
  return all_good;
}

int Run(const Session& session, const Options& options) {
  const auto day = options.date.empty() ? Result(Today()) : ParseDateOption("--date", options.date);
  if (!day.ok()) return Complain(day.error(), kBadUsage);
  const auto text = ReadTomlText(options.file);
  if (!text.ok()) return Complain(text.error(), kBadUsage);
  auto file = ReadPolicies(*text, options.file, day->ToString());
  if (!file.ok()) return Complain(file.error(), kBadUsage);
  if (!options.date.empty() && !file->takes_day) {
    return Complain(
        {ErrorCode::kInvalidArgument,
         fmt::format("--date {}: each policy of {} says its own date", options.date, options.file), "leave it out"},
        kBadUsage);
  }
  auto ledger = session.OpenForWriting();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  const CommandContext context = session.Context((*ledger)->log().identity(), false);
  const std::string source = TerminalSource();
  std::vector<MadeCommand> commands;
  for (FilePolicy& policy : file->policies) {
    const std::string id = RandomTerminalId();
    policy.record.fields.emplace_back("id", RawValue{RawValue::Kind::kText, id, {}});
    policy.record.source = source;
    commands.push_back(MakeCommand(policy.record, context));
    policy.record.fields.pop_back();
  }
  const auto outcomes = (*ledger)->Record(commands, Admission::kAllOrNothing);
  if (!outcomes.ok()) return ComplainAboutStore(outcomes.error());
  if (!TellRefused(options.file, file->policies, *outcomes)) {
    Tell("duebook: nothing of the file is recorded\n");
    return kRefused;
  }
  std::string told;
  for (size_t i = 0; i < outcomes->size(); i++) {
    told += fmt::format("recorded [{}] as event {}\n", file->policies[i].table, std::get<Recorded>((*outcomes)[i]).seq);
  }
  return WriteSentences(told);
}

}  // namespace

void AddPolicy(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command =
      AddCommand(app, session, "policy", "record policies from a file, all of it or nothing",
                 "duebook --ledger books --actor li.na policy policy.toml\n\n"
                 "The file is TOML, with tables [credit], [reminders], [interest] and [tolerance], which have the "
                 "fields of CreditPolicySet, ReminderPolicySet, InterestSet and TolerancePolicySet; of one kind there "
                 "can be several, as in [[interest]].");
  command.Add("FILE", &options->file, "the policies").Required().Reads();
  command.Add("--date", &options->date, "from this day on, unless the file says another (default: today)")
      .Called("YYYY-MM-DD")
      .NotEmpty();
  AddRecording(command, session);
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
