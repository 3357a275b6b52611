// Reads the head of a map, and its conditions.

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/map/map_limits.h"
#include "tools/import/map/map_reader.h"

namespace duebook {

void MapReader::ReadFile(const toml::table& table) {
  CheckKeys(table, "[file]",
            {"format", "encoding", "delimiter", "sheet", "rows", "skip_rows", "header", "skip_lines", "columns", "date",
             "decimal", "thousands", "optional", "row_digest", "ignore"});
  ReadAmountSigns(table);  // conditions need them
  for (const auto& [key, node] : table) ReadFileKey(key.str(), node);
  CheckSettings(table);
}

// Settings that only some formats have are refused for the others.
void MapReader::CheckSettings(const toml::table& table) {
  for (const auto& [key, node] : table) {
    const auto has_it = [name = key.str()](const InputFormat& format) {
      return std::find(format.settings.begin(), format.settings.end(), name) != format.settings.end();
    };
    const std::string where = EnumerateInputFormats(
        [&](const InputFormat& format) { return has_it(format) ? std::string(format.title) : ""; }, "and");
    if (where.empty() || map_.format == nullptr || has_it(*map_.format)) continue;
    Fail(LineOf(node), fmt::format("{} is for {}, and the format is {}", key.str(), where, Quoted(map_.format->name)));
  }
}

void MapReader::ReadFileKey(std::string_view key, const toml::node& node) {
  std::string text;
  int64_t rows = 0;
  if (key == "format" && ReadText(node, key, &text)) {
    map_.format = FindInputFormat(text);
    const auto name = [](const InputFormat& format) { return Quoted(format.name); };
    if (map_.format == nullptr) {
      Fail(LineOf(node), fmt::format("format must be {}", EnumerateInputFormats(name, "or")));
    }
  } else if (key == "encoding" && ReadText(node, key, &map_.encoding)) {
    const auto decoder = TextDecoder::Make(map_.encoding);
    if (!decoder.ok()) Fail(LineOf(node), decoder.error().sentence);
  } else if (key == "delimiter") {
    ReadDelimiter(node);
  } else if (key == "header") {
    ReadText(node, key, &map_.settings.header_start);
  } else if (key == "skip_lines") {
    ReadTexts(node, key, &map_.settings.skipped_starts);
  } else if (key == "columns") {
    ReadTexts(node, key, &map_.settings.columns);
  } else if (key == "sheet") {
    ReadText(node, key, &map_.settings.sheet);
  } else if (key == "rows") {
    ReadText(node, key, &map_.settings.rows);
  } else if (key == "skip_rows" && ReadNumber(node, key, 0, 1000, &rows)) {
    map_.settings.skip_rows = static_cast<size_t>(rows);
  } else if (key == "date") {
    dates_said_ = true;
    ReadDateFormats(node, key, &dates_);
  } else if (key == "optional") {
    ReadTexts(node, key, &map_.optional);
  } else if (key == "row_digest") {
    ReadRowDigest(node);
  }
}

void MapReader::ReadRowDigest(const toml::node& node) {
  std::vector<std::string> columns;
  if (!ReadTexts(node, "row_digest", &columns)) return;
  for (const std::string& column : columns) {
    if (column == ImportMap::kRowDigest) {
      Fail(LineOf(node), fmt::format("row_digest is what {{{}}} is made of; name columns", ImportMap::kRowDigest));
      return;
    }
    map_.digested.push_back(SlotOf(column, LineOf(node)));
    if (!CheckColumns(LineOf(node))) return;
  }
}

void MapReader::FinishRowDigest(const toml::table* file) {
  const toml::node* said = file == nullptr ? nullptr : file->get("row_digest");
  if (said != nullptr && !map_.uses_row_digest) {
    Fail(LineOf(*said),
         fmt::format("row_digest is what {{{}}} is made of, which the map does not have", ImportMap::kRowDigest));
  }
  std::vector<size_t>& slots = map_.digested;
  if (said == nullptr) {
    for (size_t slot = 1; slot < map_.columns.size(); slot++) slots.push_back(slot);
  }
  std::sort(slots.begin(), slots.end(),
            [this](size_t a, size_t b) { return map_.columns[a].name < map_.columns[b].name; });
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
}

void MapReader::ReadDelimiter(const toml::node& node) {
  std::string text;
  if (!ReadText(node, "delimiter", &text)) return;
  if (text.size() != 1 || text == "\"" || text == "\n" || text == "\r") {
    Fail(LineOf(node), "delimiter must be one sign, such as \";\" or \"\\t\"");
    return;
  }
  map_.settings.delimiter = text.front();
}

void MapReader::ReadAmountSigns(const toml::table& table) {
  const toml::node* decimal = table.get("decimal");
  const toml::node* thousands = table.get("thousands");
  if (decimal != nullptr && !ReadText(*decimal, "decimal", &map_.amounts.decimal)) return;
  if (thousands != nullptr && !ReadText(*thousands, "thousands", &map_.amounts.thousands)) return;
  const auto is_sign = [](const std::string& text) {
    return text.size() <= 4 && text.find_first_of("0123456789+-()") == std::string::npos;
  };
  if (map_.amounts.decimal.empty() || !is_sign(map_.amounts.decimal)) {
    Fail(LineOf(*decimal), "decimal must be one sign, such as \",\"");
  } else if (!is_sign(map_.amounts.thousands)) {
    Fail(LineOf(*thousands), "thousands must be one sign, such as \".\"");
  } else if (map_.amounts.decimal == map_.amounts.thousands) {
    Fail(LineOf(*thousands), fmt::format("decimal and thousands are both {}", Quoted(map_.amounts.decimal)));
  }
}

void MapReader::ReadTranslations(const toml::table& table) {
  for (const auto& [key, node] : table) {
    Names& translation = translations_[std::string(key.str())];
    const toml::table* names = node.as_table();
    if (names == nullptr) {
      Fail(LineOf(node), "a translation is a table of its own", "write [translate.NAME] above its lines");
      continue;
    }
    for (const auto& [from, to] : *names) ReadText(to, from.str(), &translation[std::string(from.str())]);
  }
}

void MapReader::ReadLookups() {
  if (lookup_tables_ == nullptr) return;
  for (const auto& [key, node] : *lookup_tables_) {
    size_t place = 0;
    FindLookup(key.str(), LineOf(node), &place);
  }
}

bool MapReader::FindLookup(std::string_view name, int line, size_t* place) {
  if (outer_ != nullptr) return outer_->FindLookup(name, line, place);
  if (const auto found = lookups_.find(name); found != lookups_.end()) {
    *place = found->second;
    return true;
  }
  const toml::node* node = lookup_tables_ == nullptr ? nullptr : lookup_tables_->get(name);
  if (node == nullptr) return Fail(line, fmt::format("there is no [lookup.{}]", name));
  const toml::table* table = node->as_table();
  if (table == nullptr) {
    return Fail(LineOf(*node), "a look-up is a table of its own", "write [lookup.NAME] above its lines");
  }
  if (faulty_lookups_.contains(name)) return false;
  if (being_read_.contains(name)) return Fail(line, fmt::format("the look-up {} needs itself", Quoted(name)));
  if (being_read_.size() == kMaxMapDepth) {
    return Fail(line, fmt::format("more than {} look-ups need each other in turn", kMaxMapDepth));
  }
  being_read_.emplace(name);
  MapLookup lookup;
  const bool good = ReadLookup(*table, &lookup);
  being_read_.erase(being_read_.find(name));
  if (!good) {
    faulty_lookups_.emplace(name);
    return false;
  }
  *place = map_.lookups.size();
  lookups_.emplace(name, *place);
  map_.lookups.push_back(std::move(lookup));
  return true;
}

bool MapReader::ReadLookup(const toml::table& table, MapLookup* lookup) {
  bool good = CheckKeys(table, "a look-up", {"key", "value", "when", "file", "rows"});
  const toml::node* file = table.get("file");
  const toml::node* own_rows = table.get("rows");
  if (file == nullptr && own_rows != nullptr) {
    good = Fail(LineOf(*own_rows), "rows of a look-up are those of another file, which it does not name",
                "say file = \"NAME\"");
  }
  if (file == nullptr) return ReadLookupFields(table, lookup) && good;
  if (!ReadLookupPath(*file, &lookup->file)) return false;
  // Another file has columns and a header of its own, whose cells are written in the same way.
  auto rows = std::make_shared<ImportMap>(map_);
  rows->columns.resize(1);
  rows->format = nullptr;
  rows->settings = RowSettings();
  rows->settings.delimiter = map_.settings.delimiter;
  rows->settings.rows = map_.settings.rows;
  if (own_rows != nullptr && !ReadText(*own_rows, "rows", &rows->settings.rows)) return false;
  rows->settings.skip_rows = map_.settings.skip_rows;
  rows->digested.clear();
  rows->ignored.clear();
  rows->lookups.clear();
  MapReader reader(rows.get(), &faults_);
  reader.translations_ = translations_;
  reader.outer_ = this;
  if (!reader.ReadLookupFields(table, lookup)) return false;
  lookup->rows = std::move(rows);
  return good;
}

bool MapReader::ReadLookupPath(const toml::node& node, std::string* file) {
  if (!ReadText(node, "file", file)) return false;
  const std::filesystem::path path = std::filesystem::path(*file).lexically_normal();
  const bool is_inside = !path.is_absolute() && path.has_filename() && path != "." && *path.begin() != "..";
  if (is_inside && path != "-") return true;  // which would be standard input
  return Fail(LineOf(node), fmt::format("{} is not in the folder of the file that is imported", Quoted(*file)),
              "put the other file, or a link to it, into that folder");
}

bool MapReader::ReadLookupFields(const toml::table& table, MapLookup* lookup) {
  bool good = true;
  for (const auto& [name, field] : {std::pair("key", &lookup->key), std::pair("value", &lookup->value)}) {
    const toml::node* node = table.get(name);
    if (node == nullptr) {
      good = Fail(LineOf(table), fmt::format("the look-up has no {}", name));
      continue;
    }
    field->name = name;
    const toml::table* settings = node->as_table();
    good = (settings == nullptr ? ReadValue(*node, *field, &field->from) : ReadFieldTable(*settings, field)) && good;
  }
  const toml::node* when = table.get("when");
  if (when != nullptr) good = ReadConditions(*when, &lookup->when) && good;
  const bool asks = std::any_of(lookup->when.begin(), lookup->when.end(), [](const MapCondition& condition) {
    return condition.slot == ImportMap::kRowDigestSlot;
  });
  if (asks || lookup->key.Names(ImportMap::kRowDigestSlot) || lookup->value.Names(ImportMap::kRowDigestSlot)) {
    return Fail(LineOf(table), fmt::format("a look-up has no {{{}}}", ImportMap::kRowDigest),
                "it is made before rows are told apart; name a column");
  }
  return good;
}

// The conditions of `ignore` are read after all other settings and the translations, as they may ask look-ups, which
// have them.
void MapReader::ReadIgnored(const toml::table& file) {
  const toml::node* node = file.get("ignore");
  if (node == nullptr) return;
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    Fail(LineOf(*node), "ignore must be a list of conditions, such as [{ Kind = \"TOTAL\" }]");
    return;
  }
  for (const toml::node& item : *list) ReadConditions(item, &map_.ignored.emplace_back());
}

