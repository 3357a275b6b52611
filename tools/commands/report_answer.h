// What is the same of a report at whichever door it is asked for: the command line, or a server.

#pragma once

#include <map>
#include <string>

#include "projections/shared/projection.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/format_options.h"
#include "tools/render/output_formats.h"

namespace duebook {

// Sets the cut of a request whose log and parameters are set; of a report that tells two cuts apart, both. The errors
// of ResolveCut, ResolveTwoCuts and CheckLastDay.
Status SetCut(const ReportInfo& info, const CutOptions& options, ReportRequest* request, CutRemarks remarks = nullptr);

// Returns whether people are shown the letter that is sent of the report, in place of its table.
bool IsShownAsLetter(const ReportInfo& info, const ReportRequest& request, const OutputFormat& format,
                     const FormatOptions& options);

// Where a report names the events that record its rows, only those are named that are recorded: by what they are called
// in the report, with the ids that they got.
void NameEvents(const std::map<std::string, std::string>& recorded, Report* report);

// Makes a report of which nothing is recorded. Errors as RunReport.
Result<Report> MakeReport(const ReportInfo& info, const ReportRequest& request);

}  // namespace duebook
