#include "projections/reports/statement_letter.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "projections/reports/account.h"
#include "projections/reports/statement.h"
#include "projections/shared/company.h"
#include "projections/shared/letter_language.h"
#include "projections/shared/totals.h"

namespace duebook {

extern const ReportInfo kAgingReport;
extern const ReportInfo kOpenItemsReport;
extern const ReportInfo kUnappliedReport;

namespace {

Report TableOf(std::vector<Column> columns, Language language) {
  Report table;
  table.columns = std::move(columns);
  table.language = language;
  return table;
}

Row BalanceRow(Cell date, std::string title, Sum balance, Currency currency) {
  return {std::move(date), Term{std::move(title)},  "", "", currency.ToString(), Cell(),
          Cell(),          Money{balance, currency}};
}

Report Movements(const Account& account, std::optional<Date> from, Date last, Language language) {
  Report table = TableOf({{"Date", ColumnType::kDate},
                          {"Entry"},
                          {"Document"},
                          {"Reference"},
                          {"Currency"},
                          {"Debit", ColumnType::kMoney},
                          {"Credit", ColumnType::kMoney},
                          {"Balance", ColumnType::kMoney}},
                         language);
  for (const auto& [code, section] : account.sections) {
    const Currency currency = section.currency;
    const size_t opening_row = table.rows.size();
    table.rows.emplace_back();
    const auto [opening, closing] = ForEachLine(section, from, [&](const AccountLine& line, Sum balance) {
      const Cell amount = Money{line.amount < 0 ? -line.amount : line.amount, currency};
      table.rows.push_back({line.date, line.what, line.number, line.reference, currency.ToString(),
                            line.amount > 0 ? amount : Cell(), line.amount < 0 ? amount : Cell(),
                            Money{balance, currency}});
    });
    table.rows[opening_row] = BalanceRow(from.has_value() ? Cell(*from) : Cell(), "Opening balance", opening, currency);
    table.rows.push_back(BalanceRow(last, "Closing balance", closing, currency));
  }
  return table;
}

// What is due of one currency: by the last day, later, and what is not yet applied, which is negative.
struct Due {
  Currency currency;
  Sum now = 0, later = 0, unapplied = 0;
};
using DueByCurrency = std::map<std::string, Due>;

// A report of the customer, with its rows; its columns are asked for by their names.
class OfCustomer {
 public:
  static Result<OfCustomer> Make(const ReportInfo& info, const ReportRequest& asked, const Cut& cut) {
    ReportRequest request = asked;
    request.customers = {asked.subject};
    request.cut = cut;
    request.by.clear();
    auto report = info.run(request);
    RETURN_IF_ERROR(report);
    return OfCustomer(*std::move(report));
  }

  const std::vector<Row>& rows() const { return report_.rows; }
  const std::vector<Column>& columns() const { return report_.columns; }
  template <class T>
  const T& Get(const Row& row, std::string_view column) const {
    return std::get<T>(row[ColumnIndex(report_, column)]);
  }