bool MapReader::ReadConditions(const toml::node& node, MapConditions* conditions) {
  const toml::table* table = node.as_table();
  if (table == nullptr || table->empty()) {
    return Fail(LineOf(node), "a condition is a table of columns, such as { Disputed = \"Yes\" }");
  }
  bool good = true;
  for (const auto& [column, test] : *table) {
    MapCondition& condition = conditions->emplace_back();
    condition.column = Printable(column.str());
    condition.slot = SlotOf(column.str(), LineOf(test));
    if (!CheckColumns(LineOf(test))) return false;
    good = ReadCondition(test, &condition) && good;
  }
  return good;
}

bool MapReader::ReadCondition(const toml::node& node, MapCondition* condition) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return ReadTexts(node, condition->column, &condition->any_of);
  if (!CheckKeys(*table, "a condition", {"not", "empty", "sign", "in", "not_in"})) return false;
  if (table->empty()) return Fail(LineOf(node), "the condition asks nothing");
  if (const toml::node* unwanted = table->get("not")) {
    if (!ReadTexts(*unwanted, "not", &condition->none_of)) return false;
  }
  if (const toml::node* empty = table->get("empty")) {
    condition->empty = empty->value_exact<bool>();
    if (!condition->empty.has_value()) return Fail(LineOf(*empty), "empty must be true or false");
  }
  if (const toml::node* sign = table->get("sign")) {
    std::string text;
    if (!ReadText(*sign, "sign", &text)) return false;
    const std::vector<std::string_view> signs = {"negative", "zero", "positive"};
    const auto found = std::find(signs.begin(), signs.end(), text);
    if (found == signs.end()) return Fail(LineOf(*sign), "sign must be \"negative\", \"zero\" or \"positive\"");
    condition->sign = static_cast<int>(found - signs.begin()) - 1;
  }
  for (const std::string_view key : {"in", "not_in"}) {
    const toml::node* lookup = table->get(key);
    if (lookup == nullptr) continue;
    std::string name;
    size_t place = 0;
    if (condition->lookup.has_value()) return Fail(LineOf(*lookup), "a condition has one of in and not_in");
    if (!ReadText(*lookup, key, &name) || !FindLookup(name, LineOf(*lookup), &place)) return false;
    condition->lookup = place;
    condition->is_found = key == "in";
  }
  return true;
}

}  // namespace duebook
