#include "tools/import/pipeline/import_warnings.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/check.h"

namespace duebook {

namespace {

constexpr int kMonths = 12;

// "a payment of the same customer, day, amount and reference"
std::string LikeOf(const ImportEntry& entry) {
  const auto like = [](std::string_view what) {
    return fmt::format("{} of the same customer, day, amount and, but for its spelling, number", what);
  };
  switch (entry.type) {
    case EventType::InvoiceIssued:
      return like("an invoice");
    case EventType::CreditNoteIssued:
      return like("a credit note");
    case EventType::DebitNoteIssued:
      return like("a debit note");
    default:
      break;
  }
  return entry.has_reference ? "a payment of the same customer, day, amount and reference"
                             : "a payment of the same customer, day and amount, without a reference as well,";
}

}  // namespace

std::string_view CodeName(WarningCode code) {
  switch (code) {
    case WarningCode::kDuplicateEntry:
      return "duplicate_entry";
    case WarningCode::kDueBeforeDate:
      return "due_before_date";
    case WarningCode::kDistantDate:
      return "distant_date";
    case WarningCode::kUnusualAmount:
      return "unusual_amount";
  }
  return "";
}

ImportWarnings::ImportWarnings(Date today, size_t most_remembered)
    : earliest_(today.AddMonths(-kDistantYearsBefore * kMonths).AddDays(1)),
      latest_(today.AddMonths(kDistantYearsAfter * kMonths).AddDays(-1)),
      entries_(most_remembered),
      accounts_(most_remembered) {}

std::vector<ImportWarning> ImportWarnings::Look(const ImportEntry& entry, const std::string& source) {
  std::vector<ImportWarning> warnings;
  LookForLike(entry, source, &warnings);
  LookAtDates(entry, &warnings);
  LookAtAmount(entry, &warnings);
  return warnings;
}

void ImportWarnings::Note(const ImportEntry& entry, const std::string& source, uint64_t line) {
  if (sources_.empty() || sources_.back() != source) sources_.push_back(source);
  if (entries_.Find(entry.likeness) == nullptr) entries_.Add({entry.likeness, entry.id, line, sources_.size() - 1});
  if (entry.account == 0) return;
  if (Account* account = accounts_.Find(entry.account)) {
    account->largest = std::max(account->largest, entry.amount);
  } else {
    accounts_.Add({entry.account, entry.amount});
  }
}

void ImportWarnings::LookForLike(const ImportEntry& entry, const std::string& source,
                                 std::vector<ImportWarning>* warnings) {
  const Seen* seen = entries_.Find(entry.likeness);
  if (seen == nullptr || seen->id == entry.id) return;
  const std::string& file = sources_[seen->source];
  const std::string place =
      file == source ? fmt::format("line {}", seen->line) : fmt::format("{}:{}", file, seen->line);
  warnings->push_back({entry.item, WarningCode::kDuplicateEntry, std::string(ReferenceField(entry.type)),
                       fmt::format("{} stands in {} under another id", LikeOf(entry), place)});
}

void ImportWarnings::LookAtDates(const ImportEntry& entry, std::vector<ImportWarning>* warnings) const {
  if (entry.due.has_value() && *entry.due < entry.date) {
    warnings->push_back(
        {entry.item, WarningCode::kDueBeforeDate, "due",
         fmt::format("due on {}, before the invoice's own date {}", entry.due->ToString(), entry.date.ToString())});
  }
  const auto look = [&](const char* field, Date date) {
    if (date >= earliest_ && date <= latest_) return;
    const bool is_before = date < earliest_;
    warnings->push_back(
        {entry.item, WarningCode::kDistantDate, field,
         fmt::format("{} lies {} years or more {} the day of the import", date.ToString(),
                     is_before ? kDistantYearsBefore : kDistantYearsAfter, is_before ? "before" : "after")});
  };
  look("date", entry.date);
  if (entry.due.has_value()) look("due", *entry.due);
}

void ImportWarnings::LookAtAmount(const ImportEntry& entry, std::vector<ImportWarning>* warnings) {
  const Account* account = entry.account == 0 ? nullptr : accounts_.Find(entry.account);
  if (account == nullptr || entry.amount < Sum{account->largest} * kUnusualTimes) return;
  warnings->push_back({entry.item, WarningCode::kUnusualAmount, "amount",
                       fmt::format("{} is {} times the customer's largest amount so far, {}, or more",
                                   FormatAmount(entry.amount, entry.currency), kUnusualTimes,
                                   FormatAmount(account->largest, entry.currency))});
}

}  // namespace duebook
