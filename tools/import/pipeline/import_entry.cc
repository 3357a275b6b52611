#include "tools/import/pipeline/import_entry.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/event/document_key.h"
#include "ledger/event/event_fields.h"
#include "ledger/values/ascii.h"

namespace duebook {

namespace {

using Buffer = fmt::memory_buffer;

void Append(std::string_view text, Buffer* key) { key->append(text); }

void Append(int64_t number, Buffer* key) {
  key->append(std::string_view(reinterpret_cast<const char*>(&number), sizeof(number)));
}

// Small letters, and numbers without zeros before them, each behind a mark. Letters beyond ASCII stay as they are.
void AppendReference(std::string_view reference, Buffer* key) {
  bool within_number = false;
  bool is_leading = false;  // no digit of the number but zeros came yet
  for (const char c : reference) {
    const bool is_digit = c >= '0' && c <= '9';
    if (is_digit && !within_number) {
      key->push_back('#');
      is_leading = true;
    }
    within_number = is_digit;
    is_leading = is_leading && c == '0';
    const char lower = LowerCase(c);
    const bool is_letter = (lower >= 'a' && lower <= 'z') || static_cast<uint8_t>(c) >= 0x80;
    if (is_letter || (is_digit && !is_leading)) key->push_back(lower);
  }
}

std::string_view TextOf(EventView event, std::string_view name) {
  const FieldInfo* field = name.empty() ? nullptr : event.info().FindField(name);
  return field == nullptr ? std::string_view() : TextField(event.body_table(), *field);
}

std::optional<Date> EarliestDue(const schema::InvoiceIssued& invoice) {
  std::optional<Date> due;
  const auto* instalments = invoice.instalments();
  if (instalments != nullptr) {
    for (const schema::Instalment* each : *instalments) {
      due = std::min(due.value_or(Date::Max()), DateOf(*each->due()));
    }
  }
  const schema::Date* given = invoice.due();
  if (!due.has_value() && given != nullptr && given->days() != kUnsetDays) due = DateOf(*given);
  return due;
}

// Of the field `amount`, if its currency was left to documents.
const Command::OpenAmount* OpenAmountOf(const Command& command) {
  const auto& open = command.open_amounts();
  const auto found = std::find_if(open.begin(), open.end(), [](const auto& each) { return each.field == "amount"; });
  return found == open.end() ? nullptr : &*found;
}

}  // namespace

std::string_view ReferenceField(EventType type) {
  switch (type) {
    case EventType::InvoiceIssued:
      return "invoice";
    case EventType::PaymentReceived:
      return "reference";
    case EventType::CreditNoteIssued:
      return "credit_note";
    case EventType::DebitNoteIssued:
      return "debit_note";
    default:
      return "";
  }
}

std::optional<ImportEntry> EntryOf(const Command& command, Currency ledger_currency) {
  const EventView event = command.event();
  const std::string_view reference_field = ReferenceField(event.type());
  if (reference_field.empty()) return std::nullopt;
  ImportEntry entry;
  entry.type = event.type();
  entry.id = EventIdHash(event.id());
  entry.date = event.date();
  entry.currency = event.currency().empty() ? ledger_currency : event.currency();
  if (event.type() == EventType::InvoiceIssued) entry.due = EarliestDue(event.body<schema::InvoiceIssued>());

  std::optional<Minor> amount;
  if (const auto* open = OpenAmountOf(command)) {
    amount = open->value.ToMinor(ledger_currency.decimals());
  } else {
    amount = AmountOf(AmountField(event.body_table(), *event.info().FindField("amount")));
  }
  const bool tells_customer = !event.customer().empty();
  Buffer key;
  Append(event.currency().packed(), &key);
  Append(tells_customer ? event.customer() : TextOf(event, "invoice"), &key);
  if (tells_customer && amount.has_value()) {
    entry.account = BooksHash(kCustomerKey, {key.data(), key.size()});
    entry.amount = *amount;
  }
  Append(std::string_view("\0", 1), &key);
  Append(event.date().days(), &key);
  Append(amount.value_or(0), &key);
  const std::string_view reference = TextOf(event, reference_field);
  AppendReference(reference, &key);
  entry.has_reference = !reference.empty();
  entry.likeness = BooksHash(static_cast<char>(event.type()), {key.data(), key.size()});
  return entry;
}

}  // namespace duebook
