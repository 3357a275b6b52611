// The event that an e-invoice becomes.
//
//   InvoiceIssued     types (BT-3) 380, 384, 389 and 326
//   CreditNoteIssued  types 381 and 396, any CreditNote of UBL, and what has a total (BT-112) below zero, which is then
//                     turned; on the invoice that it names (BT-25), or else allocated to none
//
// Its amount is the total (BT-112), with what it was rounded by to be paid (BT-114).
//
// The event's id says which invoice it is, so that the same one is recorded once: `einv-` and the first 32 hexadecimal
// digits of the SHA-256 of seller, number (BT-1) and type (BT-3), each written as its number of bytes in decimal, a
// colon, the text, and a comma: "11:DE123456789,3:R-1,3:380,". The seller is the first of BT-31 (or BT-32), BT-30,
// BT-29 and BT-27 that is there; of tax registrations in CII the one of scheme VA goes before others.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/command/rejection.h"
#include "tools/import/invoice/customer_names.h"
#include "tools/import/invoice/electronic_invoice.h"

namespace duebook {

// Names and values as in files for import; what is absent is not there.
using EventFields = std::vector<std::pair<std::string_view, std::string>>;

struct InvoiceEvent {
  uint64_t line = 0;    // where the invoice's number stands
  std::string summary;  // "380 R-1, 119.00 EUR"
  bool is_credit_note = false;
  EventFields fields;
  std::string remark;  // what should be known of it, as the end of a sentence; "": nothing
  // What a credit note on an invoice is where that invoice cannot take it, and what is told then.
  EventFields unallocated;
  std::string unallocated_remark;
};

// Why it becomes none: the term at fault is the rejection's field.
struct InvoiceFault {
  uint64_t line = 0;
  Rejection rejection;
};

// The customer is whoever `names` has for the buyer's identifier (BT-46), VAT identifier (BT-48) or name (BT-44), in
// this order; or else the identifier, or else the VAT identifier, itself. Whether there is such a customer is for the
// ledger to say.
std::variant<InvoiceEvent, InvoiceFault> EventOf(const ElectronicInvoice& invoice, const CustomerNames& names);

}  // namespace duebook
