// What is said of a column of the history: its name on disk, which reports need it, and what its numbers can be.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace duebook {

inline constexpr uint32_t kNoItem = UINT32_MAX;
inline constexpr uint32_t kNoCustomer = UINT32_MAX;

// Where an item comes from: it was recorded here, or imported from another system.
enum class Origin : uint8_t { kRecorded = 1, kImported = 2 };

// Which reports need a column: kFigures are what nearly all need, the others are asked for (History::Load).
enum class HistoryPart : uint8_t {
  kFigures,
  kSalespeople,  // who sold what
  kCounterparts,
  kNumbers,
  kDisputes,
  kPromises,
  kShipments,
  kRecorders,
  kFacts,
};
inline constexpr std::array kAllHistoryParts{
    HistoryPart::kFigures,   HistoryPart::kSalespeople, HistoryPart::kCounterparts,
    HistoryPart::kNumbers,   HistoryPart::kDisputes,    HistoryPart::kPromises,
    HistoryPart::kShipments, HistoryPart::kRecorders,   HistoryPart::kFacts};

// What a number in a column can be, beside what its type says.
enum class Values : uint8_t {
  kAny,
  kPositive,
  kSeq,             // of events, ascending and none behind the last that was folded: tells which rows are known
  kEnd,             // of texts, ascending
  kCustomer,        // a row of customers
  kCustomerOrNone,  // or kNoCustomer
  kItem,            // a row of items
  kItemOrNone,      // or kNoItem
  kDispute,         // a row of disputes
  kPromise,         // a row of promises
  kShipment,        // a row of shipments
  kPerson,          // a row of people
  kAttribute,       // a row of attribute names
  kFact,            // a row of facts
};

struct HistoryColumn {
  std::string_view name;
  HistoryPart part = HistoryPart::kFigures;
  Values values = Values::kAny;
};

}  // namespace duebook
