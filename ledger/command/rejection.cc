#include "ledger/command/rejection.h"

#include <array>
#include <utility>

#include "ledger/values/check.h"

namespace duebook {

namespace {

// In the order of the enum, so that a code is its own index.
constexpr std::pair<RejectionCode, std::string_view> kNames[] = {
    {RejectionCode::kBadJson, "bad_json"},
    {RejectionCode::kBadCsv, "bad_csv"},
    {RejectionCode::kBadUtf8, "bad_utf8"},
    {RejectionCode::kTooLong, "too_long"},
    {RejectionCode::kIdConflict, "id_conflict"},
    {RejectionCode::kUnknownType, "unknown_type"},
    {RejectionCode::kUnknownField, "unknown_field"},
    {RejectionCode::kMissingField, "missing_field"},
    {RejectionCode::kBadField, "bad_field"},
    {RejectionCode::kBadDate, "bad_date"},
    {RejectionCode::kBadAmount, "bad_amount"},
    {RejectionCode::kUnknownCurrency, "unknown_currency"},
    {RejectionCode::kUnknownReference, "unknown_reference"},
    {RejectionCode::kDuplicateNumber, "duplicate_number"},
    {RejectionCode::kInvoiceVoided, "invoice_voided"},
    {RejectionCode::kCreditNoteAllocated, "credit_note_allocated"},
    {RejectionCode::kAlreadyReversed, "already_reversed"},
    {RejectionCode::kAlreadyWithdrawn, "already_withdrawn"},
    {RejectionCode::kAlreadyResolved, "already_resolved"},
    {RejectionCode::kNotPending, "not_pending"},
    {RejectionCode::kNotInForce, "not_in_force"},
    {RejectionCode::kRecovered, "recovered"},
    {RejectionCode::kAlreadyHeld, "already_held"},
    {RejectionCode::kNotHeld, "not_held"},
    {RejectionCode::kAlreadySigned, "already_signed"},
    {RejectionCode::kOverrideUsed, "override_used"},
    {RejectionCode::kBillState, "bill_state"},
    {RejectionCode::kNotBill, "not_bill"},
    {RejectionCode::kOtherCustomer, "other_customer"},
    {RejectionCode::kOtherCurrency, "other_currency"},
    {RejectionCode::kBeforeItsCause, "before_its_cause"},
    {RejectionCode::kPeriodClosed, "period_closed"},
    {RejectionCode::kPeriodNotClosed, "period_not_closed"},
    {RejectionCode::kInstalmentsDiffer, "instalments_differ"},
    {RejectionCode::kMoreThanOpen, "more_than_open"},
    {RejectionCode::kMoreThanUnapplied, "more_than_unapplied"},
    {RejectionCode::kMoreThanWrittenOff, "more_than_written_off"},
    {RejectionCode::kStillApplied, "still_applied"},
    {RejectionCode::kOverThreshold, "over_threshold"},
    {RejectionCode::kNotApproved, "not_approved"},
    {RejectionCode::kOnHold, "on_hold"},
    {RejectionCode::kNoConfirmation, "no_confirmation"},
    {RejectionCode::kOverdue, "overdue"},
    {RejectionCode::kOverLimit, "over_limit"},
    {RejectionCode::kOverOverride, "over_override"},
    {RejectionCode::kMoreThanGuarantee, "more_than_guarantee"},
    {RejectionCode::kOverTolerance, "over_tolerance"},
    {RejectionCode::kNotTheRest, "not_the_rest"},
    {RejectionCode::kDiscountRefused, "discount_refused"},
    {RejectionCode::kSelfApproval, "self_approval"},
    {RejectionCode::kMissingRole, "missing_role"},
    {RejectionCode::kSalespersonApproves, "salesperson_approves"},
    {RejectionCode::kReceiverApproves, "receiver_approves"},
    {RejectionCode::kApprovedTwice, "approved_twice"},
    {RejectionCode::kBadSignature, "bad_signature"},
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
