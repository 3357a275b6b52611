#include "tools/import/map/map_proposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/map/column_readings.h"
#include "tools/import/map/column_roles.h"
#include "tools/import/map/header_search.h"
#include "tools/import/map/map_limits.h"
#include "tools/import/map/map_template.h"
#include "tools/import/map/toml_text.h"
#include "tools/import/rows/csv_cells.h"

namespace duebook {

namespace {

// The columns of a file, and what their cells hold.
class Columns {
 public:
  // Names the columns of a file with a header. A name that occurs again stands for the first column that has it.
  void Name(const std::vector<std::string>& names) {
    for (const std::string& name : names) Place(name);
  }
  // Takes the cells of a row, and of objects in one another those inside them, by names joined by points. Lists are no
  // columns. Returns false if there are more columns than a map may name.
  bool AddRow(const std::vector<RawMember>& cells, const std::string& path = "");

  const std::vector<std::string>& names() const { return names_; }
  const ColumnReadings& readings(size_t place) const { return readings_[place]; }

 private:
  size_t Place(const std::string& name) {
    const auto [found, is_new] = places_.try_emplace(name, names_.size());
    if (is_new) {
      names_.push_back(name);
      readings_.emplace_back();
    }
    return found->second;
  }

  std::vector<std::string> names_;
  std::vector<ColumnReadings> readings_;
  std::unordered_map<std::string, size_t> places_;  // by name
};

bool Columns::AddRow(const std::vector<RawMember>& cells, const std::string& path) {
  for (const RawMember& cell : cells) {
    const std::string name = path + std::string(cell.name);
    const bool is_object = cell.value.kind == RawValue::Kind::kObject;
    if (is_object && !AddRow(cell.value.members, name + ".")) return false;
    // An element of XML may hold both others and a text.
    const bool has_text = !is_object || cell.value.text.data() != nullptr;
    if (cell.value.kind != RawValue::Kind::kList && has_text) {
      const size_t place = Place(name);
      const std::string_view text = TrimmedCell(cell.value.text);
      if (!text.empty()) readings_[place].Add(text);
    }
  }
  return names_.size() <= kMaxMapColumns;
}

// Returns names that occur once, in the place of those that occur several times: "Amount", "Amount (2)".
std::vector<std::string> Distinct(const std::vector<std::string>& names) {
  std::unordered_set<std::string> taken;
  std::vector<std::string> distinct;
  for (const std::string& name : names) {
    std::string own = name;
    for (size_t count = 2; !name.empty() && !taken.insert(own).second; count++) {
      own = fmt::format("{} ({})", name, count);
    }
    distinct.push_back(std::move(own));
  }
  return distinct;
}

// What the map is written for.
struct ProposedFile {
  std::string name, encoding;
  RowSettings settings;
  std::vector<std::string> header;  // names as they stand there; empty if rows name their own cells
  size_t rows_above = 0;            // the header
  uint64_t rows = 0, unreadable = 0;
};

class Proposal {
 public:
  Proposal(const ProposedFile& file, const Columns& columns)
      : file_(file), columns_(columns), roles_(RolesOf(columns.names())) {
    has_negative_ = Place(ColumnRole::kAmount).has_value() && AmountReadings().has_negative();
    for (const std::string& name : file_.header) {
      const auto is_it = [&](const std::string& other) { return other == name && !name.empty(); };
      const bool is_twice = std::count_if(file_.header.begin(), file_.header.end(), is_it) > 1;
      if (is_twice && std::find(twice_.begin(), twice_.end(), name) == twice_.end()) twice_.push_back(name);
    }
  }

  std::string Write();

 private:
  std::optional<size_t> Place(ColumnRole role) const { return roles_[static_cast<size_t>(role)]; }
  const std::string& Name(ColumnRole role) const { return columns_.names()[*Place(role)]; }
  const ColumnReadings& AmountReadings() const { return columns_.readings(*Place(ColumnRole::kAmount)); }
  // Returns the column in braces; "" if there is none.
  std::string Column(ColumnRole role) const {
    return Place(role).has_value() ? MapTemplate::Naming(Name(role)) : std::string();
  }
  std::string Quoted(ColumnRole role) const { return Place(role).has_value() ? TomlText(Column(role)) : ""; }
  bool IsUsed(const std::string& name) const {
    return std::any_of(roles_.begin(), roles_.end(),
                       [&](const auto& place) { return place.has_value() && columns_.names()[*place] == name; });
  }

  // Returns whether a column tells rows of several kinds apart.
  bool SaysKinds() const {
    return Place(ColumnRole::kType).has_value() && columns_.readings(*Place(ColumnRole::kType)).texts().size() > 1;
  }

