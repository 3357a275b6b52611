// The doors against the model: the same random commands come in as CSV, by a map, and as JSON Lines that were exported,
// and each time the ledger answers and shows what the model does.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "ledger/event/event_json.h"
#include "tests/model/compare.h"
#include "tests/model/simulation.h"
#include "tests/support/temporary_folder.h"
#include "tools/import/pipeline/import_pipeline.h"
#include "tools/import/pipeline/mapped_source.h"

namespace duebook::model {
namespace {

constexpr int kSteps = 120;
constexpr uint64_t kSeeds = 12;

// One command in a file: its cells, and what the model says of it.
struct Line {
  std::map<std::string, std::string> cells;
  Verdict verdict;
  uint64_t last_seq = 0;  // of the model, once it is submitted
};

std::vector<Fact> CommandsOf(uint64_t seed) {
  std::vector<Fact> commands;
  for (const Step& step : Generator(seed).Steps(kSteps)) {
    if (step.kind != Step::Kind::kCommand) continue;
    commands.push_back(step.command);
    commands.back().request = Fact::Request::kAbsent;  // whoever writes a file has no hashes
    commands.back().source.clear();                    // and does not say where he sits
  }
  return commands;
}

// Submits them in this order.
std::vector<Line> Submit(const std::vector<Fact>& commands, Model* model) {
  std::vector<Line> lines;
  for (const Fact& command : commands) {
    Line& line = lines.emplace_back();
    const std::string currency = model->Filled(command).currency;
    for (auto& [name, text] : ToCells(command, Currency::Parse(currency).value_or(Currency()))) line.cells[name] = text;
    line.verdict = model->Submit(command);
    line.last_seq = model->facts().size();
  }
  return lines;
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

// A table with a column for each name; `write` gives a cell as it stands in the file.
template <class Write>
std::string Table(const std::vector<Line>& lines, const std::string& delimiter, Write&& write) {
  std::set<std::string> names;
  for (const Line& line : lines) {
    for (const auto& [name, text] : line.cells) names.insert(name);
  }
  std::string table;
  for (const std::string& name : names) table += (table.empty() ? "" : delimiter) + write(name, name);
  table += '\n';
  for (const Line& line : lines) {
    std::string row;
    for (const std::string& name : names) {
      const auto cell = line.cells.find(name);
      if (name != *names.begin()) row += delimiter;
      if (cell != line.cells.end()) row += write(name, cell->second);
    }
    table += row + "\n";
  }
  return table;
}

class Answers : public ImportObserver {
 public:
  Status OnBatch(const ImportSource&, const ImportBatch&, std::span<const Outcome> outcomes) override {
    all.insert(all.end(), outcomes.begin(), outcomes.end());
    return Status();
  }
  void OnNothingRecorded() override {}
  void OnUnreadable(const Error& error) override { broken += error.ToString() + "\n"; }

  std::vector<Outcome> all;
  std::string broken;
};

class Doors : public testing::TestWithParam<uint64_t> {
 protected:
  void SetUp() override { spdlog::set_level(spdlog::level::off); }

  static CommandContext Context(bool as_imported) { return {*Currency::Parse("CNY"), "clerk", as_imported}; }

  std::unique_ptr<Ledger> NewLedger(const std::string& name) {
    CHECK(
        EventLog::Create(folder_ / name, {"Acme", *Currency::Parse("CNY"), kLedgerId, Time{0}, FirstPublicKey()}).ok());
    auto ledger = Ledger::Open(folder_ / name, {});
    CHECK(ledger.ok());
    return std::move(*ledger);
  }

  static Answers Import(Ledger* ledger, Result<std::unique_ptr<ImportSource>> source) {
    Answers answers;
    bool given = false;
    const NextSource next = [&]() -> Result<std::unique_ptr<ImportSource>> {
      if (given) return std::unique_ptr<ImportSource>();
      given = true;
      return std::move(source);
    };
    CHECK(RunImport(ledger, next, {.mode = ImportMode::kEach}, &answers).ok());
    EXPECT_EQ(answers.broken, "");
    return answers;
  }

  static void ExpectAgreement(const std::vector<Line>& lines, const std::vector<Outcome>& outcomes) {
    ASSERT_EQ(outcomes.size(), lines.size());
    for (size_t i = 0; i < lines.size(); i++) {
      const Verdict& verdict = lines[i].verdict;
      if (const auto* rejection = std::get_if<Rejection>(&outcomes[i])) {
        ASSERT_FALSE(verdict.refused_for.empty()) << i << ": " << rejection->sentence;
        EXPECT_EQ(CodeName(*verdict.refused_for.begin()), CodeName(rejection->code))
            << i << ": " << rejection->sentence;
      } else if (const auto* duplicate = std::get_if<Duplicate>(&outcomes[i])) {
        EXPECT_EQ(verdict.duplicate_of, duplicate->seq) << i;
      } else {
        EXPECT_TRUE(verdict.refused_for.empty() && !verdict.duplicate_of.has_value()) << i;
        EXPECT_EQ(std::get<Recorded>(outcomes[i]).seq, lines[i].last_seq) << i;
      }
    }
  }

  static void ExpectFigures(std::unique_ptr<Ledger> ledger, const Model& model, uint64_t seed) {
    const Simulation simulation(std::move(ledger), model);
    Problem problem = simulation.CompareLog();
    Generator generator(seed);
    for (int i = 0; i < 3 && !problem; i++) problem = simulation.CompareAt(generator.RandomCut(model));
    if (!problem) problem = simulation.CompareAt(Cut{Date::Max(), model.facts().size()});
    EXPECT_EQ(problem.value_or(""), "");
  }

  TemporaryFolder folder_;
};

TEST_P(Doors, CsvAndWhatIsExportedOfIt) {
  const std::vector<Fact> commands = CommandsOf(GetParam());
  Model model("CNY");
  std::vector<Line> lines = Submit(commands, &model);
  for (size_t i = 0; i < lines.size(); i++) lines[i].cells["imported"] = commands[i].imported ? "true" : "false";
  const auto as_it_is = [](const std::string& /*name*/, const std::string& text) { return Quoted(text); };
  const std::string path = folder_.Write("commands.csv", Table(lines, ",", as_it_is));
  auto ledger = NewLedger("ledger");
  ExpectAgreement(lines, Import(ledger.get(), OpenRecordSource(path, nullptr, Context(true))).all);

  std::string exported;
  ASSERT_TRUE(ledger->log()
                  .Scan(1, ledger->log().last_seq(),
                        [&](EventView event) {
                          AppendEventJson(event, &exported);
                          exported += '\n';
                          return true;
                        })
                  .ok());
  ExpectFigures(std::move(ledger), model, GetParam());
  auto again = NewLedger("again");
  const std::string export_path = folder_.Write("events.jsonl", exported);
  const Answers answers = Import(again.get(), OpenRecordSource(export_path, nullptr, Context(true)));
  for (const Outcome& outcome : answers.all) EXPECT_TRUE(std::holds_alternative<Recorded>(outcome));
  ExpectFigures(std::move(again), model, GetParam());
}

// --- by a map ---

bool IsOf(const std::string& type, const std::string& field, FieldType field_type) {
  const FieldInfo* info = InfoOf(FindEventType(type)->type).FindField(field);
  return info != nullptr && info->type == field_type;
}

bool IsDate(const std::string& field) {
  static const std::set<std::string> dates{"date",    "due",         "through", "next",    "until",
                                           "expires", "valid_until", "as_of",   "bill_due"};
  return dates.contains(field);
}
bool IsAmount(const std::string& field) {
  static const std::set<std::string> amounts{"amount",   "discount",  "tax",           "limit",
                                             "upheld",   "per_month", "min_amount",    "fee",
                                             "proceeds", "cost",      "overdue_amount"};
  return amounts.contains(field);
}

// As a German program writes it: 31.12.2025, 1.234,50. Columns are called otherwise, so that names do not meet by
// chance.
std::string Foreign(const std::string& field, const std::string& text) {
  if (text == field) return "Spalte " + field;
  if (IsDate(field)) return fmt::format("{}.{}.{}", text.substr(8, 2), text.substr(5, 2), text.substr(0, 4));
  if (!IsAmount(field)) return Quoted(text);
  std::string amount = text;
  std::replace(amount.begin(), amount.end(), '.', ',');
  for (size_t place = std::min(amount.find(','), amount.size()); place > 3; place -= 3)
    amount.insert(place - 3, 1, '.');
  return amount;
}

// An event for each type that there is, with every field that the lines of this type give.
std::string MapFor(const std::vector<std::string>& types, const std::vector<Line>& lines) {
  std::string map = "[file]\ndelimiter = ';'\ndate = 'DD.MM.YYYY'\ndecimal = ','\nthousands = '.'\n";
  for (const std::string& type : types) {
    std::set<std::string> names;
    for (const Line& line : lines) {
      if (line.cells.at("type") != type) continue;
      for (const auto& [name, text] : line.cells) names.insert(name);
    }
    map += fmt::format("[[event]]\ntype = '{}'\nwhen.'Spalte type' = '{}'\n", type, type);
    for (const std::string& name : names) {
      EXPECT_EQ(IsDate(name), name == "date" || IsOf(type, name, FieldType::kDate)) << name;
      EXPECT_EQ(IsAmount(name), IsOf(type, name, FieldType::kAmount)) << name;
      if (name != "type") map += fmt::format("{} = '{{Spalte {}}}'\n", name, name);
    }
  }
  return map;
}

TEST_P(Doors, AMapOfRowsInAnyOrder) {
  std::vector<Fact> commands = CommandsOf(GetParam());
  for (Fact& command : commands) command.imported = false;  // a map cannot say it of single rows
  std::vector<std::string> types;
  for (const Fact& command : commands) {
    if (std::find(types.begin(), types.end(), command.type) == types.end()) types.push_back(command.type);
  }
  std::vector<size_t> rows(commands.size());  // where each stands in the file
  for (size_t i = 0; i < rows.size(); i++) rows[i] = i;
  std::shuffle(rows.begin(), rows.end(), std::mt19937_64(GetParam()));
  std::vector<size_t> order = rows;  // commands in the order in which they are to be recorded
  const auto place = [&](size_t command) {
    const auto type = std::find(types.begin(), types.end(), commands[command].type) - types.begin();
    const auto row = std::find(rows.begin(), rows.end(), command) - rows.begin();
    return std::tuple(commands[command].date, type, row);
  };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return place(a) < place(b); });

  std::vector<Fact> in_order;
  in_order.reserve(order.size());
  for (const size_t command : order) in_order.push_back(commands[command]);
  Model model("CNY");
  const std::vector<Line> lines = Submit(in_order, &model);
  std::vector<Line> in_file;
  in_file.reserve(rows.size());
  for (const size_t command : rows) {
    in_file.push_back(lines[std::find(order.begin(), order.end(), command) - order.begin()]);
  }
  auto map = ParseMap(MapFor(types, lines), "test.toml");
  ASSERT_TRUE(map.ok()) << map.error().ToString();
  const std::string path = folder_.Write("rows.csv", Table(in_file, ";", Foreign));
  auto ledger = NewLedger("ledger");
  const Answers answers =
      Import(ledger.get(), OpenMappedSource(path, std::make_shared<const ImportMap>(std::move(*map)), Context(false)));
  ExpectAgreement(lines, answers.all);
  ExpectFigures(std::move(ledger), model, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Seeds, Doors, testing::Range(uint64_t{1}, kSeeds + 1));

}  // namespace
}  // namespace duebook::model
