// From the TOML of a map to an ImportMap. Everything that can be wrong with a map is found here, with file and line, so
// that reading rows can only meet faults of the rows. What stands in a map's head and conditions is read in
// map_settings.cc, its events in map_events.cc.

#pragma once

#include <toml++/toml.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/values/result.h"
#include "tools/import/map/import_map.h"

namespace duebook {

// Reads one map. The first fault is kept, and ends the reading.
class MapReader {
 public:
  explicit MapReader(ImportMap* map) : map_(*map) {}

  Status Read(const toml::table& root);

 private:
  using Names = std::map<std::string, std::string, std::less<>>;

  // Keeps the fault; always false.
  bool Fail(int line, std::string_view sentence, std::string_view hint = {});
  static int LineOf(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

  // Texts and lists of texts.
  bool CheckKeys(const toml::table& table, std::string_view where, const std::vector<std::string_view>& known);
  bool ReadText(const toml::node& node, std::string_view key, std::string* text);
  bool ReadTexts(const toml::node& node, std::string_view key, std::vector<std::string>* texts);
  bool ReadDateFormat(const toml::node& node, std::string_view key, DateFormat* format);

  // The parts of a map.
  bool ReadFile(const toml::table& table);
  bool CheckSettings(const toml::table& table);
  bool ReadFileKey(std::string_view key, const toml::node& node);
  bool ReadAmountSigns(const toml::table& table);
  bool ReadTranslations(const toml::table& table);
  bool ReadLookups(const toml::table& table);
  bool ReadLookup(const toml::table& table, MapLookup* lookup);
  bool ReadIgnored(const toml::node& node);
  bool ReadConditions(const toml::node& node, MapConditions* conditions);
  bool ReadCondition(const toml::node& node, MapCondition* condition);
  bool ReadEvents(const toml::table& root);
  bool ReadEvent(const toml::table& table);
  bool ReadEventFields(const toml::table& table, const EventTypeInfo& type, MapEvent* event);
  bool CheckRequired(const EventTypeInfo& type, int line, MapEvent* event);
  bool ReadField(std::string_view name, const EventTypeInfo& type, const toml::node& node, MapField* field);
  bool ReadFieldTable(const toml::table& table, MapField* field);
  bool ReadFieldSetting(std::string_view key, const toml::node& node, MapField* field);
  bool ReadTemplates(const toml::node& node, MapField* field);
  bool ReadTemplate(const toml::node& node, const MapField& field, std::vector<MapTemplate>* all);
  bool CheckConstant(const std::string& text, int line, const MapField& field);

  size_t SlotOf(std::string_view column, int line);
  // Whether there are no more of them than a map may have; to be asked after SlotOf.
  bool CheckColumns(int line);

  ImportMap& map_;
  Error error_{ErrorCode::kInvalidArgument, "", ""};
  DateFormat dates_ = DateFormat::Iso();
  bool dates_said_ = false;
  std::map<std::string, Names, std::less<>> translations_;
  std::map<std::string, size_t, std::less<>> lookups_;  // by name: the place in map_.lookups
  const toml::table* every_ = nullptr;
};

}  // namespace duebook
