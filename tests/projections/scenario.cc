#include "tests/projections/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <type_traits>

#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

// Words at spaces; quotes keep spaces within a word and are dropped.
std::vector<std::string> Words(const std::string& line) {
  std::vector<std::string> words(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '\'') {
      quoted = !quoted;
    } else if (c == ' ' && !quoted) {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::vector<std::string> Texts(const Report& report, const std::vector<Row>& rows,
                               const std::vector<std::string>& columns) {
  std::vector<size_t> indexes;
  for (const std::string& name : columns) {
    size_t i = 0;
    while (i < report.columns.size() && report.columns[i].name != name) ++i;
    EXPECT_LT(i, report.columns.size()) << "no column " << name;
    if (i < report.columns.size()) indexes.push_back(i);
  }
  std::vector<std::string> texts;
  for (const Row& row : rows) {
    EXPECT_EQ(row.size(), report.columns.size());
    std::string text;
    for (const size_t i : indexes) {
      if (i != indexes.front()) text.append("|");
      text.append(CellText(row.at(i)));
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

Scenario::Scenario() {
  std::string pattern = (FolderForTests() / "duebook-scenario-XXXXXX").string();
  EXPECT_NE(mkdtemp(pattern.data()), nullptr);
  directory_ = pattern;
  const LedgerIdentity identity{"Acme", Currency::Parse("CNY").value(), std::string(32, '0'), Time{0}};
  const Status created = EventLog::Create(directory_, identity);
  EXPECT_TRUE(created.ok()) << created.error().ToString();
  LedgerOptions options;
  options.clock = [] { return Time::Parse("2026-01-01T00:00:00Z").value(); };
  auto opened = Ledger::Open(directory_, std::move(options));
  EXPECT_TRUE(opened.ok()) << opened.error().ToString();
  ledger_ = std::move(*opened);
}

Scenario::~Scenario() {
  ledger_.reset();
  std::filesystem::remove_all(directory_);
}

const EventLog& Scenario::log() const { return ledger_->log(); }

ReportRequest Scenario::Request() const {
  ReportRequest request;
  request.log = &log();
  return request;
}

std::vector<std::string> Scenario::RecordLines(const std::vector<std::string>& lines, bool as_imported) {
  std::vector<MadeCommand> commands;
  for (const std::string& line : lines) {
    std::vector<std::string> words = Words(line);
    words.at(0).insert(0, "date=");
    words.at(1).insert(0, "type=");
    ++lines_;
    if (line.find(" id=") == std::string::npos) words.push_back("id=e" + std::to_string(lines_));
    Record record;
    for (const std::string& word : words) {
      const size_t equals = word.find('=');
      const std::string_view view(word);
      record.fields.emplace_back(view.substr(0, equals), RawValue{RawValue::Kind::kCell, view.substr(equals + 1), {}});
    }
    record.source = "scenario";
    const CommandContext context{Currency::Parse("CNY").value(), "clerk", as_imported};
    auto made = MakeCommand(record, context);
    if (!std::holds_alternative<Command>(made)) {
      ADD_FAILURE() << line << ": " << std::get<Rejection>(made).sentence;
      return {};
    }
    commands.push_back(std::move(made));
  }
  auto outcomes = ledger_->Record(commands);
  EXPECT_TRUE(outcomes.ok()) << outcomes.error().ToString();
  std::vector<std::string> refusals;
  for (const Outcome& outcome : *outcomes) {
    const auto* rejection = std::get_if<Rejection>(&outcome);
    refusals.push_back(rejection == nullptr ? "" : std::string(CodeName(rejection->code)) + ": " + rejection->sentence);
  }
  return refusals;
}

void Scenario::Given(const std::vector<std::string>& lines) {
  EXPECT_THAT(RecordLines(lines, false), testing::Each(""));
}

void Scenario::GivenImported(const std::vector<std::string>& lines) {
  EXPECT_THAT(RecordLines(lines, true), testing::Each(""));
}

std::string Scenario::Refused(const std::string& line) {
  const std::string answer = RecordLines({line}, false).at(0);
  return answer.substr(0, answer.find(':'));
}

Report RunReport(std::string_view name, const ReportRequest& request) {
  const ReportInfo* info = FindReport(name);
  EXPECT_NE(info, nullptr) << "no report " << name;
  auto report = RunReport(*info, request);
  EXPECT_TRUE(report.ok()) << report.error().ToString();
  return report.ok() ? *report : Report();
}

Error FailReport(std::string_view name, const ReportRequest& request) {
  auto report = RunReport(*FindReport(name), request);
  EXPECT_FALSE(report.ok());
  return report.ok() ? Error{ErrorCode::kUnavailable, "the report did not fail", ""} : report.error();
}

std::string CellText(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> std::string {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::monostate>) {
          return "";
        } else if constexpr (std::is_same_v<Value, std::string>) {
          return value;
        } else if constexpr (std::is_same_v<Value, Term>) {
          return value.name;
        } else if constexpr (std::is_same_v<Value, Money>) {
          return FormatAmount(value.amount, value.currency);
        } else if constexpr (std::is_same_v<Value, int64_t>) {
          return std::to_string(value);
        } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
          std::string text;
          for (const std::string& one : value) text.append(text.empty() ? "" : ";").append(one);
          return text;
        } else if constexpr (std::is_same_v<Value, std::vector<Term>>) {
          std::string text;
          for (const Term& one : value) text.append(text.empty() ? "" : ";").append(one.name);
          return text;
        } else {
          return value.ToString();
        }
      },
      cell);
}

std::vector<std::string> RowTexts(const Report& report, const std::vector<std::string>& columns) {
  return Texts(report, report.rows, columns);
}

std::vector<std::string> TotalTexts(const Report& report, const std::vector<std::string>& columns) {
  return Texts(report, report.totals, columns);
}

std::vector<std::string> FigureTexts(const Report& report) {
  std::vector<std::string> texts;
  for (const auto& [name, cell] : report.figures) texts.push_back(name + "=" + CellText(cell));
  return texts;
}

}  // namespace duebook
