#include "tools/commands/parameter_options.h"

#include <fmt/core.h>

#include <string_view>

#include "ledger/values/split.h"

namespace duebook {

namespace {

// The name as it stands on the line.
std::string OptionName(const ReportParameter& parameter) {
  const bool place =
      parameter.form == ReportParameter::Form::kSubject || parameter.form == ReportParameter::Form::kSearch;
  return fmt::format("{}{}", place ? "" : "--", parameter.name);
}

// Returns the words of "due|invoice".
std::vector<std::string> WordsOf(std::string_view choice) {
  const std::vector<std::string_view> words = SplitAt(choice, '|');
  return {words.begin(), words.end()};
}

}  // namespace

void ParameterOptions::AddTo(CommandOptions command, const std::vector<ReportParameter>& parameters) {
  for (const ReportParameter& parameter : parameters) {
    given_.push_back({&parameter, std::nullopt, {}});
    Add(command, &given_.back());
  }
}

Status ParameterOptions::Set(ReportRequest* request) const {
  for (const Given& given : given_) RETURN_IF_ERROR(SetOne(given, request));
  return Status();
}

Status ParameterOptions::SetOne(const Given& given, ReportRequest* request) {
  const ReportParameter& parameter = *given.parameter;
  std::vector<std::string> values = given.values;
  if (given.flag || given.value.has_value()) values.push_back(given.value.value_or(""));
  for (const std::string& value : values) {
    const Status set = parameter.set(value, request);
    if (!set.ok()) return OfOption(OptionName(parameter), value, set.error());
  }
  return Status();
}

void ParameterOptions::Add(CommandOptions command, Given* given) {
  const ReportParameter& parameter = *given->parameter;
  const std::string name = OptionName(parameter);
  const std::string help(parameter.help);
  switch (parameter.form) {
    case ReportParameter::Form::kSubject:
      command.Add(name, &given->value, help).Required().NotEmpty();
      return;
    case ReportParameter::Form::kSearch:
      command.Add(name, &given->value, help).NotEmpty();
      return;
    case ReportParameter::Form::kValue:
      command.Add(name, &given->value, help).Called(std::string(parameter.value)).NotEmpty();
      return;
    case ReportParameter::Form::kChoice:
      command.Add(name, &given->value, help)
          .Called(std::string(parameter.value))
          .Offers(WordsOf(parameter.value))
          .NotEmpty();
      return;
    case ReportParameter::Form::kList:
      command.Add(name, &given->values, help).Called(std::string(parameter.value)).MayRepeat().NotEmpty();
      return;
    case ReportParameter::Form::kFlag:
      command.AddFlag(name, &given->flag, help);
      return;
  }
}

}  // namespace duebook
