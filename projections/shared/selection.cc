#include "projections/shared/selection.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <compare>
#include <utility>

#include "ledger/command/spelling.h"
#include "ledger/values/parse_number.h"
#include "ledger/values/split.h"
#include "ledger/values/suggestion.h"
#include "ledger/values/trimmed.h"
#include "projections/shared/period.h"

namespace duebook {
namespace {

enum class Operator : uint8_t { kEqual, kUnequal, kLess, kAtMost, kGreater, kAtLeast, kHolds };

// In the order in which they are looked for: of two that begin alike the longer first.
constexpr std::array<std::pair<std::string_view, Operator>, 7> kOperators{{
    {"!=", Operator::kUnequal},
    {"<=", Operator::kAtMost},
    {">=", Operator::kAtLeast},
    {"=", Operator::kEqual},
    {"<", Operator::kLess},
    {">", Operator::kGreater},
    {"~", Operator::kHolds},
}};

constexpr std::string_view kSigns = "=!<>~";  // of which operators are made

// A condition as it was read: of which column, and what its cells are held against.
struct Condition {
  size_t column = 0;
  Operator op = Operator::kEqual;
  std::string text;    // folded, of kHolds
  Decimal amount;      // of columns of money
  int64_t number = 0;  // of columns of counts
};

Error Wrong(std::string sentence, std::string hint) {
  return {ErrorCode::kInvalidArgument, std::move(sentence), std::move(hint)};
}

Result<size_t> FindColumn(const Report& report, std::string_view name) {
  std::vector<std::string> names;
  for (size_t i = 0; i < report.columns.size(); ++i) {
    if (report.columns[i].name == name) return i;
    names.push_back(report.columns[i].name);
  }
  return Wrong(fmt::format("there is no column {}", Quoted(name)), fmt::format("there are {}", fmt::join(names, ", ")));
}

// Returns how an amount stands to a decimal number, of which parts of a minor unit count too.
std::strong_ordering Compare(const Money& money, Decimal decimal) {
  int scale = money.currency.decimals();
  Sum digits = decimal.digits;
  bool has_rest = false;
  for (; scale < decimal.scale; ++scale) {
    has_rest = has_rest || digits % 10 != 0;
    digits = digits / 10 - (digits < 0 && digits % 10 != 0 ? 1 : 0);  // down
  }
  for (; scale > decimal.scale; --scale) digits *= 10;
  if (money.amount != digits) return money.amount < digits ? std::strong_ordering::less : std::strong_ordering::greater;
  return has_rest ? std::strong_ordering::less : std::strong_ordering::equal;
}

bool Meets(std::strong_ordering order, Operator op) {
  switch (op) {
    case Operator::kEqual:
      return order == 0;
    case Operator::kUnequal:
      return order != 0;
    case Operator::kLess:
      return order < 0;
    case Operator::kAtMost:
      return order <= 0;
    case Operator::kGreater:
      return order > 0;
    case Operator::kAtLeast:
      return order >= 0;
    case Operator::kHolds:
      return false;
  }
  return false;
}

bool MeetsText(std::string_view cell, const Condition& condition) {
  if (condition.op == Operator::kHolds) return FoldedForSearch(cell).find(condition.text) != std::string::npos;
  return Meets(cell.compare(condition.text) <=> 0, condition.op);
}

// A day or time meets "=" that begins as the value does: the time of a day, the day of a month.
bool MeetsDay(std::string_view cell, const Condition& condition) {
  const bool whole = condition.op == Operator::kEqual || condition.op == Operator::kUnequal ||
                     condition.op == Operator::kAtMost || condition.op == Operator::kGreater;
  return MeetsText(whole ? cell.substr(0, condition.text.size()) : cell, condition);
}

template <class Texts, class TextOf>
bool MeetsOne(const Texts& texts, const Condition& condition, const TextOf& text_of) {
  Condition each = condition;
  if (condition.op == Operator::kUnequal) each.op = Operator::kEqual;
  const bool any =
      std::any_of(texts.begin(), texts.end(), [&](const auto& text) { return MeetsText(text_of(text), each); });
  return condition.op == Operator::kUnequal ? !any : any;
}

bool IsEmpty(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return text->empty();
  if (const auto* term = std::get_if<Term>(&cell)) return term->name.empty();
  if (const auto* texts = std::get_if<std::vector<std::string>>(&cell)) return texts->empty();
  if (const auto* terms = std::get_if<std::vector<Term>>(&cell)) return terms->empty();
  return std::holds_alternative<std::monostate>(cell);
}

bool IsMet(const Condition& condition, const Cell& cell) {
  if (condition.text.empty() && condition.op != Operator::kHolds) {
    return IsEmpty(cell) == (condition.op == Operator::kEqual);
  }
  if (IsEmpty(cell)) return condition.op == Operator::kUnequal;
  if (const auto* money = std::get_if<Money>(&cell)) return Meets(Compare(*money, condition.amount), condition.op);
  if (const auto* number = std::get_if<int64_t>(&cell)) return Meets(*number <=> condition.number, condition.op);
  if (const auto* date = std::get_if<Date>(&cell)) return MeetsDay(date->ToString(), condition);
  if (const auto* time = std::get_if<Time>(&cell)) return MeetsDay(time->ToString(), condition);
  if (const auto* term = std::get_if<Term>(&cell)) return MeetsText(term->name, condition);
  if (const auto* terms = std::get_if<std::vector<Term>>(&cell)) {
    return MeetsOne(*terms, condition, [](const Term& term) -> std::string_view { return term.name; });
  }
  if (const auto* texts = std::get_if<std::vector<std::string>>(&cell)) {
    return MeetsOne(*texts, condition, [](const std::string& text) -> std::string_view { return text; });
  }
  return MeetsText(std::get<std::string>(cell), condition);
}

// "2025", "2025-01", "2025-01-31": the beginning of a day or time that there is.
bool IsBeginningOfDay(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  return ReadPeriod(text.substr(0, std::string_view("0000-00-00").size())).ok() &&
         std::equal(text.begin(), text.begin() + static_cast<ptrdiff_t>(std::min(text.size(), kForm.size())),
                    kForm.begin(), [](char c, char form) { return form == '0' ? c >= '0' && c <= '9' : c == form; });
}

bool IsOrder(Operator op) {
  return op == Operator::kLess || op == Operator::kAtMost || op == Operator::kGreater || op == Operator::kAtLeast;
}

// That a word is more than another, such as a state, or a bucket of the aging, says nothing.
Error NoOrder(const Column& column, const Report& report) {
  std::vector<std::string> numbers;
  for (const Column& other : report.columns) {
    if (other.type == ColumnType::kNumber) numbers.push_back(other.name);
  }
  return Wrong(fmt::format("{} holds words, which have no order", column.name),
               numbers.empty() ? "say =, != or ~"
                               : fmt::format("say =, != or ~, or compare numbers: {}", fmt::join(numbers, ", ")));
}

Status ReadValue(const Report& report, Condition* condition) {
  const Column& column = report.columns[condition->column];
  const std::string& text = condition->text;
  if (column.type == ColumnType::kWord && IsOrder(condition->op)) return NoOrder(column, report);
  const bool is_equality = condition->op == Operator::kEqual || condition->op == Operator::kUnequal;
  if (text.empty()) {
    return is_equality ? Status() : Status(Wrong("there is no value", "as in 'open >= 1000.00'"));
  }
  if (condition->op == Operator::kHolds) {
    const bool has_texts = column.type == ColumnType::kText || column.type == ColumnType::kWord;
    if (!has_texts) return Wrong(fmt::format("{} holds no texts", column.name), "say = or <");
    condition->text = FoldedForSearch(text);
    return Status();
  }
  if (IsMoney(column.type)) {
    const auto amount = Decimal::Parse(text);
    if (!amount.has_value()) return Wrong(fmt::format("{} is no amount", Quoted(text)), "write it as 1000.00");
    condition->amount = *amount;
  } else if (column.type == ColumnType::kNumber) {
    const auto number = ParseNumber<int64_t>(text);
    if (!number.has_value()) return Wrong(fmt::format("{} is no whole number", Quoted(text)), "");
    condition->number = *number;
  } else if (column.type == ColumnType::kDate || column.type == ColumnType::kTime) {
    if (!IsBeginningOfDay(text)) return Wrong(fmt::format("{} is no day", Quoted(text)), "write it as YYYY-MM-DD");
  }
  return Status();
}

Result<Condition> ReadCondition(std::string_view text, const Report& report) {
  const size_t at = text.find_first_of(kSigns);
  const auto found = std::find_if(kOperators.begin(), kOperators.end(), [&](const auto& op) {
    return at != std::string_view::npos && text.substr(at).starts_with(op.first);
  });
  constexpr const char* kHint = "say one of = != < <= > >= ~, as in 'open > 0'";
  if (found == kOperators.end()) return Wrong("there is no comparison", kHint);
  const size_t value_at = at + found->first.size();
  const size_t signs_end = std::min(text.find_first_not_of(kSigns, at), text.size());
  if (signs_end > value_at) {
    return Wrong(fmt::format("{} is no comparison", Quoted(text.substr(at, signs_end - at))), kHint);
  }
  const auto column = FindColumn(report, ColumnOf(text));
  RETURN_IF_ERROR(column);
  Condition condition;
  condition.column = *column;
  condition.op = found->second;
  condition.text = Trimmed(text.substr(value_at));
  RETURN_IF_ERROR(ReadValue(report, &condition));
  return condition;
}

// Returns the error with the option and its value before it.
Error OfValue(std::string_view option, std::string_view value, const Error& error) {
  return Wrong(fmt::format("--{} {}: {}", option, Quoted(value), error.sentence), error.hint);
}

std::strong_ordering Compare(const Term& a, const Term& b) {
  return a.place != b.place ? a.place <=> b.place : a.name.compare(b.name) <=> 0;
}

// A cell's place among others of its column; numbers and amounts as such.
std::strong_ordering Compare(const Cell& a, const Cell& b) {
  const auto* money = std::get_if<Money>(&a);
  const auto* other = std::get_if<Money>(&b);
  if (money != nullptr && other != nullptr) {
    Sum left = money->amount;
    Sum right = other->amount;
    for (int scale = money->currency.decimals(); scale < other->currency.decimals(); ++scale) left *= 10;
    for (int scale = other->currency.decimals(); scale < money->currency.decimals(); ++scale) right *= 10;
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
  }
  if (const auto* number = std::get_if<int64_t>(&a)) return *number <=> std::get<int64_t>(b);
  if (const auto* date = std::get_if<Date>(&a)) return *date <=> std::get<Date>(b);
  if (const auto* time = std::get_if<Time>(&a)) return *time <=> std::get<Time>(b);
  if (const auto* term = std::get_if<Term>(&a)) return Compare(*term, std::get<Term>(b));
  if (const auto* text = std::get_if<std::string>(&a)) return text->compare(std::get<std::string>(b)) <=> 0;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&a)) {
    return *texts <=> std::get<std::vector<std::string>>(b);
  }
  const auto& terms = std::get<std::vector<Term>>(a);
  const auto& others = std::get<std::vector<Term>>(b);
  return std::lexicographical_compare_three_way(terms.begin(), terms.end(), others.begin(), others.end(),
                                                [](const Term& x, const Term& y) { return Compare(x, y); });
}

