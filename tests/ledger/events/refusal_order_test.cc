// Of several reasons to refuse a command, the ledger gives the first in the order of RejectionCode. Each base is a
// command that would be recorded, with faults that each make it one that is refused; each fault is tried alone, and
// each two of them together.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using Fields = std::map<std::string, std::string>;
using enum RejectionCode;

struct Fault {
  RejectionCode code;
  Fields changes;  // "" leaves the field out
};

struct Base {
  std::string type;
  Fields fields;
  std::vector<Fault> faults;
};

// Customer A, from 2025-01-10, with something in each state; a little of B; the books are closed through January.
const std::vector<std::pair<std::string, Fields>> kStory{
    {"CustomerOpened", {{"id", "A"}, {"date", "2025-01-10"}, {"customer", "A"}, {"salesperson", "sam"}}},
    {"CustomerOpened", {{"id", "B"}, {"date", "2025-01-10"}, {"customer", "B"}}},
    {"RoleGranted",
     {{"id", "r1"}, {"date", "2025-01-10"}, {"actor", "root"}, {"user", "root"}, {"role", "administrator"}}},
    {"RoleGranted", {{"id", "r2"}, {"date", "2025-01-10"}, {"actor", "root"}, {"user", "cfo"}, {"role", "controller"}}},
    {"RoleGranted", {{"id", "r3"}, {"date", "2025-01-10"}, {"actor", "root"}, {"user", "sam"}, {"role", "lead"}}},
    {"RoleGranted", {{"id", "r4"}, {"date", "2025-01-10"}, {"actor", "root"}, {"user", "bob"}, {"role", "lead"}}},
    {"RoleGranted", {{"id", "r5"}, {"date", "2025-01-10"}, {"actor", "root"}, {"user", "eva"}, {"role", "lead"}}},
    {"RoleGranted", {{"id", "r6"}, {"date", "2025-01-10"}, {"actor", "root"}, {"user", "fay"}, {"role", "lead"}}},
    {"RoleGranted", {{"id", "r7"}, {"date", "2025-01-10"}, {"actor", "root"}, {"user", "hal"}, {"role", "lead"}}},
    {"WriteOffPolicySet",
     {{"id", "pol"},
      {"date", "2025-01-11"},
      {"actor", "root"},
      {"months", "0"},
      {"bands", "500.00 1 lead;1000.00 2 lead"}}},
    {"InvoiceIssued", {{"id", "I1"}, {"invoice", "I1"}, {"amount", "100"}}},
    {"InvoiceIssued", {{"id", "I2"}, {"invoice", "I2"}, {"amount", "100"}}},
    {"InvoiceVoided", {{"id", "v2"}, {"invoice", "I2"}, {"reason", "x"}}},
    {"InvoiceIssued", {{"id", "I3"}, {"invoice", "I3"}, {"amount", "5000"}}},
    {"InvoiceIssued", {{"id", "I4"}, {"invoice", "I4"}, {"amount", "100"}}},
    {"InvoiceIssued", {{"id", "IB"}, {"customer", "B"}, {"invoice", "IB"}, {"amount", "100"}}},
    {"PaymentReceived", {{"id", "P1"}, {"payment", "P1"}, {"amount", "1000"}, {"actor", "bob"}}},
    {"PaymentReceived", {{"id", "P2"}, {"payment", "P2"}, {"amount", "100"}}},
    {"PaymentReversed", {{"id", "p2"}, {"payment", "P2"}, {"reason", "x"}}},
    {"PaymentReceived", {{"id", "P3"}, {"payment", "P3"}, {"amount", "5"}}},
    {"PaymentReceived", {{"id", "P4"}, {"payment", "P4"}, {"amount", "100"}}},
    {"RefundPaid", {{"id", "f4"}, {"refund", "R4"}, {"payment", "P4"}, {"amount", "1"}}},
    {"PaymentReceived", {{"id", "P5"}, {"payment", "P5"}, {"amount", "100"}}},
    {"PaymentApplied", {{"id", "a4"}, {"payment", "P5"}, {"invoice", "I4"}, {"amount", "90"}, {"date", "2025-02-20"}}},
    {"PaymentApplied", {{"id", "a5"}, {"payment", "P1"}, {"invoice", "I3"}, {"amount", "1"}}},
    {"ApplicationReversed", {{"id", "a6"}, {"application", "a5"}, {"reason", "x"}}},
    {"PaymentReceived",
     {{"id", "P6"},
      {"payment", "P6"},
      {"amount", "100"},
      {"method", "bank_acceptance"},
      {"bill", "6"},
      {"bill_due", "2025-06-20"}}},
    {"PaymentReceived",
     {{"id", "P7"},
      {"payment", "P7"},
      {"amount", "100"},
      {"method", "bank_acceptance"},
      {"bill", "7"},
      {"bill_due", "2025-06-20"}}},
    {"BillEndorsed", {{"id", "b7"}, {"payment", "P7"}, {"to", "x"}}},
    {"PaymentReceived",
     {{"id", "P8"},
      {"payment", "P8"},
      {"amount", "100"},
      {"method", "bank_acceptance"},
      {"bill", "9"},
      {"bill_due", "2025-06-20"}}},
    {"RefundPaid", {{"id", "f8"}, {"refund", "R8"}, {"payment", "P8"}, {"amount", "1"}}},
    {"CreditNoteIssued", {{"id", "N1"}, {"credit_note", "N1"}, {"invoice", "I1"}, {"amount", "1"}}},
    {"CreditNoteIssued", {{"id", "N2"}, {"credit_note", "N2"}, {"amount", "50"}}},
    {"PaymentApplied", {{"id", "a7"}, {"credit_note", "N2"}, {"invoice", "I3"}, {"amount", "50"}}},
    {"DebitNoteIssued", {{"id", "D1"}, {"debit_note", "D1"}, {"invoice", "I1"}, {"amount", "1"}}},
    {"DebitNoteIssued", {{"id", "D2"}, {"debit_note", "D2"}, {"invoice", "I4"}, {"amount", "50"}}},
    {"PaymentApplied", {{"id", "a8"}, {"payment", "P1"}, {"invoice", "I4"}, {"amount", "60"}}},
    {"DebitNoteIssued", {{"id", "D3"}, {"debit_note", "D3"}, {"invoice", "I1"}, {"amount", "1"}}},
    {"EventReversed", {{"id", "d3"}, {"event", "D3"}, {"reason", "x"}}},
    {"InvoiceIssued", {{"id", "I5"}, {"invoice", "I5"}, {"amount", "100"}}},
    {"DebitNoteIssued", {{"id", "D5"}, {"debit_note", "D5"}, {"invoice", "I5"}, {"amount", "1"}}},
    {"InvoiceVoided", {{"id", "v5"}, {"invoice", "I5"}, {"reason", "x"}}},
    {"InvoiceIssued", {{"id", "I6"}, {"invoice", "I6"}, {"amount", "100"}}},
    {"DebitNoteIssued",
     {{"id", "D6"}, {"debit_note", "D6"}, {"invoice", "I6"}, {"amount", "1"}, {"date", "2025-03-01"}}},
    {"PromiseMade", {{"id", "m1"}, {"promise", "M1"}, {"amount", "5"}, {"due", "2025-06-30"}}},
    {"PromiseMade", {{"id", "m2"}, {"promise", "M2"}, {"amount", "5"}, {"due", "2025-06-30"}}},
    {"PromiseWithdrawn", {{"id", "m3"}, {"promise", "M2"}, {"reason", "x"}}},
    {"DisputeOpened", {{"id", "q1"}, {"dispute", "Q1"}, {"invoice", "I1"}, {"amount", "5"}}},
    {"DisputeOpened", {{"id", "q2"}, {"dispute", "Q2"}, {"invoice", "I1"}, {"amount", "5"}}},
    {"DisputeResolved", {{"id", "q3"}, {"dispute", "Q2"}, {"outcome", "x"}}},
    {"ShipmentRecorded", {{"id", "S1"}, {"shipment", "S1"}, {"amount", "10"}}},
    {"ShipmentRecorded", {{"id", "S2"}, {"shipment", "S2"}, {"amount", "10"}}},
    {"EventReversed", {{"id", "s2"}, {"event", "S2"}, {"reason", "x"}}},
    {"ShipmentRecorded", {{"id", "S3"}, {"shipment", "S3"}, {"amount", "10"}}},
    {"ShipmentReturned", {{"id", "s3"}, {"shipment", "S3"}, {"amount", "1"}}},
    {"ShipmentRecorded", {{"id", "S4"}, {"shipment", "S4"}, {"amount", "10"}, {"signed_by", "x"}}},
    {"ShipmentRecorded", {{"id", "SB"}, {"customer", "B"}, {"shipment", "SB"}, {"amount", "10"}}},
    {"WriteOffRequested", {{"id", "w1"}, {"write_off", "W1"}, {"actor", "hal"}, {"invoice", "I3"}, {"amount", "10"}}},
    {"WriteOffRequested", {{"id", "w2"}, {"write_off", "W2"}, {"invoice", "I3"}, {"amount", "10"}}},
    {"WriteOffApproved", {{"id", "w3"}, {"write_off", "W2"}, {"actor", "eva"}, {"date", "2025-02-20"}}},
    {"WriteOffRequested", {{"id", "w4"}, {"write_off", "W3"}, {"invoice", "I3"}, {"amount", "10"}}},
    {"WriteOffApproved", {{"id", "w5"}, {"write_off", "W3"}, {"actor", "eva"}, {"date", "2025-02-20"}}},
    {"RecoveryReceived",
     {{"id", "w6"}, {"recovery", "C1"}, {"write_off", "W3"}, {"amount", "1"}, {"date", "2025-06-15"}}},
    {"WriteOffRequested", {{"id", "w7"}, {"write_off", "W4"}, {"actor", "hal"}, {"invoice", "I1"}, {"amount", "90"}}},
    {"PaymentApplied", {{"id", "a9"}, {"payment", "P1"}, {"invoice", "I1"}, {"amount", "50"}, {"date", "2025-06-15"}}},
    {"WriteOffRequested", {{"id", "w8"}, {"write_off", "W5"}, {"invoice", "I3"}, {"amount", "600"}}},
    {"WriteOffApproved", {{"id", "w9"}, {"write_off", "W5"}, {"actor", "eva"}, {"date", "2025-02-20"}}},
    {"CustomerOpened", {{"id", "C"}, {"date", "2025-01-10"}, {"customer", "C"}, {"limit", "100"}}},
    {"CustomerOpened", {{"id", "D"}, {"date", "2025-01-10"}, {"customer", "D"}, {"limit", "100"}}},
    {"CustomerOpened", {{"id", "E"}, {"date", "2025-01-10"}, {"customer", "E"}, {"limit", "100"}}},
    {"CustomerOpened", {{"id", "F"}, {"date", "2025-01-10"}, {"customer", "F"}, {"limit", "100"}}},
    {"CustomerApproved", {{"id", "c1"}, {"customer", "C"}, {"actor", "eva"}}},
    {"CustomerApproved", {{"id", "e1"}, {"customer", "E"}, {"actor", "eva"}}},
    {"CustomerApproved", {{"id", "f1"}, {"customer", "F"}, {"actor", "eva"}}},
    {"PriceConfirmed", {{"id", "c2"}, {"customer", "C"}, {"confirmation", "PC"}, {"order", "O1"}}},
    {"PriceConfirmed", {{"id", "d2"}, {"customer", "D"}, {"confirmation", "PD"}, {"order", "O1"}}},
    {"PriceConfirmed", {{"id", "e2"}, {"customer", "E"}, {"confirmation", "PE"}, {"order", "O1"}}},
    {"PriceConfirmed", {{"id", "f2"}, {"customer", "F"}, {"confirmation", "PF"}, {"order", "O1"}}},
    {"CreditHoldPlaced", {{"id", "e3"}, {"customer", "E"}}},
    {"InvoiceIssued", {{"id", "IF"}, {"customer", "F"}, {"invoice", "IF"}, {"amount", "50"}}},
    {"GuaranteeReceived", {{"id", "G1"}, {"customer", "C"}, {"guarantee", "G1"}, {"kind", "deposit"}, {"amount", "5"}}},
    {"CreditOverridden",
     {{"id", "V1"},
      {"customer", "C"},
      {"override", "V1"},
      {"amount", "10"},
      {"until", "2025-12-31"},
      {"reason", "x"},
      {"actor", "carl"}}},
    {"CreditOverridden",
     {{"id", "V2"},
      {"customer", "C"},
      {"override", "V2"},
      {"amount", "10"},
      {"until", "2025-12-31"},
      {"reason", "x"},
      {"actor", "eva"}}},
    {"ShipmentRecorded", {{"id", "SC"}, {"customer", "C"}, {"shipment", "SC"}, {"amount", "1"}, {"override", "V2"}}},
    {"InvoiceIssued", {{"id", "IC"}, {"customer", "C"}, {"invoice", "IC"}, {"amount", "20"}}},
    {"InvoiceIssued", {{"id", "ID"}, {"customer", "C"}, {"invoice", "ID"}, {"amount", "20"}}},
    {"PaymentReceived", {{"id", "PC"}, {"customer", "C"}, {"payment", "PC"}, {"amount", "33"}}},
    {"PaymentApplied", {{"id", "c3"}, {"customer", "C"}, {"payment", "PC"}, {"invoice", "IC"}, {"amount", "19"}}},
    {"PaymentApplied", {{"id", "c4"}, {"customer", "C"}, {"payment", "PC"}, {"invoice", "ID"}, {"amount", "14"}}},
    {"TolerancePolicySet", {{"id", "tol"}, {"actor", "root"}, {"amount", "5"}}},
    {"CreditPolicySet",
     {{"id", "crd"},
      {"date", "2025-06-01"},
      {"actor", "root"},
      {"checks", "approval;hold;confirmation;overdue;limit"},
      {"overdue_amount", "40"}}},
    {"PeriodClosed", {{"id", "z"}, {"date", "2025-02-20"}, {"actor", "cfo"}, {"through", "2025-01-31"}}},
};

