#include "tools/import/invoice/invoice_event.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "ledger/command/spelling.h"
#include "ledger/values/hash.h"
#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/map/exact_number.h"
#include "tools/import/map/foreign_values.h"

namespace duebook {

namespace {

constexpr std::array<std::string_view, 4> kInvoiceTypes = {"326", "380", "384", "389"};
constexpr std::array<std::string_view, 2> kCreditNoteTypes = {"381", "396"};
constexpr std::string_view kValueAddedTax = "VA";  // the scheme of a VAT identifier in CII

// Kept with a credit note that is allocated to none.
std::string ReasonOf(const std::vector<std::string>& preceding) {
  std::string reason = fmt::format("credits {}", fmt::join(preceding, ", "));
  if (reason.size() <= kMaxProseBytes) return reason;
  return fmt::format("credits {} invoices with long numbers", preceding.size());
}

template <class Types>
bool IsOneOf(std::string_view type, const Types& types) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

// "the number (BT-1)"
std::string Named(InvoiceTerm term) { return fmt::format("the {} ({})", MeaningOf(term), NumberOf(term)); }

void AddRemark(const std::string& remark, InvoiceEvent* event) {
  if (!event->remark.empty()) event->remark += "; ";
  event->remark += remark;
}

class InvoiceReader {
 public:
  InvoiceReader(const ElectronicInvoice& invoice, const CustomerNames& names) : invoice_(invoice), names_(names) {}

  std::variant<InvoiceEvent, InvoiceFault> Read();

 private:
  // Keeps the first fault; what is read after it is of no account.
  void Fail(uint64_t line, RejectionCode code, InvoiceTerm term, std::string sentence);
  // Of a term that an invoice has once: null if it is absent, or there with different texts, which is a fault.
  const InvoiceValue* Find(InvoiceTerm term);
  // The same, and a fault if it is absent.
  const InvoiceValue* Need(InvoiceTerm term);
  const InvoiceValue* First(InvoiceTerm term) const;

  void ReadType();
  std::string ReadDate(const InvoiceValue* value, InvoiceTerm term);
  // An amount of the invoice's currency; 0 if there is none.
  ExactNumber ReadAmount(const InvoiceValue* value, InvoiceTerm term);
  std::string ReadTax();
  std::string Seller();
  std::string Customer();
  std::string Id();
  void AddCreditNote(InvoiceEvent* event);
  // What is owed: the total, rounded as the invoice says.
  ExactNumber ReadOwed(const InvoiceValue& total);
  void ComparePayable(const InvoiceValue& total, InvoiceEvent* event);