struct SortKey {
  size_t column = 0;
  bool descending = false;
};

Result<SortKey> ReadSortKey(std::string_view text, const Report& report) {
  const std::vector<std::string_view> parts = SplitAt(text, ':');
  const std::string_view name = Trimmed(parts.front());
  if (name.empty()) return Wrong("the name of a column is missing", "say one such as open:desc");
  const std::string_view way = parts.size() == 1 ? "asc" : Trimmed(text.substr(parts.front().size() + 1));
  if (way != "asc" && way != "desc") {
    return Wrong(fmt::format("rows are not sorted {}", Quoted(way)), fmt::format("say {0}:asc or {0}:desc", name));
  }
  const auto column = FindColumn(report, name);
  RETURN_IF_ERROR(column);
  return SortKey{*column, way == "desc"};
}

bool ComesBefore(const Row& a, const Row& b, const std::vector<SortKey>& keys) {
  for (const SortKey& key : keys) {
    const Cell& left = a[key.column];
    const Cell& right = b[key.column];
    if (IsEmpty(left) || IsEmpty(right)) {
      if (IsEmpty(left) != IsEmpty(right)) return IsEmpty(right);
      continue;
    }
    const std::strong_ordering order = Compare(left, right);
    if (order != 0) return key.descending ? order > 0 : order < 0;
  }
  return false;
}

