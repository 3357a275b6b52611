// What a rule refuses: a value, not an exception. Every code has a runnable example in tests/scenarios/refusals/.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace duebook {

// In order of precedence: of several reasons, the first of this list is the one given.
enum class RejectionCode {
  // The line cannot be read as an event.
  kMalformedLine,       // not JSON, not a CSV row of this header
  kLineTooLong,         // more than kMaxLineBytes
  kNestedTooDeep,       //
  kInvalidText,         // not UTF-8, or a control character in a number or name
  kTextTooLong,         //
  kUnknownType,         //
  kUnknownField,        //
  kDuplicateField,      // the same field twice in one record
  kMissingField,        //
  kInvalidValue,        // a value of the wrong kind: text for a list, a number for a name
  kInvalidDate,         // not YYYY-MM-DD, or no such day
  kInvalidAmount,       // not a decimal number, or not exact
  kTooManyDecimals,     // more than the currency has
  kAmountOutOfRange,    // beyond 64 bits, zero or negative where it must be positive
  kUnknownCurrency,     //
  kOtherCompany,        // the record belongs to another company's ledger
  kImportedNotAllowed,  // marked "imported", without --as-imported
  // It can be read, but does not fit what the ledger knows.
  kEventIdConflict,       // the id exists with other content
  kPeriodClosed,          //
  kUnknownCustomer,       //
  kUnknownDocument,       //
  kCustomerExists,        //
  kDocumentExists,        //
  kCustomerMismatch,      // documents of different customers in one event
  kCurrencyMismatch,      // documents of different currencies in one event
  kCausalDate,            // dated before something it refers to
  kInvalidTerms,          // payment terms that are not "net N" or "P/N net M"
  kInvalidPolicy,         // bands that do not ascend, or ask for nobody
  kTaxExceedsAmount,      //
  kInstalmentsMismatch,   // instalments that do not add up to the amount, or do not ascend
  kPromiseDueBeforeMade,  //
  kNoClosedPeriod,        // reopening what is not closed
  // It fits, but not the state of what it names.
  kInvoiceVoided,        //
  kInvoiceInUse,         // voiding an invoice that something is applied to
  kPaymentReversed,      // using or reversing a payment that was reversed
  kPaymentInUse,         // reversing a payment that was refunded, or used after the reversal's date
  kApplicationReversed,  // reversing what is reversed already
  kPromiseClosed,        // withdrawing what is withdrawn already
  kDisputeClosed,        // resolving what is resolved already
  kWriteOffNotPending,   // deciding on what is decided
  kWriteOffNotInForce,   // reversing, or recovering on, what is not in force; reversing what was recovered on
  kRequestMismatch,      // the approval names another request
  // Who may do what. Not enforced with --as-imported, then reported instead.
  kSelfApproval,         //
  kRepeatedApproval,     // one person counts once
  kSalespersonApproval,  // the customer's salesperson approves
  kLappingApproval,      // who recorded the customer's payments approves
  kMissingRole,          //
  // Arithmetic: it would leave an amount that cannot be.
  kOverdrawsInvoice,         // open would fall below zero on some date
  kOverdrawsPayment,         // unapplied would fall below zero on some date (payment or credit note)
  kDiscountNotAllowed,       // no discount agreed, too late, or too much, without the role to grant it
  kWriteOffExceedsOpen,      //
  kRecoveryExceedsWriteOff,  //
  kAmountOverflow,           // all amounts ever recorded in the currency would no longer fit 64 bits
};

// "period_closed"
std::string_view CodeName(RejectionCode code);
// Every code, in order.
const std::vector<RejectionCode>& AllRejectionCodes();

struct Rejection {
  RejectionCode code;
  std::string sentence;  // with the figures that led to it, without a final stop
  std::string field;     // the field of the record that is at fault, if one is
};

}  // namespace duebook
