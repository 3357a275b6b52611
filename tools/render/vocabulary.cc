#include "tools/render/vocabulary.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>

#include "ledger/events/event_kind.h"
#include "projections/shared/values_in_words.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

using Words = std::map<std::string_view, std::string_view>;

Words ChineseWords() {
  Words words{
      // Reports.
      {"aging", "账龄分析表"},
      {"apply", "核销建议"},
      {"balance", "余额"},
      {"bills", "票据登记簿"},
      {"customers", "客户一览表"},
      {"differences", "差异处理登记簿"},
      {"contacts", "联系记录表"},
      {"disputes", "争议登记簿"},
      {"gate", "发货放行检查"},
      {"overrides", "放行登记簿"},
      {"dashboard", "应收账款概览"},
      {"events", "事件日志"},
      {"explain", "差异说明"},
      {"interest", "逾期利息表"},
      {"open-items", "未清项目表"},
      {"papers", "单据齐备表"},
      {"promises", "付款承诺"},
      {"receipts", "收款明细表"},
      {"promise-rates", "承诺兑现率"},
      {"roles", "角色授权表"},
      {"shipments", "发货开票核对表"},
      {"score", "信用评分"},
      {"statement", "对账单"},
      {"trail", "审计轨迹"},
      {"unapplied", "未核销"},
      {"worklist", "催收工作清单"},
      {"write-offs", "坏账核销登记簿"},
      // Columns.
      {"acceptor", "承兑人"},
      {"accrued", "应计利息"},
      {"actor", "经办人"},
      {"after", "变动后"},
      {"age", "账龄（天）"},
      {"amount", "金额"},
      {"applied", "已核销"},
      {"approvals", "批准"},
      {"at_risk", "风险金额"},
      {"before", "变动前"},
      {"bill", "票据"},
      {"bill_due", "票据到期日"},
      {"billed", "已开利息"},
      {"bucket", "账龄段"},
      {"changed", "变更日期"},
      {"clock", "时钟读数"},
      {"confirmed", "价格确认"},
      {"covered", "票据覆盖"},
      {"broken_rate", "违约率（%）"},
      {"channel", "方式"},
      {"contribution", "得分"},
      {"credit", "贷方"},
      {"credit_note", "贷项通知单"},
      {"check", "检查项"},
      {"verdict", "结论"},
      {"figure", "实际"},
      {"allowed", "允许"},
      {"grade", "等级"},
      {"not_invoiced", "已发货未开票"},
      {"guarantees", "有效担保"},
      {"exposure", "信用敞口"},
      {"room", "剩余额度"},
      {"what", "事项"},
      {"granted", "放行日期"},
      {"until", "有效期至"},
      {"override", "放行单号"},
      {"shipped_amount", "发货金额"},
      {"passed", "越过的检查"},
      {"credited", "贷项"},
      {"currency", "币种"},
      {"customer", "客户"},
      {"date", "日期"},
      {"days", "天数"},
      {"days_to_invoice", "开票天数"},
      {"days_to_sign", "签收天数"},
      {"debit", "借方"},
      {"debited", "借项"},
      {"difference", "差异"},
      {"discount", "现金折扣"},
      {"dispute", "争议"},
      {"discount_until", "折扣截止日"},
      {"disputed", "争议金额"},
      {"document", "单据"},
      {"documents", "单据数"},
      {"due", "到期日"},
      {"evidence", "依据事件"},
      {"event", "事件"},
      {"fee", "手续费"},
      {"factor", "评分项"},
      {"from", "自"},
      {"granted_by", "授权人"},
      {"id", "事件编号"},
      {"invoice", "发票"},
      {"invoiced", "开票"},
      {"items", "项目数"},
      {"kept_rate", "兑现率（%）"},
      {"key", "分组"},
      {"kind", "类别"},
      {"last_payment", "最近收款"},
      {"limit", "信用额度"},
      {"mark", "标记"},
      {"month_total", "本月累计"},
      {"method", "付款方式"},
      {"missing", "缺失单据"},
      {"name", "名称"},
      {"net", "净额"},
      {"next", "下次联系"},
      {"not_due", "未到期"},
      {"oldest", "最长逾期（天）"},
      {"open", "未清"},
      {"original_due", "原到期日"},
      {"overdue_days", "逾期天数"},
      {"part", "期次"},
      {"rows shown", "显示行数"},
      {"share", "逾期占比"},
      {"order", "订单"},
      {"outcome", "结果"},
      {"overdue", "逾期"},
      {"owner", "负责人"},
      {"partly_kept", "部分履行"},
      {"payment", "收款"},
      {"proceeds", "贴现所得"},
      {"person", "对方"},
      {"points", "分值"},
      {"promise", "付款承诺"},
      {"reason", "原因"},
      {"received", "已收"},
      {"recorded_at", "记录时间"},
      {"reference", "参考号"},
      {"refunded", "已退款"},
      {"remarks", "备注"},
      {"requested", "申请"},
      {"requested_by", "申请人"},
      {"rescheduled", "重排日期"},
      {"resolved", "已解决"},
      {"role", "角色"},
      {"rows", "行数"},
      {"rule", "规则"},
      {"salesperson", "业务员"},
      {"seq", "序号"},
      {"shipment", "发货单"},
      {"shipped", "发货"},
      {"signed", "签收"},
      {"signed_by", "签收人"},
      {"source", "来源"},
      {"state", "状态"},
      {"terms", "账期"},
      {"text", "摘要"},
      {"through", "止"},
      {"to", "至"},
      {"tolerated_until", "宽限截止日"},
      {"unbilled", "未开利息"},
      {"total", "合计"},
      {"type", "类型"},
      {"upheld", "认定金额"},
      {"user", "用户"},
      {"value", "取值"},
      {"violations", "违规"},
      {"weight", "权重"},
      {"write_off", "坏账核销"},
      {"written_off", "坏账"},
      {"channel", "方式"},
      {"event", "事件"},
      {"file", "文件"},
      {"invoices", "发票"},
      {"kind", "事项"},
      {"level", "催款级别"},
      {"risk", "风险金额"},
      {"sha256", "SHA-256"},
      {"since", "起始日"},
      // What the work list asks for.
      {"apply", "核销收款"},
      {"approve", "审批开户"},
      {"bill", "票据"},
      {"escalation", "升级催收"},
      {"follow_up", "回访"},
      {"hold", "停止供货"},
      {"promise_broken", "承诺违约"},
      {"promise_due", "承诺到期"},
      {"release", "恢复供货"},
      {"remind", "催款清单"},
      {"reminder", "催款"},
      // States.
      {"broken", "已违约"},
      {"discounted", "已贴现"},
      {"dishonoured", "已拒付"},
      {"endorsed", "已背书"},
      {"held", "持有中"},
      {"honoured", "已兑付"},
      {"in force", "生效"},
      {"invoiced not shipped", "已开票未发货"},
      {"kept", "已履行"},
      {"opened", "已开户"},
      {"partly kept", "部分履行"},
      {"pending", "待履行"},
      {"rejected", "已驳回"},
      {"returned", "已退货"},
      {"reversed", "已转回"},
      {"shipped not invoiced", "已发货未开票"},
      {"superseded", "已被取代"},
      {"trading", "往来中"},
      {"withdrawn", "已撤回"},
      // Violations of the rules of write-offs, and remarks on them.
      {"approval_before_request", "先批后申"},
      {"granted_without_administrator", "授权时尚无管理员"},
      {"missing_approval", "批准人数不足"},
      {"missing_role", "缺少审批角色"},
      {"one_login", "申请与批准出自同一登录账号"},
      {"over_threshold", "超越审批权限"},
      {"receiver_approves", "收款经办人批准"},
      {"salesperson_approves", "业务员批准"},
      {"self_approval", "批准本人的申请"},
      {"splitting", "拆分申请"},
      // Papers that are missing.
      {"file", "文件"},
      {"iou", "欠条"},
      {"price_confirmation", "价格确认单"},
      {"signature", "签收单"},
      // Parts of the dashboard.
      {"Receivables", "应收账款"},
      {"Largest debtors", "最大欠款客户"},
      {"Oldest items", "最久未清项目"},
      {"Promises due this week", "本周到期的付款承诺"},
      {"Promises broken this week", "本周落空的付款承诺"},
      {"Unapplied cash", "未核销款项"},
      {"Write-offs awaiting approval", "待批准的坏账核销"},
      // Letters.
      {"Statement of account", "对账单"},
      {"Movements", "往来明细"},
      {"What is due", "应付金额"},
      {"Please pay to", "收款账户"},
      {"Open items", "未结清项目"},
      {"Aging", "账龄"},
      {"Adjustment", "调整"},
      {"Amount", "金额"},
      {"Balance", "余额"},
      {"Closing balance", "期末余额"},
      {"Credit", "贷方"},
      {"Credit note", "贷项通知单"},
      {"Credit note cancelled", "贷项通知单作废"},
      {"Currency", "币种"},
      {"Customer no.", "客户编号"},
      {"Date", "日期"},
      {"Days overdue", "逾期天数"},
      {"Debit", "借方"},
      {"Debit note", "借项通知单"},
      {"Debit note cancelled", "借项通知单作废"},
      {"Discount", "现金折扣"},
      {"Discount taken back", "现金折扣转回"},
      {"Document", "单据号"},
      {"Due", "到期日"},
      {"Due later", "以后到期"},
      {"Due now", "已到期"},
      {"Email", "邮箱"},
      {"Entry", "摘要"},
      {"From", "自"},
      {"Invoice", "发票"},
      {"Invoice cancelled", "发票作废"},
      {"Not overdue", "未逾期"},
      {"Not yet applied", "未核销"},
      {"Open", "未结清"},
      {"Opening balance", "期初余额"},
      {"Payment", "收款"},
      {"Payment returned", "付款退回"},
      {"Reference", "参考号"},
      {"Refund", "退款"},
      {"Refund returned", "退款退回"},
      {"Registration no.", "登记号"},
      {"Telephone", "电话"},
      {"Terms", "付款条件"},
      {"To", "至"},
      // What the same names mean of other things.
      {"apply: all that is open", "全部未清项目"},
      {"apply: article 560", "民法典第五百六十条"},
      {"apply: earliest due first", "先到期先清偿"},
      {"apply: exact", "金额相符"},
      {"apply: its amount", "发票金额"},
      {"apply: its amount less discount", "扣除现金折扣后的金额"},
      {"apply: its first instalment", "首期金额"},
      {"apply: named", "附言指明"},
      {"apply: names an invoice of another customer", "附言指明其他客户的发票"},
      {"apply: near", "容限内差异"},
      {"apply: net", "与贷项轧差"},
      {"apply: none", "无"},
      {"apply: nothing fits", "无相符项目"},
      {"apply: nothing is open", "无未清项目"},
      {"apply: oldest", "先到期"},
      {"apply: prc", "民法典"},
      {"apply: reference", "附言"},
      {"apply: several invoices are short within the tolerance", "多张发票的差异在容限内"},
      {"apply: several invoices have that amount", "多张发票金额相同"},
      {"apply: several sets of invoices have that sum", "多种组合金额相同"},
      {"apply: short within the tolerance", "差异在容限内"},
      {"apply: subset", "组合相符"},
      {"apply: the only such sum", "唯一组合"},
      {"apply: too many invoices to search", "未清发票过多，未作组合"},
      {"difference: bank_charge", "银行手续费"},
      {"difference: discount", "现金折扣"},
      {"difference: freight", "运费"},
      {"difference: other", "其他"},
      {"difference: reversed", "已撤销"},
      {"difference: rounding", "尾差"},
      {"bill: held", "持有中"},
      {"bill: reversed", "已退回"},
      {"customer: held", "停止供货"},
      {"customer: opened", "已开户"},
      {"customer: trading", "往来中"},
      {"gate: approval", "账户审批"},
      {"gate: hold", "冻结"},
      {"gate: confirmation", "价格确认"},
      {"gate: overdue", "逾期"},
      {"gate: limit", "信用额度"},
      {"gate: passed", "通过"},
      {"gate: failed", "不通过"},
      {"gate: prepaid", "已预付"},
      {"gate: off", "不检查"},
      {"credit: opened", "开户"},
      {"credit: approved", "批准"},
      {"credit: limit", "信用额度"},
      {"credit: terms", "账期"},
      {"credit: rated", "信用评级"},
      {"credit: held", "停止供货"},
      {"credit: released", "恢复供货"},
      {"credit: guarantee", "收到担保"},
      {"credit: guarantee released", "解除担保"},
      {"credit: override", "放行"},
      {"credit: interest", "利率"},
      {"credit: reminders", "催款政策"},
      {"override: override", "放行"},
      {"override: unused", "未使用"},
      {"override: expired", "已过期"},
      {"override: imported", "导入"},
      {"override: backdated", "补记"},
      {"refusal: not_approved", "账户未批准"},
      {"refusal: on_hold", "停止供货"},
      {"refusal: no_confirmation", "无价格确认"},
      {"refusal: overdue", "前账逾期"},
      {"refusal: over_limit", "超信用额度"},
      {"dispute: open", "处理中"},
      {"factor: bounced", "退票次数"},
      {"factor: broken", "违约承诺数"},
      {"factor: days_late", "平均逾期天数"},
      {"factor: disputes", "争议数"},
      {"factor: holds", "停货次数"},
      {"factor: overdue_days", "最长逾期天数"},
      {"factor: promise_rate", "承诺兑现率（%）"},
      {"factor: relation", "往来月数"},
      {"factor: score", "总分"},
      {"factor: utilisation", "额度使用率（%）"},
      {"role: missing_role", "授权人不是管理员"},
      {"role: self_approval", "给自己授权"},
      // Rows and figures.
      {"closing balance", "期末余额"},
      {"difference", "差异"},
      {"invoices without shipments", "无发货单的发票数"},
      {"nothing to show", "无记录"},
      {"opening balance", "期初余额"},
      {"recovered", "已收回"},
      {"set without administrator", "无管理员时设定"},
      {"recorded without the role", "无相应角色而记录"},
      {"time", "时间推移"},
      {"with violations", "有违规的"},
  };
  for (const EventTypeInfo& info : AllEventTypes()) words.emplace(info.name, KindOf(info.type).chinese);
  return words;
}

