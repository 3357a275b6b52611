// Input: a map in TOML and a foreign file, with a line "===" between them. The map is refused with its name and
// line; or the file as a whole, for its header; or each row is ignored, refused with a reason, or becomes events.
// Events come in order of their dates, have an id and a date, and what they become says the same again when it is
// exported.

#include <set>

#include "ledger/values/text.h"
#include "tests/fuzz/fuzzer.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/promises.h"
#include "tools/import/map/mapped_file.h"

namespace duebook {

namespace {

constexpr std::string_view kSeparator = "\n===\n";

std::string_view FieldOf(const Record& record, std::string_view name) {
  for (const RawMember& field : record.fields) {
    if (field.name == name) return field.value.text;
  }
  return {};
}

class Reader {
 public:
  Reader(const ImportMap& map, MappedFile* file) : map_(map), file_(*file) {}

  void Read() {
    while (file_.Next(&event_)) {
      if (event_.rejection.has_value()) {
        ReadRefused();
      } else {
        ReadEvent();
      }
    }
    CHECK(events_ == file_.event_count());
    const uint64_t answered = refused_.size() + with_events_.size() + file_.ignored_rows();
    CHECK(answered <= file_.row_count());
    bool once = false;  // a row may give way to another one
    for (const MapEvent& event : map_.events) once = once || event.once || event.together;
    CHECK(once || answered == file_.row_count());
  }

 private:
  void ReadRefused() {
    CHECK(events_ == 0 && (refused_.empty() || *refused_.rbegin() < event_.line));
    CheckMade(*event_.rejection);
    refused_.insert(event_.line);
  }

  void ReadEvent() {
    events_++;
    CHECK(!refused_.contains(event_.line));
    with_events_.insert(event_.line);
    const auto date = Date::Parse(FieldOf(event_.record, "date"));
    CHECK(date.has_value() && *date >= last_date_);
    last_date_ = *date;
    CHECK(!FieldOf(event_.record, "id").empty());
    event_.record.source = "input:" + std::to_string(event_.line);
    CheckMade(MakeCommand(event_.record, FuzzContext()));
  }

  const ImportMap& map_;
  MappedFile& file_;
  MappedEvent event_;
  uint64_t events_ = 0;
  Date last_date_ = Date::Min();
  std::set<uint64_t> refused_, with_events_;  // lines
};

}  // namespace

DUEBOOK_FUZZER(map) {
  const size_t end = input.find(kSeparator);
  const auto map = ParseMap(input.substr(0, end), "map.toml");
  if (!map.ok()) {
    CheckError(map.error());
    CHECK(map.error().sentence.starts_with("map.toml:"));
    return;
  }
  if (end == std::string_view::npos) return;
  static MemoryFile memory;
  memory.Write(input.substr(end + kSeparator.size()));
  auto opened = OpenRecognised(memory.path(), map->format, kCsvInput);
  if (!opened.ok()) return CheckOtherFormat(opened.error());
  auto file = MappedFile::Read(*map, opened->format->open(std::move(opened->input), map->settings));
  if (!file.ok()) return CheckError(file.error());
  Reader(*map, &*file).Read();
}

}  // namespace duebook
