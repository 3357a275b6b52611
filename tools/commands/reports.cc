// One command for each report, from the table of all reports.

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "ledger/names_in_log.h"
#include "projections/projection.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/format_options.h"
#include "tools/render/render.h"

namespace duebook {

namespace {

struct Options {
  CutOptions cut;
  std::vector<std::string> customers;
  std::string by;
  FormatOptions format;
  std::string output;
  std::string subject;
  bool violations = false;
  bool aging = false;
  std::string basis = "due";
  std::string buckets;
  std::string from;
  std::string to;
  int grace = 0;
};

bool IsOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "30,60,90": last days of the buckets after "not due", ascending.
Result<std::vector<int>> ParseBuckets(const std::string& text) {
  std::vector<int> ends;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    int day = 0;
    const auto parsed = std::from_chars(at, end, day);
    const bool fits = parsed.ec == std::errc() && day > 0 && day < 100'000 && (ends.empty() || day > ends.back());
    if (!fits || (parsed.ptr != end && *parsed.ptr != ',')) break;
    ends.push_back(day);
    if (parsed.ptr == end) return ends;
    at = parsed.ptr + 1;
  }
  return Error{ErrorCode::kInvalidArgument, fmt::format("--buckets {} are no ascending days", text),
               "write the last day of each, such as 30,60,90"};
}

// Those that list what happened, rather than how things stand. Ages are counted up to some day.
OpenEnd OpenEndOf(std::string_view report, const Options& options) {
  return IsOneOf(report, {"trail", "explain"}) && !options.aging ? OpenEnd::kEverything : OpenEnd::kToday;
}

// The two cuts that are told apart, the earlier first. Which is given first does not matter, but one has to be the
// earlier by date and by knowledge.
Status ResolveTwoCuts(const EventLog& log, const CutOptions& options, OpenEnd open_end, ReportRequest* request) {
  const bool two_cuts = options.known.size() == 2 || options.effective.size() == 2;
  if (!two_cuts || options.known.size() > 2 || options.effective.size() > 2) {
    return Error{ErrorCode::kInvalidArgument, "two states of knowledge, or two dates, are needed",
                 "give --known twice, or --effective"};
  }
  auto first = ResolveFirstCut(log, options, open_end);
  RETURN_IF_ERROR(first);
  auto last = ResolveCut(log, options, open_end);
  RETURN_IF_ERROR(last);
  if (first->effective > last->effective || first->known > last->known) std::swap(*first, *last);
  if (first->effective > last->effective || first->known > last->known) {
    return Error{ErrorCode::kInvalidArgument, "each of the two is the earlier one, by date or by knowledge",
                 "give the earlier --effective and the earlier --known first, or ask for dates and knowledge in turn"};
  }
  request->before = *first;
  request->cut = *last;
  return Status();
}

Result<ReportRequest> RequestOf(const EventLog& log, const Options& options, std::string_view report) {
  ReportRequest request;
  request.log = &log;
  for (const std::string& customer : options.customers) {
    auto spelled = CustomerInLog(log, customer);
    RETURN_IF_ERROR(spelled);
    request.customers.push_back(std::move(*spelled));
  }
  request.by = options.by;
  request.subject = options.subject;
  if (report == "statement") {
    auto spelled = CustomerInLog(log, options.subject);
    RETURN_IF_ERROR(spelled);
    request.subject = std::move(*spelled);
  }
  request.violations_only = options.violations;
  request.basis = options.basis;
  request.grace_days = options.grace;
  request.by_bucket = options.aging;
  request.language = options.format.language();
  if (report == "explain") {
    RETURN_IF_ERROR(ResolveTwoCuts(log, options.cut, OpenEndOf(report, options), &request));
  } else {
    const auto cut = ResolveCut(log, options.cut, OpenEndOf(report, options));
    RETURN_IF_ERROR(cut);
    request.cut = *cut;
  }
  if (!options.buckets.empty()) {
    auto ends = ParseBuckets(options.buckets);
    RETURN_IF_ERROR(ends);
    request.bucket_ends = std::move(*ends);
  }
  if (!options.from.empty()) {
    const auto from = ParseDateOption("--from", options.from);
    RETURN_IF_ERROR(from);
    request.from = *from;
  }
  if (!options.to.empty()) {
    const auto to = ParseDateOption("--to", options.to);
    RETURN_IF_ERROR(to);
    request.to = *to;
  }
  return request;
}

int ReportStatus(const Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalidArgument:
      return kBadUsage;
    case ErrorCode::kNotFound:
      return kRefused;
    default:
      return kStoreUnusable;
  }
}

int Run(const Session& session, const ReportInfo& info, const Options& options) {
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const auto request = RequestOf(**log, options, info.name);
  if (!request.ok()) return ComplainAboutStore(request.error());
  auto report = info.run(*request);
  if (!report.ok()) return Complain(report.error(), ReportStatus(report.error()));
  report->language = request->language;
  const int status = WriteResult(Render(*report, (*log)->identity(), options.format.format()), options.output);
  return status == kDone && options.violations && !report->rows.empty() ? kRefused : status;
}

void AddOwnOptions(CommandOptions command, std::string_view name, Options* options) {
  if (name == "statement") {
    command.Add("CUSTOMER", &options->subject, "whose account").Required();
    command.Add("--from", &options->from, "first day (default: the first there is)").Called("YYYY-MM-DD");
    command.Add("--to", &options->to, "last day (default: --effective)").Called("YYYY-MM-DD");
  }
  if (name == "trail") {
    command
        .Add("ID", &options->subject,
             "a customer, or the number of a document; KIND:ID where several kinds have it, as in invoice:42")
        .Required();
  }
  if (name == "write-offs") {
    command.AddFlag(
        "--violations", &options->violations,
        "only those that break a rule, with the events that show it; the exit status is 1 if there are any");
  }
  if (name == "explain") {
    command.AddFlag("--aging", &options->aging,
                    "by how much each bucket of the aging moved, by events and by time alone (--effective left out: "
                    "today)");
  }
  if (name == "shipments") {
    command.Add("--to", &options->to, "the day of the cut-off test (default: --effective)").Called("YYYY-MM-DD");
  }
  if (name == "promises") {
    command.Add("--grace", &options->grace, "days after the promised one that still count").Between(0, 3650);
  }
  if (IsOneOf(name, {"aging", "open-items", "statement", "explain"})) {
    command.Add("--basis", &options->basis, "age from the due date or the invoice's date")
        .OneOf({"due", "invoice"})
        .ShowDefault();
    command.Add("--buckets", &options->buckets, "last day of each bucket (default: 30,60,90,120,180,365)")
        .Called("DAYS");
  }
}

}  // namespace

void AddReports(CLI::App& app, Session& session) {
  for (const ReportInfo& info : AllReports()) {
    auto options = std::make_shared<Options>();
    CommandOptions command =
        AddCommand(app, std::string(info.name), std::string(info.summary), std::string(info.example));
    AddOwnOptions(command, info.name, options.get());
    AddCutOptions(command, &options->cut, info.name == "explain");
    command.Add("--customer", &options->customers, "of these customers only; may repeat").MayRepeat();
    command.Add("--by", &options->by, "one row for each").OneOf({"customer", "salesperson", "currency"});
    AddFormatOptions(command, &options->format, {});
    command.Add("--output", &options->output, "write to this file instead of standard output").Called("FILE");
    command.Run(session, [&session, &info, options] { return Run(session, info, *options); });
  }
}

}  // namespace duebook