const Words& Chinese() {
  static const Words words = ChineseWords();
  return words;
}

// The longest of our words that the name begins with and a blank or its end follows; else its first word, as it is.
std::string_view FirstPart(std::string_view name) {
  size_t end = name.size();
  while (end != name.npos && end > 0 && !Chinese().contains(name.substr(0, end))) end = name.rfind(' ', end - 1);
  if (end == name.npos || end == 0) end = std::min(name.find(' '), name.size());
  return name.substr(0, end);
}

// Of a bucket of the aging, "1-30" or "366+": days.
std::optional<std::string> ChineseBucket(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789";
  const size_t sign = name.find_first_not_of(kDigits);
  if (sign == 0 || sign == name.npos) return std::nullopt;
  const std::string_view rest = name.substr(sign + 1);
  if (name[sign] == '+' && rest.empty()) return fmt::format("{}天以上", name.substr(0, sign));
  const bool to_another = name[sign] == '-' && !rest.empty() && rest.find_first_not_of(kDigits) == rest.npos;
  return to_another ? std::optional(fmt::format("{}天", name)) : std::nullopt;
}

// Also of names that hold several, such as "CNY not_due before".
std::string InParts(std::string_view name) {
  if (auto terms = ChineseTerms(name)) return *std::move(terms);
  std::string text;
  while (!name.empty()) {
    const std::string_view part = FirstPart(name);
    const auto found = Chinese().find(part);
    text += found == Chinese().end() ? ChineseBucket(part).value_or(std::string(part)) : found->second;
    name.remove_prefix(part.size());
    if (name.starts_with(' ')) {
      text += ' ';
      name.remove_prefix(1);
    }
  }
  return text;
}

}  // namespace

