#include "tools/import/invoice/electronic_invoice.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "ledger/values/suggestion.h"
#include "ledger/values/trimmed.h"
#include "tools/import/rows/input_file.h"
#include "tools/import/rows/other_formats.h"
#include "tools/xml/xml_parser.h"

namespace duebook {

namespace {

constexpr size_t kMostTermBytes = 4096;
constexpr size_t kMostValues = 100;    // of one term
constexpr size_t kMostNameBytes = 64;  // more than the names of elements in the paths below have

struct TermName {
  std::string_view number;
  std::string_view meaning;
};
constexpr std::array<TermName, kInvoiceTerms> kTermNames = {{
    {"BT-1", "number"},
    {"BT-2", "date"},
    {"BT-3", "type"},
    {"BT-5", "currency"},
    {"BT-9", "due date"},
    {"BT-25", "preceding invoice"},
    {"BT-27", "seller's name"},
    {"BT-29", "seller's identifier"},
    {"BT-30", "seller's registration"},
    {"BT-31", "seller's VAT identifier"},
    {"BT-44", "buyer's name"},
    {"BT-46", "buyer's identifier"},
    {"BT-48", "buyer's VAT identifier"},
    {"BT-110", "tax"},
    {"BT-112", "total with tax"},
    {"BT-114", "rounding"},
    {"BT-115", "amount to be paid"},
}};

// Where a term stands below the outermost element, and the attribute that belongs to it.
struct TermPath {
  InvoiceTerm term;
  std::string_view in;  // what the paths of several terms begin with
  std::string_view path;
  std::string_view attribute = {};

