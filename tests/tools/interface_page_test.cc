// Holds the lists of tools/INTERFACE.md against the program.

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "ledger/command/rejection.h"
#include "ledger/event/event.h"
#include "projections/shared/projection.h"
#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::UnorderedElementsAreArray;

std::string Trimmed(const std::string& text) {
  const size_t start = text.find_first_not_of(' ');
  return start == std::string::npos ? "" : text.substr(start, text.find_last_not_of(' ') - start + 1);
}

class InterfacePage : public ProgramTest {
 protected:
  // Returns the cells of the table's rows, which stand below its header and a line of hyphens.
  static std::vector<std::vector<std::string>> RowsBelow(const std::string& header) {
    std::istringstream page(ReadWholeFile(std::filesystem::path(DUEBOOK_SOURCE_DIR) / "tools/INTERFACE.md"));
    std::vector<std::vector<std::string>> rows;
    std::string line;
    while (std::getline(page, line) && line != header) continue;
    std::getline(page, line);
    while (std::getline(page, line) && line.starts_with('|')) {
      std::istringstream text(line.substr(1));
      std::vector<std::string>& cells = rows.emplace_back();
      for (std::string cell; std::getline(text, cell, '|');) cells.push_back(Trimmed(cell));
    }
    EXPECT_FALSE(rows.empty()) << header;
    return rows;
  }
};

TEST_F(InterfacePage, ListsEveryCommand) {
  std::vector<std::string> listed, commands;
  const std::regex quoted("`([a-z-]+)[^`]*`");
  for (const auto& row : RowsBelow("| command | does |")) {
    for (std::sregex_iterator name(row[0].begin(), row[0].end(), quoted), end; name != end; ++name) {
      listed.push_back((*name)[1]);
    }
  }
  std::istringstream help(Print("duebook --help | sed -n '/^Record:/,/^Example:/s/^  \\([a-z-]*\\) .*/\\1/p'"));
  for (std::string name; std::getline(help, name);) commands.push_back(name);
  EXPECT_GE(commands.size(), 20U);
  EXPECT_THAT(listed, UnorderedElementsAreArray(commands));
}

TEST_F(InterfacePage, ListsTheColumnsOfEveryReport) {
  MakeSmallCompany();
  std::map<std::string, std::string> reports{{"events", "events"}};
  for (const ReportInfo& info : AllReports()) reports[std::string(info.name)] = info.name;
  reports["statement"] += " C-1";
  reports["trail"] += " C-1";
  reports["explain"] += " --known 4";
  reports["gate"] = "gate C-1 100";
  reports["credit --history"] = "credit --history";
  reports["score"] = "score C-1 --card " DUEBOOK_SOURCE_DIR "/tools/cards/trade-credit.toml";
  std::map<std::string, std::string> listed, columns;
  for (const auto& row : RowsBelow("| report | columns |")) {
    listed[std::regex_replace(row[0], std::regex("`"), "")] = std::regex_replace(row[1], std::regex(", "), ",");
  }
  for (const auto& [name, command] : reports) {
    columns[name] = Trimmed(Print(fmt::format("duebook {} --format csv | head -1 | tr -d '\\n'", command)));
  }
  std::vector<std::string> facts;
  const auto info = nlohmann::ordered_json::parse(Print("duebook info --format json"));
  for (const auto& [name, value] : info.items()) facts.push_back(name);
  columns["info"] = fmt::format("{}", fmt::join(facts, ","));
  EXPECT_EQ(listed, columns);
}

// Returns "`due`", or "`shipments` []" of a list.
std::string Shown(const FieldInfo& field) {
  const bool is_list = field.type == FieldType::kTextList || field.type == FieldType::kItems;
  return fmt::format("`{}`{}", field.name, is_list ? " []" : "");
}

// Returns "`payment` or `credit_note`, `invoice`".
std::string Needed(const EventTypeInfo& type) {
  std::string text;
  bool after_choice = false;
  for (const FieldInfo& field : type.fields) {
    if (!field.required && !field.is_one_of) continue;
    if (!text.empty()) text += after_choice && field.is_one_of ? " or " : ", ";
    text += Shown(field);
    after_choice = field.is_one_of;
  }
  return text;
}

std::string Listed(const std::vector<FieldInfo>& fields, bool (*is_wanted)(const FieldInfo& field)) {
  std::vector<std::string> names;
  for (const FieldInfo& field : fields) {
    if (is_wanted(field)) names.push_back(Shown(field));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

TEST_F(InterfacePage, ListsTheFieldsOfEveryType) {
  std::vector<std::vector<std::string>> types;
  std::set<std::vector<std::string>> lists;  // several types may have the same
  for (const EventTypeInfo& type : AllEventTypes()) {
    types.push_back({type.name, Needed(type), Listed(type.fields, [](const FieldInfo& field) {
                       return !field.required && !field.is_one_of && !field.internal;
                     })});
    for (const FieldInfo& field : type.fields) {
      if (field.type != FieldType::kItems) continue;
      lists.insert({fmt::format("`{}`", field.name), Listed(field.items, [](const FieldInfo&) { return true; })});
    }
  }
  EXPECT_THAT(RowsBelow("| type | needed | may be left out |"), UnorderedElementsAreArray(types));
  EXPECT_THAT(RowsBelow("| list | fields |"), UnorderedElementsAreArray(lists));
}

TEST_F(InterfacePage, ListsEveryCodeInOrder) {
  std::vector<std::string> listed, codes;
  for (const auto& row : RowsBelow("| about | codes |")) listed.push_back(row[1]);
  for (const RejectionCode code : AllRejectionCodes()) codes.emplace_back(CodeName(code));
  EXPECT_EQ(fmt::format("{}", fmt::join(listed, ", ")), fmt::format("{}", fmt::join(codes, ", ")));
}

}  // namespace
}  // namespace duebook