// Faults that commands of many types can have. A date before what the command names, and one in the closed period.
const Fault kNoSuchCustomer{kUnknownReference, {{"customer", "X"}}};
const Fault kColour{kUnknownField, {{"colour", "red"}}};
const Fault kNoSuchDay{kBadDate, {{"date", "2025-02-30"}}};
const Fault kNoAmount{kMissingField, {{"amount", ""}}};
const Fault kNegative{kBadAmount, {{"amount", "-1"}}};
const Fault kNoCurrency{kUnknownCurrency, {{"currency", "ABC"}}};
const Fault kOfB{kOtherCustomer, {{"customer", "B"}}};
const Fault kInEuro{kOtherCurrency, {{"currency", "EUR"}}};
const Fault kTooEarly{kBeforeItsCause, {{"date", "2025-01-09"}}};
const Fault kClosed{kPeriodClosed, {{"date", "2025-01-20"}}};

const std::vector<Base> kBases{
    {"CustomerOpened",
     {{"customer", "N"}},
     {kColour, kNoSuchDay, kClosed, {kBadField, {{"terms", "soon"}}}, {kDuplicateNumber, {{"customer", "A"}}}}},
    {"CreditLimitSet", {{"limit", "10"}}, {kNoSuchCustomer, kTooEarly, kClosed, {kMissingField, {{"limit", ""}}}}},
    {"ShipmentRecorded",
     {{"customer", "C"}, {"shipment", "N"}, {"amount", "10"}, {"order", "O1"}},
     {kNegative,
      {kDuplicateNumber, {{"shipment", "S1"}}},
      {kNotApproved, {{"customer", "D"}}},
      {kOnHold, {{"customer", "E"}}},
      {kNoConfirmation, {{"order", "O2"}}},
      {kOverdue, {{"customer", "F"}}},
      {kOverLimit, {{"amount", "200"}}}}},
    {"ShipmentRecorded",
     {{"customer", "C"}, {"shipment", "N"}, {"amount", "10"}, {"override", "V1"}},
     {kOfB,
      kClosed,
      {kOverrideUsed, {{"override", "V2"}}},
      {kOverOverride, {{"amount", "11"}}},
      {kSelfApproval, {{"actor", "carl"}}}}},
    {"CreditHoldPlaced", {{"customer", "C"}}, {kNoSuchCustomer, kClosed, {kAlreadyHeld, {{"customer", "E"}}}}},
    {"CreditHoldReleased", {{"customer", "E"}}, {kNoSuchCustomer, kClosed, {kNotHeld, {{"customer", "C"}}}}},
    {"GuaranteeReleased",
     {{"customer", "C"}, {"guarantee", "G1"}, {"amount", "1"}},
     {kOfB, kTooEarly, kClosed, {kUnknownReference, {{"guarantee", "X"}}}, {kMoreThanGuarantee, {{"amount", "999"}}}}},
    {"DifferenceClosed",
     {{"customer", "C"},
      {"difference", "N"},
      {"payment", "PC"},
      {"invoice", "IC"},
      {"amount", "1"},
      {"reason", "other"}},
     {kOfB,
      kTooEarly,
      kClosed,
      {kUnknownReference, {{"invoice", "X"}}},
      {kNotTheRest, {{"amount", "2"}}},
      {kOverTolerance, {{"amount", "6"}, {"invoice", "ID"}}}}},
    {"ShipmentReturned",
     {{"shipment", "S1"}, {"amount", "1"}},
     {kNoSuchCustomer,
      kNegative,
      kOfB,
      kInEuro,
      kTooEarly,
      kClosed,
      {kBadAmount, {{"amount", "11"}, {"currency", "CNY"}, {"shipment", "S1"}, {"date", "2025-06-20"}}},
      {kUnknownReference, {{"shipment", "X"}}},
      {kAlreadyReversed, {{"shipment", "S2"}}}}},
    {"DeliverySigned",
     {{"shipment", "S1"}, {"signed_by", "x"}},
     {kOfB,
      kTooEarly,
      kClosed,
      {kUnknownReference, {{"shipment", "X"}}},
      {kAlreadyReversed, {{"shipment", "S2"}}},
      {kAlreadySigned, {{"shipment", "S4"}}}}},
    {"InvoiceIssued",
     {{"invoice", "N"}, {"amount", "10"}},
     {kColour,
      kNoAmount,
      kNoSuchDay,
      kNegative,
      kNoCurrency,
      kNoSuchCustomer,
      kTooEarly,
      kClosed,
      {kBadAmount, {{"tax", "11"}}},
      {kDuplicateNumber, {{"invoice", "I1"}}},
      {kUnknownReference, {{"shipments", "X"}}},
      {kAlreadyReversed, {{"shipments", "S2"}}},
      {kOtherCustomer, {{"shipments", "SB"}}},
      {kInstalmentsDiffer, {{"instalments", "2025-07-01 3.00"}}}}},
    {"CreditNoteIssued",
     {{"credit_note", "N"}, {"invoice", "I1"}, {"amount", "1"}},
     {kNoSuchCustomer,
      kOfB,
      kInEuro,
      kClosed,
      {kBeforeItsCause, {{"date", "2025-01-14"}}},
      {kDuplicateNumber, {{"credit_note", "N1"}}},
      {kInvoiceVoided, {{"invoice", "I2"}}},
      {kMoreThanOpen, {{"amount", "99999"}}}}},
    {"InvoiceVoided",
     {{"invoice", "I6"}, {"reason", "x"}},
     {kOfB,
      kTooEarly,
      {kInvoiceVoided, {{"invoice", "I2"}}},
      {kStillApplied, {{"invoice", "I4"}}},
      {kBeforeItsCause, {{"date", "2025-02-10"}}}}},
    {"PaymentApplied",
     {{"payment", "P1"}, {"invoice", "I3"}, {"amount", "10"}},
     {kColour,
      kNoAmount,
      kNoSuchDay,
      kNegative,
      kNoCurrency,
      kNoSuchCustomer,
      kOfB,
      kInEuro,
      kClosed,
      {kBeforeItsCause, {{"date", "2025-01-14"}}},
      {kUnknownReference, {{"invoice", "X"}}},
      {kInvoiceVoided, {{"invoice", "I2"}}},
      {kOtherCustomer, {{"invoice", "IB"}}},
      {kAlreadyReversed, {{"payment", "P2"}}},
      {kCreditNoteAllocated, {{"payment", ""}, {"credit_note", "N1"}}},
      {kMoreThanOpen, {{"invoice", "I4"}}},
      {kMoreThanUnapplied, {{"payment", "P3"}}},
      {kDiscountRefused, {{"discount", "1"}}}}},
    {"ApplicationReversed",
     {{"application", "a4"}, {"reason", "x"}},
     {kOfB,
      {kUnknownReference, {{"application", "X"}}},
      {kAlreadyReversed, {{"application", "a5"}}},
      {kBeforeItsCause, {{"date", "2025-02-19"}}}}},
    {"PaymentReversed",
     {{"payment", "P3"}, {"reason", "x"}},
     {kOfB, kClosed, kTooEarly, {kAlreadyReversed, {{"payment", "P2"}}}, {kMoreThanUnapplied, {{"payment", "P4"}}}}},
    {"PaymentReversed",
     {{"payment", "P5"}, {"reason", "x"}},
     {kOfB, {kBeforeItsCause, {{"date", "2025-02-10"}}}, {kAlreadyReversed, {{"payment", "P2"}}}}},
    {"RefundPaid",
     {{"refund", "N"}, {"payment", "P1"}, {"amount", "1"}},
     {kOfB,
      kInEuro,
      kClosed,
      {kDuplicateNumber, {{"refund", "R4"}}},
      {kAlreadyReversed, {{"payment", "P2"}}},
      {kCreditNoteAllocated, {{"payment", ""}, {"credit_note", "N1"}}},
      {kMoreThanUnapplied, {{"amount", "99999"}}}}},
    {"PaymentReceived",
     {{"payment", "N"}, {"amount", "10"}, {"method", "bank_acceptance"}, {"bill", "8"}, {"bill_due", "2025-08-01"}},
     {kTooEarly,
      kClosed,
      {kBadAmount, {{"fee", "10"}}},
      {kBadDate, {{"bill_due", "2025-01-01"}}},
      {kDuplicateNumber, {{"bill", "6"}}}}},
    {"BillEndorsed",
     {{"payment", "P6"}, {"to", "x"}},
     {kOfB,
      kTooEarly,
      kClosed,
      {kAlreadyReversed, {{"payment", "P2"}}},
      {kBillState, {{"payment", "P7"}}},
      {kNotBill, {{"payment", "P1"}}}}},
    {"BillDishonoured",
     {{"payment", "P6"}, {"reason", "x"}},
     {kOfB,
      kTooEarly,
      kClosed,
      {kAlreadyReversed, {{"payment", "P2"}}},
      {kMoreThanUnapplied, {{"payment", "P8"}}},
      {kNotBill, {{"payment", "P3"}}}}},
    {"PromiseMade",
     {{"promise", "N"}, {"amount", "10"}, {"due", "2025-07-01"}, {"invoices", "I1"}},
     {kOfB,
      kInEuro,
      kTooEarly,
      kClosed,
      kNegative,
      {kBadDate, {{"due", "2024-12-31"}}},
      {kDuplicateNumber, {{"promise", "M1"}}},
      {kInvoiceVoided, {{"invoices", "I2"}}},
      {kUnknownReference, {{"invoices", "X"}}}}},
    {"PromiseWithdrawn",
     {{"promise", "M1"}, {"reason", "x"}},
     {kOfB, kTooEarly, kClosed, {kAlreadyWithdrawn, {{"promise", "M2"}}}}},
    {"DisputeResolved",
     {{"dispute", "Q1"}, {"outcome", "x"}},
     {kOfB, kTooEarly, kClosed, {kAlreadyResolved, {{"dispute", "Q2"}}}}},
    {"WriteOffRequested",
     {{"write_off", "N"}, {"invoice", "I3"}, {"amount", "10"}},
     {kOfB,
      kInEuro,
      kTooEarly,
      kClosed,
      {kDuplicateNumber, {{"write_off", "W1"}}},
      {kInvoiceVoided, {{"invoice", "I2"}}},
      {kMoreThanOpen, {{"amount", "99999"}}},
      {kOverThreshold, {{"amount", "2000"}}}}},
    {"WriteOffApproved",
     {{"write_off", "W1"}, {"actor", "eva"}},
     {kOfB,
      kClosed,
      {kUnknownReference, {{"request", std::string(64, '1')}}},
      {kNotPending, {{"write_off", "W2"}}},
      {kBeforeItsCause, {{"date", "2025-01-14"}}},
      {kMoreThanOpen, {{"write_off", "W4"}}},
      {kSelfApproval, {{"actor", "hal"}}},
      {kMissingRole, {{"actor", "guy"}, {"write_off", "W1"}}},
      {kSalespersonApproves, {{"actor", "sam"}}},
      {kReceiverApproves, {{"actor", "bob"}}}}},
    {"WriteOffApproved",
     {{"write_off", "W5"}, {"actor", "fay"}},
     {{kBeforeItsCause, {{"date", "2025-02-19"}}}, {kApprovedTwice, {{"actor", "eva"}}}, kOfB}},
    {"WriteOffRejected",
     {{"write_off", "W1"}, {"reason", "x"}},
     {kOfB, kTooEarly, kClosed, {kNotPending, {{"write_off", "W2"}}}}},
    {"WriteOffReversed",
     {{"write_off", "W2"}, {"reason", "x"}},
     {kOfB,
      {kBeforeItsCause, {{"date", "2025-02-12"}}},
      {kNotInForce, {{"write_off", "W1"}}},
      {kRecovered, {{"write_off", "W3"}}}}},
    {"RecoveryReceived",
     {{"recovery", "N"}, {"write_off", "W2"}, {"amount", "1"}},
     {kOfB,
      kInEuro,
      kTooEarly,
      {kDuplicateNumber, {{"recovery", "C1"}}},
      {kNotInForce, {{"write_off", "W1"}}},
      {kMoreThanWrittenOff, {{"amount", "11"}}}}},
    {"EventReversed",
     {{"event", "D1"}, {"reason", "x"}},
     {kOfB,
      kTooEarly,
      kClosed,
      {kUnknownReference, {{"event", "X"}}},
      {kInvoiceVoided, {{"event", "D5"}}},
      {kAlreadyReversed, {{"event", "D3"}}},
      {kMoreThanOpen, {{"event", "D2"}}},
      {kMoreThanUnapplied, {{"event", "N2"}}},
      {kStillApplied, {{"event", "S3"}}}}},
    {"RoleGranted",
     {{"user", "guy"}, {"role", "lead"}, {"actor", "root"}},
     {kNoSuchDay, kClosed, {kSelfApproval, {{"user", "root"}, {"actor", "root"}}}, {kMissingRole, {{"actor", "ann"}}}}},
    {"WriteOffPolicySet",
     {{"bands", "10.00 1 lead"}, {"actor", "root"}},
     {kInEuro, kClosed, {kBadField, {{"bands", "10.00 0 lead"}}}, {kMissingRole, {{"actor", "ann"}}}}},
    {"PeriodClosed",
     {{"through", "2025-02-28"}, {"actor", "cfo"}},
     {kNoSuchDay, {kPeriodClosed, {{"through", "2025-01-31"}}}, {kMissingRole, {{"actor", "ann"}}}}},
    {"PeriodReopened",
     {{"through", "2025-01-31"}, {"reason", "x"}, {"actor", "cfo"}},
     {kNoSuchDay, {kPeriodNotClosed, {{"through", "2025-01-30"}}}, {kMissingRole, {{"actor", "ann"}}}}},
};

