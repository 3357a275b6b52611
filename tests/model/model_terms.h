// Terms of payment in the reference model: a text read word by word.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/model/model.h"

namespace duebook::model {

// Percentages are in parts per million of the whole.
inline constexpr Wide kWhole = 1'000'000;

struct Discount {
  Wide part = 0;
  int days = 0, tolerated = 0;  // tolerated: days more
};

// One word and its numbers: "net" 30, "pay" 10 and 1.
struct TermsStep {
  std::string word;
  int number = 0, months = 0;
};

struct TermsPart {
  Wide part = kWhole;
  std::vector<TermsStep> steps;
};

struct SpokenTerms {
  std::vector<Discount> discounts;
  std::vector<TermsPart> parts;
};

// Nothing if the text means nothing. "" is due at once.
std::optional<SpokenTerms> ReadTerms(const std::string& text);

// The day that the steps lead to.
Date DayOf(const TermsPart& part, Date invoiced, const std::function<bool(Date)>& is_workday);

}  // namespace duebook::model