  bool operator==(std::string_view whole) const { return whole.starts_with(in) && whole.substr(in.size()) == path; }
};

constexpr std::string_view kAgreement = "/SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement";
constexpr std::string_view kSettlement = "/SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement";
constexpr std::string_view kHere;

constexpr std::array kUblPaths = {
    TermPath{InvoiceTerm::kNumber, kHere, "/ID"},
    TermPath{InvoiceTerm::kDate, kHere, "/IssueDate"},
    TermPath{InvoiceTerm::kType, kHere, "/InvoiceTypeCode"},
    TermPath{InvoiceTerm::kType, kHere, "/CreditNoteTypeCode"},
    TermPath{InvoiceTerm::kCurrency, kHere, "/DocumentCurrencyCode"},
    TermPath{InvoiceTerm::kDue, kHere, "/DueDate"},
    TermPath{InvoiceTerm::kDue, kHere, "/PaymentMeans/PaymentDueDate"},
    TermPath{InvoiceTerm::kPreceding, kHere, "/BillingReference/InvoiceDocumentReference/ID"},
    TermPath{InvoiceTerm::kSellerName, kHere, "/AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName"},
    TermPath{InvoiceTerm::kSellerId, kHere, "/AccountingSupplierParty/Party/PartyIdentification/ID"},
    TermPath{InvoiceTerm::kSellerRegistration, kHere, "/AccountingSupplierParty/Party/PartyLegalEntity/CompanyID"},
    TermPath{InvoiceTerm::kSellerTaxId, kHere, "/AccountingSupplierParty/Party/PartyTaxScheme/CompanyID"},
    TermPath{InvoiceTerm::kBuyerName, kHere, "/AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName"},
    TermPath{InvoiceTerm::kBuyerId, kHere, "/AccountingCustomerParty/Party/PartyIdentification/ID"},
    TermPath{InvoiceTerm::kBuyerTaxId, kHere, "/AccountingCustomerParty/Party/PartyTaxScheme/CompanyID"},
    TermPath{InvoiceTerm::kTax, kHere, "/TaxTotal/TaxAmount", "currencyID"},
    TermPath{InvoiceTerm::kTotal, kHere, "/LegalMonetaryTotal/TaxInclusiveAmount", "currencyID"},
    TermPath{InvoiceTerm::kRounding, kHere, "/LegalMonetaryTotal/PayableRoundingAmount", "currencyID"},
    TermPath{InvoiceTerm::kPayable, kHere, "/LegalMonetaryTotal/PayableAmount", "currencyID"},
};

constexpr std::array kCiiPaths = {
    TermPath{InvoiceTerm::kNumber, kHere, "/ExchangedDocument/ID"},
    TermPath{InvoiceTerm::kDate, kHere, "/ExchangedDocument/IssueDateTime/DateTimeString", "format"},
    TermPath{InvoiceTerm::kType, kHere, "/ExchangedDocument/TypeCode"},
    TermPath{InvoiceTerm::kCurrency, kSettlement, "/InvoiceCurrencyCode"},
    TermPath{InvoiceTerm::kDue, kSettlement, "/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString", "format"},
    TermPath{InvoiceTerm::kPreceding, kSettlement, "/InvoiceReferencedDocument/IssuerAssignedID"},
    TermPath{InvoiceTerm::kSellerName, kAgreement, "/SellerTradeParty/Name"},
    TermPath{InvoiceTerm::kSellerId, kAgreement, "/SellerTradeParty/ID"},
    TermPath{InvoiceTerm::kSellerId, kAgreement, "/SellerTradeParty/GlobalID"},
    TermPath{InvoiceTerm::kSellerRegistration, kAgreement, "/SellerTradeParty/SpecifiedLegalOrganization/ID"},
    TermPath{InvoiceTerm::kSellerTaxId, kAgreement, "/SellerTradeParty/SpecifiedTaxRegistration/ID", "schemeID"},
    TermPath{InvoiceTerm::kBuyerName, kAgreement, "/BuyerTradeParty/Name"},
    TermPath{InvoiceTerm::kBuyerId, kAgreement, "/BuyerTradeParty/ID"},
    TermPath{InvoiceTerm::kBuyerId, kAgreement, "/BuyerTradeParty/GlobalID"},
    TermPath{InvoiceTerm::kBuyerTaxId, kAgreement, "/BuyerTradeParty/SpecifiedTaxRegistration/ID", "schemeID"},
    TermPath{InvoiceTerm::kTax, kSettlement, "/SpecifiedTradeSettlementHeaderMonetarySummation/TaxTotalAmount",
             "currencyID"},
    TermPath{InvoiceTerm::kTotal, kSettlement, "/SpecifiedTradeSettlementHeaderMonetarySummation/GrandTotalAmount",
             "currencyID"},
    TermPath{InvoiceTerm::kRounding, kSettlement, "/SpecifiedTradeSettlementHeaderMonetarySummation/RoundingAmount",
             "currencyID"},
    TermPath{InvoiceTerm::kPayable, kSettlement, "/SpecifiedTradeSettlementHeaderMonetarySummation/DuePayableAmount",
             "currencyID"},
};

// The outermost element of a kind of e-invoice, and its namespace.
struct Standard {
  std::string_view title, element, name;
};
constexpr Standard kUblInvoice = {"UBL 2.1", "Invoice", "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"};
constexpr Standard kUblCreditNote = {"UBL 2.1", "CreditNote",
                                     "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"};
constexpr Standard kCiiInvoice = {"CII D16B", "CrossIndustryInvoice",
                                  "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"};

// Collects the terms.
class TermCollector : public XmlHandler {
 public:
  TermCollector() : parser_(this, XmlParser::Encoding::kUtf8) {}

  void OnStart(std::string_view element, const Attributes& attributes) override;
  void OnEnd(std::string_view element) override;
  void OnText(std::string_view text) override;

  Status Parse(std::string_view bytes, bool is_last) {
    RETURN_IF_ERROR(parser_.Parse(bytes, is_last));
    return wrong_;
  }
  // Where that came to an error.
  uint64_t line() const { return wrong_.ok() ? parser_.line() : wrong_line_; }
  ElectronicInvoice TakeInvoice() { return std::move(invoice_); }

 private:
  void Begin(std::string_view outermost);
  void Fail(std::string sentence, std::string hint = "");
  const TermPath* FindPath() const;