Fields Changed(Fields fields, const Fields& changes) {
  for (const auto& [name, value] : changes) fields[name] = value;
  return fields;
}

MadeCommand Make(const std::string& type, const Fields& fields) {
  Record record;
  record.fields.emplace_back("type", CellValue(type));
  for (const auto& [name, value] : fields) {
    if (!value.empty()) record.fields.emplace_back(name, CellValue(value));
  }
  record.source = "test.csv:2";
  return MakeCommand(record, {});
}

class RefusalOrder : public testing::Test {
 protected:
  RefusalOrder() : ledger_(folder_.Open()) {
    for (const auto& [type, fields] : kStory) {
      EXPECT_EQ(Record(type, Usual(type, "2025-01-15", fields)), "") << type << " " << fields.at("id");
    }
  }

  static Fields Usual(const std::string& type, const std::string& date, const Fields& fields) {
    Fields usual{{"id", "new"}, {"date", date}, {"actor", "ann"}};
    if (FindEventType(type)->customer != CustomerUse::kNone) usual["customer"] = "A";
    return Changed(std::move(usual), fields);
  }

  // The code of the refusal; "" if it was recorded.
  std::string Record(const std::string& type, const Fields& fields) {
    const auto outcome = ledger_->Record(Make(type, fields));
    CHECK(outcome.ok());
    const auto* rejection = std::get_if<Rejection>(&*outcome);
    return rejection == nullptr ? "" : std::string(CodeName(rejection->code));
  }

