// What an e-invoice says, of that which a receivables ledger needs: the business terms (BT) of EN 16931, read from UBL
// 2.1, Invoice and CreditNote, or from CII D16B, as the XML of a Factur-X or ZUGFeRD invoice is.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/result.h"

namespace duebook {

enum class InvoiceTerm {
  kNumber,              // BT-1
  kDate,                // BT-2
  kType,                // BT-3
  kCurrency,            // BT-5
  kDue,                 // BT-9
  kPreceding,           // BT-25, the number of an invoice that this one corrects
  kSellerName,          // BT-27
  kSellerId,            // BT-29
  kSellerRegistration,  // BT-30
  kSellerTaxId,         // BT-31 and BT-32
  kBuyerName,           // BT-44
  kBuyerId,             // BT-46
  kBuyerTaxId,          // BT-48
  kTax,                 // BT-110 and BT-111
  kTotal,               // BT-112
  kRounding,            // BT-114, of the amount to be paid
  kPayable,             // BT-115
};
inline constexpr size_t kInvoiceTerms = static_cast<size_t>(InvoiceTerm::kPayable) + 1;

// "BT-1", and "number".
std::string_view NumberOf(InvoiceTerm term);
std::string_view MeaningOf(InvoiceTerm term);

struct InvoiceValue {
  std::string text;       // without blanks around it; never empty
  std::string attribute;  // an amount's currency, a date's form or an id's scheme, as CII and UBL give them; or ""
  uint64_t line = 0;
};

struct ElectronicInvoice {
  std::string file;  // its name, for messages
  bool is_cii = false;
  bool is_ubl_credit_note = false;
  uint64_t line = 0;  // of the outermost element
  std::array<std::vector<InvoiceValue>, kInvoiceTerms> values;

  // All values of a term, in their order in the file.
  const std::vector<InvoiceValue>& ValuesOf(InvoiceTerm term) const { return values[static_cast<size_t>(term)]; }
};

// Reads the file of an e-invoice; "-" is standard input. `encoding` as of InputFile::StartText. However long the file
// is, with what is attached to the invoice, only the terms are kept. Errors as of InputFile; kInvalidArgument, with
// file and line: it is no well-formed XML, no invoice of the kinds above, or has a term that is longer or there more
// often than any is; a PDF.
Result<ElectronicInvoice> ReadElectronicInvoice(const std::string& path, const std::string& encoding);

}  // namespace duebook
