#include "tools/render/vocabulary.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "projections/shared/values_in_words.h"
#include "tools/render/chinese_words.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

// The longest of our words that the name begins with and a blank or its end follows; else its first word, as it is.
std::string_view FirstPart(std::string_view name) {
  size_t end = name.size();
  while (end != name.npos && end > 0 && !ChineseWords().contains(name.substr(0, end))) end = name.rfind(' ', end - 1);
  if (end == name.npos || end == 0) end = std::min(name.find(' '), name.size());
  return name.substr(0, end);
}

// Of a bucket of the aging, "1-30" or "366+": days.
std::optional<std::string> ChineseBucket(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789";
  const size_t sign = name.find_first_not_of(kDigits);
  if (sign == 0 || sign == name.npos) return std::nullopt;
  const std::string_view rest = name.substr(sign + 1);
  if (name[sign] == '+' && rest.empty()) return fmt::format("{}天以上", name.substr(0, sign));
  const bool to_another = name[sign] == '-' && !rest.empty() && rest.find_first_not_of(kDigits) == rest.npos;
  return to_another ? std::optional(fmt::format("{}天", name)) : std::nullopt;
}

// Also of names that hold several, such as "CNY not_due before".
std::string InParts(std::string_view name) {
  if (auto terms = ChineseTerms(name)) return *std::move(terms);
  std::string text;
  while (!name.empty()) {
    const std::string_view part = FirstPart(name);
    const auto found = ChineseWords().find(part);
    text += found == ChineseWords().end() ? ChineseBucket(part).value_or(std::string(part)) : found->second;
    name.remove_prefix(part.size());
    if (name.starts_with(' ')) {
      text += ' ';
      name.remove_prefix(1);
    }
  }
  return text;
}

std::string DayText(const Cut& cut, Language language) {
  const bool all = cut.effective == Date::Max();
  const std::string date = cut.effective.ToString();
  if (language == Language::kChinese) return all ? "所有日期" : "截至 " + date;
  return all ? "all dates" : "at " + date;
}

}  // namespace

std::string Word(std::string_view name, Language language) {
  return language == Language::kChinese ? InParts(name) : std::string(name);
}

std::string Word(const Term& term, Language language) {
  if (language == Language::kChinese && !term.of.empty()) {
    const auto found = ChineseWords().find(fmt::format("{}: {}", term.of, term.name));
    if (found != ChineseWords().end()) return std::string(found->second);
    if (HasWords(term.of)) return std::string(ChineseWordOf(term.of, term.name).value_or(term.name));
  }
  return Word(term.name, language);
}

std::string ReportName(const Report& report) { return Word(Term{report.name, "report"}, report.language); }

std::string Heading(const Column& column, const Report& report) {
  return Word(Term{column.name, report.name}, report.language);
}

std::string FigureName(std::string_view name, const Report& report) {
  const size_t blank = name.find(' ');
  if (report.language == Language::kEnglish || blank == name.npos) return Word(name, report.language);
  const auto state = std::find_if(report.states.begin(), report.states.end(),
                                  [&](const Term& each) { return each.name == name.substr(blank + 1); });
  if (state == report.states.end()) return Word(name, report.language);
  return fmt::format("{} {}", name.substr(0, blank), Word(*state, report.language));
}

std::string CutText(const Cut& cut, Language language) {
  const std::string day = DayText(cut, language);
  return language == Language::kChinese ? fmt::format("{}，按第 {} 号事件止所知", day, cut.known)
                                        : fmt::format("{}, known up to event {}", day, cut.known);
}

std::string ReportTitle(const Report& report) {
  const Language language = report.language;
  if (!report.is_of_ledger) return fmt::format("{} {}", ReportName(report), DayText(report.cut, language));
  std::string title = fmt::format("{} {}", ReportName(report), CutText(report.cut, language));
  if (!report.before.has_value()) return title;
  return title + (language == Language::kChinese ? "；对比：" : "; before: ") + CutText(*report.before, language);
}

std::string JoinedTerms(const std::vector<Term>& terms, std::string_view separator, Language language) {
  std::string joined;
  for (const Term& term : terms) {
    if (!joined.empty()) joined += separator;
    joined += Word(term, language);
  }
  return joined;
}

std::string ShownCell(const Cell& cell, Language language) {
  if (const Term* term = std::get_if<Term>(&cell)) return ShownText(Word(*term, language));
  if (const auto* terms = std::get_if<std::vector<Term>>(&cell)) return JoinedTerms(*terms, "; ", language);
  return ShownText(CellText(cell, "; "));
}

std::string ShownCell(const Cell& cell, const Report& report) {
  const Money* money = std::get_if<Money>(&cell);
  if (money == nullptr || !report.separates_thousands) return ShownCell(cell, report.language);
  std::string text = FormatAmount(money->amount, money->currency);
  const size_t first = text.starts_with('-') ? 1 : 0;
  for (size_t at = std::min(text.find('.'), text.size()); at > first + 3;) text.insert(at -= 3, ",");
  return text;
}

bool IsFigure(const Cell& cell) { return std::holds_alternative<Money>(cell) || std::holds_alternative<int64_t>(cell); }

}  // namespace duebook
