#include "tools/server/posted_records.h"

#include <fmt/core.h>
#include <simdjson.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "ledger/values/hash.h"
#include "tools/import/rows/json_record.h"
#include "tools/server/problem.h"

namespace duebook {

namespace {

constexpr std::string_view kSource = "web";

// The texts of the objects in the body, as they were written; nothing if it is neither an object nor a list of them.
std::optional<std::vector<std::string>> ObjectsIn(const std::string& body) {
  simdjson::ondemand::parser parser;
  const simdjson::padded_string padded(body);
  simdjson::ondemand::document document;
  simdjson::ondemand::json_type type{};
  if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return std::nullopt;
  if (document.type().get(type) != simdjson::SUCCESS) return std::nullopt;
  if (type == simdjson::ondemand::json_type::object) return std::vector<std::string>{body};
  simdjson::ondemand::array list;
  if (document.get_array().get(list) != simdjson::SUCCESS) return std::nullopt;
  std::vector<std::string> objects;
  for (auto each : list) {
    simdjson::ondemand::object object;
    std::string_view text;
    if (each.get_object().get(object) != simdjson::SUCCESS) return std::nullopt;
    if (object.raw_json().get(text) != simdjson::SUCCESS) return std::nullopt;
    objects.emplace_back(text);
  }
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return std::nullopt;
  return objects;
}

const RawValue* Find(const Record& record, std::string_view name) {
  const auto field = std::find_if(record.fields.begin(), record.fields.end(),
                                  [name](const RawMember& member) { return member.name == name; });
  return field == record.fields.end() ? nullptr : &field->value;
}

// "k:" and 22 characters of base64url, and of further records of the call their place.
std::string IdOf(std::string_view user, std::string_view key, size_t place) {
  const Hash hash = Sha256(fmt::format("{}\n{}", user, key));
  std::array<char, sodium_base64_ENCODED_LEN(sizeof(Hash), sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
  sodium_bin2base64(text.data(), text.size(), hash.data(), hash.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  const std::string id = fmt::format("k:{}", std::string_view(text.data(), 22));
  return place == 0 ? id : fmt::format("{}:{}", id, place + 1);
}

// The answer to a call of which the record says what nobody may say here.
std::optional<HttpResponse> CheckSaid(const Record& record, const Call& call) {
  const RawValue* const actor = Find(record, "actor");
  if (actor != nullptr && actor->text != call.user) {
    return Problem(problems::kOtherActor, fmt::format("whoever is signed in, {}, records it", call.user),
                   call.request.id, "leave `actor` out");
  }
  const RawValue* const imported = Find(record, "imported");
  if (imported != nullptr && imported->text != "false") {
    return Problem(problems::kImported,
                   "a record says that another system decided it, so that rules about people do "
                   "not hold",
                   call.request.id, "leave `imported` out, or import a file with --as-imported");
  }
  return std::nullopt;
}

}  // namespace

std::variant<PostedRecords, HttpResponse> ReadPostedRecords(const Call& call, const LedgerIdentity& identity,
                                                            const ServerLimits& limits) {
  const std::string& request_id = call.request.id;
  auto objects = ObjectsIn(call.request.body);
  if (!objects.has_value() || objects->empty()) {
    return Problem(problems::kBadRequest, "the body is neither a record nor a list of records", request_id,
                   "a record is a JSON object as `duebook import` reads it");
  }
  if (objects->size() > limits.records) {
    return Problem(problems::kTooManyRecords,
                   fmt::format("{} records are more than {}", objects->size(), limits.records), request_id,
                   "send them in several requests, or import a file");
  }
  const std::string* const key = call.request.Field("idempotency-key");
  const CommandContext context{.currency = identity.currency, .default_actor = call.user};
  JsonRecordReader reader;
  PostedRecords posted;
  for (size_t place = 0; place < objects->size(); place++) {
    std::string& text = (*objects)[place];
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    Record record;
    record.source = kSource;
    if (auto rejection = reader.Read(text, &record)) {
      posted.ids.emplace_back();
      posted.commands.emplace_back(*std::move(rejection));
      continue;
    }
    if (auto refused = CheckSaid(record, call)) return *std::move(refused);
    const RawValue* const given = Find(record, "id");
    if (given == nullptr && key == nullptr) {
      return Problem(problems::kNoId, fmt::format("record {} has no id", place + 1), request_id,
                     "give each an `id`, by which it is known when it is sent again, or say an Idempotency-Key");
    }
    posted.ids.push_back(given != nullptr ? std::string(given->text) : IdOf(call.user, *key, place));
    if (given == nullptr) record.fields.emplace_back("id", RawValue{RawValue::Kind::kText, posted.ids.back(), {}});
    posted.commands.push_back(MakeCommand(record, context));
  }
  return posted;
}

}  // namespace duebook
