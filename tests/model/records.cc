// Facts and steps as records, and as lines for a report of a failure.

#include "ledger/proof/key_chain.h"
#include "ledger/values/base64.h"
#include "tests/model/generator.h"

namespace duebook::model {

namespace {

// The field that holds the number of the document that starts with a fact of this type.
const std::map<std::string, std::string> kNumberField{
    {"ShipmentRecorded", "shipment"},    {"InvoiceIssued", "invoice"},
    {"CreditNoteIssued", "credit_note"}, {"DebitNoteIssued", "debit_note"},
    {"PaymentReceived", "payment"},      {"RefundPaid", "refund"},
    {"PromiseMade", "promise"},          {"DisputeOpened", "dispute"},
    {"WriteOffRequested", "write_off"},  {"RecoveryReceived", "recovery"},
    {"EscalationStarted", "escalation"}, {"DifferenceClosed", "difference"},
    {"GuaranteeReceived", "guarantee"},  {"CreditOverridden", "override"},
    {"PriceConfirmed", "confirmation"},  {"DebtAcknowledged", "acknowledgement"}};

// All of one name, as those of a ledger are.
SigningKey NamedKey(const std::string& name) {
  static const std::map<std::string, std::string> keys{
      {"k0", "PRIVATE+KEY+k+126bbeb0+AWOTvFOPLd6vTBB0oHrDEkhu0kHkxKO2Y365+jDqvl08"},
      {"k1", "PRIVATE+KEY+k+b0243ee7+AUG6+2uO8jaH5TBY3INJp5An05V/u4jkGi4s4itALD6I"},
      {"k2", "PRIVATE+KEY+k+c0ff667d+Ae7I5mh/C5x68/zGbyEpsqsRsiTac9vfZ3fzYHe0AW/o"},
      {"k3", "PRIVATE+KEY+k+ee4c5b6b+Ac5dO3qzIxPyQquUe9Vt7f7vbV/qQu78K1La30q3Td98"}};
  return *SigningKey::Parse(keys.at(name));
}

}  // namespace

std::string FirstPublicKey() { return NamedKey(kFirstKey).public_key().ToString(); }

std::string NumberField(const std::string& type) {
  const auto field = kNumberField.find(type);
  return field == kNumberField.end() ? "" : field->second;
}

namespace {

std::string AmountText(Wide amount, Currency currency) { return FormatAmount(amount, currency); }

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ";") + name;
  return text;
}

std::string BandsText(const std::vector<Band>& bands, Currency currency) {
  std::string text;
  for (const Band& band : bands) {
    text += text.empty() ? "" : ";";
    text += (band.up_to.has_value() ? AmountText(*band.up_to, currency) : "-") + " " + std::to_string(band.approvals);
    for (size_t i = 0; i < band.roles.size(); i++) text += (i == 0 ? " " : "+") + band.roles[i];
  }
  return text;
}

std::string StepsText(const std::vector<ReminderStep>& steps, Currency currency) {
  std::string text;
  for (const ReminderStep& step : steps) {
    text += text.empty() ? "" : ";";
    text += std::to_string(step.level) + " " + std::to_string(step.days);
    if (!step.channel.empty()) text += " " + step.channel;
    if (step.charge != 0) text += " " + AmountText(step.charge, currency);
  }
  return text;
}

using Cells = std::vector<std::pair<std::string, std::string>>;

