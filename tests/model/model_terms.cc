#include "tests/model/model_terms.h"

#include <algorithm>
#include <regex>
#include <sstream>

namespace duebook::model {

namespace {

std::vector<std::string> WordsOf(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; std::getline(stream, word, ' ');) {
    std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

// "2.5" is 25,000.
Wide ReadPercent(const std::string& text) {
  const size_t point = text.find('.');
  std::string decimals = point == std::string::npos ? "" : text.substr(point + 1);
  decimals.resize(4, '0');
  return Wide{std::stoll(text.substr(0, point) + decimals)};
}

std::optional<int> ReadNumber(const std::string& text, int least, int most) {
  static const std::regex number("[0-9]{1,4}");
  if (!std::regex_match(text, number)) return std::nullopt;
  const int value = std::stoi(text);
  return value < least || value > most ? std::nullopt : std::optional(value);
}

std::optional<TermsStep> ReadStep(const std::vector<std::string>& words, size_t* at) {
  TermsStep step{words[(*at)++], 0, 0};
  if (step.word == "eom" || step.word == "workday") return step;
  if (*at == words.size()) return std::nullopt;
  const std::string& text = words[(*at)++];
  std::optional<int> number, months = 0;
  if (step.word == "net") number = ReadNumber(text, 0, 3650);
  if (step.word == "months") number = ReadNumber(text, 1, 120);
  if (step.word == "monthly") number = ReadNumber(text, 1, 31);
  if (const size_t plus = text.find('+'); step.word == "pay" && plus != std::string::npos) {
    number = ReadNumber(text.substr(0, plus), 1, 31);
    months = ReadNumber(text.substr(plus + 1), 0, 12);
  }
  if (!number.has_value() || !months.has_value()) return std::nullopt;
  step.number = *number;
  step.months = *months;
  return step;
}

std::optional<TermsPart> ReadPart(std::vector<std::string> words, bool with_percent) {
  static const std::regex percent("[0-9]{1,3}([.][0-9]{1,4})?%");
  TermsPart part;
  if (with_percent) {
    if (words.empty() || !std::regex_match(words[0], percent)) return std::nullopt;
    part.part = ReadPercent(words[0].substr(0, words[0].size() - 1));
    words.erase(words.begin());
  }
  for (size_t at = 0; at < words.size();) {
    const auto step = ReadStep(words, &at);
    if (!step.has_value()) return std::nullopt;
    part.steps.push_back(*step);
  }
  // One step at least, and a working day is looked for at the very end.
  const auto workday =
      std::find_if(part.steps.begin(), part.steps.end(), [](const TermsStep& step) { return step.word == "workday"; });
  const bool at_end = workday == part.steps.end() || workday + 1 == part.steps.end();
  if (part.steps.empty() || part.steps.front().word == "workday" || !at_end) return std::nullopt;
  return part;
}

Date LastOfMonth(Date day) {
  for (int last = 31;; last--) {
    if (const auto found = Date::FromCivil(day.year(), day.month(), last)) return *found;
  }
}

// That day of the month in which `month` lies, or the last of a shorter one.
Date DayOfMonth(Date month, int day) {
  return std::min(LastOfMonth(month), month.AddDays(1 - month.day()).AddDays(day - 1));
}

// There is none behind the last day of the calendar, on which falls due what would fall due later.
Date FirstOfNextMonth(Date day) { return LastOfMonth(day).AddDays(1); }
Date DayOfMonthOrLastDay(Date month, int day) { return month == Date::Max() ? month : DayOfMonth(month, day); }

}  // namespace

std::optional<SpokenTerms> ReadTerms(const std::string& text) {
  static const std::regex discount("([0-9]{1,3}(?:[.][0-9]{1,4})?)/([0-9]{1,4})(?:[+]([0-9]{1,4}))?");
  SpokenTerms terms;
  if (text.empty()) return SpokenTerms{{}, {{kWhole, {{"net", 0, 0}}}}};
  if (text.size() > 256) return std::nullopt;
  std::vector<std::vector<std::string>> chunks;
  std::istringstream stream(text + ",");
  for (std::string chunk; std::getline(stream, chunk, ',');) chunks.push_back(WordsOf(chunk));
  std::vector<std::string>& first = chunks.front();
  for (std::smatch match; !first.empty() && std::regex_match(first[0], match, discount); first.erase(first.begin())) {
    Discount each{ReadPercent(match[1]), std::stoi(match[2]), match[3].matched ? std::stoi(match[3]) : 0};
    if (each.part == 0 || each.part > kWhole) return std::nullopt;
    const bool follows =
        terms.discounts.empty() || (each.days > terms.discounts.back().days && each.part < terms.discounts.back().part);
    if (!follows) return std::nullopt;
    terms.discounts.push_back(each);
  }
  Wide sum = 0;
  for (const auto& chunk : chunks) {
    const auto part = ReadPart(chunk, chunks.size() > 1);
    if (!part.has_value()) return std::nullopt;
    terms.parts.push_back(*part);
    sum += part->part;
  }
  if (terms.discounts.size() > 3 || terms.parts.size() > 12 || sum != kWhole) return std::nullopt;
  const std::vector<TermsStep>& steps = terms.parts[0].steps;
  const bool lone_net = terms.parts.size() == 1 && steps.size() == 1 && steps[0].word == "net";
  for (const Discount& each : terms.discounts) {
    if (lone_net && each.days > steps[0].number) return std::nullopt;
  }
  return terms;
}

Date DayOf(const TermsPart& part, Date invoiced, const std::function<bool(Date)>& is_workday) {
  Date day = invoiced;
  for (const TermsStep& step : part.steps) {
    if (step.word == "net") day = day.AddDays(step.number);
    if (step.word == "months") day = day.AddMonths(step.number);
    if (step.word == "eom") day = LastOfMonth(day);
    if (step.word == "monthly") {
      const Date closing = DayOfMonth(day, step.number);
      day = closing >= day ? closing : DayOfMonthOrLastDay(FirstOfNextMonth(day), step.number);
    }
    if (step.word == "pay") {
      Date month = day.AddDays(1 - day.day());
      for (int i = 0; i < step.months; i++) month = FirstOfNextMonth(month);
      const Date pay = DayOfMonthOrLastDay(month, step.number);
      day = pay >= day ? pay : DayOfMonthOrLastDay(FirstOfNextMonth(month), step.number);
    }
    while (step.word == "workday" && day < Date::Max() && !is_workday(day)) day = day.AddDays(1);
  }
  return day;
}

}  // namespace duebook::model
