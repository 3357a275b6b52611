// Renderers: a report as text for people or programs. They know reports, not projections. The table of formats is
// output_formats.h.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"
#include "projections/shared/report.h"

namespace duebook {

// A title line, particulars, the aligned table, totals, figures. Widths count double-width characters as two; amounts,
// numbers and columns marked so are aligned right; texts are shown as shown_text.h says.
std::string RenderTable(const Report& report, const LedgerIdentity& ledger);

// The aligned table alone.
std::string RenderRows(const Report& report);

// A line for each, the names as wide as the widest, in the language of the report and with its amounts.
std::string RenderPairs(const std::vector<std::pair<std::string, Cell>>& pairs, const Report& report);

// A header and the rows, RFC 4180 with plain newlines; neither totals nor figures, so that every row is of one kind.
std::string RenderCsv(const Report& report);

// The same to be opened by a spreadsheet: with a byte-order mark, headings and words in the report's language, and an
// apostrophe before texts that would be taken for a formula.
std::string RenderSpreadsheet(const Report& report);

// One object: report, ledger, cut, rows, total, figures and, of a comparison, before. Amounts are decimal strings; what
// is absent is null, and particulars, if there are any.
std::string RenderJson(const Report& report, const LedgerIdentity& ledger);

// A page to be shown and printed by a browser, without any other file.
std::string RenderHtml(const Report& report, const LedgerIdentity& ledger);

// kUnavailable: there is no WeasyPrint, which lays PDF out.
Status CheckPdf();
// A page as PDF, which is no text, made at this time. Errors as RenderPdf.
Result<std::string> PdfOfPage(const std::string& html, std::optional<Time> made);

// The page of a report as PDF. kUnavailable: WeasyPrint is not installed or fails, or its files cannot be
// written.
Result<std::string> RenderPdf(const Report& report, const LedgerIdentity& ledger);

// A workbook for spreadsheets, which is no text. kUnavailable: it takes temporary files, which cannot be written.
Result<std::string> RenderXlsx(const Report& report, const LedgerIdentity& ledger);

// A cell as text: amounts with their currency's decimals, dates YYYY-MM-DD, lists joined by `separator`.
std::string CellText(const Cell& cell, std::string_view separator);

}  // namespace duebook