// What is said of collecting: of late interest, reminders, promises, disputes, contacts, escalations and differences.
void AddCollecting(const Fact& fact, Currency currency, Cells& cells) {
  const auto add = [&cells](const std::string& name, const std::string& text) {
    if (!text.empty()) cells.emplace_back(name, text);
  };
  const auto add_amount = [&](const std::string& name, std::optional<Wide> amount) {
    if (amount.has_value()) add(name, AmountText(*amount, currency));
  };
  const auto add_day = [&](const std::string& name, std::optional<Date> day) {
    if (day.has_value()) add(name, day->ToString());
  };
  add("kind", fact.kind);
  add("outcome", fact.outcome);
  add("owner", fact.owner);
  add("plan", fact.plan);
  add("instrument", fact.instrument);
  add("reference", fact.reference);
  add("rule", fact.rule);
  add("channel", fact.channel);
  add("step", fact.step);
  add("escalation", fact.escalation);
  add("rate", fact.rate);
  add("day_count", fact.day_count);
  add("disputed", fact.disputed);
  add("percent", fact.percent);
  add_amount("upheld", fact.upheld);
  add_amount("per_month", fact.per_month);
  add_amount("min_amount", fact.min_amount);
  add_day("next", fact.next);
  add_day("until", fact.until);
  if (fact.grace != 0) add("grace", std::to_string(fact.grace));
  if (fact.type == "ReminderSent") add("level", std::to_string(fact.level));
  if (fact.type == "TolerancePolicySet" && fact.amount == 0) add("amount", AmountText(0, currency));
  if (fact.type == "EscalationStarted" || fact.type == "DifferenceClosed") add("reason", fact.reason);
  if (fact.type != "ReminderPolicySet") return;
  add("steps", StepsText(fact.steps, currency));
  add("gap", std::to_string(fact.gap));
  add("escalate", std::to_string(fact.escalate));
  add("dispute_days", std::to_string(fact.dispute_days));
}

std::string CreditBandsText(const std::vector<Band>& bands, Currency currency) {
  std::string text;
  for (const Band& band : bands) {
    text += text.empty() ? "" : ";";
    text += band.up_to.has_value() ? AmountText(*band.up_to, currency) : "-";
    for (size_t i = 0; i < band.roles.size(); i++) text += (i == 0 ? " " : "+") + band.roles[i];
  }
  return text;
}

