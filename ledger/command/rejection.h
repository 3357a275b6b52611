// What a rule refuses: a value, not an exception. Every code has a runnable example in tests/scenarios/refusals/.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace duebook {

// In the order of the checks: of several reasons, the first of this list is the one given; of several that are about
// fields, what their reader sees comes before what the rules of the type see.
enum class RejectionCode {
  // The line cannot be read.
  kBadJson,  // not a JSON object on one line, or nested too deep
  kBadCsv,   // not a row of this header
  kBadUtf8,
  kTooLong,  // a line, a text or a number
  // The id is known.
  kIdConflict,  // with other content, which may be broken
  // Its fields.
  kUnknownType,
  kUnknownField,
  kMissingField,
  kBadField,   // twice the same, of the wrong kind, or a value that means nothing
  kBadDate,    // not YYYY-MM-DD, no such day, or one that cannot be
  kBadAmount,  // not a plain decimal, too many decimals, not above zero, or beyond 64 bits
  kUnknownCurrency,
  // What it names.
  kUnknownReference,     // no such customer, document or event
  kDuplicateNumber,      // numbers are given once
  kInvoiceVoided,        // nothing may name it any more
  kCreditNoteAllocated,  // it was issued on an invoice and cannot be applied or refunded
  kAlreadyReversed,
  kAlreadyWithdrawn,
  kAlreadyResolved,
  kNotPending,     // a write-off that is decided
  kNotInForce,     // a write-off that takes nothing off
  kRecovered,      // a write-off on which money came in cannot be reversed
  kAlreadyHeld,    // placing a hold while there is one
  kNotHeld,        // releasing a hold where there is none
  kAlreadySigned,  // a delivery is signed for once
  kOverrideUsed,   // an override serves one shipment
  kBillState,      // what became of the bill before allows it no more
  kNotBill,        // the payment is not by a bill
  // Customer and currency.
  kOtherCustomer,
  kOtherCurrency,
  // Dates and periods.
  kBeforeItsCause,
  kPeriodClosed,
  kPeriodNotClosed,  // reopening what is not closed
  // Arithmetic.
  kInstalmentsDiffer,   // they do not add up to the amount, or end on another day than `due`
  kMoreThanOpen,        // open would fall below zero on some date
  kMoreThanUnapplied,   // unapplied would fall below zero on some date
  kMoreThanWrittenOff,  // recovering more than was written off
  kStillApplied,        // voiding an invoice on which an application or write-off is in force
  kOverThreshold,       // above the last band of the policy: nobody may approve it
  // Credit, bills and small differences.
  kNotApproved,        // nobody approved the customer's account
  kOnHold,             // shipments to the customer are stopped
  kNoConfirmation,     // no prices were confirmed for the shipment
  kOverdue,            // more is overdue than the credit policy allows
  kOverLimit,          // the shipment would take the customer above its limit
  kOverOverride,       // a shipment above the amount of its override
  kMoreThanGuarantee,  // releasing more of a guarantee than is left
  kOverTolerance,      // a difference above what the policy lets close
  kNotTheRest,         // a difference that is not exactly what is left
  // People. Not enforced with --as-imported, then reported instead.
  kDiscountRefused,  // not agreed, too late or too much, without the role to grant it
  kSelfApproval,
  kMissingRole,
  kSalespersonApproves,
  kReceiverApproves,  // who recorded the customer's payments
  kApprovedTwice,     // one person counts once
  kBadSignature,      // of a change of the signing key: not that of the key before
};

// "period_closed"
std::string_view CodeName(RejectionCode code);
// Every code, in order.
const std::vector<RejectionCode>& AllRejectionCodes();

class UnsettledRecord;

struct Rejection {
  RejectionCode code;
  std::string sentence;  // with the figures that led to it, without a final stop
  std::string field;     // the field of the record that is at fault, if one is
  std::string id = {};  // the event id, of a record that could not be made a command; if it is known, that counts first
  // kUnknownReference: what is not there, "customer" or a document's kind (KindName) and its number.
  std::string missing_kind = {};
  std::string missing = {};
  // The record, if it could not be made a command, and only the books can tell what its names are; null otherwise.
  std::shared_ptr<const UnsettledRecord> unsettled = {};
};

}  // namespace duebook
