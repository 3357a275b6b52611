#include "ledger/values/payment_terms.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "ledger/values/ascii.h"
#include "ledger/values/check.h"
#include "ledger/values/parse_number.h"
#include "ledger/values/percentage.h"
#include "ledger/values/split.h"
#include "ledger/values/suggestion.h"

namespace duebook {
namespace {

constexpr int kMaxDays = 3650;
constexpr int kMaxMonths = 120;
constexpr int kMaxPayMonths = 12;
constexpr int kMaxDayOfMonth = 31;

// This day of the date's month, or the last one if it is shorter.
Date DayOfMonth(Date date, int day) {
  std::optional<Date> found;
  while (!found.has_value()) found = Date::FromCivil(date.year(), date.month(), day--);
  return *found;
}

// The same of the month so many months on; the last day there is if that month would be behind it.
Date DayOfMonthAfter(Date date, int months, int day) {
  const Date first = date.AddDays(1 - date.day()).AddMonths(months);
  return first == Date::Max() ? first : DayOfMonth(first, day);
}

// Reads terms word by word. What is wrong is kept at the first fault, from which on nothing is read.
class TermsReader {
 public:
  explicit TermsReader(std::string_view text) : text_(text) {}

  std::optional<PaymentTerms> Read() {
    if (text_.size() > PaymentTerms::kMaxBytes)
      Fail(fmt::format("they have {} bytes, at most {}", text_.size(), PaymentTerms::kMaxBytes));
    const std::vector<std::string_view> parts = SplitAt(text_, ',');
    std::vector<std::string_view> words = WordsOf(parts.front());
    ReadDiscounts(words);
    const bool has_shares = parts.size() > 1;
    ReadPart(words, has_shares);
    for (size_t i = 1; i < parts.size(); i++) ReadPart(WordsOf(parts[i]), has_shares);
    CheckDiscounts();
    CheckShares();
    return problem_.empty() ? std::optional(std::move(terms_)) : std::nullopt;
  }
  EarlyDiscounts ReadDiscountsAlone() {
    std::vector<std::string_view> words = WordsOf(text_);
    ReadDiscounts(words);
    return std::move(terms_.discounts);
  }
  const std::string& problem() const { return problem_; }

 private:
  void Fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
  }

  // Blanks are between words, and around a comma: not at the ends of the text.
  std::vector<std::string_view> WordsOf(std::string_view part) {
    std::vector<std::string_view> words = SplitAt(part, ' ');
    if (text_.starts_with(' ') || text_.ends_with(' ')) Fail("they begin or end with a blank");
    std::erase(words, std::string_view());
    if (words.empty()) Fail("a part is missing");
    return words;
  }

  std::optional<int> ReadNumber(std::string_view text, int least, int most, std::string_view what) {
    const auto number = ParseNumber<int>(text);
    const bool fits = number.has_value() && *number >= least && *number <= most;
    if (!fits) Fail(fmt::format("{} is {} to {}, not {}", what, least, most, Quoted(text)));
    return fits ? number : std::nullopt;
  }

  int64_t ReadPerCent(std::string_view text) {
    const std::optional<int64_t> ppm = ParsePercentage(text, 1, PaymentTerms::kPartsPerMillion);
    if (!ppm.has_value())
      Fail(fmt::format("{} is no rate: above 0 and at most 100, with up to four decimals", Quoted(text)));
    return ppm.value_or(0);
  }

  // Takes the discounts off the front.
  void ReadDiscounts(std::vector<std::string_view>& words) {
    size_t count = 0;
    while (count < words.size() && words[count].find('/') != std::string_view::npos) ReadDiscount(words[count++]);
    words.erase(words.begin(), words.begin() + static_cast<ptrdiff_t>(count));
    if (count > PaymentTerms::kMaxDiscounts)
      Fail(fmt::format("{} discounts are given, at most {}", count, PaymentTerms::kMaxDiscounts));
  }

  void ReadDiscount(std::string_view word) {
    const size_t slash = word.find('/');
    const std::string_view days = word.substr(slash + 1);
    const size_t plus = std::min(days.find('+'), days.size());
    EarlyDiscount discount;
    discount.ppm = ReadPerCent(word.substr(0, slash));
    discount.days = ReadNumber(days.substr(0, plus), 0, kMaxDays, "the days of a discount").value_or(0);
    if (plus < days.size())
      discount.tolerated = ReadNumber(days.substr(plus + 1), 0, kMaxDays, "the days tolerated").value_or(0);
    terms_.discounts.push_back(discount);
  }

  void ReadPart(std::vector<std::string_view> words, bool has_share) {
    TermsPart part{PaymentTerms::kPartsPerMillion, {}, false};
    if (has_share) {
      if (words.empty() || !words.front().ends_with('%'))
        return Fail("each of several parts begins with its share, such as 30%");
      part.ppm = ReadPerCent(words.front().substr(0, words.front().size() - 1));
      words.erase(words.begin());
    }
    if (!words.empty() && IsSameInAnyCase(words.back(), "workday")) {
      part.workday = true;
      words.pop_back();
    }
    if (words.empty()) return Fail("a part has no step");
    for (size_t i = 0; i < words.size() && problem_.empty();) i += ReadStep(words, i, part);
    terms_.parts.push_back(std::move(part));
    if (terms_.parts.size() > PaymentTerms::kMaxParts)
      Fail(fmt::format("there are more than {} parts", PaymentTerms::kMaxParts));
  }