template <class Item>
void Choose(const std::vector<size_t>& places, std::vector<Item>* items) {
  std::vector<Item> chosen;
  chosen.reserve(places.size());
  for (const size_t place : places) chosen.push_back((*items)[place]);
  *items = std::move(chosen);
}

}  // namespace

std::string_view ColumnOf(std::string_view condition) {
  return Trimmed(condition.substr(0, condition.find_first_of(kSigns)));
}

Status KeepWhere(const std::vector<std::string>& conditions, Report* report) {
  std::vector<Condition> read;
  for (const std::string& text : conditions) {
    auto condition = ReadCondition(text, *report);
    if (!condition.ok()) return OfValue("where", text, condition.error());
    read.push_back(*std::move(condition));
  }
  std::erase_if(report->rows, [&](const Row& row) {
    return !std::all_of(read.begin(), read.end(),
                        [&](const Condition& condition) { return IsMet(condition, row[condition.column]); });
  });
  return Status();
}

void DropZeros(Report* report) {
  std::vector<size_t> balances, money;
  for (size_t i = 0; i < report->columns.size(); ++i) {
    if (report->columns[i].type == ColumnType::kBalance) balances.push_back(i);
    if (IsMoney(report->columns[i].type)) money.push_back(i);
  }
  const std::vector<size_t>& asked = balances.empty() ? money : balances;
  std::erase_if(report->rows, [&](const Row& row) {
    return std::all_of(asked.begin(), asked.end(), [&](size_t column) {
      const Money* amount = std::get_if<Money>(&row[column]);
      return amount == nullptr || amount->amount == 0;
    });
  });
}

