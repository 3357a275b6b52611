#include "projections/shared/values_in_words.h"

#include <fmt/core.h>

#include <map>

#include "ledger/books/write_off_policy.h"
#include "ledger/event/event_fields.h"
#include "ledger/values/payment_terms.h"

namespace duebook {
namespace {

const std::map<std::string_view, std::string_view>& ChineseMethods() {
  static const std::map<std::string_view, std::string_view> words{
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

const std::map<std::string_view, std::string_view>& ChineseChannels() {
  static const std::map<std::string_view, std::string_view> words{
      {"email", "电子邮件"}, {"fax", "传真"},       {"letter", "信函"}, {"meeting", "会议"},
      {"phone", "电话"},     {"telephone", "电话"}, {"visit", "拜访"},
  };
  return words;
}

std::string ChineseChosenBand(EventView event, const FieldInfo& field) {
  const auto* chosen = StructField<schema::ChosenBand>(event.body_table(), field);
  if (chosen == nullptr || chosen->policy() == 0) return "";
  const std::string band = chosen->band() < 0 ? "超出所有档" : fmt::format("第 {} 档", chosen->band() + 1);
  return fmt::format("政策（事件 {}）{}，合计 {}{}", chosen->policy(), band,
                     FormatAmount(chosen->added_up(), event.currency()),
                     OrMore(chosen->added_up()).empty() ? "" : " 及以上");
}

}  // namespace

std::optional<std::string> ChineseTerms(std::string_view text) {
  const auto terms = PaymentTerms::Parse(text);
  if (!terms.has_value()) return std::nullopt;
  const std::string net = terms->net_days == 0 ? "立即付清" : fmt::format("{} 天内付清", terms->net_days);
  if (!terms->HasDiscount()) return net;
  const std::string early = terms->discount_days == 0 ? "当日" : fmt::format("{} 天内", terms->discount_days);
  return fmt::format("{}付款折扣 {}%，{}", early, text.substr(0, text.find('/')), net);
}

std::string ValueInWords(EventView event, const FieldInfo& field, Language language) {
  std::string value = FieldText(event, field);
  if (language == Language::kEnglish) return value;
  if (field.type == FieldType::kChosenBand) return ChineseChosenBand(event, field);
  if (field.name == "terms") return ChineseTerms(value).value_or(value);
  if (field.name != "method" && field.name != "channel") return value;
  const auto& words = field.name == "method" ? ChineseMethods() : ChineseChannels();
  const auto word = words.find(value);
  return word == words.end() ? value : std::string(word->second);
}

}  // namespace duebook