  bool WouldBeRecorded(const std::string& type, const Fields& fields) {
    auto made = Make(type, fields);
    auto transaction = ledger_->Begin();
    CHECK(transaction.ok() && std::holds_alternative<Command>(made));
    const auto outcome = transaction->Stage(std::move(made));
    return outcome.ok() && std::holds_alternative<Recorded>(*outcome);
  }

  LedgerFolder folder_;
  std::unique_ptr<Ledger> ledger_;
};

bool ChangeTheSame(const Fault& one, const Fault& other) {
  return std::any_of(one.changes.begin(), one.changes.end(),
                     [&](const auto& change) { return other.changes.contains(change.first); });
}

TEST_F(RefusalOrder, OfTwoReasonsTheFirstIsGiven) {
  std::set<RejectionCode> seen;
  for (const Base& base : kBases) {
    const Fields right = Usual(base.type, "2025-06-20", base.fields);
    EXPECT_TRUE(WouldBeRecorded(base.type, right)) << base.type;
    for (const Fault& one : base.faults) {
      seen.insert(one.code);
      const Fields wrong = Changed(right, one.changes);
      EXPECT_EQ(Record(base.type, wrong), CodeName(one.code)) << base.type;
      for (const Fault& other : base.faults) {
        if (ChangeTheSame(one, other)) continue;
        const std::string code = Record(base.type, Changed(wrong, other.changes));
        const bool are_both_of_fields = std::max(one.code, other.code) <= kUnknownCurrency;
        EXPECT_TRUE(code == CodeName(std::min(one.code, other.code)) ||
                    (are_both_of_fields && code == CodeName(std::max(one.code, other.code))))
            << base.type << ": " << CodeName(one.code) << " and " << CodeName(other.code) << ", told " << code;
      }
    }
  }
  // Those of lines that cannot be read, of ids, and of keys have tests of their own.
  const std::set<RejectionCode> elsewhere{kBadJson,    kBadCsv,      kBadUtf8,     kTooLong,
                                          kIdConflict, kUnknownType, kBadSignature};
  for (const RejectionCode code : AllRejectionCodes()) {
    EXPECT_NE(seen.contains(code), elsewhere.contains(code)) << CodeName(code);
  }
}

}  // namespace
}  // namespace duebook