  void WriteRemarks();
  void WriteFile();
  void WriteHeader();
  // One form is chosen; of several none, as only who wrote the file knows which is meant.
  void WriteForm(std::string_view what, std::string_view key, const std::vector<std::string>& forms);
  void WriteEvery();
  void WriteKinds();
  void WriteEvents();
  void Begin(std::string_view type, const std::vector<std::string>& conditions = {});
  // The conditions of an event that is a document whose amount has this sign, if there are amounts of both.
  std::vector<std::string> ConditionsOf(std::string_view sign) const;
  void WriteId(std::string_view kind, ColumnRole number);
  void WriteField(std::string_view name, const std::string& value);
  // Writes a field without which the map is refused. Where no column seems to hold it, a comment says so in its place.
  void WriteNeeded(std::string_view name, const std::string& value);
  void WriteNumber(std::string_view name, ColumnRole number);

  const ProposedFile& file_;
  const Columns& columns_;
  const std::array<std::optional<size_t>, kColumnRoles> roles_;
  bool has_negative_ = false;
  std::vector<std::string> twice_;  // names that several columns have
  std::string text_;
};

void Proposal::WriteForm(std::string_view what, std::string_view key, const std::vector<std::string>& forms) {
  if (forms.empty()) {
    text_ += fmt::format("# No form of {} fits all rows: say which it is.\n# {} = \"...\"\n", what, key);
    return;
  }
  if (forms.size() == 1) {
    text_ += forms.front() + "\n";
    return;
  }
  text_ += fmt::format("# {} can be read in more than one way in all rows. Choose one:\n", what);
  for (const std::string& form : forms) {
    std::string commented = "# " + form;
    for (size_t at = commented.find('\n'); at != std::string::npos; at = commented.find('\n', at + 1)) {
      commented.insert(at + 1, "# ");
    }
    text_ += commented + "\n";
  }
}

std::vector<std::string> Proposal::ConditionsOf(std::string_view sign) const {
  std::vector<std::string> conditions;
  if (SaysKinds()) conditions.push_back(fmt::format("{} = \"?\"", TomlText(Name(ColumnRole::kType))));
  if (has_negative_) {
    conditions.push_back(fmt::format("{} = {{ sign = \"{}\" }}", TomlText(Name(ColumnRole::kAmount)), sign));
  }
  return conditions;
}

void Proposal::Begin(std::string_view type, const std::vector<std::string>& conditions) {
  text_ += fmt::format("\n[[event]]\ntype = \"{}\"\n", type);
  if (!conditions.empty()) text_ += fmt::format("when = {{ {} }}\n", fmt::join(conditions, ", "));
}

// Which kind of document is called how, only who wrote the file knows.
void Proposal::WriteKinds() {
  std::vector<std::string> kinds;
  for (const std::string& text : columns_.readings(*Place(ColumnRole::kType)).texts()) {
    kinds.push_back(duebook::Quoted(text));
  }
  text_ += fmt::format(
      "\n# {} says of what kind a row is, such as {}. Put these in the place of \"?\" below, with an event for\n"
      "# each kind that counts; until then no row is of any.",
      duebook::Quoted(Name(ColumnRole::kType)), fmt::join(kinds, ", "));
}

void Proposal::WriteId(std::string_view kind, ColumnRole number) {
  const std::string column = Column(number);
  text_ += fmt::format("id = {}\n", TomlText(fmt::format("{}-{}", kind, column.empty() ? "{#row}" : column)));
}

void Proposal::WriteField(std::string_view name, const std::string& value) {
  if (!value.empty()) text_ += fmt::format("{} = {}\n", name, value);
}

void Proposal::WriteNeeded(std::string_view name, const std::string& value) {
  if (value.empty()) {
    text_ += fmt::format("# {} = \"{{COLUMN}}\": name the column that holds it; without it the map is refused\n", name);
  } else {
    WriteField(name, value);
  }
}

void Proposal::WriteNumber(std::string_view name, ColumnRole number) {
  if (!Place(number).has_value()) text_ += "# No column seems to hold a number: it is made of what the row says.\n";
  WriteField(name, Place(number).has_value() ? Quoted(number) : "\"{#row}\"");
}

void Proposal::WriteEvents() {
  const bool is_payment = Place(ColumnRole::kPayment).has_value() && !Place(ColumnRole::kInvoice).has_value();
  const ColumnRole number = is_payment ? ColumnRole::kPayment : ColumnRole::kInvoice;
  const std::string date = Quoted(ColumnRole::kDate);
  const std::string amount = Quoted(ColumnRole::kAmount);
  if (Place(ColumnRole::kCustomer).has_value()) {
    text_ += "\n# Each customer is opened once, on the day of its first row; one that the ledger has stays as it is.";
    Begin("CustomerOpened");
    text_ += "once = true\n";
    WriteId("customer", ColumnRole::kCustomer);
    WriteNeeded("date", date);
    WriteField("name", Quoted(Place(ColumnRole::kName).has_value() ? ColumnRole::kName : ColumnRole::kCustomer));
    WriteField("terms", Quoted(ColumnRole::kTerms));
    WriteField("salesperson", Quoted(ColumnRole::kSalesperson));
  }
  if (SaysKinds()) WriteKinds();
  Begin(is_payment ? "PaymentReceived" : "InvoiceIssued", ConditionsOf("positive"));
  WriteId(is_payment ? "payment" : "invoice", number);
  WriteNeeded("date", date);
  WriteNumber(is_payment ? "payment" : "invoice", number);
  WriteNeeded("amount", amount);
  if (!is_payment) WriteField("due", Quoted(ColumnRole::kDue));
  WriteField(is_payment ? "reference" : "memo", Quoted(ColumnRole::kText));
  if (!has_negative_) return;
  text_ += "\n# Amounts below zero are credits; they may be payments instead.";
  Begin("CreditNoteIssued", ConditionsOf("negative"));
  WriteId("credit", number);
  WriteNeeded("date", date);
  WriteNumber("credit_note", number);
  WriteField("amount", fmt::format("{{ from = {}, sign = \"drop\" }}", amount));
  WriteField("reason", Quoted(ColumnRole::kText));
}

void Proposal::WriteRemarks() {
  text_ += fmt::format(
      "# Proposed for {}, by the names of its columns and all of its {} rows. Look it through, and try it with\n"
      "# duebook import --preview 10 --map THIS {}\n",
      Printable(file_.name), file_.rows, Printable(file_.name));
  if (file_.unreadable > 0) {
    text_ +=
        fmt::format("#\n# Rows that cannot be read, and were left out: {}. The import says why.\n", file_.unreadable);
  }
  std::vector<std::string> unused;
  for (const std::string& name : columns_.names()) {
    if (!name.empty() && !IsUsed(name)) unused.push_back(Printable(name));
  }
  if (!unused.empty()) text_ += fmt::format("#\n# Columns that nothing is made of: {}\n", fmt::join(unused, ", "));
  for (const auto& [role, what] :
       {std::pair(ColumnRole::kCustomer, "the customer's number"), std::pair(ColumnRole::kDate, "the document's date"),
        std::pair(ColumnRole::kAmount, "the amount")}) {
    if (!Place(role).has_value()) text_ += fmt::format("#\n# No column seems to hold {}: name it below.\n", what);
  }
}

// A map finds columns by their names. Where several have one that is used, they get names of their own, in order.
void Proposal::WriteHeader() {
  std::vector<std::string> names;
  for (const std::string& name : twice_) names.push_back(duebook::Quoted(name));
  const bool by_place = std::any_of(twice_.begin(), twice_.end(), [this](const auto& name) { return IsUsed(name); });
  if (!twice_.empty() && !by_place) {
    text_ += fmt::format("# Several columns are called {}: no map can name them.\n", fmt::join(names, " or "));
  }
  const size_t skipped = file_.rows_above + (by_place ? 1 : 0);
  if (by_place) {
    text_ += fmt::format(
        "# Several columns are called {}: so the header is passed over, and all columns are named here, in order. See\n"
        "# that the right ones are used below.\n",
        fmt::join(names, " or "));
  }
  if (skipped > 0) text_ += fmt::format("skip_rows = {}\n", skipped);
  if (!by_place) return;
  std::vector<std::string> columns;
  for (const std::string& name : Distinct(file_.header)) columns.push_back(TomlText(name));
  text_ += fmt::format("columns = [{}]\n", fmt::join(columns, ", "));
}

void Proposal::WriteFile() {
  text_ += "\n[file]\n";
  if (!file_.encoding.empty()) text_ += fmt::format("encoding = {}\n", TomlText(file_.encoding));
  if (!file_.settings.sheet.empty()) text_ += fmt::format("sheet = {}\n", TomlText(file_.settings.sheet));
  if (!file_.settings.rows.empty()) text_ += fmt::format("rows = {}\n", TomlText(file_.settings.rows));
  WriteHeader();
  if (const auto date = Place(ColumnRole::kDate)) {
    std::vector<const ColumnReadings*> columns = {&columns_.readings(*date)};
    if (const auto due = Place(ColumnRole::kDue)) columns.push_back(&columns_.readings(*due));
    WriteForm("dates", "date", ColumnReadings::DateForms(columns));
  }
  if (Place(ColumnRole::kAmount).has_value()) WriteForm("amounts", "decimal", AmountReadings().AmountForms());
  if (!has_negative_) return;
  text_ += fmt::format(
      "# A row of zero is neither an invoice nor a credit, and no document may have that amount: it is passed over.\n"
      "ignore = [{{ {} = {{ sign = \"zero\" }} }}]\n",
      TomlText(Name(ColumnRole::kAmount)));
}

void Proposal::WriteEvery() {
  text_ += "\n[every]\n";
  WriteField("customer", Quoted(ColumnRole::kCustomer));
  if (!Place(ColumnRole::kCustomer).has_value()) {
    text_ += "# customer = \"{COLUMN}\": name the column that holds it; without it rows are refused\n";
  }
  WriteField("currency", Quoted(ColumnRole::kCurrency));
}

std::string Proposal::Write() {
  WriteRemarks();
  WriteFile();
  WriteEvery();
  WriteEvents();
  return std::move(text_);
}

Error NoColumns(const std::string& file, const std::string& why) {
  return {ErrorCode::kInvalidArgument, fmt::format("{} has no header that can be read{}", file, why), ""};
}

Error TooManyColumns(const std::string& file) {
  return {ErrorCode::kInvalidArgument,
          fmt::format("{} has more than {} columns, the most that a map names", file, kMaxMapColumns),
          "write a map by hand, of the columns that it needs"};
}

// Reads rows that stand below a header, or name their own cells.
class ProposalReader {
 public:
  ProposalReader(RowSource* rows, ProposedFile* file) : rows_(*rows), file_(*file) {}

