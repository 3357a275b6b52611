#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
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

void ForEachOption(const CLI::App& program, const std::function<void(const CLI::Option&)>& visit) {
  for (const CLI::Option* option : program.get_options()) visit(*option);
  for (const CLI::App* command : program.get_subcommands(nullptr)) {
    for (const CLI::Option* option : command->get_options()) visit(*option);
  }
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

std::vector<std::string> ValuesOf(const std::string& type_name) {
  const size_t open = type_name.find('{');
  const size_t close = type_name.rfind('}');
  std::vector<std::string> values;
  if (open == std::string::npos || close == std::string::npos || close < open) return values;
  for (size_t begin = open + 1; begin <= close;) {
    const size_t end = std::min(type_name.find(',', begin), close);
    values.push_back(type_name.substr(begin, end - begin));
    begin = end + 1;
  }
  return values;
}

std::string BashCompletion(const CLI::App& program) {
  std::vector<std::string> commands;
  std::string options_of;
  for (const CLI::App* command : program.get_subcommands(nullptr)) {
    commands.push_back(command->get_name());
    options_of += fmt::format("    {}) options=\"{}\" ;;\n", command->get_name(), Joined(OptionNames(*command), " "));
  }
  // One name means the same in every command, but not all of them take every value.
  std::map<std::string, std::set<std::string>> values_by_name;
  ForEachOption(program, [&](const CLI::Option& option) {
    if (option.get_positional() || !TakesValue(option)) return;
    const std::vector<std::string> values = ValuesOf(option.get_type_name());
    for (const std::string& name : option.get_lnames())
      values_by_name["--" + name].insert(values.begin(), values.end());
  });
  std::vector<std::string> with_value;
  std::string values_of;
  for (const auto& [name, values] : values_by_name) {
    with_value.push_back(name);
    if (values.empty()) continue;
    values_of += fmt::format("    {}) COMPREPLY=($(compgen -W \"{}\" -- \"$word\")); return ;;\n", name,
                             Joined({values.begin(), values.end()}, " "));
  }
  return fmt::format(R"(# Completion of duebook for bash.
_duebook() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${{COMP_WORDS[i]}}" in
      {1}) i=$((i + 1)) ;;
      -*) ;;
      *) command=${{COMP_WORDS[i]}}; break ;;
    esac
  done
  case "$previous" in
{2}    {1}) compopt -o default; return ;;
  esac
  local options=
  case "$command" in
{3}  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options {4}" -- "$word"))
  elif [[ -z $command ]]; then
    COMPREPLY=($(compgen -W "{0}" -- "$word"))
  else
    compopt -o default
  fi
}}
complete -F _duebook duebook
)",
                     Joined(commands, " "), Joined(with_value, "|"), values_of, options_of,
                     Joined(OptionNames(program), " "));
}

namespace {

// '--known[up to which event]:SEQ|TIME:_files'
std::string ZshOption(const CLI::Option& option, const std::string& name) {
  const std::string help = Quoted(option.get_description(), "[]:");
  if (!TakesValue(option)) return fmt::format("'--{}[{}]'", name, help);
  const std::vector<std::string> values = ValuesOf(option.get_type_name());
  const std::string action = values.empty() ? "_files" : "(" + Joined(values, " ") + ")";
  const std::string what = values.empty() ? Quoted(option.get_type_name(), "[]:") : "value";
  const std::string repeat = option.get_expected_max() > 1 ? "*" : "";
  return fmt::format("'{}--{}[{}]:{}:{}'", repeat, name, help, what, action);
}

std::string ZshOptions(const CLI::App& app, std::string_view indent) {
  std::string lines;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      lines += fmt::format(" \\\n{}{}", indent, ZshOption(*option, name));
    }
  }
  return lines;
}

}  // namespace

std::string ZshCompletion(const CLI::App& program) {
  std::string commands;
  std::string cases;
  for (const CLI::App* command : program.get_subcommands(nullptr)) {
    commands += fmt::format("    '{}:{}'\n", command->get_name(), Quoted(command->get_description(), ":"));
    cases += fmt::format("    {}) _arguments{}{} \\\n        '*:file:_files' ;;\n", command->get_name(),
                         ZshOptions(*command, "        "), ZshOptions(program, "        "));
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
                     commands, ZshOptions(program, "    "), cases);
}

}  // namespace duebook
