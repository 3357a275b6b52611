// The words of reports in the languages of people: headings, titles, states, event types. Programs get the English
// ones, which are names.

#pragma once

#include <string>
#include <string_view>

#include "projections/shared/language.h"
#include "projections/shared/report.h"

namespace duebook {

// The word in that language; itself where there is none. Of a name in parts, such as "CNY not_due before", each part
// that is known; payment terms such as "net 60" are words too.
std::string Word(std::string_view name, Language language);
std::string Word(const Term& term, Language language);
// What a report is called, which may be otherwise than a column of its name.
std::string ReportName(const Report& report);
// The heading of a column, which may be called otherwise in one report than in others.
std::string Heading(const Column& column, const Report& report);
// What a figure beside the report's table is called. Of a sum by state, such as "CNY open", the state is the
// report's own word for it.
std::string FigureName(std::string_view name, const Report& report);

// "at 2025-12-31, known up to event 304".
std::string CutText(const Cut& cut, Language language = Language::kEnglish);

// The head of a report for people: "aging at 2025-12-31, known up to event 304", and what it is compared with.
std::string ReportTitle(const Report& report);

// The words, with the separator between them.
std::string JoinedTerms(const std::vector<Term>& terms, std::string_view separator, Language language);

// A cell for people: on one line, lists joined by "; ", words in the report's language.
std::string ShownCell(const Cell& cell, Language language);
// The same as the report has it: its amounts with separators between thousands, "1,234,567.00", unless it has none.
std::string ShownCell(const Cell& cell, const Report& report);

// Returns whether it is aligned right in a column of its own kind.
bool IsFigure(const Cell& cell);

}  // namespace duebook