std::string Word(std::string_view name, Language language) {
  return language == Language::kChinese ? InParts(name) : std::string(name);
}

std::string Word(const Term& term, Language language) {
  if (language == Language::kChinese && !term.of.empty()) {
    const auto found = Chinese().find(fmt::format("{}: {}", term.of, term.name));
    if (found != Chinese().end()) return std::string(found->second);
    if (const auto word = ChineseWordOf(term.of, term.name)) return std::string(*word);
  }
  return Word(term.name, language);
}

std::string CutText(const Cut& cut, Language language) {
  const bool all = cut.effective == Date::Max();
  const std::string date = cut.effective.ToString();
  if (language == Language::kChinese) {
    return fmt::format("{}，按第 {} 号事件止所知", all ? "所有日期" : "截至 " + date, cut.known);
  }
  return fmt::format("{}, known up to event {}", all ? "all dates" : "at " + date, cut.known);
}

std::string ReportTitle(const Report& report) {
  const Language language = report.language;
  std::string title = fmt::format("{} {}", Word(report.name, language), CutText(report.cut, language));
  if (!report.before.has_value()) return title;
  return title + (language == Language::kChinese ? "；对比：" : "; before: ") + CutText(*report.before, language);
}

std::string JoinedTerms(const std::vector<Term>& terms, std::string_view separator, Language language) {
  std::string joined;
  for (const Term& term : terms) {
    if (!joined.empty()) joined += separator;
    joined += Word(term, language);
  }
  return joined;
}

std::string ShownCell(const Cell& cell, Language language) {
  if (const Term* term = std::get_if<Term>(&cell)) return ShownText(Word(*term, language));
  if (const auto* terms = std::get_if<std::vector<Term>>(&cell)) return JoinedTerms(*terms, "; ", language);
  return ShownText(CellText(cell, "; "));
}

std::string ShownCell(const Cell& cell, const Report& report) {
  const Money* money = std::get_if<Money>(&cell);
  if (money == nullptr || !report.separates_thousands) return ShownCell(cell, report.language);
  std::string text = FormatAmount(money->amount, money->currency);
  const size_t first = text.starts_with('-') ? 1 : 0;
  for (size_t at = std::min(text.find('.'), text.size()); at > first + 3;) text.insert(at -= 3, ",");
  return text;
}

bool IsFigure(const Cell& cell) { return std::holds_alternative<Money>(cell) || std::holds_alternative<int64_t>(cell); }

}  // namespace duebook
