#include "projections/shared/values_in_words.h"

#include <fmt/core.h>

#include <map>

#include "ledger/books/write_off_policy.h"
#include "ledger/event/event_fields.h"
#include "ledger/values/payment_terms.h"
#include "ledger/values/percentage.h"

namespace duebook {
namespace {

using Words = std::map<std::string_view, std::string_view>;

const Words& ChineseMethods() {
  static const Words words{
      {"alipay", "支付宝"},
      {"bank_acceptance", "银行承兑汇票"},
      {"bank_transfer", "银行转账"},
      {"card", "银行卡"},
      {"cash", "现金"},
      {"check", "支票"},
      {"cheque", "支票"},
      {"commercial_acceptance", "商业承兑汇票"},
      {"deposit", "保证金"},
      {"direct_debit", "委托扣款"},
      {"transfer", "转账"},
      {"wechat", "微信支付"},
      {"wire", "电汇"},
  };
  return words;
}

const Words& ChineseChannels() {
  static const Words words{
      {"email", "电子邮件"}, {"fax", "传真"},       {"letter", "信函"}, {"meeting", "会议"},
      {"phone", "电话"},     {"telephone", "电话"}, {"visit", "拜访"},
  };
  return words;
}

// What came of a contact, or how a dispute ended.
const Words& ChineseOutcomes() {
  static const Words words{
      {"disputes", "有异议"},  {"no_hold", "暂不冻结"}, {"not_reached", "未联系上"}, {"promised", "已承诺"},
      {"reached", "已联系上"}, {"refuses", "拒绝付款"}, {"rejected", "不成立"},      {"upheld", "成立"},
  };
  return words;
}

const Words& ChineseKinds() {
  static const Words words{
      {"charge", "费用"}, {"delivery", "交货"}, {"interest", "逾期利息"}, {"other", "其他"},    {"paid", "已付款"},
      {"papers", "单据"}, {"price", "价格"},    {"quality", "质量"},      {"quantity", "数量"},
  };
  return words;
}

// What papers are, of which some are called as something else is elsewhere.
const Words& ChinesePapers() {
  static const Words words{
      {"application", "开户申请书"},
      {"confirmation", "价格确认单"},
      {"contract", "合同"},
      {"delivery", "签收单"},
      {"guarantee", "担保函"},
      {"invoice", "发票"},
      {"iou", "欠条"},
      {"letter", "函件"},
      {"other", "其他"},
      {"statement", "对账单"},
  };
  return words;
}

const Words& ChineseDayCounts() {
  static const Words words{
      {"30/360", "每月 30 天/每年 360 天"}, {"act/360", "实际天数/360"}, {"act/365", "实际天数/365"}, {"day", "按日"}};
  return words;
}

// What becomes of disputed amounts.
const Words& ChineseDisputed() {
  static const Words words{{"accrues", "照常计息"}, {"include", "一并催收"}, {"skip", "不催收"}, {"waits", "暂不计息"}};
  return words;
}

const Words& ChineseSteps() {
  static const Words words{{"agency", "委外催收"}, {"legal", "诉讼"}, {"stop_supply", "停止供货"}};
  return words;
}

// By the names of fields.
const std::map<std::string_view, const Words*>& ChineseWords() {
  static const std::map<std::string_view, const Words*> words_of{
      {"channel", &ChineseChannels()}, {"day_count", &ChineseDayCounts()}, {"disputed", &ChineseDisputed()},
      {"kind", &ChineseKinds()},       {"method", &ChineseMethods()},      {"outcome", &ChineseOutcomes()},
      {"paper", &ChinesePapers()},     {"step", &ChineseSteps()}};
  return words_of;
}

std::string ChineseChosenBand(EventView event, const FieldInfo& field) {
  const auto* chosen = StructField<schema::ChosenBand>(event.body_table(), field);
  if (chosen == nullptr || chosen->policy() == 0) return "";
  const std::string band = chosen->band() < 0 ? "超出所有档" : fmt::format("第 {} 档", chosen->band() + 1);
  return fmt::format("政策（事件 {}）{}，合计 {}{}", chosen->policy(), band,
                     FormatAmount(chosen->added_up(), event.currency()),
                     OrMore(chosen->added_up()).empty() ? "" : " 及以上");
}

std::string ChineseDiscount(const EarlyDiscount& discount) {
  const std::string early = discount.days == 0 ? "当日" : fmt::format("{} 天内", discount.days);
  const std::string tolerated = discount.tolerated == 0 ? "" : fmt::format("（宽限 {} 天）", discount.tolerated);
  return fmt::format("{}付款{}折扣 {}%，", early, tolerated, ShownPercentage(discount.ppm));
}

std::string ChineseDayOfMonth(int day) { return day == 31 ? "月末" : fmt::format(" {} 日", day); }

std::string ChineseStep(const TermsStep& step) {
  switch (step.kind) {
    case TermsStep::Kind::kNet:
      return fmt::format("{} 天后", step.number);
    case TermsStep::Kind::kMonths:
      return fmt::format("{} 个月后", step.number);
    case TermsStep::Kind::kEndOfMonth:
      return "至月末";
    case TermsStep::Kind::kMonthly:
      return fmt::format("每月{}结账", ChineseDayOfMonth(step.number));
    case TermsStep::Kind::kPay:
      if (step.months == 0) return "当月" + ChineseDayOfMonth(step.number);
      if (step.months == 1) return "次月" + ChineseDayOfMonth(step.number);
      return fmt::format("第 {} 个月{}", step.months, ChineseDayOfMonth(step.number));
  }
  return "";
}

std::string ChinesePart(const TermsPart& part) {
  const std::string workday = part.workday ? "，遇休息日顺延" : "";
  if (part.steps.size() == 1 && part.steps.front().kind == TermsStep::Kind::kNet) {
    const int days = part.steps.front().number;
    return (days == 0 ? "立即付清" : fmt::format("{} 天内付清", days)) + workday;
  }
  std::string steps;
  for (const TermsStep& step : part.steps) steps += (steps.empty() ? "" : "，") + ChineseStep(step);
  return steps + "付清" + workday;
}

// Under which name the words of a field are found: that of the field, but for kinds of papers.
std::string_view NameOfWords(EventView event, const FieldInfo& field) {
  const bool is_paper = event.type() == EventType::DocumentAttached || event.type() == EventType::DebtAcknowledged;
  return is_paper && field.name == "kind" ? "paper" : std::string_view(field.name);
}

}  // namespace

std::optional<std::string> ChineseTerms(std::string_view text) {
  const auto terms = PaymentTerms::Parse(text);
  if (!terms.has_value()) return std::nullopt;
  std::string words;
  for (const EarlyDiscount& discount : terms->discounts) words += ChineseDiscount(discount);
  if (terms->parts.size() == 1) return words + ChinesePart(terms->parts.front());
  for (size_t i = 0; i < terms->parts.size(); ++i) {
    const TermsPart& part = terms->parts[i];
    words += fmt::format("{}{}% {}", i == 0 ? "" : "；", ShownPercentage(part.ppm), ChinesePart(part));
  }
  return words;
}

bool HasWords(std::string_view field) { return ChineseWords().contains(field); }

std::optional<std::string_view> ChineseWordOf(std::string_view field, std::string_view value) {
  const auto words = ChineseWords().find(field);
  if (words == ChineseWords().end()) return std::nullopt;
  const auto word = words->second->find(value);
  return word == words->second->end() ? std::nullopt : std::optional(word->second);
}

std::string ValueInWords(EventView event, const FieldInfo& field, Language language) {
  std::string value = FieldText(event, field);
  if (language == Language::kEnglish) return value;
  if (field.type == FieldType::kChosenBand) return ChineseChosenBand(event, field);
  if (field.name == "terms") return ChineseTerms(value).value_or(value);
  const auto word = ChineseWordOf(NameOfWords(event, field), value);
  return word.has_value() ? std::string(*word) : value;
}

}  // namespace duebook