Status SortRows(std::string_view order, Report* report) {
  if (order.empty()) return Status();
  std::vector<SortKey> keys;
  for (const std::string_view text : SplitAt(order, ',')) {
    const auto key = ReadSortKey(text, *report);
    if (!key.ok()) return OfValue("sort", order, key.error());
    keys.push_back(*key);
  }
  std::stable_sort(report->rows.begin(), report->rows.end(),
                   [&](const Row& a, const Row& b) { return ComesBefore(a, b, keys); });
  return Status();
}

Status ChooseColumns(std::string_view list, Report* report) {
  if (list.empty()) return Status();
  std::vector<size_t> places;
  for (const std::string_view name : SplitAt(list, ',')) {
    const auto place = FindColumn(*report, Trimmed(name));
    if (!place.ok()) return OfValue("columns", list, place.error());
    if (std::find(places.begin(), places.end(), *place) != places.end()) {
      return OfValue("columns", list, Wrong(fmt::format("{} stands twice", Trimmed(name)), "name it once"));
    }
    places.push_back(*place);
  }
  Choose(places, &report->columns);
  for (Row& row : report->rows) Choose(places, &row);
  for (Row& row : report->totals) Choose(places, &row);
  return Status();
}

void KeepTop(size_t count, Report* report) {
  const size_t all = report->rows.size() + report->further_rows;
  if (count >= all) return;
  report->rows.resize(count);
  report->further_rows = all - count;
  report->figures.emplace_back("rows shown", report->language == Language::kChinese
                                                 ? fmt::format("{} 行中的前 {} 行", all, count)
                                                 : fmt::format("{} of {}", count, all));
}

}  // namespace duebook