  // Returns how many words the step has.
  size_t ReadStep(const std::vector<std::string_view>& words, size_t i, TermsPart& part) {
    if (IsSameInAnyCase(words[i], "eom")) {
      part.steps.push_back({TermsStep::Kind::kEndOfMonth, 0, 0});
      return 1;
    }
    const std::string_view number = i + 1 < words.size() ? words[i + 1] : std::string_view();
    if (IsSameInAnyCase(words[i], "net")) {
      AddStep(TermsStep::Kind::kNet, ReadNumber(number, 0, kMaxDays, "net"), part);
    } else if (IsSameInAnyCase(words[i], "months")) {
      AddStep(TermsStep::Kind::kMonths, ReadNumber(number, 1, kMaxMonths, "months"), part);
    } else if (IsSameInAnyCase(words[i], "monthly")) {
      AddStep(TermsStep::Kind::kMonthly, ReadNumber(number, 1, kMaxDayOfMonth, "monthly"), part);
    } else if (IsSameInAnyCase(words[i], "pay")) {
      ReadPay(number, part);
    } else {
      Fail(fmt::format("{} is no step", Quoted(words[i])));
    }
    return 2;
  }

  void ReadPay(std::string_view text, TermsPart& part) {
    const size_t plus = text.find('+');
    if (plus == std::string_view::npos) return Fail("pay has a day and months, such as pay 10+1");
    AddStep(TermsStep::Kind::kPay, ReadNumber(text.substr(0, plus), 1, kMaxDayOfMonth, "the day of pay"), part);
    const auto months = ReadNumber(text.substr(plus + 1), 0, kMaxPayMonths, "the months of pay");
    if (problem_.empty()) part.steps.back().months = *months;
  }

  static void AddStep(TermsStep::Kind kind, std::optional<int> number, TermsPart& part) {
    if (number.has_value()) part.steps.push_back({kind, *number, 0});
  }

  void CheckDiscounts() {
    if (!problem_.empty()) return;
    for (size_t i = 1; i < terms_.discounts.size(); i++) {
      const EarlyDiscount& before = terms_.discounts[i - 1];
      const EarlyDiscount& discount = terms_.discounts[i];
      if (discount.days <= before.days || discount.ppm >= before.ppm)
        return Fail("of several discounts each later one has more days and a lower rate");
    }
    const TermsPart& part = terms_.parts.front();
    const bool is_lone_net = terms_.parts.size() == 1 && part.steps.size() == 1 && !part.workday &&
                             part.steps.front().kind == TermsStep::Kind::kNet;
    if (is_lone_net && !terms_.discounts.empty() && terms_.discounts.back().days > part.steps.front().number)
      Fail("a discount lasts longer than the whole is due");
  }

  void CheckShares() {
    if (!problem_.empty()) return;
    int64_t sum = 0;
    for (const TermsPart& part : terms_.parts) sum += part.ppm;
    if (sum != PaymentTerms::kPartsPerMillion) Fail("the shares of the parts do not add up to 100%");
  }

  std::string_view text_;
  PaymentTerms terms_;
  std::string problem_;
};

}  // namespace

std::string_view DiscountsIn(std::string_view terms) {
  const size_t slash = terms.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : terms.substr(0, terms.find(' ', slash));
}

EarlyDiscounts ParseDiscounts(std::string_view text) {
  return text.empty() ? EarlyDiscounts() : TermsReader(text).ReadDiscountsAlone();
}

const EarlyDiscount* DiscountFor(const EarlyDiscounts& discounts, Date invoice, Date payment) {
  const auto found = std::find_if(discounts.begin(), discounts.end(), [&](const EarlyDiscount& discount) {
    return payment <= discount.ToleratedUntil(invoice);
  });
  return found == discounts.end() ? nullptr : &*found;
}

Date TermsStep::From(Date day) const {
  switch (kind) {
    case Kind::kNet:
      return day.AddDays(number);
    case Kind::kMonths:
      return day.AddMonths(number);
    case Kind::kEndOfMonth:
      return DayOfMonth(day, kMaxDayOfMonth);
    case Kind::kMonthly: {
      const Date closing = DayOfMonth(day, number);
      return closing >= day ? closing : DayOfMonthAfter(day, 1, number);
    }
    case Kind::kPay: {
      const Date payment = DayOfMonthAfter(day, months, number);
      return payment >= day ? payment : DayOfMonthAfter(day, 1, number);
    }
  }
  return day;
}

Date TermsPart::Due(Date invoice, const std::vector<YearCalendar>& calendars) const {
  Date due = invoice;
  for (const TermsStep& step : steps) due = step.From(due);
  return workday ? WorkdayFrom(calendars, invoice, due) : due;
}

std::optional<PaymentTerms> PaymentTerms::Parse(std::string_view text, std::string* problem) {
  TermsReader reader(text);
  auto terms = reader.Read();
  if (problem != nullptr) *problem = reader.problem();
  return terms;
}

std::vector<std::pair<Date, Minor>> PaymentTerms::Split(Date invoice, Minor amount,
                                                        const std::vector<YearCalendar>& calendars) const {
  if (parts.size() == 1) return {{parts.front().Due(invoice, calendars), amount}};
  std::map<Date, Minor> by_day;
  int64_t ppm = 0;
  Minor before = 0;
  for (const TermsPart& part : parts) {
    ppm += part.ppm;
    const std::optional<Sum> running = MultiplyRatio(amount, ppm, kPartsPerMillion);
    CHECK(running.has_value());  // a part of one amount
    const Minor until = *ToMinor(*running);
    if (until != before) by_day[part.Due(invoice, calendars)] += until - before;
    before = until;
  }
  return {by_day.begin(), by_day.end()};
}

}  // namespace duebook
