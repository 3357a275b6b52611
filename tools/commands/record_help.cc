#include "tools/commands/record_help.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/event/field_form.h"
#include "tools/commands/shell_word.h"

namespace duebook {

namespace {

RecordField CommonLine(const EventTypeInfo& type, const CommonFieldInfo& field) {
  const std::string_view name = field.name;
  RecordField line{std::string(name), fmt::format("text, up to {} bytes", kMaxNumberBytes), field.meaning, false, ""};
  if (name == "id") {
    line.meaning += " Needed in files.";
  } else if (name == "date") {
    line.form = "YYYY-MM-DD";
    line.needed = true;
    line.sample = "2025-03-31";
  } else if (name == "actor") {
    line.needed = !type.actor.empty();
    line.sample = "li.na";
  } else if (name == "memo") {
    line.form = fmt::format("text, up to {} bytes", kMaxProseBytes);
  } else if (name == "currency") {
    line.form = "three letters of ISO 4217";
    line.meaning += type.names_documents ? " Left out, that of the document it names, or the ledger's."
                                         : " Left out, the ledger's.";
  } else if (name == "customer") {
    line.needed =
        type.customer == CustomerUse::kIntroduced || (type.customer == CustomerUse::kRequired && !NeedsADocument(type));
    line.sample = "C-7";
    if (type.names_documents) {
      line.meaning += line.needed ? " Or name a document that tells it." : " Left out, that of the document it names.";
    }
  }
  return line;
}

bool IsCommonOf(const EventTypeInfo& type, std::string_view name) {
  if (name == "type" || name == "imported") return false;  // said before the fields; what an export adds
  if (name == "customer") return type.customer != CustomerUse::kNone;
  return name != "currency" || type.has_amount;
}

// Of fields of which one has to be given, the one that most give; "" if the type has no such fields.
std::string_view NeededOfSeveral(const EventTypeInfo& type) {
  if (type.type == EventType::SigningKeyChanged) return "reason";
  const auto first =
      std::find_if(type.fields.begin(), type.fields.end(), [](const FieldInfo& field) { return field.is_one_of; });
  return first == type.fields.end() ? std::string_view() : std::string_view(first->name);
}

void AppendLines(const std::vector<RecordField>& lines, bool needed, std::string* text) {
  size_t name_width = 0, form_width = 0;
  for (const RecordField& line : lines) {
    name_width = std::max(name_width, line.name.size());
    form_width = std::max(form_width, line.form.size());
  }
  for (const RecordField& line : lines) {
    if (line.needed != needed) continue;
    *text += fmt::format("  {:{}}  {:{}}  {}\n", line.name, name_width, line.form, form_width, line.meaning);
  }
}

bool IsList(const FieldInfo& field) { return field.type == FieldType::kTextList || field.type == FieldType::kItems; }

// Lists in a cell, and in JSON.
std::string ListsHelp(const EventTypeInfo& type) {
  std::string text;
  for (const FieldInfo& field : type.fields) {
    if (field.internal || !IsList(field)) continue;
    text += fmt::format("\nA list, on the command line or in CSV:  {}='{}'\n  in JSON Lines:  \"{}\":{}\n", field.name,
                        SampleOf(field), field.name, JsonSampleOf(field));
  }
  return text;
}

}  // namespace

std::vector<RecordField> RecordFieldsOf(const EventTypeInfo& type) {
  std::vector<RecordField> lines;
  for (const CommonFieldInfo& field : CommonFields()) {
    if (IsCommonOf(type, field.name)) lines.push_back(CommonLine(type, field));
  }
  for (const FieldInfo& field : type.fields) {
    if (field.internal) continue;
    lines.push_back({field.name, FormOf(field), field.meaning, field.required, SampleOf(field)});
  }
  for (RecordField& line : lines) line.needed = line.needed || line.name == NeededOfSeveral(type);
  return lines;
}

std::string ExampleOf(const EventTypeInfo& type) {
  // It takes a private key, which that command makes.
  if (type.type == EventType::SigningKeyChanged) return "duebook key rotate";
  std::string text = fmt::format("duebook record {}", type.name);
  for (const RecordField& line : RecordFieldsOf(type)) {
    const bool is_subject = line.name == "customer" && type.customer == CustomerUse::kOptional;
    if (!line.needed && line.name != "name" && !is_subject) continue;
    text += fmt::format(" {}={}", line.name, ShellWord(line.sample));
  }
  return text;
}

std::string TypeHelp(const EventTypeInfo& type) {
  const std::vector<RecordField> lines = RecordFieldsOf(type);
  std::string text = fmt::format("{}: {}\n\nNeeded:\n", type.name, type.meaning);
  AppendLines(lines, true, &text);
  text += "\nMay be left out:\n";
  AppendLines(lines, false, &text);
  text += ListsHelp(type);
  text += fmt::format("\nIn files for import the fields are the same, and \"type\" is \"{}\".\n\nExample:\n  {}\n",
                      type.name, ExampleOf(type));
  return text;
}

std::string TypesHelp() {
  std::string text = "Types of events:\n";
  size_t width = 0;
  std::vector<std::string_view> groups;
  for (const EventTypeInfo& type : AllEventTypes()) {
    width = std::max(width, type.name.size());
    if (std::find(groups.begin(), groups.end(), type.group) == groups.end()) groups.push_back(type.group);
  }
  for (const std::string_view group : groups) {
    text += fmt::format("\n  {}\n", group);
    for (const EventTypeInfo& type : AllEventTypes()) {
      if (type.group == group) text += fmt::format("    {:{}}  {}\n", type.name, width, type.meaning);
    }
  }
  return text + "\n`duebook record TYPE --help` lists the fields of a type, needed or not, and how they are written.\n";
}

}  // namespace duebook
