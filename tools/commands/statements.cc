// The statements of many customers in one run: a file for each, and a list of them.

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/values/in_parallel.h"
#include "projections/reports/statement.h"
#include "projections/reports/statement_letter.h"
#include "projections/shared/totals.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/letters.h"
#include "tools/commands/parameter_options.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"

namespace duebook {

extern const ReportInfo kBalanceReport;

namespace {

namespace fs = std::filesystem;

constexpr const char* kList = "statements.csv";

struct Options {
  bool all = false;
  bool with_balance = false;
  std::vector<std::string> customers;
  ParameterOptions parameters;
  CutOptions cut;
  std::string format = "pdf";
  std::string language;
  std::string output;
  bool plain = false;
};

// Returns what each of the customers owes on the last day of the statements, with a row a currency.
Result<Report> Balances(const ReportRequest& asked, const Cut& cut, const Options& options) {
  ReportRequest request = asked;
  request.cut = cut;
  auto report = RunReport(kBalanceReport, request);
  RETURN_IF_ERROR(report);
  if (!options.with_balance) return report;
  const size_t balance = ColumnIndex(*report, "balance");
  std::erase_if(report->rows, [&](const Row& row) { return std::get<Money>(row[balance]).amount == 0; });
  return report;
}

// The list beside the files: a row for each customer and currency.
Report ListOf(const Report& balances, std::string_view ending) {
  Report list;
  list.name = "statements";
  list.columns = {{"customer"},
                  {"currency"},
                  {"open", ColumnType::kBalance},
                  {"unapplied", ColumnType::kBalance},
                  {"balance", ColumnType::kBalance},
                  {"file"},
                  {"name"}};
  for (const Row& row : balances.rows) {
    const auto cell = [&](std::string_view column) { return row[ColumnIndex(balances, column)]; };
    list.rows.push_back({cell("customer"), cell("currency"), cell("open"), cell("unapplied"), cell("balance"),
                         LetterFileName(std::get<std::string>(cell("customer")), ending), cell("name")});
  }
  return list;
}

std::vector<std::string> CustomersOf(const Report& balances) {
  std::vector<std::string> customers;
  for (const Row& row : balances.rows) {
    const auto& customer = std::get<std::string>(row[ColumnIndex(balances, "customer")]);
    if (customers.empty() || customers.back() != customer) customers.push_back(customer);
  }
  return customers;
}

Status WriteFile(const fs::path& path, std::string_view bytes) {
  auto file = ResultFile::Open(path.string());
  RETURN_IF_ERROR(file);
  RETURN_IF_ERROR(file->Write(bytes));
  return file->Finish();
}

Status WriteList(const Report& balances, const OutputFormat& format, const Options& options) {
  return WriteFile(fs::path(options.output) / kList, RenderCsv(ListOf(balances, format.ending)));
}

// Writes each customer's statement, and then the list. None of a file is there that could not be written whole.
Status WriteAll(const ReportRequest& asked, const std::vector<std::string>& customers, const Report& balances,
                const OutputFormat& format, const fs::path& ledger, const Options& options) {
  if (format.check != nullptr) RETURN_IF_ERROR(format.check());
  RETURN_IF_ERROR(MakeFolderOfLetters(options.output));
  if (customers.empty()) return WriteList(balances, format, options);
  const auto sending = SendingOf(asked);
  RETURN_IF_ERROR(sending);
  const std::string logo = LogoOf(sending->company, ledger);
  RETURN_IF_ERROR(InParallel(customers.size(), [&](size_t i) -> Status {
    ReportRequest request = asked;
    request.subject = customers[i];
    auto letter = StatementLetter(request, *sending);
    RETURN_IF_ERROR(letter);
    const auto bytes = LetterIn(format, *std::move(letter), logo, options.plain);
    RETURN_IF_ERROR(bytes);
    return WriteFile(fs::path(options.output) / LetterFileName(customers[i], format.ending), *bytes);
  }));
  return WriteList(balances, format, options);
}

Result<ReportRequest> RequestOf(const EventLog& log, const Options& options) {
  ReportRequest request;
  request.log = &log;
  RETURN_IF_ERROR(options.parameters.Set(&request));
  const auto cut = ResolveCut(log, options.cut, DefaultDay::kToday);
  RETURN_IF_ERROR(cut);
  request.cut = *cut;
  request.customers = options.customers;
  if (!options.language.empty()) {
    request.letter_language = LanguageOfCode(options.language);
  }
  return request;
}

int Run(const Session& session, const Options& options) {
  if (options.all == !options.customers.empty()) {
    return Complain({ErrorCode::kInvalidArgument, "whose statements are to be written is not said, or said twice",
                     "give --all, or --customer once for each"},
                    kBadUsage);
  }
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  auto request = RequestOf(**log, options);
  if (!request.ok()) return Complain(request.error(), kBadUsage);
  std::vector<FoundCustomer> by_part;
  const Status found = FindCustomers(kBalanceReport, /*by_part=*/false, &*request, &by_part);
  if (!found.ok()) return Complain(found.error(), AnswerStatus(found.error()));
  const auto cut = StatementCut(*request);
  if (!cut.ok()) return Complain(cut.error(), kBadUsage);
  const auto balances = Balances(*request, *cut, options);
  if (!balances.ok()) return Complain(balances.error(), AnswerStatus(balances.error()));
  const std::vector<std::string> written_to = CustomersOf(*balances);
  for (const std::string& customer : request->customers) {
    if (std::find(written_to.begin(), written_to.end(), customer) != written_to.end()) continue;
    Tell(fmt::format("duebook: there is no statement for {}, which has no {} on {}\n", ShownText(customer),
                     options.with_balance ? "balance" : "entry", cut->effective.ToString()));
  }
  const OutputFormat* format = FindOutputFormat(options.format);
  const Status written = WriteAll(*request, written_to, *balances, *format, session.ledger, options);
  if (!written.ok()) return Complain(written.error(), kRefused);
  return WriteSentences(fmt::format("{} statements at {} written to {}, listed in {}\n", written_to.size(),
                                    cut->effective.ToString(), options.output,
                                    (fs::path(options.output) / kList).string()));
}

}  // namespace

void AddStatements(CLI::App& app, Session& session) {
  static const std::vector<ReportParameter> parameters{kFirstDay, kLastDay, kPeriod, kAgingBasis, kBucketEnds};
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(
      app, session, "statements", "the statements of all customers, or of some, as they are sent, a file each",
      "duebook --ledger books statements --all --with-balance --period 2025-12 --format html --output letters");
  command.AddFlag("--all", &options->all, "of every customer with an entry by the last day");
  command.Add("--customer", &options->customers, "of these customers only; may repeat")
      .Called("ID")
      .MayRepeat()
      .NotEmpty();
  command.AddFlag("--with-balance", &options->with_balance, "only of those whose balance is not zero");
  options->parameters.AddTo(command, parameters);
  AddCutOptions(command, &options->cut);
  command.Add("--format", &options->format, "how they are written").OneOf({"pdf", "html"}).ShowDefault();
  command.AddFlag("--plain", &options->plain, "amounts without separators between thousands");
  command
      .Add("--language", &options->language, "of all of them (default: each customer's, else the company's, else zh)")
      .OneOf({"en", "zh"});
  command
      .Add("--output", &options->output,
           fmt::format("the folder to which they are written, and a list of them, {}", kList))
      .Called("DIR")
      .Required()
      .NotEmpty();
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
