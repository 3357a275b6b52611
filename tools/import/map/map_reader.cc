#include "tools/import/map/map_reader.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/map/map_limits.h"
#include "tools/import/rows/toml_file.h"

namespace duebook {

bool MapReader::Fail(int line, std::string_view sentence, std::string_view hint) {
  faults_.Add(line, sentence, hint);
  return false;
}

size_t MapReader::SlotOf(std::string_view column, int line) {
  if (column == ImportMap::kRowDigest) {
    map_.uses_row_digest = true;
    return 0;
  }
  for (size_t slot = 1; slot < map_.columns.size(); slot++) {
    if (map_.columns[slot].name == column) return slot;
  }
  if (map_.columns.size() > kMaxMapColumns + 1) return 0;  // see CheckColumns
  map_.columns.push_back({std::string(column), line});
  return map_.columns.size() - 1;
}

bool MapReader::CheckColumns(int line) {
  const size_t named = map_.columns.size() - 1;  // the first is the digest
  if (named <= kMaxMapColumns) return true;
  if (!too_many_columns_) Fail(line, fmt::format("the map names more than {} columns", kMaxMapColumns));
  too_many_columns_ = true;
  return false;
}

bool MapReader::CheckKeys(const toml::table& table, std::string_view where,
                          const std::vector<std::string_view>& known) {
  bool good = true;
  for (const auto& [key, node] : table) {
    if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
      good =
          Fail(LineOf(node), fmt::format("{} has no key {}{}", where, Quoted(key.str()), DidYouMean(key.str(), known)));
    }
  }
  return good;
}

bool MapReader::ReadText(const toml::node& node, std::string_view key, std::string* text) {
  const auto value = node.value_exact<std::string>();
  if (!value.has_value()) return Fail(LineOf(node), fmt::format("{} must be a text in quotes", key));
  *text = *value;
  return true;
}

bool MapReader::ReadTexts(const toml::node& node, std::string_view key, std::vector<std::string>* texts) {
  if (const toml::array* list = node.as_array()) {
    bool good = true;
    for (const toml::node& item : *list) good = ReadText(item, key, &texts->emplace_back()) && good;
    if (!good) return false;
    return !texts->empty() || Fail(LineOf(node), fmt::format("{} is an empty list", key));
  }
  return ReadText(node, key, &texts->emplace_back());
}

bool MapReader::ReadDateFormats(const toml::node& node, std::string_view key, DateFormats* formats) {
  std::vector<std::string> patterns;
  if (!ReadTexts(node, key, &patterns)) return false;
  std::vector<DateFormat> read;
  for (const std::string& pattern : patterns) {
    const auto parsed = DateFormat::Parse(pattern);
    if (!parsed.has_value()) {
      return Fail(LineOf(node), fmt::format("{} {} is not a form of dates", key, Quoted(pattern)),
                  "it needs one year (YYYY or YY), one month (M, MM, MMM or MMMM) and one day (D or DD)");
    }
    read.push_back(*parsed);
  }
  *formats = DateFormats(std::move(read));
  return true;
}

bool MapReader::ReadFlag(const toml::node& node, std::string_view key, bool* flag) {
  const auto value = node.value_exact<bool>();
  if (!value.has_value()) return Fail(LineOf(node), fmt::format("{} must be true or false", key));
  *flag = *value;
  return true;
}

bool MapReader::ReadNumber(const toml::node& node, std::string_view key, int64_t least, int64_t most, int64_t* number) {
  const auto value = node.value_exact<int64_t>();
  if (!value.has_value() || *value < least || *value > most) {
    return Fail(LineOf(node), fmt::format("{} must be a number from {} to {}", key, least, most));
  }
  *number = *value;
  return true;
}

void MapReader::Read(const toml::table& root) {
  map_.columns.push_back({std::string(ImportMap::kRowDigest), 0});
  const auto read_table = [&](std::string_view key, const toml::table** table) {
    const toml::node* node = root.get(key);
    if (node == nullptr) return true;
    *table = node->as_table();
    return *table != nullptr || Fail(LineOf(*node), fmt::format("{} must be a table", key));
  };
  const toml::table* file = nullptr;
  const toml::table* translate = nullptr;
  CheckKeys(root, "a map", {"file", "translate", "lookup", "every", "event"});
  read_table("file", &file);
  read_table("translate", &translate);
  read_table("lookup", &lookup_tables_);
  read_table("every", &every_);
  if (every_ != nullptr) CheckKeys(*every_, "[every]", {kEveryFields.begin(), kEveryFields.end()});
  if (file != nullptr) ReadFile(*file);
  if (translate != nullptr) ReadTranslations(*translate);
  if (file != nullptr) ReadIgnored(*file);
  ReadLookups();
  ReadEvents(root);
  FinishRowDigest(file);
}

Result<ImportMap> ParseMap(std::string_view text, const std::string& name) {
  ImportMap map;
  map.name = name;
  const auto root = ParseToml(text, name);
  RETURN_IF_ERROR(root);
  MapFaults faults(name);
  MapReader(&map, &faults).Read(*root);
  if (!faults.empty()) return faults.Take();
  return map;
}

Result<ImportMap> LoadMap(const std::string& path) {
  const auto text = ReadTomlText(path);
  RETURN_IF_ERROR(text);
  return ParseMap(*text, path);
}

}  // namespace duebook
