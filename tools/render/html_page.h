// What pages are made of.

#pragma once

#include <string>
#include <string_view>

#include "projections/shared/language.h"
#include "projections/shared/report.h"
#include "tools/render/page_columns.h"

namespace duebook {

// The text so that it reads as it is in HTML.
std::string HtmlText(std::string_view text);

// How tables and what stands around them look, for any page.
extern const std::string_view kPageStyle;

// The report's table with its totals, or a sentence that there is nothing to show. A long table has columns of fixed
// widths, if it is known to fit on the sheet like that: then it is laid out in three quarters of the time.
std::string HtmlTable(const Report& report, const Sheet& sheet);

// A page of this company, or of none, with a title and what stands below it, which is HTML. It asks for no other file.
std::string HtmlPage(std::string_view company, std::string_view title, Language language, std::string_view body);

// A page that looks as `style` says, with that title for the window and nothing but the body on it.
std::string HtmlDocument(std::string_view title, Language language, std::string_view style, std::string_view body);

}  // namespace duebook
