#include "tools/import/map/column_roles.h"

#include <algorithm>
#include <string_view>

#include "ledger/command/spelling.h"

namespace duebook {

namespace {

struct RoleNames {
  ColumnRole role;
  std::vector<std::string_view> names;  // as Plain makes them, the best first
};

const std::vector<RoleNames>& AllNames() {
  static const std::vector<RoleNames> names{
      {ColumnRole::kCustomer,
       {"customerid",
        "customerno",
        "customernumber",
        "customercode",
        "custno",
        "customeraccount",
        "selltocustomerno",
        "billtocustomerno",
        "debtorid",
        "debtorno",
        "debitor",
        "debitorennr",
        "debitorennummer",
        "debitornr",
        "kundennr",
        "kundennummer",
        "kdnr",
        "kontonr",
        "kontonummer",
        "accountid",
        "accountno",
        "accountnumber",
        "partnerid",
        "contactid",
        "soldtoparty",
        "billtoparty",
        "客户编号",
        "客户代码",
        "客户编码",
        "客户号",
        "往来单位编码",
        "konto",
        "account",
        "customer",
        "debtor",
        "kunde",
        "客户",
        "party"}},
      {ColumnRole::kName, {"customername", "kundenname",  "debtorname",  "debitorname",
                           "accountname",  "contactname", "partnername", "invoicepartnerdisplayname",
                           "companyname",  "firmenname",  "客户名称",    "公司名称",
                           "单位名称",     "name",        "firma",       "kunde",
                           "customer",     "partner",     "contact",     "party",
                           "company",      "客户"}},
      {ColumnRole::kInvoice,
       {"invoicenumber",
        "invoiceno",
        "invoiceid",
        "docno",
        "docnumber",
        "rechnungsnummer",
        "rechnungsnr",
        "rechnungnr",
        "发票号码",
        "发票号",
        "发票编号",
        "documentno",
        "documentnumber",
        "documentid",
        "belegnummer",
        "belegnr",
        "单据编号",
        "单据号",
        "billingdocument",
        "accountingdocument",
        "voucherno",
        "billno",
        "invoice",
        "rechnung",
        "document",
        "beleg",
        "number",
        "num",
        "nummer",
        "单号",
        "no",
        "id"}},
      {ColumnRole::kPayment,
       {"paymentnumber", "paymentno", "paymentid", "receiptno", "receiptnumber", "zahlungsnr", "zahlungsnummer",
        "收款单号", "收款编号", "payment", "receipt", "zahlung"}},
      {ColumnRole::kDate,
       {"invoicedate",
        "rechnungsdatum",
        "开票日期",
        "发票日期",
        "documentdate",
        "belegdatum",
        "单据日期",
        "billingdocumentdate",
        "postingdate",
        "buchungsdatum",
        "issuedate",
        "paymentdate",
        "receiptdate",
        "zahlungsdatum",
        "收款日期",
        "invoicebilldate",
        "transactiondate",
        "billdate",
        "date",
        "datum",
        "日期"}},
      {ColumnRole::kDue,
       {"duedate", "netduedate", "fälligkeitsdatum", "faelligkeitsdatum", "fälligkeit", "faelligkeit", "fälligam",
        "faelligam", "nettofälligkeit", "到期日期", "到期日", "付款到期日", "due", "fällig", "faellig"}},
      {ColumnRole::kAmount,
       {"openamount",
        "invoiceamountdue",
        "amountresidualsigned",
        "remainingamount",
        "outstandingamount",
        "amountdue",
        "openbalance",
        "offenerbetrag",
        "restbetrag",
        "未清金额",
        "未付金额",
        "应收余额",
        "residual",
        "amountresidual",
        "outstanding",
        "offen",
        "balance",
        "saldo",
        "余额",
        "invoiceamount",
        "rechnungsbetrag",
        "bruttobetrag",
        "grandtotal",
        "invoicedamount",
        "amountindoccurr",
        "amountintransactioncurrency",
        "totalnetamount",
        "amountinlocalcurrency",
        "totalamount",
        "amount",
        "betrag",
        "金额",
        "应收金额",
        "total",
        "summe",
        "brutto",
        "价税合计"}},
      {ColumnRole::kCurrency,
       {"currencycode", "documentcurrency", "transactioncurrency", "invoicecurrency", "currency", "währungscode",
        "währung", "waehrung", "whg", "币种", "货币", "curr"}},
      {ColumnRole::kTerms,
       {"paymentterms", "termsofpayment", "zahlungsbedingungen", "zahlungsbedingung", "付款条件", "账期", "terms"}},
      {ColumnRole::kSalesperson,
       {"salesperson", "salespersoncode", "salesrep", "salesrepresentative", "vertreter", "verkäufer", "业务员",
        "销售员", "业务人员"}},
      {ColumnRole::kType,
       {"documenttype", "doctype", "vouchertype", "transactiontype", "entrytype", "belegart", "buchungsart", "art",
        "单据类型", "业务类型", "类型", "type"}},
      {ColumnRole::kText,
       {"description", "buchungstext", "verwendungszweck", "memo", "text", "bemerkung", "摘要", "备注", "reference",
        "referenz", "comment"}},
  };
  return names;
}

// In one case and width, without what stands between words.
std::string Plain(std::string_view name) {
  std::string plain;
  for (const char c : FoldedForSearch(name)) {
    if (std::string_view(" _-./#():*@\r\n").find(c) == std::string_view::npos) plain += c;
  }
  return plain;
}

}  // namespace

std::array<std::optional<size_t>, kColumnRoles> RolesOf(const std::vector<std::string>& columns) {
  std::vector<std::string> plain;
  plain.reserve(columns.size());
  for (const std::string& column : columns) plain.push_back(Plain(column));
  std::array<std::optional<size_t>, kColumnRoles> roles;
  std::vector<bool> taken(columns.size());
  for (const RoleNames& role : AllNames()) {
    for (const std::string_view name : role.names) {
      const auto found = std::find(plain.begin(), plain.end(), name);
      const auto place = static_cast<size_t>(found - plain.begin());
      if (found == plain.end() || taken[place]) continue;
      roles[static_cast<size_t>(role.role)] = place;
      taken[place] = true;
      break;
    }
  }
  return roles;
}

}  // namespace duebook