// What is said of credit, bills, papers and calendars.
void AddCredit(const Fact& fact, Currency currency, Cells& cells) {
  const auto add = [&cells](const std::string& name, const std::string& text) {
    if (!text.empty()) cells.emplace_back(name, text);
  };
  const auto add_amount = [&](const std::string& name, Wide amount) {
    if (amount != 0) add(name, AmountText(amount, currency));
  };
  const auto add_day = [&](const std::string& name, std::optional<Date> day) {
    if (day.has_value()) add(name, day->ToString());
  };
  const auto days = [](const std::vector<Date>& all) {
    std::vector<std::string> texts;
    for (const Date day : all) texts.push_back(day.ToString());
    return Joined(texts);
  };
  add("guarantee", fact.guarantee);
  add("override", fact.overriding);
  add("order", fact.order);
  add("method", fact.method);
  add("bill", fact.bill);
  add("grade", fact.grade);
  add("prepaid", fact.prepaid);
  if (fact.limit.has_value()) add("limit", AmountText(*fact.limit, currency));
  add_amount("fee", fact.fee);
  add_amount("proceeds", fact.proceeds);
  add_amount("cost", fact.cost);
  add_amount("overdue_amount", fact.overdue_amount);
  if (fact.score >= 0) add("score", std::to_string(fact.score));
  if (fact.overdue_days != 0) add("overdue_days", std::to_string(fact.overdue_days));
  if (fact.year != 0) add("year", std::to_string(fact.year));
  add_day("expires", fact.expires);
  add_day("valid_until", fact.valid_until);
  add_day("as_of", fact.as_of);
  add_day("bill_due", fact.bill_due);
  add("checks", Joined(fact.checks));
  add("guarantees", Joined(fact.counted_guarantees));
  add("bills", Joined(fact.counted_bills));
  add("override_roles", Joined(fact.override_roles));
  add("off", days(fact.off));
  add("on", days(fact.on));
  if (fact.type == "CreditPolicySet") add("bands", CreditBandsText(fact.bands, currency));
  if (fact.type != "SigningKeyChanged") add("signed_by", fact.signed_by);
  // What is said besides.
  static const std::set<std::string> reasoned{"CreditOverridden", "InvoiceRescheduled", "BillDishonoured"};
  if (reasoned.contains(fact.type)) add("reason", "agreed");
  if (fact.type == "CustomerRated") add("rated_by", "bureau");
  if (fact.type == "BillEndorsed") add("to", "Steel");
  if (fact.type == "NoteAdded") add("text", "called");
  if (fact.type != "DocumentAttached") return;
  add("name", "scan.pdf");
  add("sha256", std::string(64, 'a'));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ToCells(const Fact& fact, Currency currency) {
  std::vector<std::pair<std::string, std::string>> cells;
  const auto add = [&cells](const std::string& name, const std::string& text) {
    if (!text.empty()) cells.emplace_back(name, text);
  };
  const auto add_amount = [&](const std::string& name, Wide amount) {
    if (amount != 0) add(name, AmountText(amount, currency));
  };
  add("type", fact.type);
  add("id", fact.id);
  add("date", fact.date.ToString());
  add("actor", fact.actor);
  add("customer", fact.customer);
  add("currency", fact.currency);
  if (const std::string field = NumberField(fact.type); !field.empty()) add(field, fact.number);
  add("payment", fact.payment);
  add("credit_note", fact.credit_note);
  add("invoice", fact.invoice);
  add("application", fact.application);
  add("promise", fact.promise);
  add("dispute", fact.dispute);
  add("write_off", fact.write_off);
  add("shipment", fact.shipment);
  add("event", fact.event);
  add("invoices", Joined(fact.invoices));
  add("shipments", Joined(fact.shipments));
  add_amount("amount", fact.amount);
  add_amount("discount", fact.discount);
  add_amount("tax", fact.tax);
  if (fact.due.has_value()) add("due", fact.due->ToString());
  std::string instalments;
  for (const Instalment& each : fact.instalments) {
    instalments += (instalments.empty() ? "" : ";") + each.due.ToString() + " " + AmountText(each.amount, currency);
  }
  add("instalments", instalments);
  add("name", fact.name);
  std::vector<std::string> cleared;
  const auto say = [&](const std::string& name, const std::string& text, const std::string& field) {
    if (text == kCleared) cleared.push_back(name);
    if (text != kCleared && !text.empty()) add(field, field == name ? text : name + " " + text);
  };
  say("region", fact.region, "attributes");
  say("terms", fact.terms, "terms");
  say("salesperson", fact.salesperson, "salesperson");
  add("clear", Joined(cleared));
  if (fact.type == "RoleGranted" || fact.type == "RoleRevoked") {
    add("user", fact.user);
    add("role", fact.role);
  }
  if (fact.type == "SigningKeyChanged") {
    const PublicKey key = NamedKey(fact.key).public_key();
    add("public_key", key.ToString());
    if (!fact.signed_by.empty()) {
      const SigningKey before = NamedKey(fact.signed_by);
      add("signature", ToBase64(before.Sign(KeyChangeText(kLedgerId, before.public_key(), key))));
    }
    add("reason", fact.reason);
  }
  if (fact.type == "PeriodClosed" || fact.type == "PeriodReopened") add("through", fact.through.ToString());
  if (fact.type == "WriteOffPolicySet") {
    add("bands", BandsText(fact.bands, currency));
    add("months", std::to_string(fact.months));
  }
  AddCollecting(fact, currency, cells);
  AddCredit(fact, currency, cells);
  return cells;
}

std::string ToLine(const Step& step) {
  if (step.kind == Step::Kind::kReopen) return "(reopen)";
  std::string line = step.joined ? "  + " : step.atomic ? "(all or nothing) " : "";
  for (const auto& [name, text] : ToCells(step.command, *Currency::Parse("CNY"))) line += name + "='" + text + "' ";
  if (step.command.imported) line += "(imported) ";
  if (!step.command.source.empty()) line += "(from " + step.command.source + ") ";
  if (step.command.request == Fact::Request::kRight) line += "(right hash) ";
  if (step.command.request == Fact::Request::kWrong) line += "(wrong hash) ";
  return line;
}

}  // namespace duebook::model
