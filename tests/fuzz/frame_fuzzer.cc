// Input: the bytes of a frame as they lie in the store, or of one event. They are taken for one only if all of it lies
// within the bytes. The events of a frame are aligned and, unless one is empty, make the same frame again. An event
// that is taken for one can be read, indexed, printed and exported whatever it says, and its export can be read as
// JSON.

#include <algorithm>
#include <memory>

#include "ledger/event/event_fields.h"
#include "ledger/event/event_json.h"
#include "ledger/log/framed/frame.h"
#include "tests/fuzz/fuzzer.h"
#include "tests/fuzz/promises.h"
#include "tools/import/rows/json_record.h"

namespace duebook {

namespace {

// Aligned as the store's, and of exactly their size, so that the sanitizer sees a read past the end.
class ExactCopy {
 public:
  explicit ExactCopy(std::string_view bytes) : bytes_(std::make_unique<char[]>(bytes.size())), size_(bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), bytes_.get());
  }
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  size_t size_;
};

void CheckReadable(std::string_view bytes) {
  const ExactCopy copy(bytes);
  if (!VerifyEvent(copy.view())) return;
  const EventView event(copy.view());
  size_t references = 1;
  ForEachNamed(event, [&](DocumentKind kind, std::string_view number) {
    CHECK(number.size() <= kMaxNumberBytes);
    references += 1 + ParentNames(kind).size();
  });
  ForEachIntroduced(event, [&](DocumentKind, std::string_view number) { CHECK(number.size() <= kMaxNumberBytes); });
  CHECK(event.reference_count() == references);
  CHECK(event.date() >= Date::Min() && event.date() <= Date::Max());
  for (const FieldInfo& field : event.info().fields) CHECK(FieldText(event, field).size() <= bytes.size() * 64);

  std::string line;
  AppendEventJson(event, &line);
  CHECK(line.find('\n') == std::string::npos);
  const size_t size = line.size();
  line.append(simdjson::SIMDJSON_PADDING, ' ');
  JsonRecordReader reader;
  Record record;
  CHECK(!reader.Read(std::string_view(line).substr(0, size), &record).has_value());
  CheckMade(MakeCommand(record, FuzzContext()));
}

}  // namespace

DUEBOOK_FUZZER(frame) {
  const ExactCopy copy(input);
  const auto frame = FrameView::Open(copy.view());
  if (!frame.has_value()) return CheckReadable(input);
  CHECK(frame->count() > 0);
  std::vector<std::string> events;
  for (uint32_t i = 0; i < frame->count(); i++) {
    const std::string_view bytes = frame->event_bytes(i);
    CHECK(bytes.data() >= copy.view().data() && bytes.data() + bytes.size() <= copy.view().data() + copy.view().size());
    CHECK(reinterpret_cast<uintptr_t>(bytes.data()) % 8 == 0);
    CheckReadable(bytes);
    events.emplace_back(bytes);
  }
  if (std::any_of(events.begin(), events.end(), [](const std::string& event) { return event.empty(); })) return;
  const std::string again = EncodeFrame(frame->head(), events);
  const auto frame_again = FrameView::Open(again);
  CHECK(frame_again.has_value() && frame_again->count() == frame->count());
  CHECK(frame_again->head().first_seq == frame->head().first_seq);
  CHECK(frame_again->head().recorded_at == frame->head().recorded_at);
  CHECK(frame_again->head().commit_first_seq == frame->head().commit_first_seq);
  CHECK(frame_again->head().commit_count == frame->head().commit_count);
  for (uint32_t i = 0; i < frame->count(); i++) CHECK(frame_again->event_bytes(i) == events[i]);
}

}  // namespace duebook
