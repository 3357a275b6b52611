#include <fmt/core.h>

#include "ledger/json_text.h"
#include "tools/commands/commands.h"

namespace duebook {

namespace {

// Name and value as JSON, in order.
std::vector<std::pair<std::string, std::string>> FactsOf(const EventLog& log) {
  const LogState state = log.state();
  const auto text = [](std::string_view value) {
    std::string json;
    AppendJsonText(value, &json);
    return json;
  };
  const auto if_any = [&](const std::string& value) { return state.last_seq == 0 ? std::string("null") : text(value); };
  return {{"company", text(log.identity().company)},
          {"currency", text(log.identity().currency.ToString())},
          {"ledger_id", text(log.identity().ledger_id)},
          {"created_at", text(log.identity().created_at.ToString())},
          {"events", std::to_string(state.last_seq)},
          {"customers", std::to_string(state.customers)},
          {"first_date", if_any(state.first_date.ToString())},
          {"last_date", if_any(state.last_date.ToString())},
          {"recorded_from", if_any(state.first_recorded_at.ToString())},
          {"recorded_to", if_any(state.last_recorded_at.ToString())},
          {"tree_size", std::to_string(state.tree.size())},
          {"root", text(ToHex(state.tree.Root()))},
          {"public_key", text(log.identity().public_key)},
          {"is_copy", log.identity().is_copy ? "true" : "false"},
          {"format_version", std::to_string(kFormatVersion)},
          {"bytes", std::to_string(log.DiskBytes())}};
}

std::string WithoutQuotes(const std::string& json) {
  if (json == "null") return "-";
  return json.starts_with('"') ? json.substr(1, json.size() - 2) : json;
}

int Run(const Session& session, const std::string& format) {
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  std::string result;
  const auto facts = FactsOf(**log);
  if (format == "json") {
    for (const auto& [name, json] : facts) result += fmt::format("{}\"{}\":{}", result.empty() ? "{" : ",", name, json);
    result += "}\n";
  } else {
    for (const auto& [name, json] : facts) result += fmt::format("{:15} {}\n", name, WithoutQuotes(json));
  }
  return WriteResult(result);
}

}  // namespace

void AddInfo(CLI::App& app, Session& session) {
  auto format = std::make_shared<std::string>("table");
  CLI::App* command =
      AddCommand(app, "info", "what the ledger is and holds", "duebook --ledger books info --format json");
  command->add_option("--format", *format, "how it is written")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->callback([&session, format] { session.run = [&session, format] { return Run(session, *format); }; });
}

}  // namespace duebook
