#include "tools/letters/built_in_reminders.h"

#include <fmt/format.h>

#include <string_view>

#include "tools/render/html_page.h"
#include "tools/render/render_letter.h"

namespace duebook {

namespace {

constexpr std::string_view kReminderStyle = R"(
body { font-size: 10.5pt; }
.lines { white-space: pre-line; }
table.items { width: 100%; margin-top: 1em; }
p.sum { font-size: 12pt; font-weight: bold; }
.account { border: 1px solid #000; padding: 2.5mm 4mm; margin: 0 0 1em; break-inside: avoid; }
.closing { break-inside: avoid; margin-top: 1.5em; }
)";

// The words of a letter in one language and tone. They are templates themselves.
struct Words {
  std::string_view title, greeting, opening, sum, request, closing;
};

// The words of a language, whatever the tone.
struct Labels {
  std::string_view registration, phone, email, to, customer, day, invoice, invoice_date, due, days, open, amount, total,
      credit, interest, charge, account, paid_meanwhile, questions, signature;
};

constexpr Labels kEnglishLabels{
    .registration = "Registration no.",
    .phone = "Telephone",
    .email = "Email",
    .to = "",
    .customer = "Customer no.",
    .day = "Date",
    .invoice = "Invoice",
    .invoice_date = "Invoice date",
    .due = "Due",
    .days = "Days overdue",
    .open = "Outstanding",
    .amount = "Amount due",
    .total = "Total",
    .credit =
        "Your account holds {{credit}} {{currency}} that has not yet been applied to an invoice. Please tell us which "
        "invoice it is for.",
    .interest =
        "Interest of {{interest}} {{currency}} for late payment has accrued on these invoices to date. It is not "
        "included in the amount above.",
    .charge = "A charge of {{charge}} {{currency}} for this reminder is added to the first of these invoices.",
    .account = "Please pay to",
    .paid_meanwhile = "If you have already paid, please disregard this letter.",
    .questions = "{{#salesperson}} If you have any questions, please contact {{salesperson}}.{{/salesperson}}",
    .signature = "Yours faithfully,",
};

constexpr Labels kChineseLabels{
    .registration = "统一社会信用代码",
    .phone = "电话",
    .email = "电子邮箱",
    .to = "致：",
    .customer = "客户编号",
    .day = "日期",
    .invoice = "发票",
    .invoice_date = "开票日期",
    .due = "到期日",
    .days = "逾期天数",
    .open = "未付金额",
    .amount = "应付金额",
    .total = "合计",
    .credit = "贵公司另有 {{credit}} {{currency}} 尚未核销，请告知对应的发票。",
    .interest = "截至本函日期，上述发票已产生逾期利息 {{interest}} {{currency}}，未计入上述合计。",
    .charge = "本次催款收取费用 {{charge}} {{currency}}，计入上列第一张发票。",
    .account = "请付款至以下账户",
    .paid_meanwhile = "如贵公司已付款，请忽略本函。",
    .questions = "{{#salesperson}}我方联系人：{{salesperson}}。{{/salesperson}}",
    .signature = "&emsp;&emsp;此致<br>敬礼",
};

constexpr Words kEnglishNotice{
    .title = "Payment due soon",
    .greeting = "Dear Sir or Madam,",
    .opening = "This is a friendly reminder that the invoices below are about to fall due.",
    .sum = "Please arrange payment of {{total}} {{currency}} by the due dates shown.",
    .request = "If anything in these invoices is not as agreed, please let us know before they fall due.",
    .closing = "Thank you for your business.",
};
constexpr Words kEnglishReminder{
    .title = "Payment reminder",
    .greeting = "Dear Sir or Madam,",
    .opening = "According to our records, the invoices below are overdue, and we have not yet received your payment.",
    .sum = "Please pay {{total}} {{currency}} as soon as possible.",
    .request =
        "If you dispute an invoice or cannot pay at once, please let us know today, and tell us when we can expect "
        "your payment.",
    .closing = "Thank you for your prompt attention.",
};
constexpr Words kEnglishUrgent{
    .title = "Urgent request for payment",
    .greeting = "Dear Sir or Madam,",
    .opening = "The invoices below are long overdue, and we have still not received your payment.",
    .sum = "Please pay {{total}} {{currency}} immediately.",
    .request =
        "Please confirm in writing when you will pay. If we receive neither your payment nor a reply within seven "
        "days, we may suspend further deliveries and take steps to recover the debt.",
    .closing = "We hope that this will not be necessary.",
};

constexpr Words kChineseNotice{
    .title = "付款提示函",
    .greeting = "尊敬的客户：",
    .opening = "感谢贵公司一直以来的支持。下列款项即将到期，特此提示。",
    .sum = "请于到期日前安排付款，共计 {{total}} {{currency}}。",
    .request = "如对下列发票有任何异议，请在到期日前与我们联系。",
    .closing = "感谢贵公司的合作。",
};
constexpr Words kChineseReminder{
    .title = "催款函",
    .greeting = "尊敬的客户：",
    .opening = "据我方账面记录，下列款项已经到期，尚未收到贵公司付款。",
    .sum = "请尽快支付 {{total}} {{currency}}。",
    .request = "如对发票有异议或暂时无法付款，请及时告知我方，并说明预计付款日期。",
    .closing = "感谢贵公司的配合。",
};
constexpr Words kChineseUrgent{
    .title = "逾期账款催收函",
    .greeting = "尊敬的客户：",
    .opening = "下列款项逾期已久，至今未收到贵公司付款。",
    .sum = "请立即支付 {{total}} {{currency}}。",
    .request = "请书面确认付款日期。如七日内既未付款也未答复，我方可能暂停供货，并通过法律途径追收欠款。",
    .closing = "望贵公司予以重视，妥善处理。",
};

const Words& WordsOf(Language language, ReminderTone tone) {
  const bool is_chinese = language == Language::kChinese;
  switch (tone) {
    case ReminderTone::kNotice:
      return is_chinese ? kChineseNotice : kEnglishNotice;
    case ReminderTone::kReminder:
      return is_chinese ? kChineseReminder : kEnglishReminder;
    case ReminderTone::kUrgent:
      break;
  }
  return is_chinese ? kChineseUrgent : kEnglishUrgent;
}

// Who writes to whom.
std::string Head(const Labels& labels) {
  return fmt::format(
      R"(<header>{{{{#logo}}}}<img alt="" src="{{{{logo}}}}">{{{{/logo}}}}<span></span>
<div><span class="name">{{{{company}}}}</span>
{{{{#company_address}}}}
<div class="lines">{{{{company_address}}}}</div>
{{{{/company_address}}}}
{{{{#company_registration}}}}
<div>{} {{{{company_registration}}}}</div>
{{{{/company_registration}}}}
{{{{#company_phone}}}}
<div>{} {{{{company_phone}}}}</div>
{{{{/company_phone}}}}
{{{{#company_email}}}}
<div>{} {{{{company_email}}}}</div>
{{{{/company_email}}}}
</div></header>
<address>{}{{{{name}}}}
{{{{#contact}}}}
<div>{{{{contact}}}}</div>
{{{{/contact}}}}
{{{{#address}}}}
<div class="lines">{{{{address}}}}</div>
{{{{/address}}}}
</address>
)",
      labels.registration, labels.phone, labels.email, labels.to);
}

// What is to be paid. What is not due yet has no days overdue.
std::string Items(const Labels& labels, bool is_overdue) {
  const std::string days = is_overdue ? fmt::format("<th class=\"number\">{}</th>", labels.days) : "";
  return fmt::format(
      R"(<table class="items">
<thead><tr><th>{}</th><th>{}</th><th>{}</th>{}<th class="number">{}</th><th class="number">{}</th></tr></thead>
<tbody>
{{{{#items}}}}
<tr><td>{{{{invoice}}}}</td><td class="date">{{{{date}}}}</td><td class="date">{{{{due}}}}</td>{}<td class="number">{{{{open}}}}</td><td class="number">{{{{amount}}}}</td></tr>
{{{{/items}}}}
</tbody>
<tfoot><tr><td>{}</td><td></td><td></td>{}<td></td><td class="number">{{{{total}}}} {{{{currency}}}}</td></tr></tfoot>
</table>
)",
      labels.invoice, labels.invoice_date, labels.due, days, labels.open, labels.amount,
      is_overdue ? "<td class=\"number\">{{days}}</td>" : "", labels.total, is_overdue ? "<td></td>" : "");
}

// A paragraph that is there if the letter has this value.
std::string IfThere(std::string_view name, std::string_view paragraph) {
  return fmt::format("{{{{#{0}}}}}\n<p>{1}</p>\n{{{{/{0}}}}}\n", name, paragraph);
}

}  // namespace

ReminderTone ReminderToneOf(int64_t days) {
  constexpr int64_t kLong = 30;
  if (days <= 0) return ReminderTone::kNotice;
  return days < kLong ? ReminderTone::kReminder : ReminderTone::kUrgent;
}

std::string BuiltInReminder(Language language, ReminderTone tone) {
  const Labels& labels = language == Language::kChinese ? kChineseLabels : kEnglishLabels;
  const Words& words = WordsOf(language, tone);
  std::string body = Head(labels);
  body += fmt::format(
      "<h1>{}</h1>\n<table class=\"pairs\">\n<tr><th>{}</th><td>{{{{customer}}}}</td></tr>\n"
      "<tr><th>{}</th><td>{{{{date}}}}</td></tr>\n</table>\n",
      words.title, labels.customer, labels.day);
  body += fmt::format("<p>{}</p>\n<p>{}</p>\n<p class=\"sum\">{}</p>\n", words.greeting, words.opening, words.sum);
  body += Items(labels, tone != ReminderTone::kNotice);
  body += IfThere("charge", labels.charge);
  body += IfThere("interest", labels.interest);
  body += IfThere("credit", labels.credit);
  body += fmt::format(
      "{{{{#payment_details}}}}\n<div class=\"account\"><b>{}</b><br>\n<span class=\"lines\">{{{{payment_details}}}}"
      "</span></div>\n{{{{/payment_details}}}}\n",
      labels.account);
  body += fmt::format("<p>{}</p>\n<p>{}</p>\n", words.request, labels.paid_meanwhile);
  body += fmt::format("<div class=\"closing\"><p>{}{}</p>\n<p>{}</p>\n<p>{{{{company}}}}</p></div>\n", words.closing,
                      labels.questions, labels.signature);
  return HtmlDocument(fmt::format("{{{{company}}}}: {}", words.title), language,
                      fmt::format("{}{}{}", kPageStyle, kLetterStyle, kReminderStyle), body);
}

}  // namespace duebook
