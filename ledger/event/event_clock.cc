#include "ledger/event/event_clock.h"

#include "event_bfbs_generated.h"
#include "flatbuffers/reflection.h"

namespace duebook {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

Offset<flatbuffers::String> Copy(const flatbuffers::String* text, FlatBufferBuilder& builder) {
  return text == nullptr ? Offset<flatbuffers::String>() : builder.CreateString(text);
}

// By the schema in binary form, whatever the event's type.
Offset<void> CopyBody(EventView event, FlatBufferBuilder& builder) {
  const reflection::Schema& schema = *reflection::GetSchema(schema::EventBinarySchema::data());
  const reflection::EnumVal* member = schema.enums()
                                          ->LookupByKey("duebook.schema.EventBody")
                                          ->values()
                                          ->LookupByKey(static_cast<int64_t>(event.type()));
  CHECK(member != nullptr);
  const auto* table = schema.objects()->Get(static_cast<flatbuffers::uoffset_t>(member->union_type()->index()));
  return flatbuffers::CopyTable(builder, schema, *table, event.body_table()).o;
}

}  // namespace

std::string WithClockReading(EventView event, Time clock) {
  CHECK(!event.clock().has_value());
  const schema::Event& head = event.table();
  FlatBufferBuilder builder(event.bytes().size() + sizeof(uint64_t));
  const auto id = Copy(head.id(), builder);
  const auto actor = Copy(head.actor(), builder);
  const auto source = Copy(head.source(), builder);
  const auto memo = Copy(head.memo(), builder);
  const auto customer = Copy(head.customer(), builder);
  const auto* references = head.references();
  const auto copied_references = references == nullptr ? Offset<flatbuffers::Vector<uint64_t>>()
                                                       : builder.CreateVector(references->data(), references->size());
  const Offset<void> body = CopyBody(event, builder);
  builder.Finish(schema::CreateEvent(builder, head.seq(), head.recorded_at(), head.effective_date(), head.currency(),
                                     head.imported(), id, actor, source, memo, customer, copied_references,
                                     head.body_type(), body, clock.microseconds));
  return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

}  // namespace duebook