  Status Read();
  const Columns& columns() const { return columns_; }

 private:
  Status ReadHeader(const RowsHead& head);
  Status AddRow(std::string_view text);

  RowSource& rows_;
  ProposedFile& file_;
  Columns columns_;
  std::vector<std::string> first_;   // rows below the first one, of which one may be the header
  std::optional<CsvRecord> record_;  // what reads rows, if another row than the first one is the header
  std::string padded_;
};

// The first row is the header, unless one of those below it names more columns.
Status ProposalReader::ReadHeader(const RowsHead& head) {
  InputRow row;
  while (first_.size() < kMostRowsAboveHeader) {
    const auto found = rows_.Next(&row);
    RETURN_IF_ERROR(found);
    if (!*found) break;
    first_.emplace_back(row.text);
  }
  auto header = FindHeader(first_, head.columns.has_value() ? RolesIn(*head.columns) : 0);
  if (header.has_value()) {
    record_ = std::move(header->record);
    file_.header = record_->names();
    file_.rows_above = header->row + 1;
    first_.erase(first_.begin(), first_.begin() + static_cast<std::ptrdiff_t>(file_.rows_above));
  } else if (head.fault.has_value()) {
    return NoColumns(rows_.name(), ": " + head.fault->sentence);
  } else {
    file_.header = *head.columns;
  }
  if (file_.header.size() > kMaxMapColumns) return TooManyColumns(rows_.name());
  columns_.Name(file_.header);
  return Status();
}

Status ProposalReader::AddRow(std::string_view text) {
  padded_.assign(text).append(kRowPadding, '\0');
  const std::string_view row = std::string_view(padded_).substr(0, text.size());
  Record record;
  const bool is_read = !(record_.has_value() ? record_->ReadCells(row, &record) : rows_.ReadCells(row, &record));
  file_.rows++;
  if (!is_read) file_.unreadable++;
  return is_read && !columns_.AddRow(record.fields) ? TooManyColumns(rows_.name()) : Status();
}

Status ProposalReader::Read() {
  const auto head = rows_.ReadHead();
  RETURN_IF_ERROR(head);
  if (head->is_missing) return NoColumns(rows_.name(), "");
  if (head->columns.has_value() || head->fault.has_value()) RETURN_IF_ERROR(ReadHeader(*head));
  for (const std::string& row : first_) RETURN_IF_ERROR(AddRow(row));
  InputRow row;
  while (true) {
    const auto found = rows_.Next(&row);
    RETURN_IF_ERROR(found);
    if (!*found) return Status();
    RETURN_IF_ERROR(AddRow(row.text));
  }
}

}  // namespace

Result<std::string> ProposeMap(RowSource* rows, const std::string& encoding, const RowSettings& settings) {
  ProposedFile file{rows->name(), encoding, settings, {}};
  ProposalReader reader(rows, &file);
  RETURN_IF_ERROR(reader.Read());
  if (reader.columns().names().empty()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{} has no rows that can be read", rows->name()), ""};
  }
  return Proposal(file, reader.columns()).Write();
}

}  // namespace duebook
