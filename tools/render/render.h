// Renderers: a report as text for people or programs. They know reports, not projections.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/event_log.h"
#include "projections/report.h"

namespace duebook {

enum class ReportFormat { kTable, kCsv, kJson };

// "table", "csv", "json".
std::optional<ReportFormat> ReportFormatFromName(std::string_view name);

// A title line, the aligned table, totals, figures. Widths count double-width characters as two; amounts, numbers and
// columns marked so are aligned right; control characters are shown as spaces.
std::string RenderTable(const Report& report, const LedgerIdentity& ledger);

// A header and the rows, RFC 4180 with plain newlines; neither totals nor figures, so that every row is of one kind.
std::string RenderCsv(const Report& report);

// One object: report, ledger, cut, rows, total, figures and, of a comparison, before. Amounts are decimal strings; what
// is absent is null.
std::string RenderJson(const Report& report, const LedgerIdentity& ledger);

std::string Render(const Report& report, const LedgerIdentity& ledger, ReportFormat format);

// "at 2025-12-31, known up to event 304".
std::string CutText(const Cut& cut);

// A cell as text: amounts with their currency's decimals, dates YYYY-MM-DD, lists joined by `separator`.
std::string CellText(const Cell& cell, std::string_view separator);

}  // namespace duebook
