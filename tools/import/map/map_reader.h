// From the TOML of a map to an ImportMap. Everything that can be wrong with a map is found here, with file and line, so
// that reading rows can only meet faults of the rows. What stands in a map's head and conditions is read in
// map_settings.cc, its events in map_events.cc.

#pragma once

#include <toml++/toml.h>

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/values/result.h"
#include "tools/import/map/import_map.h"
#include "tools/import/map/map_faults.h"

namespace duebook {

// Reads one map to its end, and keeps every fault. Where a function below returns false, it kept one; reading goes on
// where what follows can be judged without what is missing.
class MapReader {
 public:
  MapReader(ImportMap* map, MapFaults* faults) : map_(*map), faults_(*faults) {}

  void Read(const toml::table& root);

 private:
  // The keys that [every] may have.
  static constexpr std::array<std::string_view, 5> kEveryFields = {"actor", "currency", "customer", "date", "memo"};

  using Names = std::map<std::string, std::string, std::less<>>;

  // Keeps the fault; always false.
  bool Fail(int line, std::string_view sentence, std::string_view hint = {});
  static int LineOf(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

  // These read the texts, and lists of texts, that many keys have.
  bool CheckKeys(const toml::table& table, std::string_view where, const std::vector<std::string_view>& known);
  bool ReadText(const toml::node& node, std::string_view key, std::string* text);
  bool ReadTexts(const toml::node& node, std::string_view key, std::vector<std::string>* texts);
  bool ReadDateFormats(const toml::node& node, std::string_view key, DateFormats* formats);

  // These read the parts of a map.
  void ReadFile(const toml::table& table);
  void CheckSettings(const toml::table& table);
  void ReadFileKey(std::string_view key, const toml::node& node);
  void ReadDelimiter(const toml::node& node);
  void ReadAmountSigns(const toml::table& table);
  void ReadTranslations(const toml::table& table);
  void ReadLookups();
  // Reads the look-up of this name, unless that was done, and those that it needs before it.
  bool FindLookup(std::string_view name, int line, size_t* place);
  bool ReadLookup(const toml::table& table, MapLookup* lookup);
  bool ReadLookupFields(const toml::table& table, MapLookup* lookup);
  // A look-up reads what a map says it reads; so it stays in the folder of the file that somebody chose to import.
  bool ReadLookupPath(const toml::node& node, std::string* file);
  void ReadIgnored(const toml::table& file);
  void ReadRowDigest(const toml::node& node);
  // Without a word of the map, the digest of a row is made of all columns that it names.
  void FinishRowDigest(const toml::table* file);
  bool ReadConditions(const toml::node& node, MapConditions* conditions);
  bool ReadCondition(const toml::node& node, MapCondition* condition);
  void ReadEvents(const toml::table& root);
  void ReadEvent(const toml::table& table);
  void ReadEventFields(const toml::table& table, const EventTypeInfo& type, MapEvent* event);
  void CheckRequired(const EventTypeInfo& type, int line, MapEvent* event);
  void ReadField(std::string_view name, const EventTypeInfo& type, const toml::node& node, MapField* field);
  bool ReadFieldTable(const toml::table& table, MapField* field);
  bool ReadFieldSetting(std::string_view key, const toml::node& node, MapField* field);
  bool ReadChange(std::string_view key, const toml::node& node, TextChanges* changes);
  bool ReadReplacements(const toml::node& node, TextChanges* changes);
  bool ReadPadding(const toml::node& node, TextChanges* changes);
  bool ReadFlag(const toml::node& node, std::string_view key, bool* flag);
  bool ReadNumber(const toml::node& node, std::string_view key, int64_t least, int64_t most, int64_t* number);
  bool ReadValues(const toml::node& node, MapField* field);
  bool ReadValue(const toml::node& node, const MapField& field, std::vector<MapValue>* all);
  bool ReadTemplateText(const toml::node& node, const MapField& field, std::string* text);
  bool ReadTemplate(std::string_view text, int line, const MapField& field, MapTemplate* read);
  bool CheckConstant(const std::string& text, int line, const MapField& field);
  // Returns whether one text names no more columns than it may.
  bool CheckColumnCount(size_t count, int line, const MapField& field);

  size_t SlotOf(std::string_view column, int line);
  // Returns whether there are no more of them than a map may have; to be asked after SlotOf.
  bool CheckColumns(int line);

  ImportMap& map_;
  MapFaults& faults_;
  bool too_many_columns_ = false;  // was told
  DateFormats dates_{{DateFormat::Iso()}};
  bool dates_said_ = false;
  std::map<std::string, Names, std::less<>> translations_;
  const toml::table* lookup_tables_ = nullptr;
  std::map<std::string, size_t, std::less<>> lookups_;  // by name: the place in map_.lookups
  std::set<std::string, std::less<>> being_read_;       // look-ups that wait for those that they need
  std::set<std::string, std::less<>> faulty_lookups_;   // whose faults are kept
  MapReader* outer_ = nullptr;                          // of a look-up's own file: whose look-ups it knows
  const toml::table* every_ = nullptr;
};

}  // namespace duebook
