#include "tests/schemas/evolution.h"

#include <flatbuffers/reflection.h>
#include <fmt/core.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>

#include "ledger/values/check.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

std::string Contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  CHECK(file.good());
  std::stringstream contents;
  contents << file.rdbuf();
  return contents.str();
}

// Runs the schema compiler; whether it succeeded, and what it said.
bool Flatc(const std::string& arguments, const fs::path& scratch, std::string* said) {
  const fs::path output = scratch / "flatc.txt";
  const std::string command = fmt::format("'{}' {} >'{}' 2>&1", DUEBOOK_FLATC, arguments, output.string());
  const bool succeeded = std::system(command.c_str()) == 0;  // NOLINT(cert-env33-c): the build named the program
  *said = Contents(output);
  return succeeded;
}

// The schema in binary form, with the attributes.
std::string Compile(const fs::path& schema, const fs::path& scratch) {
  const fs::path folder = scratch / "binary";
  std::string said;
  const bool compiled =
      Flatc(fmt::format("-b --schema --bfbs-builtins -o '{}' '{}'", folder.string(), schema.string()), scratch, &said);
  if (!compiled) return "";
  return Contents(folder / schema.stem().concat(".bfbs"));
}

std::string_view AttributeOf(const flatbuffers::Vector<flatbuffers::Offset<reflection::KeyValue>>* attributes,
                             const char* name) {
  const reflection::KeyValue* found = attributes == nullptr ? nullptr : attributes->LookupByKey(name);
  return found == nullptr ? "" : std::string_view(found->value()->c_str());
}

// What flatc --conform does not look at: fields that went or were renamed, that are suddenly required, structs that
// grew, and attributes on which the stored indexes rest.
std::string BreakOfTable(const reflection::Object& released, const reflection::Object* current) {
  const std::string name = released.name()->str();
  if (current == nullptr) return name + " is gone";
  if (released.is_struct() && released.bytesize() != current->bytesize()) return name + " has another size";
  for (const char* attribute : {"customer", "introduces_by_event_id"}) {
    const std::string_view before = AttributeOf(released.attributes(), attribute);
    const bool may_come = std::string_view(attribute) == "introduces_by_event_id" && before.empty();
    if (before != AttributeOf(current->attributes(), attribute) && !may_come) {
      return fmt::format("{} has another attribute {}", name, attribute);
    }
  }
  for (const reflection::Field* field : *released.fields()) {
    const reflection::Field* now = current->fields()->LookupByKey(field->name()->c_str());
    if (now == nullptr) return fmt::format("{}.{} is gone", name, field->name()->str());
    for (const char* attribute : {"introduces", "names"}) {
      if (AttributeOf(field->attributes(), attribute) != AttributeOf(now->attributes(), attribute)) {
        return fmt::format("{}.{} has another attribute {}", name, field->name()->str(), attribute);
      }
    }
  }
  for (const reflection::Field* field : *current->fields()) {
    const reflection::Field* before = released.fields()->LookupByKey(field->name()->c_str());
    if (field->required() && (before == nullptr || !before->required())) {
      return fmt::format("{}.{} is required, which stored events may lack", name, field->name()->str());
    }
  }
  return "";
}

std::string BreakOfEnum(const reflection::Enum& released, const reflection::Enum* current) {
  const std::string name = released.name()->str();
  if (current == nullptr) return name + " is gone";
  for (const reflection::EnumVal* value : *released.values()) {
    const reflection::EnumVal* now = current->values()->LookupByKey(value->value());
    if (now == nullptr || now->name()->str() != value->name()->str()) {
      return fmt::format("number {} of {} is no longer {}", value->value(), name, value->name()->str());
    }
  }
  return "";
}

}  // namespace

std::string BreakOfEvolution(const fs::path& released, const fs::path& current, const fs::path& scratch) {
  std::string said;
  if (!Flatc(fmt::format("--conform '{}' '{}'", released.string(), current.string()), scratch, &said)) {
    return "flatc --conform: " + said;
  }
  const std::string released_binary = Compile(released, scratch);
  const std::string current_binary = Compile(current, scratch);
  if (released_binary.empty() || current_binary.empty()) return "the schema does not compile";
  const reflection::Schema* before = reflection::GetSchema(released_binary.data());
  const reflection::Schema* after = reflection::GetSchema(current_binary.data());
  for (const reflection::Object* table : *before->objects()) {
    std::string problem = BreakOfTable(*table, after->objects()->LookupByKey(table->name()->c_str()));
    if (!problem.empty()) return problem;
  }
  for (const reflection::Enum* values : *before->enums()) {
    std::string problem = BreakOfEnum(*values, after->enums()->LookupByKey(values->name()->c_str()));
    if (!problem.empty()) return problem;
  }
  return "";
}

}  // namespace duebook
