#include "tools/commands/options.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <utility>

#include "ledger/values/check.h"
#include "ledger/values/parse_number.h"
#include "ledger/values/suggestion.h"
#include "tools/commands/option_table.h"
#include "tools/commands/session.h"

namespace duebook {

namespace {

// CLI11 itself takes -1 for the largest number there is.
std::string WhyNoCount(const std::string& value) {
  return ParseNumber(value).has_value() ? "" : fmt::format("{} is not a whole number, such as 10", Quoted(value));
}

}  // namespace

Option& Option::Required() {
  option_->required();
  return *this;
}

Option& Option::Called(const std::string& what) {
  option_->type_name(what);
  return *this;
}

Option& Option::OneOf(std::vector<std::string> values) {
  option_->check(CLI::IsMember(values));
  return Offers(std::move(values));
}

Option& Option::Offers(std::vector<std::string> values) {
  facts_->values = std::move(values);
  return *this;
}

Option& Option::Explained(const std::string& heading, std::vector<std::pair<std::string, std::string>> meanings) {
  facts_->heading = heading;
  facts_->meanings = std::move(meanings);
  return *this;
}

Option& Option::Reads() {
  facts_->is_read = true;
  return *this;
}

Option& Option::Writes() {
  facts_->written_endings = {""};
  return *this;
}

Option& Option::WritesInPlace(std::vector<std::string> endings) {
  facts_->written_endings = std::move(endings);
  facts_->written_in_place = true;
  return *this;
}

Option& Option::Between(int least, int most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::NotEmpty() {
  option_->check([](const std::string& value) { return value.empty() ? "it is empty" : ""; });
  return *this;
}

Option& Option::ShowDefault() {
  option_->capture_default_str();
  return *this;
}

Option& Option::FromEnvironment(const std::string& variable) {
  option_->envname(variable);
  return *this;
}

Option& Option::MayRepeat() {
  option_->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  return *this;
}

Option& Option::OnlyOnce() {
  option_->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  return *this;
}

Option& Option::Needs(const Option& other) {
  option_->needs(other.option_);
  return *this;
}

Option& Option::Excludes(const Option& other) {
  option_->excludes(other.option_);
  return *this;
}

Option CommandOptions::Added(CLI::Option* option) { return {option, table_->Add(option)}; }

Option CommandOptions::Add(const std::string& name, std::string* target, const std::string& help) {
  return Added(app_->add_option(name, *target, help));
}

Option CommandOptions::Add(const std::string& name, std::vector<std::string>* target, const std::string& help) {
  return Added(app_->add_option(name, *target, help));
}

Option CommandOptions::Add(const std::string& name, uint64_t* target, const std::string& help) {
  return Added(app_->add_option(name, *target, help)->check(WhyNoCount));
}

Option CommandOptions::Add(const std::string& name, std::optional<std::string>* target, const std::string& help) {
  return Added(app_->add_option(name, *target, help));
}

Option CommandOptions::Add(const std::string& name, std::optional<uint64_t>* target, const std::string& help) {
  return Added(app_->add_option(name, *target, help)->check(WhyNoCount));
}

Option CommandOptions::Add(const std::string& name, int* target, const std::string& help) {
  return Added(app_->add_option(name, *target, help));
}

Option CommandOptions::AddFlag(const std::string& name, bool* target, const std::string& help) {
  return Added(app_->add_flag(name, *target, help));
}

void CommandOptions::Help(Session& session, std::function<Result<std::string>(std::string)> help) {
  app_->formatter_fn(
      [&session, help = std::move(help)](const CLI::App* app, std::string name, CLI::AppFormatMode mode) {
        const auto text = help(CLI::Formatter().make_help(app, std::move(name), mode));
        if (text.ok()) return *text;
        session.no_help = text.error();
        return std::string();
      });
}

bool CommandOptions::IsOnTheLine() const { return app_->parsed(); }

void CommandOptions::Run(Session& session, std::function<int()> run) {
  app_->callback([&session, run = std::move(run)] { session.run = run; });
}

void AddOutputOption(CommandOptions command, std::string* file) {
  command.Add("--output", file, "write to this file instead of standard output").Called("FILE").Writes().NotEmpty();
}

CommandOptions AddCommand(CLI::App& app, Session& session, const std::string& name, const std::string& summary,
                          const std::string& example) {
  CLI::App* command = app.add_subcommand(name, summary);
  command->footer("Example:\n  " + example);
  command->fallthrough();
  return {command, &session.option_table};
}

}  // namespace duebook
