#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <set>
#include <string>

#include "tools/commands/command_line.h"
#include "tools/commands/shell_word.h"
#include "tools/packaging/manual.h"

namespace duebook {

namespace {

std::string Joined(const std::vector<std::string>& words, std::string_view sign) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : std::string(sign)) + word;
  return joined;
}

// Text within single quotes of a shell, where zsh takes the characters of `special` for itself.
std::string Quoted(std::string_view text, std::string_view special) {
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return WithinQuotes(escaped);
}

}  // namespace

bool TakesValue(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

namespace {

// The names of the options that a value follows.
std::set<std::string> NamesWithValue(const CLI::App& program) {
  std::set<std::string> names;
  const auto add = [&](const CLI::App& app) {
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_positional() || !TakesValue(*option)) continue;
      for (const std::string& name : option->get_lnames()) names.insert("--" + name);
    }
  };
  add(program);
  for (const CLI::App* command : program.get_subcommands(nullptr)) add(*command);
  return names;
}

// The values of what an app takes, by what stands before them: `COMMAND OPTION`, or the number of words, `record 1`.
std::string BashValues(const CLI::App& app, const OptionTable& options, const std::string& command) {
  std::string cases;
  size_t place = 0;
  for (const CLI::Option* option : app.get_options()) {
    std::vector<std::string> before;
    if (option->get_positional()) {
      before.push_back(fmt::format("\"{} {}\"", command, ++place));
    } else {
      for (const std::string& name : option->get_lnames()) before.push_back(fmt::format("{}\" --{}\"", command, name));
    }
    const std::vector<std::string>& values = options.Of(*option).values;
    if (values.empty()) continue;
    cases += fmt::format("    {}) values=\"{}\" ;;\n", Joined(before, "|"), Joined(values, " "));
  }
  return cases;
}

}  // namespace

std::string BashCompletion(const CLI::App& program, const OptionTable& options) {
  std::vector<std::string> commands;
  std::string options_of;
  std::string values_of = BashValues(program, options, "*");
  for (const CLI::App* command : program.get_subcommands(nullptr)) {
    commands.push_back(command->get_name());
    options_of += fmt::format("    {}) options=\"{}\" ;;\n", command->get_name(), Joined(OptionNames(*command), " "));
    values_of += BashValues(*command, options, command->get_name());
  }
  const std::set<std::string> with_value = NamesWithValue(program);
  return fmt::format(R"(# Completion of duebook for bash.
_duebook() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} i
  local options= values= words=()
  COMPREPLY=()
  # Bash makes three words of --option=value.
  if [[ $word == = ]]; then
    word=
  elif [[ $previous == = ]]; then
    previous=${{COMP_WORDS[COMP_CWORD-2]}}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${{COMP_WORDS[i]}}" in
      {1})
        i=$((i + 1))
        if [[ ${{COMP_WORDS[i]}} == = ]]; then i=$((i + 1)); fi ;;
      -*) ;;
      *) words+=("${{COMP_WORDS[i]}}") ;;
    esac
  done
  local command=${{words[0]}} before=${{#words[@]}}
  case "$previous" in
    {1}) before=$previous ;;
  esac
  case "$command $before" in
{2}  esac
  case "$command" in
{3}  esac
  if [[ -n $values && $word != -* ]]; then
    COMPREPLY=($(compgen -W "$values" -- "$word"))
  elif [[ $before == -* ]]; then
    compopt -o default
  elif [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options {4}" -- "$word"))
  elif [[ -z $command ]]; then
    COMPREPLY=($(compgen -W "{0}" -- "$word"))
  else
    compopt -o default
  fi
}}
complete -F _duebook duebook
)",
                     Joined(commands, " "), Joined({with_value.begin(), with_value.end()}, "|"), values_of, options_of,
                     Joined(OptionNames(program), " "));
}

namespace {

// Whether it may stand on the line several times.
bool MayRepeat(const CLI::Option& option) {
  return option.get_expected_max() > 1 || option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
}

// What zsh offers for a value.
std::string ZshAction(const std::vector<std::string>& values) {
  return values.empty() ? "_files" : "(" + Joined(values, " ") + ")";
}

// '--known=[up to which event]:SEQ|TIME:_files': the value stands behind the sign or is the next word.
std::string ZshOption(const CLI::Option& option, const std::vector<std::string>& values, const std::string& name) {
  const std::string help = Quoted(option.get_description(), "[]:");
  if (!TakesValue(option)) return fmt::format("'--{}[{}]'", name, help);
  const std::string what = values.empty() ? Quoted(option.get_type_name(), "[]:") : "value";
  return fmt::format("'{}--{}=[{}]:{}:{}'", MayRepeat(option) ? "*" : "", name, help, what, ZshAction(values));
}

// '1:TYPE:(InvoiceIssued ...)', and files in every other place.
std::string ZshPlaces(const CLI::App& command, const OptionTable& options) {
  std::string lines;
  size_t place = 0;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional()) continue;
    place++;
    const std::vector<std::string>& values = options.Of(*option).values;
    if (!values.empty()) lines += fmt::format(" \\\n        '{}:value:{}'", place, ZshAction(values));
  }
  return lines + " \\\n        '*:file:_files'";
}

std::string ZshOptions(const CLI::App& app, const OptionTable& options, std::string_view indent) {
  std::string lines;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      lines += fmt::format(" \\\n{}{}", indent, ZshOption(*option, options.Of(*option).values, name));
    }
  }
  return lines;
}

}  // namespace

std::string ZshCompletion(const CLI::App& program, const OptionTable& options) {
  std::string commands;
  std::string cases;
  for (const CLI::App* command : program.get_subcommands(nullptr)) {
    commands += fmt::format("    '{}:{}'\n", command->get_name(), Quoted(command->get_description(), ":"));
    cases +=
        fmt::format("    {}) _arguments{}{}{} ;;\n", command->get_name(), ZshOptions(*command, options, "        "),
                    ZshOptions(program, options, "        "), ZshPlaces(*command, options));
  }
  return fmt::format(R"(#compdef duebook
# Completion of duebook for zsh.
_duebook() {{
  local context state line
  local -a commands
  commands=(
{})
  _arguments -C{} \
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument) case $words[1] in
{}    esac ;;
  esac
}}
_duebook "$@"
)",
                     commands, ZshOptions(program, options, "    "), cases);
}

}  // namespace duebook