  const ElectronicInvoice& invoice_;
  const CustomerNames& names_;
  std::optional<InvoiceFault> fault_;
  std::string number_, type_, currency_;
  bool is_credit_note_ = false;
  ExactNumber owed_;
};

void InvoiceReader::Fail(uint64_t line, RejectionCode code, InvoiceTerm term, std::string sentence) {
  if (!fault_.has_value()) fault_ = {line, {code, std::move(sentence), std::string(NumberOf(term))}};
}

const InvoiceValue* InvoiceReader::First(InvoiceTerm term) const {
  const auto& values = invoice_.ValuesOf(term);
  return values.empty() ? nullptr : &values.front();
}

const InvoiceValue* InvoiceReader::Find(InvoiceTerm term) {
  const InvoiceValue* first = First(term);
  for (const InvoiceValue& value : invoice_.ValuesOf(term)) {
    if (value.text == first->text) continue;
    Fail(value.line, RejectionCode::kBadField, term,
         fmt::format("{} is there twice: {} in line {}, {} here", Named(term), Quoted(first->text), first->line,
                     Quoted(value.text)));
    return nullptr;
  }
  return first;
}

const InvoiceValue* InvoiceReader::Need(InvoiceTerm term) {
  const InvoiceValue* value = Find(term);
  if (value == nullptr) Fail(invoice_.line, RejectionCode::kMissingField, term, Named(term) + " is missing");
  return value;
}

void InvoiceReader::ReadType() {
  const InvoiceValue* type = invoice_.is_ubl_credit_note ? Find(InvoiceTerm::kType) : Need(InvoiceTerm::kType);
  type_ = type == nullptr ? kCreditNoteTypes.front() : type->text;
  is_credit_note_ = invoice_.is_ubl_credit_note || IsOneOf(type_, kCreditNoteTypes);
  if (is_credit_note_ || IsOneOf(type_, kInvoiceTypes) || type == nullptr) return;
  Fail(type->line, RejectionCode::kBadField, InvoiceTerm::kType,
       fmt::format("{} is {}; invoices of the types {} are read, and credit notes of {}", Named(InvoiceTerm::kType),
                   Quoted(type_), fmt::join(kInvoiceTypes, ", "), fmt::join(kCreditNoteTypes, ", ")));
}

std::string InvoiceReader::ReadDate(const InvoiceValue* value, InvoiceTerm term) {
  if (value == nullptr) return "";
  constexpr std::string_view kYearMonthDay = "102";  // of UN/EDIFACT 2379
  const DateFormat format = invoice_.is_cii ? *DateFormat::Parse("YYYYMMDD") : DateFormat::Iso();
  const bool is_form = value->attribute.empty() || value->attribute == kYearMonthDay;
  const auto date = is_form ? format.Read(value->text) : std::nullopt;
  if (date.has_value()) return date->ToString();
  Fail(value->line, RejectionCode::kBadDate, term,
       fmt::format("{} is {}, not a date of the form {}", Named(term), Quoted(value->text), format.pattern()));
  return "";
}

ExactNumber InvoiceReader::ReadAmount(const InvoiceValue* value, InvoiceTerm term) {
  if (value == nullptr) return {};
  if (!value->attribute.empty() && value->attribute != currency_) {
    Fail(value->line, RejectionCode::kBadField, term,
         fmt::format("{} is in {}, the invoice in {}", Named(term), Quoted(value->attribute), Quoted(currency_)));
  }
  const auto amount = ExactNumber::Parse(value->text);
  if (amount.has_value()) return *amount;
  Fail(value->line, RejectionCode::kBadAmount, term,
       fmt::format("{} is {}, not an amount with a point before its decimals", Named(term), Quoted(value->text)));
  return {};
}

// There may be a second one, in the currency in which the tax is accounted for.
std::string InvoiceReader::ReadTax() {
  const InvoiceValue* found = nullptr;
  for (const InvoiceValue& value : invoice_.ValuesOf(InvoiceTerm::kTax)) {
    if (!value.attribute.empty() && value.attribute != currency_) continue;
    if (found != nullptr && found->text != value.text) {
      Fail(value.line, RejectionCode::kBadField, InvoiceTerm::kTax,
           fmt::format("{} is there twice in {}: {} in line {}, {} here", Named(InvoiceTerm::kTax), currency_,
                       Quoted(found->text), found->line, Quoted(value.text)));
    }
    found = &value;
  }
  if (found == nullptr) return "";
  const ExactNumber tax = ReadAmount(found, InvoiceTerm::kTax);
  return (owed_.digits < 0 && tax.digits < 0 ? tax.Negative() : tax).ToString();
}

std::string InvoiceReader::Seller() {
  const auto& tax_ids = invoice_.ValuesOf(InvoiceTerm::kSellerTaxId);
  const auto vat = std::find_if(tax_ids.begin(), tax_ids.end(),
                                [](const InvoiceValue& value) { return value.attribute == kValueAddedTax; });
  if (vat != tax_ids.end()) return vat->text;
  for (const InvoiceTerm term : {InvoiceTerm::kSellerTaxId, InvoiceTerm::kSellerRegistration, InvoiceTerm::kSellerId,
                                 InvoiceTerm::kSellerName}) {
    if (const InvoiceValue* value = First(term)) return value->text;
  }
  Fail(invoice_.line, RejectionCode::kMissingField, InvoiceTerm::kSellerName,
       "the seller is not named: BT-31, BT-30, BT-29 and BT-27 are missing");
  return "";
}

std::string InvoiceReader::Customer() {
  for (const InvoiceTerm term : {InvoiceTerm::kBuyerId, InvoiceTerm::kBuyerTaxId, InvoiceTerm::kBuyerName}) {
    for (const InvoiceValue& value : invoice_.ValuesOf(term)) {
      if (const auto found = names_.find(value.text); found != names_.end()) return found->second;
    }
  }
  for (const InvoiceTerm term : {InvoiceTerm::kBuyerId, InvoiceTerm::kBuyerTaxId}) {
    if (const InvoiceValue* value = First(term)) return value->text;
  }
  const InvoiceValue* name = First(InvoiceTerm::kBuyerName);
  Fail(name == nullptr ? invoice_.line : name->line, RejectionCode::kUnknownReference, InvoiceTerm::kBuyerId,
       fmt::format("the buyer{} has no identifier (BT-46 or BT-48); [translate.customer] in a file for --map can say "
                   "which customer it is",
                   name == nullptr ? "" : " " + Quoted(name->text)));
  return "";
}

std::string InvoiceReader::Id() {
  std::string identity;
  for (const std::string& part : {Seller(), number_, type_}) identity += fmt::format("{}:{},", part.size(), part);
  constexpr size_t kDigits = 32;
  return "einv-" + ToHex(Sha256(identity)).substr(0, kDigits);
}

void InvoiceReader::AddCreditNote(InvoiceEvent* event) {
  std::vector<std::string> preceding;
  for (const InvoiceValue& value : invoice_.ValuesOf(InvoiceTerm::kPreceding)) {
    if (std::find(preceding.begin(), preceding.end(), value.text) == preceding.end()) preceding.push_back(value.text);
  }
  event->fields.emplace_back("credit_note", number_);
  event->fields.emplace_back("amount", (owed_.digits < 0 ? owed_.Negative() : owed_).ToString());
  event->fields.emplace_back("tax", ReadTax());
  if (preceding.empty()) return;
  event->unallocated = event->fields;
  event->unallocated.emplace_back("reason", ReasonOf(preceding));
  event->unallocated_remark = "the credit note is not allocated to an invoice";
  const bool may_be_there = Nfc(preceding.front()).size() <= kMaxNumberBytes;
  if (preceding.size() == 1 && may_be_there) {
    event->fields.emplace_back("invoice", preceding.front());
    return;
  }
  const std::string why =
      preceding.size() == 1 ? fmt::format("it credits an invoice whose number is longer than {} bytes", kMaxNumberBytes)
                            : fmt::format("it credits {} invoices ({})", preceding.size(), fmt::join(preceding, ", "));
  event->fields = std::exchange(event->unallocated, {});
  AddRemark(fmt::format("{}: {}", why, std::exchange(event->unallocated_remark, "")), event);
}

ExactNumber InvoiceReader::ReadOwed(const InvoiceValue& total) {
  const ExactNumber amount = ReadAmount(&total, InvoiceTerm::kTotal);
  const InvoiceValue* rounding = Find(InvoiceTerm::kRounding);
  const auto owed = amount.Plus(ReadAmount(rounding, InvoiceTerm::kRounding));
  if (owed.has_value()) return *owed;
  Fail(rounding->line, RejectionCode::kBadAmount, InvoiceTerm::kRounding,
       fmt::format("{} and {} have too many digits together", Named(InvoiceTerm::kTotal),
                   Named(InvoiceTerm::kRounding)));
  return {};
}

// What was paid before is not the invoice's: it comes as a payment.
void InvoiceReader::ComparePayable(const InvoiceValue& total, InvoiceEvent* event) {
  const InvoiceValue* payable = Find(InvoiceTerm::kPayable);
  if (payable == nullptr) return;
  const ExactNumber amount = ReadAmount(payable, InvoiceTerm::kPayable);
  if (amount == owed_) return;
  const InvoiceValue* rounding = First(InvoiceTerm::kRounding);
  const std::string rounded =
      rounding == nullptr ? "" : fmt::format(" with {} of {}", Named(InvoiceTerm::kRounding), rounding->text);
  AddRemark(
      fmt::format("{} is {}, and {} is {}{}, which counts: what was paid before, if that is why, has to come as a "
                  "payment",
                  Named(InvoiceTerm::kPayable), payable->text, Named(InvoiceTerm::kTotal), total.text, rounded),
      event);
}

std::variant<InvoiceEvent, InvoiceFault> InvoiceReader::Read() {
  InvoiceEvent event;
  const InvoiceValue* number = Need(InvoiceTerm::kNumber);
  const InvoiceValue* date = Need(InvoiceTerm::kDate);
  ReadType();
  const InvoiceValue* currency = Need(InvoiceTerm::kCurrency);
  const InvoiceValue* total = Need(InvoiceTerm::kTotal);
  if (fault_.has_value()) return *fault_;
  number_ = number->text;
  currency_ = currency->text;
  owed_ = ReadOwed(*total);
  if (owed_.digits < 0) {
    is_credit_note_ = true;
    AddRemark(fmt::format("{} is {}: it is recorded as a credit note of {}", Named(InvoiceTerm::kTotal), total->text,
                          std::string_view(total->text).substr(1)),
              &event);
  }
  event.is_credit_note = is_credit_note_;
  event.line = number->line;
  event.summary = fmt::format("{} {}, {} {}", type_, number_, total->text, currency_);
  event.fields = {{"type", is_credit_note_ ? "CreditNoteIssued" : "InvoiceIssued"},
                  {"id", Id()},
                  {"date", ReadDate(date, InvoiceTerm::kDate)},
                  {"customer", Customer()},
                  {"currency", currency_}};
  if (is_credit_note_) {
    AddCreditNote(&event);
  } else {
    event.fields.emplace_back("invoice", number_);
    event.fields.emplace_back("amount", owed_.ToString());
    event.fields.emplace_back("tax", ReadTax());
    event.fields.emplace_back("due", ReadDate(Find(InvoiceTerm::kDue), InvoiceTerm::kDue));
  }
  ComparePayable(*total, &event);
  if (fault_.has_value()) return *fault_;
  return event;
}

}  // namespace

std::variant<InvoiceEvent, InvoiceFault> EventOf(const ElectronicInvoice& invoice, const CustomerNames& names) {
  return InvoiceReader(invoice, names).Read();
}

}  // namespace duebook
