// The words of reports in Chinese, by the names that programs read.

#pragma once

#include <map>
#include <string_view>

namespace duebook {

// Returns them all, each name once: of reports, columns, states, figures and event types. Where a name means something
// else of some things, or in the heading of one report, it stands there as "THING: NAME" as well, such as "dispute:
// open" (Term::of) or "bills: to".
const std::map<std::string_view, std::string_view>& ChineseWords();

}  // namespace duebook
