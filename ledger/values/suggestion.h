// What somebody may have meant by a misspelt name.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace duebook {

// The candidate nearest to `name` by insertions, deletions and replacements of single bytes, case aside; "" if none is
// within a third of its length. Cost: the product of the lengths for each candidate; long names are not looked up.
std::string_view ClosestName(std::string_view name, const std::vector<std::string_view>& candidates);

// The names that somebody may mean: the closest one; without one, those that hold `name`, whatever signs stand between
// the letters.
std::vector<std::string_view> NearestNames(std::string_view name, const std::vector<std::string_view>& candidates);

// `; did you mean "X" or "Y"?` without the final sign, by NearestNames, or "".
std::string DidYouMean(std::string_view name, const std::vector<std::string_view>& candidates);

// `"text"`, cut after 60 bytes, with '?' for what cannot be shown on one line: for sentences to people.
std::string Quoted(std::string_view text);

}  // namespace duebook
