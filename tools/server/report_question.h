// A report as it is asked for over HTTP: what the address says, put into the request that every door makes.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "projections/shared/projection.h"
#include "tools/commands/format_options.h"
#include "tools/server/call.h"

namespace duebook {

struct ReportQuestion {
  const ReportInfo* info = nullptr;
  ReportRequest request;
  FormatOptions format;
  const OutputFormat* output = nullptr;  // json, csv or html
  // Of JSON: so many rows behind so many others.
  std::optional<uint64_t> limit;
  uint64_t offset = 0;
  // The address by which the same is asked for at any later time: both sides of the cut are said.
  std::string pinned;
};

// The name of a parameter in addresses: that of the option, and of what has a place on a command line, in small
// letters.
std::string AddressName(const ReportParameter& parameter);

// kNotFound: there is no such report, or customer. kInvalidArgument: a parameter is not known, is given too often, or
// has a value that cannot be.
Result<ReportQuestion> ReadReportQuestion(const Call& call, const ServedLedger& served);

}  // namespace duebook
