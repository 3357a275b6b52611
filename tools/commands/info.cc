#include <fmt/core.h>
#include <fmt/format.h>

#include "ledger/log/keys_of_log.h"
#include "ledger/proof/key_chain.h"
#include "ledger/values/json_text.h"
#include "tools/commands/clock_remarks.h"
#include "tools/commands/commands.h"
#include "tools/render/csv_cell.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

struct Fact {
  std::string name;
  std::string json;
  std::string text;  // for people and in CSV; "" if absent
};

std::string JsonText(std::string_view text) {
  std::string json;
  AppendJsonText(text, &json);
  return json;
}

Fact Text(std::string name, const std::string& text) { return {std::move(name), JsonText(text), text}; }
Fact TextIf(bool is_there, std::string name, const std::string& text) {
  return is_there ? Text(std::move(name), text) : Fact{std::move(name), "null", ""};
}
Fact Number(std::string name, uint64_t number) {
  return {std::move(name), std::to_string(number), std::to_string(number)};
}
Fact Texts(std::string name, const std::vector<std::string>& texts) {
  std::vector<std::string> json;
  json.reserve(texts.size());
  for (const std::string& text : texts) json.push_back(JsonText(text));
  return {std::move(name), fmt::format("[{}]", fmt::join(json, ",")), fmt::format("{}", fmt::join(texts, ";"))};
}

// In order.
Result<std::vector<Fact>> FactsOf(const EventLog& log, const KeyChain& keys) {
  const LogState state = log.state();
  const bool any = state.last_seq > 0;
  auto remarks = ClockRemarks(log);
  RETURN_IF_ERROR(remarks);
  for (std::string& change : UnsignedChanges(keys.links())) remarks->push_back(std::move(change));
  return std::vector<Fact>{Number("events", state.last_seq),
                           Number("customers", state.customers),
                           TextIf(any, "first_date", state.first_date.ToString()),
                           TextIf(any, "last_date", state.last_date.ToString()),
                           TextIf(any, "recorded_from", state.first_recorded_at.ToString()),
                           TextIf(any, "recorded_to", state.last_recorded_at.ToString()),
                           Number("tree_size", state.tree.size()),
                           Text("root", ToHex(state.tree.Root())),
                           Number("format_version", log.format_version()),
                           Number("bytes", log.DiskBytes()),
                           Texts("remarks", *remarks)};
}

std::string TableOf(const LedgerIdentity& ledger, const PublicKey& key, const std::vector<Fact>& facts) {
  std::string table =
      fmt::format("{:15} {}\n{:15} {}\n{:15} {}\n{:15} {}\n{:15} {}\n", "company", ShownText(ledger.company),
                  "currency", ledger.currency.ToString(), "ledger_id", ledger.ledger_id, "created_at",
                  ledger.created_at.ToString(), "public_key", key.ToString());
  for (const Fact& fact : facts) table += fmt::format("{:15} {}\n", fact.name, fact.text.empty() ? "-" : fact.text);
  return table;
}

std::string CsvOf(const std::vector<Fact>& facts) {
  std::vector<std::string> header, row;
  for (const Fact& fact : facts) {
    header.push_back(fact.name);
    row.push_back(CsvCell(fact.text));
  }
  return fmt::format("{}\n{}\n", fmt::join(header, ","), fmt::join(row, ","));
}

std::string JsonOf(const std::vector<Fact>& facts) {
  std::vector<std::string> members;
  members.reserve(facts.size());
  for (const Fact& fact : facts) members.push_back(fmt::format("\"{}\":{}", fact.name, fact.json));
  return fmt::format("{{{}}}\n", fmt::join(members, ","));
}

int Run(const Session& session, const std::string& format) {
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const auto keys = KeysOf(**log);
  if (!keys.ok()) return ComplainAboutStore(keys.error());
  const auto facts = FactsOf(**log, *keys);
  if (!facts.ok()) return ComplainAboutStore(facts.error());
  if (format == "json") return WriteResult(JsonOf(*facts));
  if (format == "csv") return WriteResult(CsvOf(*facts));
  return WriteSentences(TableOf((*log)->identity(), keys->current(), *facts));
}

}  // namespace

void AddInfo(CLI::App& app, Session& session) {
  auto format = std::make_shared<std::string>("table");
  CommandOptions command =
      AddCommand(app, session, "info", "what the ledger is and holds", "duebook --ledger books info --format json");
  command.Add("--format", format.get(), "how it is written").OneOf({"table", "csv", "json"}).ShowDefault();
  command.Run(session, [&session, format] { return Run(session, *format); });
}

}  // namespace duebook
