#include "projections/shared/event_sentences.h"

#include <algorithm>
#include <array>

#include "ledger/values/check.h"

namespace duebook {
namespace {

struct Sentence {
  EventType type;
  std::string_view english, chinese;
};

// One entry a type.
constexpr std::array<Sentence, 35> kSentences = {{
    {EventType::CustomerOpened,
     "Customer {customer}[ ({name})] opened[, terms {terms}][, limit {limit}][, salesperson {salesperson}]",
     "客户 {customer}[（{name}）]开户[，账期 {terms}][，信用额度 {limit}][，业务员 {salesperson}]"},
    {EventType::CustomerChanged,
     "Customer {customer} changed[, name {name}][, terms {terms}][, limit {limit}][, salesperson {salesperson}]",
     "客户 {customer} 资料变更[，名称 {name}][，账期 {terms}][，信用额度 {limit}][，业务员 {salesperson}]"},
    {EventType::SalespersonAssigned, "Salesperson {salesperson} assigned", "业务员改为 {salesperson}"},
    {EventType::TermsSet, "Terms set to {terms}", "账期改为 {terms}"},
    {EventType::CreditLimitSet, "Credit limit set to {limit}", "信用额度改为 {limit}"},
    {EventType::ShipmentReturned, "{amount} of shipment {shipment} returned[: {reason}]",
     "发货单 {shipment} 退货 {amount}[：{reason}]"},
    {EventType::EventReversed, "Event {event}[ of {amount}] reversed[: {reason}]",
     "冲销事件 {event}[，金额 {amount}][：{reason}]"},
    {EventType::ShipmentRecorded,
     "Shipment {shipment} of {amount}[ on order {order}][ for invoice {invoice}][, signed for by {signed_by}]",
     "发货单 {shipment}，金额 {amount}[，订单 {order}][，对应发票 {invoice}][，{signed_by} 签收]"},
    {EventType::InvoiceIssued,
     "Invoice {invoice} of {amount} issued[, of which tax {tax}][, due {due}][, in instalments {instalments}][, for "
     "shipments {shipments}][, salesperson {salesperson}]",
     "开具发票 {invoice}，金额 {amount}[，其中税额 {tax}][，到期日 {due}][，分期 {instalments}][，对应发货单 "
     "{shipments}][，业务员 {salesperson}]"},
    {EventType::CreditNoteIssued, "Credit note {credit_note} of {amount} issued[ on invoice {invoice}][: {reason}]",
     "开具贷项通知单 {credit_note}，金额 {amount}[，冲减发票 {invoice}][：{reason}]"},
    {EventType::DebitNoteIssued, "Debit note {debit_note} of {amount} issued on invoice {invoice}[: {reason}]",
     "开具借项通知单 {debit_note}，金额 {amount}，增加发票 {invoice}[：{reason}]"},
    {EventType::InvoiceVoided, "Invoice {invoice} voided[, {open} taken off][: {reason}]",
     "发票 {invoice} 作废[，减少 {open}][：{reason}]"},
    {EventType::PaymentReceived,
     "Payment {payment} of {amount} received[ by {method}][ from {payer}][, reference {reference}]",
     "收款 {payment}，金额 {amount}[，方式 {method}][，付款人 {payer}][，参考号 {reference}]"},
    {EventType::PaymentApplied,
     "{amount} of[ payment {payment}][ credit note {credit_note}] applied to invoice {invoice}[, discount {discount}]",
     "以[收款 {payment} ][贷项通知单 {credit_note} ]核销发票 {invoice}，金额 {amount}[，现金折扣 {discount}]"},
    {EventType::ApplicationReversed,
     "Application {application}[ of {amount}][ with discount {discount}] reversed[: {reason}]",
     "撤销核销 {application}[，金额 {amount}][，现金折扣 {discount}][：{reason}]"},
    {EventType::PaymentReversed, "Payment {payment}[ of {amount}] reversed[: {reason}]",
     "收款 {payment} 退回[，金额 {amount}][：{reason}]"},
    {EventType::RefundPaid, "Refund {refund} of {amount} paid from[ payment {payment}][ credit note {credit_note}]",
     "退款 {refund}，金额 {amount}，[自收款 {payment}][自贷项通知单 {credit_note}]"},
    {EventType::PromiseMade, "Promise {promise} to pay {amount} by {due}[ on invoices {invoices}]",
     "付款承诺 {promise}：{due} 前支付 {amount}[，对应发票 {invoices}]"},
    {EventType::PromiseWithdrawn, "Promise {promise} withdrawn[: {reason}]", "付款承诺 {promise} 撤回[：{reason}]"},
    {EventType::DisputeOpened, "Dispute {dispute} opened over {amount} of invoice {invoice}[: {reason}]",
     "争议 {dispute}：发票 {invoice} 中 {amount} 有异议[：{reason}]"},
    {EventType::DisputeResolved, "Dispute {dispute} resolved[: {outcome}]", "争议 {dispute} 解决[：{outcome}]"},
    {EventType::ContactLogged, "Contact[ by {channel}][ with {person}][ about invoice {invoice}][: {text}]",
     "联系记录[，方式 {channel}][，对方 {person}][，关于发票 {invoice}][：{text}]"},
    {EventType::WriteOffRequested,
     "Write-off {write_off} of {amount} on invoice {invoice} requested[, {chosen}][: {reason}]",
     "申请核销坏账 {write_off}，发票 {invoice}，金额 {amount}[，适用 {chosen}][：{reason}]"},
    {EventType::WriteOffApproved,
     "Write-off {write_off} approved[ as requested in {request}][, {amount} in force from {in_force_from}][: {reason}]",
     "批准坏账核销 {write_off}[，所批申请 {request}][，自 {in_force_from} 起生效，金额 {amount}][：{reason}]"},
    {EventType::WriteOffRejected, "Write-off {write_off} rejected[: {reason}]", "驳回坏账核销 {write_off}[：{reason}]"},
    {EventType::WriteOffReversed, "Write-off {write_off}[ of {amount}] reversed[: {reason}]",
     "转回坏账核销 {write_off}[，金额 {amount}][：{reason}]"},
    {EventType::RecoveryReceived, "Recovery {recovery} of {amount} received on write-off {write_off}",
     "已核销坏账收回 {recovery}，金额 {amount}，对应坏账核销 {write_off}"},
    {EventType::RoleGranted, "Role {role} granted to {user}", "授予 {user} 角色 {role}"},
    {EventType::RoleRevoked, "Role {role} revoked from {user}", "撤销 {user} 的角色 {role}"},
    {EventType::WriteOffPolicySet, "Write-off policy set: {bands}; requests within {months} months are added up",
     "坏账核销政策：{bands}；{months} 个月内的申请合并计算"},
    {EventType::PeriodClosed, "Period closed through {through}[: {reason}]", "关账至 {through}[：{reason}]"},
    {EventType::PeriodReopened, "Period reopened through {through}[: {reason}]",
     "重开账期，至 {through} 的关账解除[：{reason}]"},
    {EventType::SigningKeyChanged,
     "Signing key changed to {public_key}[, signed by the key before: {signature}][: {reason}]",
     "签名密钥改为 {public_key}[，原密钥签名 {signature}][：{reason}]"},
    {EventType::DocumentAttached,
     "Document {name}[ ({media_type})] attached[ to invoice {invoice}][ to payment {payment}][ to shipment "
     "{shipment}][ to dispute {dispute}][ to promise {promise}][ to write-off {write_off}], SHA-256 {sha256}",
     "附件 {name}[（{media_type}）][，发票 {invoice}][，收款 {payment}][，发货单 {shipment}][，争议 "
     "{dispute}][，付款承诺 {promise}][，坏账核销 {write_off}]，SHA-256 {sha256}"},
    {EventType::NoteAdded,
     "Note[ on invoice {invoice}][ on payment {payment}][ on shipment {shipment}][ on dispute {dispute}][ on promise "
     "{promise}][ on write-off {write_off}]: {text}",
     "备注[，发票 {invoice}][，收款 {payment}][，发货单 {shipment}][，争议 {dispute}][，付款承诺 {promise}][，坏账核销 "
     "{write_off}]：{text}"},
}};

}  // namespace

std::string_view SentenceOf(EventType type, Language language) {
  const auto* found =
      std::find_if(kSentences.begin(), kSentences.end(), [&](const Sentence& each) { return each.type == type; });
  CHECK(found != kSentences.end());
  return language == Language::kChinese ? found->chinese : found->english;
}

MemoMarks MemoMarksOf(Language language) {
  if (language == Language::kChinese) return {"（附注：", "）"};
  return {" (memo: ", ")"};
}

}  // namespace duebook