  XmlParser parser_;
  ElectronicInvoice invoice_;
  bool has_begun_ = false;
  std::string path_;                // of the innermost open element, below the outermost one
  std::vector<size_t> ends_;        // of path_, before each open element
  const TermPath* term_ = nullptr;  // that is being read
  InvoiceValue value_;
  Status wrong_;
  uint64_t wrong_line_ = 0;
};

void TermCollector::Fail(std::string sentence, std::string hint) {
  if (!wrong_.ok()) return;
  wrong_ = Error{ErrorCode::kInvalidArgument, std::move(sentence), std::move(hint)};
  wrong_line_ = parser_.line();
}

void TermCollector::Begin(std::string_view outermost) {
  has_begun_ = true;
  invoice_.line = parser_.line();
  invoice_.is_cii = outermost == kCiiInvoice.element;
  invoice_.is_ubl_credit_note = outermost == kUblCreditNote.element;
  const std::string_view said = parser_.element_namespace();
  for (const Standard& standard : {kUblInvoice, kUblCreditNote, kCiiInvoice}) {
    if (outermost != standard.element) continue;
    if (said == standard.name) return;
    return Fail(fmt::format("{} {} is no e-invoice that is read", Quoted(outermost),
                            said.empty() ? "without a namespace" : "of the namespace " + Quoted(said)),
                fmt::format("that of {} is {}", standard.title, standard.name));
  }
  Fail(fmt::format("{} is no e-invoice that is read", Quoted(outermost)),
       "those are Invoice and CreditNote of UBL 2.1, and CrossIndustryInvoice of CII D16B");
}

const TermPath* TermCollector::FindPath() const {
  const auto find = [this](const auto& paths) -> const TermPath* {
    const auto found = std::find_if(paths.begin(), paths.end(), [this](const TermPath& one) { return one == path_; });
    return found == paths.end() ? nullptr : &*found;
  };
  return invoice_.is_cii ? find(kCiiPaths) : find(kUblPaths);
}

void TermCollector::OnStart(std::string_view element, const Attributes& attributes) {
  if (!has_begun_) return Begin(element);
  ends_.push_back(path_.size());
  path_.append("/").append(element.substr(0, kMostNameBytes));
  term_ = FindPath();
  if (term_ == nullptr) return;
  value_ = {"", std::string(ValueOf(attributes, term_->attribute).substr(0, kMostNameBytes)), parser_.line()};
}

void TermCollector::OnEnd(std::string_view) {
  if (ends_.empty()) return;  // the outermost one
  path_.resize(ends_.back());
  ends_.pop_back();
  const TermPath* const term = std::exchange(term_, nullptr);
  if (term == nullptr) return;
  value_.text = Trimmed(value_.text, kXmlBlanks);
  if (value_.text.empty()) return;
  auto& values = invoice_.values[static_cast<size_t>(term->term)];
  if (values.size() == kMostValues) {
    return Fail(fmt::format("the {} ({}) is there more than {} times", MeaningOf(term->term), NumberOf(term->term),
                            kMostValues));
  }
  values.push_back(std::move(value_));
}

void TermCollector::OnText(std::string_view text) {
  if (term_ == nullptr || !wrong_.ok()) return;
  value_.text += text;
  if (value_.text.size() > kMostTermBytes) {
    Fail(fmt::format("the {} ({}) is longer than {} bytes", MeaningOf(term_->term), NumberOf(term_->term),
                     kMostTermBytes));
  }
}

// What is no XML is told as what it is.
Status CheckStart(const InputFile& input) {
  const std::string_view start = WithoutBlanks(input.start());
  if (start.starts_with("%PDF-")) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{} is a PDF", input.name()),
                 "a Factur-X or ZUGFeRD invoice has its XML attached: save that from the PDF, and import it"};
  }
  const OtherFormat* other = start.starts_with("<?xml") ? nullptr : OtherFormatOf(input.start());
  if (other == nullptr) return Status();
  return Error{ErrorCode::kInvalidArgument, fmt::format("{} looks like {}", input.name(), other->looks_like),
               "an e-invoice is XML: UBL 2.1 or CII D16B"};
}

}  // namespace

std::string_view NumberOf(InvoiceTerm term) { return kTermNames[static_cast<size_t>(term)].number; }
std::string_view MeaningOf(InvoiceTerm term) { return kTermNames[static_cast<size_t>(term)].meaning; }

Result<ElectronicInvoice> ReadElectronicInvoice(const std::string& path, const std::string& encoding) {
  constexpr size_t kPiece = size_t{1} << 16;
  auto input = InputFile::Open(path);
  RETURN_IF_ERROR(input);
  RETURN_IF_ERROR(input->StartText(encoding));
  RETURN_IF_ERROR(CheckStart(*input));
  TermCollector collector;
  std::string piece;
  while (true) {
    piece.clear();
    const auto read = input->Read(kPiece, &piece);
    RETURN_IF_ERROR(read);
    const Status parsed = collector.Parse(piece, *read == 0);
    if (!parsed.ok()) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{}:{}: {}", input->name(), collector.line(), parsed.error().sentence),
                   parsed.error().hint};
    }
    if (*read > 0) continue;
    ElectronicInvoice invoice = collector.TakeInvoice();
    invoice.file = input->name();
    return invoice;
  }
}

}  // namespace duebook
