#include "ledger/rejection.h"

#include <array>
#include <utility>

#include "ledger/check.h"

namespace duebook {

namespace {

// In the order of the enum, so that a code is its own index.
constexpr std::pair<RejectionCode, std::string_view> kNames[] = {
    {RejectionCode::kMalformedLine, "malformed_line"},
    {RejectionCode::kLineTooLong, "line_too_long"},
    {RejectionCode::kNestedTooDeep, "nested_too_deep"},
    {RejectionCode::kInvalidText, "invalid_text"},
    {RejectionCode::kTextTooLong, "text_too_long"},
    {RejectionCode::kUnknownType, "unknown_type"},
    {RejectionCode::kUnknownField, "unknown_field"},
    {RejectionCode::kDuplicateField, "duplicate_field"},
    {RejectionCode::kMissingField, "missing_field"},
    {RejectionCode::kInvalidValue, "invalid_value"},
    {RejectionCode::kInvalidDate, "invalid_date"},
    {RejectionCode::kInvalidAmount, "invalid_amount"},
    {RejectionCode::kTooManyDecimals, "too_many_decimals"},
    {RejectionCode::kAmountOutOfRange, "amount_out_of_range"},
    {RejectionCode::kUnknownCurrency, "unknown_currency"},
    {RejectionCode::kOtherCompany, "other_company"},
    {RejectionCode::kImportedNotAllowed, "imported_not_allowed"},
    {RejectionCode::kEventIdConflict, "event_id_conflict"},
    {RejectionCode::kPeriodClosed, "period_closed"},
    {RejectionCode::kUnknownCustomer, "unknown_customer"},
    {RejectionCode::kUnknownDocument, "unknown_document"},
    {RejectionCode::kCustomerExists, "customer_exists"},
    {RejectionCode::kDocumentExists, "document_exists"},
    {RejectionCode::kCustomerMismatch, "customer_mismatch"},
    {RejectionCode::kCurrencyMismatch, "currency_mismatch"},
    {RejectionCode::kCausalDate, "causal_date"},
    {RejectionCode::kInvalidTerms, "invalid_terms"},
    {RejectionCode::kInvalidPolicy, "invalid_policy"},
    {RejectionCode::kTaxExceedsAmount, "tax_exceeds_amount"},
    {RejectionCode::kInstalmentsMismatch, "instalments_mismatch"},
    {RejectionCode::kPromiseDueBeforeMade, "promise_due_before_made"},
    {RejectionCode::kNoClosedPeriod, "no_closed_period"},
    {RejectionCode::kInvoiceVoided, "invoice_voided"},
    {RejectionCode::kInvoiceInUse, "invoice_in_use"},
    {RejectionCode::kPaymentReversed, "payment_reversed"},
    {RejectionCode::kPaymentInUse, "payment_in_use"},
    {RejectionCode::kApplicationReversed, "application_reversed"},
    {RejectionCode::kPromiseClosed, "promise_closed"},
    {RejectionCode::kDisputeClosed, "dispute_closed"},
    {RejectionCode::kWriteOffNotPending, "write_off_not_pending"},
    {RejectionCode::kWriteOffNotInForce, "write_off_not_in_force"},
    {RejectionCode::kRequestMismatch, "request_mismatch"},
    {RejectionCode::kSelfApproval, "self_approval"},
    {RejectionCode::kRepeatedApproval, "repeated_approval"},
    {RejectionCode::kSalespersonApproval, "salesperson_approval"},
    {RejectionCode::kLappingApproval, "lapping_approval"},
    {RejectionCode::kMissingRole, "missing_role"},
    {RejectionCode::kOverdrawsInvoice, "overdraws_invoice"},
    {RejectionCode::kOverdrawsPayment, "overdraws_payment"},
    {RejectionCode::kDiscountNotAllowed, "discount_not_allowed"},
    {RejectionCode::kWriteOffExceedsOpen, "write_off_exceeds_open"},
    {RejectionCode::kRecoveryExceedsWriteOff, "recovery_exceeds_write_off"},
    {RejectionCode::kAmountOverflow, "amount_overflow"},
};

constexpr bool InOrder() {
  for (size_t i = 0; i < std::size(kNames); i++) {
    if (static_cast<size_t>(kNames[i].first) != i) return false;
  }
  return true;
}
static_assert(InOrder());

}  // namespace

std::string_view CodeName(RejectionCode code) {
  const auto index = static_cast<size_t>(code);
  CHECK(index < std::size(kNames));
  return kNames[index].second;
}

const std::vector<RejectionCode>& AllRejectionCodes() {
  static const std::vector<RejectionCode> codes = [] {
    std::vector<RejectionCode> all;
    for (const auto& [code, name] : kNames) all.push_back(code);
    return all;
  }();
  return codes;
}

}  // namespace duebook