 private:
  explicit OfCustomer(Report report) : report_(std::move(report)) {}
  Report report_;
};

// What a column of the aging is called in letters; a bucket has its own name.
std::string NameInLetters(const std::string& column) {
  static const std::map<std::string, std::string> names{
      {"not_due", "Not overdue"}, {"unapplied", "Not yet applied"}, {"balance", "Balance"}};
  const auto found = names.find(column);
  return found == names.end() ? column : found->second;
}

// The items by which the balance comes about. Fills `due`.
Result<Report> OpenItems(const ReportRequest& request, const Cut& cut, Language language, DueByCurrency* due) {
  const auto invoices = OfCustomer::Make(kOpenItemsReport, request, cut);
  RETURN_IF_ERROR(invoices);
  const auto unapplied = OfCustomer::Make(kUnappliedReport, request, cut);
  RETURN_IF_ERROR(unapplied);
  Report table = TableOf({{"Entry"},
                          {"Document"},
                          {"Date", ColumnType::kDate},
                          {"Due", ColumnType::kDate},
                          {"Currency"},
                          {"Amount", ColumnType::kMoney},
                          {"Open", ColumnType::kBalance},
                          {"Days overdue", ColumnType::kNumber}},
                         language);
  const auto due_of = [&](const std::string& code, Currency currency) -> Due& {
    Due& found = (*due)[code];
    found.currency = currency;
    return found;
  };
  for (const Row& row : invoices->rows()) {
    const auto& code = invoices->Get<std::string>(row, "currency");
    const Date day = invoices->Get<Date>(row, "due");
    const Money open = invoices->Get<Money>(row, "open");
    Due& sums = due_of(code, open.currency);
    (day <= cut.effective ? sums.now : sums.later) += open.amount;
    const auto days = invoices->Get<int64_t>(row, "overdue_days");
    table.rows.push_back({Term{"Invoice"}, invoices->Get<std::string>(row, "invoice"), invoices->Get<Date>(row, "date"),
                          day, code, invoices->Get<Money>(row, "amount"), open, days == 0 ? Cell() : Cell(days)});
  }
  for (const Row& row : unapplied->rows()) {
    const auto& code = unapplied->Get<std::string>(row, "currency");
    const auto& payment = unapplied->Get<std::string>(row, "payment");
    const auto negative = [](Money money) { return Money{-money.amount, money.currency}; };
    const Money left = negative(unapplied->Get<Money>(row, "unapplied"));
    due_of(code, left.currency).unapplied += left.amount;
    table.rows.push_back({Term{payment.empty() ? "Credit note" : "Payment"},
                          payment.empty() ? unapplied->Get<std::string>(row, "credit_note") : payment,
                          unapplied->Get<Date>(row, "date"), Cell(), code,
                          negative(unapplied->Get<Money>(row, "amount")), left, Cell()});
  }
  return table;
}

Report DueTable(const DueByCurrency& due, Language language) {
  Report table = TableOf({{"Currency"},
                          {"Due now", ColumnType::kBalance},
                          {"Due later", ColumnType::kBalance},
                          {"Not yet applied", ColumnType::kBalance},
                          {"Balance", ColumnType::kBalance}},
                         language);
  for (const auto& [code, sums] : due) {
    Row row{code};
    AppendMoney({sums.now, sums.later, sums.unapplied, sums.now + sums.later + sums.unapplied}, sums.currency, &row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Result<Report> Aging(const ReportRequest& request, const Cut& cut, Language language) {
  const auto aging = OfCustomer::Make(kAgingReport, request, cut);
  RETURN_IF_ERROR(aging);
  const std::vector<Column>& all = aging->columns();
  std::vector<size_t> kept;  // places in `all`
  std::vector<Column> columns{{"Currency"}};
  for (size_t i = 0; i < all.size(); ++i) {
    if (!IsMoney(all[i].type) || all[i].name == kDisputedColumn.name) continue;
    kept.push_back(i);
    columns.push_back({NameInLetters(all[i].name), all[i].type});
  }
  Report table = TableOf(std::move(columns), language);
  for (const Row& row : aging->rows()) {
    Row shown{aging->Get<std::string>(row, "currency")};
    for (const size_t place : kept) shown.push_back(row[place]);
    table.rows.push_back(std::move(shown));
  }
  return table;
}

Language LanguageOf(const ReportRequest& request, const Account& account, const Company& company) {
  if (request.letter_language.has_value()) return *request.letter_language;
  return LanguageOfLetter(account.customer.Of("language"), company);
}

// Letters go to where the customer is when they are sent, and name the account to which is paid then, whatever their
// last day is: they are sent on that day at the earliest, and not before the last event was recorded that they know. Of
// that moment the day counts that was the latest anywhere, as the event may be recorded for today wherever that is.
Date DayOfSending(const Cut& cut, std::optional<Time> recorded_at) {
  constexpr int64_t kMicrosecondsOfHour = int64_t{60} * 60 * 1'000'000;
  constexpr int64_t kHoursAhead = 14;  // of UTC, where days begin first
  if (!recorded_at.has_value()) return cut.effective;
  return std::max(
      cut.effective,
      Date::FromDays(static_cast<int32_t>((recorded_at->microseconds / kMicrosecondsOfHour + kHoursAhead) / 24)));
}

std::vector<std::string> RecipientOf(const CustomerDescription& customer) {
  std::vector<std::string> lines;
  for (const char* field : {"name", "contact", "address"}) {
    for (std::string& line : LinesOf(customer.Of(field))) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

Result<StatementSending> SendingOf(const ReportRequest& request) {
  const auto cut = StatementCut(request);
  RETURN_IF_ERROR(cut);
  const auto recorded_at = RecordedAt(*request.log, cut->known);
  RETURN_IF_ERROR(recorded_at);
  const Date day = DayOfSending(*cut, *recorded_at);
  auto company = CompanyAt(*request.log, {day, cut->known});
  RETURN_IF_ERROR(company);
  return StatementSending{*cut, *recorded_at, day, *std::move(company)};
}

Result<Letter> StatementLetter(const ReportRequest& request) {
  const auto sending = SendingOf(request);
  RETURN_IF_ERROR(sending);
  return StatementLetter(request, *sending);
}

Result<Letter> StatementLetter(const ReportRequest& request, const StatementSending& sending) {
  const Cut& cut = sending.cut;
  const auto account = ReadAccount(*request.log, request.subject, cut, sending.day, Language::kEnglish);
  RETURN_IF_ERROR(account);
  Letter letter;
  letter.company = sending.company;
  letter.recorded_at = sending.recorded_at;
  letter.language = LanguageOf(request, *account, letter.company);
  letter.recipient = RecipientOf(account->customer);
  letter.title = "Statement of account";
  letter.particulars.emplace_back("Customer no.", request.subject);
  if (request.from.has_value()) letter.particulars.emplace_back("From", *request.from);
  letter.particulars.emplace_back("To", cut.effective);
  const std::string terms = account->customer.Of("terms");
  if (!terms.empty()) letter.particulars.emplace_back("Terms", Term{terms});
  letter.parts.push_back({"Movements", Movements(*account, request.from, cut.effective, letter.language), {}});
  DueByCurrency due;
  auto items = OpenItems(request, cut, letter.language, &due);
  RETURN_IF_ERROR(items);
  if (!due.empty()) letter.parts.push_back({"What is due", DueTable(due, letter.language), {}});
  const std::string own = account->customer.Of("payment_details");
  std::vector<std::string> details = LinesOf(own.empty() ? letter.company.bank_details : own);
  if (!details.empty()) letter.parts.push_back({"Please pay to", std::nullopt, details});
  if (!due.empty()) {
    letter.parts.push_back({"Open items", *std::move(items), {}});
    auto aging = Aging(request, cut, letter.language);
    RETURN_IF_ERROR(aging);
    letter.parts.push_back({"Aging", *std::move(aging), {}});
  }
  return letter;
}

}  // namespace duebook
