#include "tools/letters/reminder_letters.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/values/base64.h"
#include "projections/history/visible_events.h"
#include "projections/shared/customer_description.h"
#include "projections/shared/letter_language.h"
#include "tools/render/render_letter.h"
#include "tools/render/shown_text.h"
#include "tools/render/vocabulary.h"

namespace duebook {

namespace {

Result<CustomerDescription> DescriptionOf(const EventLog& log, const std::string& customer, const Cut& cut) {
  CustomerDescription description(cut.effective);
  const auto seqs = SeqsOfTypes(
      log, {EventType::CustomerOpened, EventType::CustomerChanged, EventType::TermsSet, EventType::SalespersonAssigned},
      {customer});
  RETURN_IF_ERROR(seqs);
  RETURN_IF_ERROR(ForEachVisible(log, *seqs, cut, [&](EventView event) { description.Evolve(event); }));
  return description;
}

// The values of a letter in one language.
class LetterWriter {
 public:
  LetterWriter(const ReminderSending& sending, Currency currency) : sending_(sending), currency_(currency) {
    amounts_.separates_thousands = sending.separates_thousands;
  }

  FilledLetter Of(const Reminder& reminder, const CustomerDescription& customer) const {
    FilledLetter letter;
    letter.values = OfCompany();
    const CustomerAccount& account = sending_.collecting->items.accounts()[reminder.account];
    for (const char* field : {"name", "address", "contact", "salesperson"})
      letter.values[field] = ShownLines(customer.Of(field));
    const std::string own = customer.Of("payment_details");
    letter.values["payment_details"] = ShownLines(own.empty() ? sending_.company.bank_details : own);
    letter.values["customer"] = ShownText(sending_.collecting->history.customers.id[account.customer]);
    if (letter.values["name"].empty()) letter.values["name"] = letter.values["customer"];
    letter.values["date"] = sending_.collecting->cut.effective.ToString();
    letter.values["level"] = fmt::format("{}", reminder.step->level);
    letter.values["currency"] = currency_.ToString();
    letter.values["total"] = Amount(reminder.amount);
    letter.values["credit"] = Amount(account.unapplied);
    letter.values["interest"] = Amount(InterestOf(reminder));
    letter.values["charge"] = Amount(ChargeOf(reminder, *sending_.collecting));
    for (const ReminderItem* item : reminder.items) letter.items.push_back(OfItem(*item));
    return letter;
  }

 private:
  LetterValues OfCompany() const {
    const Company& company = sending_.company;
    LetterValues values{{"company", ShownText(company.name)},
                        {"company_address", ShownLines(company.address)},
                        {"company_registration", ShownText(company.registration)},
                        {"company_phone", ShownText(company.phone)},
                        {"company_email", ShownText(company.email)}};
    if (!sending_.logo.empty()) {
      values["logo"] = fmt::format("data:{};base64,{}", PictureTypeOf(sending_.logo), ToBase64(sending_.logo));
    }
    return values;
  }

  LetterValues OfItem(const ReminderItem& item) const {
    const History::Items& items = sending_.collecting->history.items;
    return {{"invoice", ShownText(items.number[item.item])},
            {"date", items.date[item.item].ToString()},
            {"due", item.due.ToString()},
            {"days", fmt::format("{}", item.age)},
            {"amount", Amount(item.amount)},
            {"open", Amount(item.open)}};
  }

  // What has accrued on the letter's invoices and is not billed.
  Sum InterestOf(const Reminder& reminder) const {
    Sum sum = 0;
    for (const ReminderItem* item : reminder.items) {
      const auto found =
          std::lower_bound(sending_.interest.begin(), sending_.interest.end(), item->item,
                           [](const InvoiceInterest& each, uint32_t of_item) { return each.item < of_item; });
      const bool has_some = found != sending_.interest.end() && found->item == item->item;
      if (has_some) sum += std::max(Sum{0}, found->unbilled());
    }
    return sum;
  }

  std::string Amount(Sum amount) const { return ShownCell(Cell(Money{amount, currency_}), amounts_); }

  const ReminderSending& sending_;
  const Currency currency_;
  Report amounts_;  // which says how amounts are shown
};

std::string AddresseeOf(const CustomerDescription& customer, const std::string& channel) {
  if (channel == "email") return customer.Of("email");
  if (channel == "phone" || channel == "sms") return customer.Of("phone");
  return customer.Of("contact");
}

}  // namespace

Minor ChargeOf(const Reminder& reminder, const Collecting& collecting) {
  const CustomerAccount& account = collecting.items.accounts()[reminder.account];
  const bool binds = collecting.policies.Of(account.customer).currency == account.currency;
  return binds ? reminder.step->charge : 0;
}

Result<ReminderLetter> LetterOf(const Reminder& reminder, const ReminderSending& sending,
                                const ReminderTemplates& templates) {
  const CustomerAccount& account = sending.collecting->items.accounts()[reminder.account];
  const std::string customer(sending.collecting->history.customers.id[account.customer]);
  const auto description = DescriptionOf(*sending.log, customer, sending.collecting->cut);
  RETURN_IF_ERROR(description);
  const Language language = LanguageOfLetter(description->Of("language"), sending.company);
  const LetterTemplate& chosen = templates.For(reminder.step->level, language, ReminderToneOf(reminder.days));
  return ReminderLetter{chosen.Fill(LetterWriter(sending, account.currency).Of(reminder, *description)),
                        chosen.is_html(), AddresseeOf(*description, reminder.step->channel)};
}

}  // namespace duebook
