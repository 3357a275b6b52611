// What the columns of reports mean. Names are a promise to programs; those that several reports have are described here
// once.

#pragma once

#include <cstdint>
#include <string_view>

#include "projections/shared/report.h"

namespace duebook {

// A column that a report has, or may have where it is asked so.
struct ReportColumn {
  enum class Where : uint8_t {
    kAlways,
    kAsked,    // only where the report is asked so
    kGrouped,  // only in sums by group
  };

  std::string_view name;     // "N-M" stands for every bucket of the aging
  std::string_view meaning;  // without a capital at its beginning or a point at its end
  ColumnType type = ColumnType::kText;
  Where where = Where::kAlways;
};

inline constexpr ReportColumn kCustomerColumn{"customer", "the customer's number"};
inline constexpr ReportColumn kNameColumn{"name", "what the customer is called at the cut"};
inline constexpr ReportColumn kCurrencyColumn{"currency", "of the amounts in the row"};
// Columns of sums by group.
inline constexpr ReportColumn kAttributeColumn{
    "ATTRIBUTE",
    "with --by ATTRIBUTE: what it is of the customer at the cut; salesperson: who it was on the document's day",
    ColumnType::kText, ReportColumn::Where::kGrouped};
inline constexpr ReportColumn kItemsColumn{"items", "with --by: how many rows were added up", ColumnType::kNumber,
                                           ReportColumn::Where::kGrouped};
inline constexpr ReportColumn kDocumentsColumn{"documents", "with --by: how many rows were added up",
                                               ColumnType::kNumber, ReportColumn::Where::kGrouped};
// Columns of the aging, here and there.
inline constexpr ReportColumn kNotDueColumn{"not_due", "what is open and not yet due", ColumnType::kBalance};
inline constexpr ReportColumn kBucketColumn{
    "N-M", "what is open and N to M days old; the last bucket, such as 366+, has no end", ColumnType::kBalance};
inline constexpr ReportColumn kDisputedColumn{"disputed", "how much of what is open is disputed", ColumnType::kBalance};
// Columns of events.
inline constexpr ReportColumn kSeqColumn{"seq", "the event's place in the log", ColumnType::kNumber};
inline constexpr ReportColumn kRecordedAtColumn{"recorded_at", "when it was recorded", ColumnType::kTime};
inline constexpr ReportColumn kDateColumn{"date", "the day on which it takes effect", ColumnType::kDate};
inline constexpr ReportColumn kTypeColumn{"type", "the event's type", ColumnType::kWord};
inline constexpr ReportColumn kActorColumn{"actor", "who is named as the one who did it"};
inline constexpr ReportColumn kSourceColumn{"source", "where the record comes from, such as FILE:LINE"};
inline constexpr ReportColumn kTextColumn{"text", "what happened, in a sentence"};
inline constexpr ReportColumn kClockColumn{
    "clock", "what the clock said where it was behind recorded_at; only if an event has such a reading",
    ColumnType::kTime, ReportColumn::Where::kAsked};

}  // namespace duebook
