#include "tools/commands/report_answer.h"

namespace duebook {

Status SetCut(const ReportInfo& info, const CutOptions& options, ReportRequest* request, CutRemarks remarks) {
  const DefaultDay default_day = DefaultDayOf(info, *request);
  if (info.compares_cuts) {
    const auto cuts = ResolveTwoCuts(*request->log, options, default_day, remarks);
    RETURN_IF_ERROR(cuts);
    request->before = cuts->before;
    request->cut = cuts->after;
  } else {
    const auto cut = ResolveCut(*request->log, options, default_day, remarks);
    RETURN_IF_ERROR(cut);
    request->cut = *cut;
  }
  return CheckLastDay(options, *request, info.ends_at_last_day);
}

bool IsShownAsLetter(const ReportInfo& info, const ReportRequest& request, const OutputFormat& format,
                     const FormatOptions& options) {
  return info.letter != nullptr && format.render_letter != nullptr && !request.for_the_company &&
         options.columns.empty();
}

void NameEvents(const std::map<std::string, std::string>& recorded, Report* report) {
  for (size_t i = 0; i < report->columns.size(); i++) {
    if (report->columns[i].name != "event") continue;
    for (Row& row : report->rows) {
      const auto* found = std::get_if<std::string>(&row[i]);
      const auto id = found == nullptr ? recorded.end() : recorded.find(*found);
      row[i] = id == recorded.end() ? std::string() : id->second;
    }
  }
}

Result<Report> MakeReport(const ReportInfo& info, const ReportRequest& request) {
  auto report = RunReport(info, request);
  if (report.ok() && info.record != nullptr) NameEvents({}, &*report);
  return report;
}

}  // namespace duebook
