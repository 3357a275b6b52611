#include "tests/tidy/rule_pages.h"

#include <fmt/core.h>

#include <algorithm>
#include <regex>

namespace duebook {

namespace {

// Calls visit(match) for each place of `text` where the expression fits, in order.
template <class Visit>
void ForEachMatch(const std::string& text, const std::regex& expression, Visit&& visit) {
  for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match) visit(*match);
}

constexpr std::string_view kTests = "tests/";
constexpr std::string_view kScenarios = "tests/scenarios/";

struct RuleNumber {
  int section = 0, rule = 0;
};

bool Follows(RuleNumber next, RuleNumber last) {
  const bool in_section = next.section == last.section && next.rule == last.rule + 1;
  return in_section || (next.section == last.section + 1 && next.rule == 1);
}

// Returns where the text of the rule ends that begins at `start`: at the next rule or heading.
size_t EndOfRule(const std::string& text, size_t start) {
  return std::min({text.find("\n**", start), text.find("\n#", start), text.size()});
}

}  // namespace

std::set<std::string> TestNamesIn(const std::vector<SourceFile>& files) {
  static const std::regex test(R"(\b(TEST|TEST_F|TEST_P|TYPED_TEST)\(\s*(\w+)\s*,\s*(\w+)\s*\))");
  static const std::regex instantiation(R"(\bINSTANTIATE_TEST_SUITE_P\(\s*\w+\s*,\s*(\w+))");
  std::set<std::string> names, instantiated;
  std::vector<std::pair<std::string, std::string>> with_parameters;
  for (const SourceFile& file : files) {
    if (file.path.starts_with(kScenarios) && file.path.ends_with(".test")) {
      names.insert(file.path.substr(kTests.size()));
    }
    if (!file.path.starts_with(kTests) || !file.path.ends_with(".cc")) continue;
    const std::string code = CodeOf(file.text);
    ForEachMatch(code, instantiation, [&](const std::smatch& match) { instantiated.insert(match[1]); });
    ForEachMatch(code, test, [&](const std::smatch& match) {
      const std::string name = fmt::format("{}.{}", match[2].str(), match[3].str());
      if (match[1] == "TEST_P") {
        with_parameters.emplace_back(match[2], name);
      } else {
        names.insert(name);
      }
    });
  }
  for (const auto& [suite, name] : with_parameters) {
    if (instantiated.contains(suite)) names.insert(name);
  }
  return names;
}

std::vector<std::string> BreachesOfRulePage(const SourceFile& page, const std::set<std::string>& tests) {
  static const std::regex named(R"(`([A-Z]\w*\.[A-Z]\w*|scenarios/[^`]*)`)");
  static const std::regex numbered(R"((^|\n)\*\*(\d+)\.(\d+)\*\* )");
  std::vector<std::string> breaches;
  const auto breach = [&](size_t place, const std::string& why) {
    breaches.push_back(fmt::format("{}:{}: {}", page.path, LineOf(page.text, place), why));
  };
  ForEachMatch(page.text, named, [&](const std::smatch& match) {
    if (!tests.contains(match[1])) breach(match.position(), fmt::format("there is no test {}", match[1].str()));
  });
  RuleNumber last;
  ForEachMatch(page.text, numbered, [&](const std::smatch& match) {
    const auto start = static_cast<size_t>(match.position(2));
    const std::string number = fmt::format("{}.{}", match[2].str(), match[3].str());
    const std::string rule = page.text.substr(start, EndOfRule(page.text, start) - start);
    if (!std::regex_search(rule, named)) breach(start, fmt::format("rule {} names no test", number));
    const RuleNumber next{std::stoi(match[2]), std::stoi(match[3])};
    if (!Follows(next, last)) breach(start, fmt::format("rule {} follows {}.{}", number, last.section, last.rule));
    last = next;
  });
  if (last.section == 0) breach(0, "there are no rules");
  return breaches;
}

}  // namespace duebook
