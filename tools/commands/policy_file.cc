#include "tools/commands/policy_file.h"

#include <fmt/core.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/event/event.h"
#include "ledger/values/suggestion.h"
#include "tools/import/rows/toml_file.h"

namespace duebook {

namespace {

constexpr std::array<std::pair<std::string_view, EventType>, 4> kTables{{{"credit", EventType::CreditPolicySet},
                                                                         {"reminders", EventType::ReminderPolicySet},
                                                                         {"interest", EventType::InterestSet},
                                                                         {"tolerance", EventType::TolerancePolicySet}}};

int LineIn(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

class PolicyReader {
 public:
  PolicyReader(std::string name, std::string day) : name_(std::move(name)), day_(std::move(day)) {}

  Result<PolicyFile> Read(const toml::table& root) {
    for (const auto& [key, node] : root) RETURN_IF_ERROR(ReadTables(key.str(), node));
    if (file_.policies.empty())
      return Fault(1, "it says no policy", "[credit], [reminders], [interest] or [tolerance]");
    std::stable_sort(file_.policies.begin(), file_.policies.end(),
                     [](const FilePolicy& a, const FilePolicy& b) { return a.line < b.line; });
    return std::move(file_);
  }

 private:
  Error Fault(int line, const std::string& sentence, std::string hint = "") const {
    return {ErrorCode::kInvalidArgument, fmt::format("{}:{}: {}", name_, line, sentence), std::move(hint)};
  }

  std::string_view Keep(std::string text) { return file_.texts.emplace_back(std::move(text)); }

  // Reads the table with this key, or several that are called the same, such as rates of single customers.
  Status ReadTables(std::string_view key, const toml::node& node) {
    std::vector<std::string_view> names;
    for (const auto& [name, type] : kTables) names.push_back(name);
    const auto table =
        std::find_if(kTables.begin(), kTables.end(), [&](const auto& each) { return each.first == key; });
    if (table == kTables.end())
      return Fault(LineIn(node), fmt::format("there are no policies {}{}", Quoted(key), DidYouMean(key, names)));
    if (const toml::table* one = node.as_table()) return ReadPolicy(key, table->second, *one);
    const toml::array* several = node.as_array();
    if (several == nullptr)
      return Fault(LineIn(node), fmt::format("{} is no table", key), fmt::format("write [{}]", key));
    for (const toml::node& each : *several) {
      const toml::table* one = each.as_table();
      if (one == nullptr)
        return Fault(LineIn(each), fmt::format("{} is no table", key), fmt::format("write [[{}]]", key));
      RETURN_IF_ERROR(ReadPolicy(key, table->second, *one));
    }
    return Status();
  }

  Status ReadPolicy(std::string_view key, EventType type, const toml::table& table) {
    const EventTypeInfo& info = InfoOf(type);
    FilePolicy policy{std::string(key), LineIn(table), {}, {}};
    policy.record.fields.emplace_back("type", RawValue{RawValue::Kind::kText, info.name, {}});
    bool has_date = false;
    for (const auto& [field, node] : table) {
      const std::string_view name = Keep(std::string(field.str()));
      if (!IsField(info, name)) {
        return Fault(LineIn(node),
                     fmt::format("{}: it has no field {}{}", key, Quoted(name), DidYouMean(name, FieldsOf(info))));
      }
      auto value = ReadValue(fmt::format("{}.{}", key, name), node);
      RETURN_IF_ERROR(value);
      policy.record.fields.emplace_back(name, *std::move(value));
      policy.lines.emplace_back(name, LineIn(node));
      has_date = has_date || name == "date";
    }
    file_.takes_day = file_.takes_day || !has_date;
    if (!has_date) policy.record.fields.emplace_back("date", RawValue{RawValue::Kind::kText, Keep(day_), {}});
    file_.policies.push_back(std::move(policy));
    return Status();
  }

  static std::vector<std::string_view> FieldsOf(const EventTypeInfo& info) {
    std::vector<std::string_view> names{"date", "currency", "memo"};
    if (info.customer != CustomerUse::kNone) names.emplace_back("customer");
    for (const FieldInfo& field : info.fields) {
      if (!field.internal) names.push_back(field.name);
    }
    return names;
  }
  static bool IsField(const EventTypeInfo& info, std::string_view name) {
    const std::vector<std::string_view> names = FieldsOf(info);
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  Result<RawValue> ReadValue(const std::string& where, const toml::node& node) {
    if (const auto* text = node.as_string()) return RawValue{RawValue::Kind::kText, Keep(text->get()), {}};
    if (const auto* number = node.as_integer()) {
      return RawValue{RawValue::Kind::kNumber, Keep(std::to_string(number->get())), {}};
    }
    if (const auto* truth = node.as_boolean()) {
      return RawValue{RawValue::Kind::kBool, truth->get() ? "true" : "false", {}};
    }
    if (const auto* date = node.as_date()) {
      const toml::date day = date->get();
      return RawValue{RawValue::Kind::kText, Keep(fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day)), {}};
    }
    if (const auto* list = node.as_array()) {
      RawValue value{RawValue::Kind::kList, {}, {}};
      for (const toml::node& item : *list) {
        auto member = ReadValue(where, item);
        RETURN_IF_ERROR(member);
        value.members.emplace_back("", *std::move(member));
      }
      return value;
    }
    if (const auto* table = node.as_table()) {
      RawValue value{RawValue::Kind::kObject, {}, {}};
      for (const auto& [name, item] : *table) {
        auto member = ReadValue(fmt::format("{}.{}", where, name.str()), item);
        RETURN_IF_ERROR(member);
        value.members.emplace_back(Keep(std::string(name.str())), *std::move(member));
      }
      return value;
    }
    return Fault(LineIn(node),
                 fmt::format("{}: numbers with a point are written in quotes, since they are exact", where),
                 "write such as \"0.05\"");
  }

  const std::string name_;
  const std::string day_;
  PolicyFile file_;
};

}  // namespace

int FilePolicy::LineOf(std::string_view field) const {
  for (const auto& [name, at] : lines) {
    if (name == field) return at;
  }
  return line;
}

Result<PolicyFile> ReadPolicies(const std::string& text, const std::string& name, const std::string& day) {
  const auto root = ParseToml(text, name);
  RETURN_IF_ERROR(root);
  return PolicyReader(name, day).Read(*root);
}

}  // namespace duebook
