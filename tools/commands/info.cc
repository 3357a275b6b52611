#include <fmt/core.h>

#include "ledger/json_text.h"
#include "tools/commands/commands.h"
#include "tools/render/csv_cell.h"

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
  return {{"events", std::to_string(state.last_seq)},
          {"customers", std::to_string(state.customers)},
          {"first_date", if_any(state.first_date.ToString())},
          {"last_date", if_any(state.last_date.ToString())},
          {"recorded_from", if_any(state.first_recorded_at.ToString())},
          {"recorded_to", if_any(state.last_recorded_at.ToString())},
          {"tree_size", std::to_string(state.tree.size())},
          {"root", text(ToHex(state.tree.Root()))},
          {"format_version", std::to_string(log.format_version())},
          {"bytes", std::to_string(log.DiskBytes())}};
}

std::string WithoutQuotes(const std::string& json, const char* absent) {
  if (json == "null") return absent;
  return json.starts_with('"') ? json.substr(1, json.size() - 2) : json;
}

std::string TableOf(const LedgerIdentity& ledger, const std::vector<std::pair<std::string, std::string>>& facts) {
  std::string table = fmt::format("{:15} {}\n{:15} {}\n{:15} {}\n{:15} {}\n", "company", ledger.company, "currency",
                                  ledger.currency.ToString(), "ledger_id", ledger.ledger_id, "created_at",
                                  ledger.created_at.ToString());
  if (!ledger.public_key.empty()) table += fmt::format("{:15} {}\n", "public_key", ledger.public_key);
  for (const auto& [name, json] : facts) table += fmt::format("{:15} {}\n", name, WithoutQuotes(json, "-"));
  return table;
}

std::string CsvOf(const std::vector<std::pair<std::string, std::string>>& facts) {
  std::string header, row;
  for (const auto& [name, json] : facts) {
    header += (header.empty() ? "" : ",") + name;
    if (name != facts.front().first) row += ',';
    row += CsvCell(WithoutQuotes(json, ""));
  }
  return header + "\n" + row + "\n";
}

std::string JsonOf(const std::vector<std::pair<std::string, std::string>>& facts) {
  std::string json;
  for (const auto& [name, value] : facts) json += fmt::format("{}\"{}\":{}", json.empty() ? "{" : ",", name, value);
  return json + "}\n";
}

int Run(const Session& session, const std::string& format) {
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const auto facts = FactsOf(**log);
  if (format == "json") return WriteResult(JsonOf(facts));
  return WriteResult(format == "csv" ? CsvOf(facts) : TableOf((*log)->identity(), facts));
}

}  // namespace

void AddInfo(CLI::App& app, Session& session) {
  auto format = std::make_shared<std::string>("table");
  CommandOptions command =
      AddCommand(app, "info", "what the ledger is and holds", "duebook --ledger books info --format json");
  command.Add("--format", format.get(), "how it is written").OneOf({"table", "csv", "json"}).ShowDefault();
  command.Run(session, [&session, format] { return Run(session, *format); });
}

}  // namespace duebook
