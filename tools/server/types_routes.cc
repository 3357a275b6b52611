// GET /types: what can be recorded, and what a record of each type says.

#include "tools/commands/record_help.h"
#include "tools/server/json_writer.h"
#include "tools/server/routes.h"

namespace duebook {

namespace {

std::string TypesAsJson() {
  JsonWriter json;
  json.BeginList();
  for (const EventTypeInfo& type : AllEventTypes()) {
    json.BeginObject()
        .Member("name", type.name)
        .Member("group", type.group)
        .Member("meaning", type.meaning)
        .Name("fields")
        .BeginList();
    for (const RecordField& field : RecordFieldsOf(type)) {
      json.BeginObject()
          .Member("name", field.name)
          .Member("form", field.form)
          .Member("meaning", field.meaning)
          .Name("needed")
          .Json(field.needed ? "true" : "false")
          .EndObject();
    }
    json.EndList().EndObject();
  }
  json.EndList();
  return std::move(json).Finish();
}

}  // namespace

RouteAnswer GetTypes(const Call& /*call*/, const ServedLedger& /*served*/) {
  static const std::string json = TypesAsJson();
  return JsonResponse(json);
}

}  // namespace duebook
