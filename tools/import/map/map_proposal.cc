#include "tools/import/map/map_proposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "ledger/values/hash.h"
#include "ledger/values/text.h"
#include "tools/import/map/column_roles.h"
#include "tools/import/map/foreign_values.h"
#include "tools/import/rows/csv_cells.h"

namespace duebook {

namespace {

// Forms of dates, those that want most before those that want less.
constexpr std::string_view kDatePatterns[] = {
    "YYYY-MM-DD",   "YYYYMMDD",    "DD.MM.YYYY", "D.M.YYYY",    "DD.MM.YY",     "D.M.YY",      "DD/MM/YYYY",
    "D/M/YYYY",     "MM/DD/YYYY",  "M/D/YYYY",   "DD/MM/YY",    "D/M/YY",       "MM/DD/YY",    "M/D/YY",
    "DD-MM-YYYY",   "MM-DD-YYYY",  "YYYY/MM/DD", "YYYY/M/D",    "YYYY.MM.DD",   "YYYY-M-D",    "YYYY年M月D日",
    "D-MMM-YYYY",   "D-MMM-YY",    "D MMM YYYY", "D. MMM YYYY", "D. MMMM YYYY", "D MMMM YYYY", "MMM D, YYYY",
    "MMMM D, YYYY", "YYYY-MM-DD*", "DD.MM.YYYY*"};
// Numbers of days are such times, too, so that they are tried only where nothing else fits.
constexpr std::string_view kTimePatterns[] = {"epoch", "epoch_ms"};

const AmountFormat kAmountFormats[] = {{".", ""},  {".", ","}, {",", ""},  {",", "."},
                                       {",", " "}, {".", " "}, {".", "'"}, {",", "\u00a0"}};

// What the cells of a column are when they are read in one way: nothing if one of them cannot be.
struct Reading {
  std::string written;  // the form, as the map says it
  bool fits = true;
  Hash values{};  // of all that was read, one after the other
};

void Take(const std::optional<std::string>& value, Reading* reading) {
  if (!value.has_value()) {
    reading->fits = false;
    return;
  }
  std::string both(reinterpret_cast<const char*>(reading->values.data()), reading->values.size());
  reading->values = Sha256(both + *value);
}

// Of the readings that fit, one of each kind that reads something else: several if it cannot be told which is meant.
template <class Readings>
std::vector<std::string> Different(const Readings& readings) {
  std::vector<std::string> written;
  std::vector<Hash> values;
  for (const Reading& reading : readings) {
    if (!reading.fits || std::find(values.begin(), values.end(), reading.values) != values.end()) continue;
    values.push_back(reading.values);
    written.push_back(reading.written);
  }
  return written;
}

std::string TomlText(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : Printable(text)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

// All cells of a row, by their names as columns. Of what is there several times none is told.
struct NamedCell {
  std::string name;
  std::string_view text;
};
void AddCells(const std::vector<RawMember>& members, const std::string& path, std::vector<NamedCell>* cells) {
  for (const RawMember& member : members) {
    const RawValue& value = member.value;
    const std::string name = fmt::format("{}{}", path, member.name);
    const bool has_text = value.kind != RawValue::Kind::kObject || value.text.data() != nullptr;
    if (value.kind != RawValue::Kind::kList && has_text) cells->push_back({name, TrimmedCell(value.text)});
    if (value.kind == RawValue::Kind::kObject) AddCells(value.members, name + ".", cells);
  }
}

class Proposal {
 public:
  explicit Proposal(std::vector<std::string> columns) : columns_(std::move(columns)), roles_(RolesOf(columns_)) {
    for (const std::string_view pattern : kDatePatterns) dates_.emplace_back(pattern);
    for (const std::string_view pattern : kTimePatterns) times_.emplace_back(pattern);
    for (const AmountFormat& format : kAmountFormats) {
      amounts_.push_back(
          {format.thousands.empty()
               ? fmt::format("decimal = {}", TomlText(format.decimal))
               : fmt::format("decimal = {}\nthousands = {}", TomlText(format.decimal), TomlText(format.thousands))});
    }
  }

  void AddRow(const std::vector<NamedCell>& row);
  std::string Write(const std::string& file, const std::string& encoding, const RowSettings& settings) const;

 private:
  // The column in braces, as a value; "" if there is none.
  std::string Column(ColumnRole role) const {
    const auto place = roles_[static_cast<size_t>(role)];
    return place.has_value() ? "{" + columns_[*place] + "}" : "";
  }
  // A form of dates, and what cells are in it.
  struct DateReading : Reading {
    explicit DateReading(std::string_view pattern) : Reading{TomlText(pattern)}, format(*DateFormat::Parse(pattern)) {}
    DateFormat format;
  };
  static void AddDate(std::string_view cell, std::vector<DateReading>* readings);
  void AddAmount(std::string_view cell);
  static std::string Form(const std::string& what, const std::vector<std::string>& forms, const std::string& before);
  std::string Events() const;
  static void AddField(std::string_view name, const std::string& value, std::string* text);

  std::vector<std::string> columns_;
  std::array<std::optional<size_t>, kColumnRoles> roles_;
  std::vector<DateReading> dates_, times_;
  std::vector<Reading> amounts_;
  bool has_negative_ = false;
  uint64_t rows_ = 0;
};

void Proposal::AddDate(std::string_view cell, std::vector<DateReading>* readings) {
  for (DateReading& reading : *readings) {
    if (!reading.fits) continue;
    const auto date = reading.format.Read(cell);
    Take(date.has_value() ? std::optional(date->ToString()) : std::nullopt, &reading);
  }
}

void Proposal::AddAmount(std::string_view cell) {
  for (size_t i = 0; i < amounts_.size(); i++) {
    if (!amounts_[i].fits) continue;
    const auto amount = kAmountFormats[i].Read(cell);
    Take(amount, &amounts_[i]);
    has_negative_ = has_negative_ || (amount.has_value() && SignOf(*amount) < 0);
  }
}

void Proposal::AddRow(const std::vector<NamedCell>& row) {
  rows_++;
  const auto is_column = [&](ColumnRole role, std::string_view name) {
    const auto place = roles_[static_cast<size_t>(role)];
    return place.has_value() && columns_[*place] == name;
  };
  for (const auto& [name, text] : row) {
    if (text.empty()) continue;
    if (is_column(ColumnRole::kDate, name) || is_column(ColumnRole::kDue, name)) {
      AddDate(text, &dates_);
      AddDate(text, &times_);
    }
    if (is_column(ColumnRole::kAmount, name)) AddAmount(text);
  }
}

// One form is chosen; of several none, as only who wrote the file knows which is meant.
std::string Proposal::Form(const std::string& what, const std::vector<std::string>& forms, const std::string& before) {
  if (forms.empty())
    return fmt::format("# No form of {} fits all rows: say which it is.\n# {}\n", what, before + "...");
  if (forms.size() == 1) return before + forms.front() + "\n";
  std::string text = fmt::format("# {} can be read in more than one way in all rows. Choose one:\n", what);
  for (const std::string& form : forms) {
    std::string commented = "# " + before + form;
    for (size_t at = commented.find('\n'); at != std::string::npos; at = commented.find('\n', at + 1)) {
      commented.insert(at + 1, "# ");
    }
    text += commented + "\n";
  }
  return text;
}

void Proposal::AddField(std::string_view name, const std::string& value, std::string* text) {
  if (!value.empty()) *text += fmt::format("{} = {}\n", name, value);
}

std::string Proposal::Events() const {
  const auto quoted = [&](ColumnRole role) {
    const std::string column = Column(role);
    return column.empty() ? std::string() : TomlText(column);
  };
  const auto id = [&](std::string_view kind, ColumnRole role) {
    const std::string column = Column(role);
    return TomlText(column.empty() ? fmt::format("{}-{{#row}}", kind) : fmt::format("{}-{}", kind, column));
  };
  const bool is_payment = roles_[static_cast<size_t>(ColumnRole::kPayment)].has_value() &&
                          !roles_[static_cast<size_t>(ColumnRole::kInvoice)].has_value();
  const ColumnRole number = is_payment ? ColumnRole::kPayment : ColumnRole::kInvoice;
  std::string text;
  const auto begin = [&](std::string_view type) { text += fmt::format("\n[[event]]\ntype = \"{}\"\n", type); };
  const auto when = [&](std::string_view sign) {
    if (!has_negative_) return;
    text += fmt::format("when = {{ {} = {{ sign = \"{}\" }} }}\n",
                        TomlText(columns_[*roles_[static_cast<size_t>(ColumnRole::kAmount)]]), sign);
  };
  if (!Column(ColumnRole::kCustomer).empty()) {
    text += "\n# Each customer is opened once, on the day of its first row; one that the ledger has stays as it is.";
    begin("CustomerOpened");
    text += "once = true\n";
    AddField("id", id("customer", ColumnRole::kCustomer), &text);
    AddField("date", quoted(ColumnRole::kDate), &text);
    AddField("name", quoted(Column(ColumnRole::kName).empty() ? ColumnRole::kCustomer : ColumnRole::kName), &text);
    AddField("terms", quoted(ColumnRole::kTerms), &text);
    AddField("salesperson", quoted(ColumnRole::kSalesperson), &text);
  }
  begin(is_payment ? "PaymentReceived" : "InvoiceIssued");
  when("positive");
  AddField("id", id(is_payment ? "payment" : "invoice", number), &text);
  AddField("date", quoted(ColumnRole::kDate), &text);
  AddField(is_payment ? "payment" : "invoice", quoted(number), &text);
  AddField("amount", quoted(ColumnRole::kAmount), &text);
  if (!is_payment) AddField("due", quoted(ColumnRole::kDue), &text);
  AddField(is_payment ? "reference" : "memo", quoted(ColumnRole::kText), &text);
  if (!has_negative_) return text;
  text += "\n# Amounts below zero are credits; they may be payments instead.";
  begin("CreditNoteIssued");
  when("negative");
  AddField("id", id("credit", number), &text);
  AddField("date", quoted(ColumnRole::kDate), &text);
  AddField("credit_note", quoted(number), &text);
  AddField("amount", fmt::format("{{ from = {}, sign = \"drop\" }}", quoted(ColumnRole::kAmount)), &text);
  AddField("reason", quoted(ColumnRole::kText), &text);
  return text;
}

std::string Proposal::Write(const std::string& file, const std::string& encoding, const RowSettings& settings) const {
  std::string text = fmt::format(
      "# Proposed for {}, by the names of its columns and all of its {} rows. Look it through, and try it with\n"
      "# duebook import --preview 10 --map THIS {}\n",
      Printable(file), rows_, Printable(file));
  std::vector<std::string> unused;
  for (size_t i = 0; i < columns_.size(); i++) {
    const bool is_used = std::any_of(roles_.begin(), roles_.end(), [i](const auto& place) { return place == i; });
    if (!is_used) unused.push_back(Printable(columns_[i]));
  }
  if (!unused.empty()) text += fmt::format("#\n# Columns that nothing is made of: {}\n", fmt::join(unused, ", "));
  for (const auto& [role, what] :
       {std::pair(ColumnRole::kCustomer, "the customer's number"), std::pair(ColumnRole::kDate, "the document's date"),
        std::pair(ColumnRole::kAmount, "the amount")}) {
    if (Column(role).empty()) text += fmt::format("#\n# No column seems to hold {}: name it below.\n", what);
  }
  text += "\n[file]\n";
  if (!encoding.empty()) text += fmt::format("encoding = {}\n", TomlText(encoding));
  if (!settings.sheet.empty()) text += fmt::format("sheet = {}\n", TomlText(settings.sheet));
  if (!settings.rows.empty()) text += fmt::format("rows = {}\n", TomlText(settings.rows));
  if (!Column(ColumnRole::kDate).empty()) {
    const std::vector<std::string> dates = Different(dates_);
    text += Form("dates", dates.empty() ? Different(times_) : dates, "date = ");
  }
  if (!Column(ColumnRole::kAmount).empty()) text += Form("amounts", Different(amounts_), "");
  if (has_negative_) {
    text += fmt::format("ignore = [{{ {} = {{ sign = \"zero\" }} }}]\n",
                        TomlText(columns_[*roles_[static_cast<size_t>(ColumnRole::kAmount)]]));
  }
  std::string every;
  const std::string customer = Column(ColumnRole::kCustomer);
  if (!customer.empty()) every += fmt::format("customer = {}\n", TomlText(customer));
  if (!Column(ColumnRole::kCurrency).empty()) {
    every += fmt::format("currency = {}\n", TomlText(Column(ColumnRole::kCurrency)));
  }
  if (!every.empty()) text += "\n[every]\n" + every;
  return text + Events();
}

}  // namespace

Result<std::string> ProposeMap(RowSource* rows, const std::string& encoding, const RowSettings& settings) {
  const auto head = rows->ReadHead();
  RETURN_IF_ERROR(head);
  if (head->is_missing || head->fault.has_value()) {
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("{} has no header that can be read{}", rows->name(),
                             head->fault.has_value() ? ": " + head->fault->sentence : ""),
                 ""};
  }
  std::optional<Proposal> proposal;
  if (head->columns.has_value()) proposal.emplace(*head->columns);
  InputRow row;
  std::string padded;
  Record record;
  std::vector<NamedCell> cells;
  while (true) {
    const auto found = rows->Next(&row);
    RETURN_IF_ERROR(found);
    if (!*found) break;
    padded.assign(row.text).append(kRowPadding, '\0');
    const std::string_view text = std::string_view(padded).substr(0, row.text.size());
    if (row.fault.has_value() || rows->ReadCells(text, &record).has_value()) continue;
    cells.clear();
    AddCells(record.fields, "", &cells);
    if (!proposal.has_value()) {  // the first row names its own cells
      std::vector<std::string> columns;
      for (const NamedCell& cell : cells) columns.push_back(cell.name);
      proposal.emplace(std::move(columns));
    }
    proposal->AddRow(cells);
  }
  if (!proposal.has_value()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{} has no rows", rows->name()), ""};
  }
  return proposal->Write(rows->name(), encoding, settings);
}

}  // namespace duebook
