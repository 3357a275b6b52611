// How a text of another system is changed before it is the value of a field.

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace duebook {

// What is asked for happens in the order of the members.
struct TextChanges {
  std::string strip_prefix;                                    // off the beginning, if the text begins so
  std::string strip_suffix;                                    // off the end, if the text ends so
  std::vector<std::pair<std::string, std::string>> replaced;   // everywhere, one after the other
  std::string trimmed;                                         // signs off both ends, any of these
  enum class Case { kKept, kUpper, kLower } in = Case::kKept;  // of the letters A to Z
  size_t pad_to = 0;                                           // so many characters at least
  std::string pad_with = "0";                                  // one character, which comes before the text

  // A text that is empty, or becomes so, stays empty. Blanks at the ends of what is left do not count.
  void Apply(std::string* text) const;

 private:
  bool AreNone() const {
    return strip_prefix.empty() && strip_suffix.empty() && replaced.empty() && trimmed.empty() && in == Case::kKept &&
           pad_to == 0;
  }
};

}  // namespace duebook
