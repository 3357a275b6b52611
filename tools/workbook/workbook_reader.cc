#include "tools/workbook/workbook_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "ledger/values/parse_number.h"
#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/workbook/sheet_values.h"
#include "tools/workbook/zip_archive.h"

namespace duebook {

namespace {

constexpr size_t kMostColumns = 16'384;
constexpr uint64_t kMostRows = 1'048'576;
constexpr size_t kMostParts = 10'000;                  // sheets, relations, and formats of numbers
constexpr size_t kMostCellBytes = size_t{4} * 32'767;  // of as many characters, the most that a cell has

Error Wrong(std::string sentence) { return {ErrorCode::kInvalidArgument, std::move(sentence), ""}; }

// A handler of parts that only have elements.
class ElementHandler : public XmlHandler {
 public:
  void OnEnd(std::string_view) override {}
  void OnText(std::string_view) override {}
};

// The sheets by name, in their order, and which relation of the workbook each one is.
class SheetNames : public ElementHandler {
 public:
  void OnStart(std::string_view element, const Attributes& attributes) override {
    if (element == "sheet" && sheets.size() < kMostParts) {
      sheets.emplace_back(ValueOf(attributes, "name"), ValueOf(attributes, "id"));
    }
    if (element != "workbookPr") return;
    const std::string_view since = ValueOf(attributes, "date1904");
    since_1904 = since == "1" || since == "true";
  }

  std::vector<std::pair<std::string, std::string>> sheets;
  bool since_1904 = false;
};

// The parts that the workbook is related to: by the relation's id, and by its type.
class Relations : public ElementHandler {
 public:
  void OnStart(std::string_view element, const Attributes& attributes) override {
    if (element != "Relationship" || by_id.size() >= kMostParts) return;
    const std::string_view type = ValueOf(attributes, "Type");
    std::string_view target = ValueOf(attributes, "Target");
    const bool is_absolute = target.starts_with('/');
    if (is_absolute) target.remove_prefix(1);
    const std::string part = (is_absolute ? "" : "xl/") + std::string(target);
    by_id[std::string(ValueOf(attributes, "Id"))] = part;
    by_type[std::string(type.substr(type.rfind('/') + 1))] = part;
  }

  std::map<std::string, std::string> by_id, by_type;
};

// The texts that cells name by their numbers. What is said of how they are pronounced is no part of them.
class SharedTexts : public XmlHandler {
 public:
  void OnStart(std::string_view element, const Attributes&) override {
    if (element == "si" && !are_too_long) Add();
    if (element == "rPh") is_phonetic_ = true;
    in_text_ = element == "t" && !is_phonetic_;
  }
  void OnEnd(std::string_view element) override {
    in_text_ = false;
    if (element == "rPh") is_phonetic_ = false;
    if (element == "si" && !texts.empty()) texts.back() = WithoutEscapes(texts.back());
  }
  void OnText(std::string_view text) override {
    if (!in_text_ || texts.empty() || are_too_long) return;
    bytes_ += text.size();
    if (texts.back().size() + text.size() > kMostCellBytes || bytes_ > WorkbookReader::kMostTextBytes) {
      are_too_long = true;
    } else {
      texts.back() += text;
    }
  }

  std::vector<std::string> texts;
  bool are_too_long = false;

 private:
  // A text takes memory also if it is empty.
  void Add() {
    bytes_ += sizeof(std::string);
    are_too_long = bytes_ > WorkbookReader::kMostTextBytes;
    if (!are_too_long) texts.emplace_back();
  }

  size_t bytes_ = 0;  // of all
  bool in_text_ = false;
  bool is_phonetic_ = false;
};

// Which styles of cells show numbers as days.
class Styles : public ElementHandler {
 public:
  void OnStart(std::string_view element, const Attributes& attributes) override {
    const auto format = ParseNumber<int>(ValueOf(attributes, "numFmtId"));
    if (element == "numFmt" && format.has_value() && day_formats_.size() < kMostParts &&
        IsDayFormat(ValueOf(attributes, "formatCode"))) {
      day_formats_.insert(*format);
    }
    if (element == "cellXfs") in_cell_styles_ = true;
    if (element != "xf" || !in_cell_styles_) return;
    shows_days.push_back(format.has_value() && (IsBuiltInDayFormat(*format) || day_formats_.contains(*format)));
  }
  void OnEnd(std::string_view element) override {
    if (element == "cellXfs") in_cell_styles_ = false;
  }

  std::vector<bool> shows_days;  // by style

 private:
  std::set<int> day_formats_;
  bool in_cell_styles_ = false;
};

// "BC12" is in the column 54, counted from 0. Nothing if it is no place of a cell.
std::optional<size_t> ColumnOf(std::string_view place) {
  size_t column = 0;
  size_t letters = 0;
  for (; letters < place.size() && place[letters] >= 'A' && place[letters] <= 'Z'; letters++) {
    column = column * 26 + static_cast<size_t>(place[letters] - 'A') + 1;
    if (column > kMostColumns) return std::nullopt;
  }
  return letters == 0 ? std::nullopt : std::optional(column - 1);
}

// The other way round: the column 54 in row 12 is "BC12".
std::string PlaceOf(size_t column, uint64_t row) {
  std::string letters;
  for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row);
}

// The rows of a sheet, as they are read.
class SheetRows : public XmlHandler {
 public:
  SheetRows(const std::vector<std::string>& texts, const std::vector<bool>& shows_days, bool since_1904)
      : texts_(texts), shows_days_(shows_days), since_1904_(since_1904) {}

  void OnStart(std::string_view element, const Attributes& attributes) override {
    if (element == "row") {
      row_ = SheetRow();
      TakeRowNumber(ValueOf(attributes, "r"));
      next_column_ = 0;
      bytes_ = 0;
    } else if (element == "c") {
      TakeColumn(ValueOf(attributes, "r"));
      next_column_ = column_ + 1;
      type_ = ValueOf(attributes, "t");
      style_ = ParseNumber<size_t>(ValueOf(attributes, "s")).value_or(0);
      value_.clear();
      is_value_cut_ = false;
    } else if (element == "rPh") {
      is_phonetic_ = true;
    }
    in_value_ = element == "v" || (element == "t" && !is_phonetic_);
  }
  void OnEnd(std::string_view element) override {
    in_value_ = false;
    if (element == "rPh") is_phonetic_ = false;
    if (element == "c") TakeCell();
    if (element == "row") TakeRow();
  }
  void OnText(std::string_view text) override {
    if (!in_value_ || is_value_cut_) return;
    is_value_cut_ = value_.size() + text.size() > kMostCellBytes;
    row_.is_cut = row_.is_cut || is_value_cut_;
    if (!is_value_cut_) value_ += text;
  }

  std::deque<SheetRow> rows;         // that were read, and not yet given
  std::optional<std::string> wrong;  // why what follows cannot be read

 private:
  // Rows come in their order, or nobody could tell one from another by its number.
  void TakeRowNumber(std::string_view number) {
    const auto said = number.empty() ? std::optional(last_number_ + 1) : ParseNumber(number);
    if (said.has_value() && *said > last_number_ && *said <= kMostRows) {
      row_.number = *said;
    } else if (!wrong.has_value()) {
      wrong = fmt::format("behind row {} stands one with the number {}", last_number_, Quoted(number));
    }
  }

  void TakeColumn(std::string_view place) {
    const auto said = place.empty() ? std::optional(next_column_) : ColumnOf(place);
    if (said.has_value() && *said < kMostColumns) {
      column_ = *said;
    } else if (!wrong.has_value()) {
      wrong = fmt::format("in row {} a cell has the place {}, which no sheet has", row_.number, Quoted(place));
    }
  }

  std::string Value() {
    if (type_ == "s") {
      const auto number = ParseNumber<size_t>(value_);
      if (number.has_value() && *number < texts_.size()) return texts_[*number];
      if (!wrong.has_value()) wrong = fmt::format("row {} has a text that is not there", row_.number);
      return "";
    }
    if (type_ == "inlineStr" || type_ == "str") return WithoutEscapes(value_);
    if (type_ == "b") return value_ == "1" ? "true" : "false";
    if (type_ == "e" && row_.error.empty())
      row_.error = fmt::format("{} is {}", PlaceOf(column_, row_.number), Printable(value_));
    if (!type_.empty() && type_ != "n") return value_;
    const bool is_day = style_ < shows_days_.size() && shows_days_[style_];
    const auto day = is_day ? DayText(value_, since_1904_) : std::nullopt;
    return day.has_value() ? *day : NumberText(value_);
  }

  void TakeCell() {
    if (value_.empty() || wrong.has_value()) return;
    std::string value = Value();
    bytes_ += value.size() + 1;
    if (bytes_ > WorkbookReader::kMostRowBytes) {
      row_.is_cut = true;
      return;
    }
    if (column_ >= row_.cells.size()) row_.cells.resize(column_ + 1);
    row_.cells[column_] = std::move(value);
  }

  void TakeRow() {
    last_number_ = row_.number;
    const bool has_value = std::any_of(row_.cells.begin(), row_.cells.end(), [](const std::string& cell) {
      return cell.find_first_not_of(" \t\r\n") != std::string::npos;
    });
    if (has_value || row_.is_cut) rows.push_back(std::move(row_));
    row_ = SheetRow();
  }

  const std::vector<std::string>& texts_;
  const std::vector<bool>& shows_days_;
  const bool since_1904_;
  SheetRow row_;
  uint64_t last_number_ = 0;
  size_t column_ = 0, next_column_ = 0;
  size_t style_ = 0;
  size_t bytes_ = 0;  // of the row's cells
  std::string type_, value_;
  bool in_value_ = false;
  bool is_value_cut_ = false;  // it is longer than a cell may be
  bool is_phonetic_ = false;
};

Status ReadPart(const ZipArchive& archive, const std::string& name, XmlHandler* handler) {
  const auto place = archive.Find(name);
  if (!place.has_value()) return Wrong(fmt::format("it has no part {}, as a workbook (XLSX) has", name));
  auto part = XmlPart::Open(archive, *place, handler);
  RETURN_IF_ERROR(part);
  return part->ReadAll();
}

// Returns the id of the sheet's relation.
Result<std::string> FindSheet(const SheetNames& names, const std::string& sheet) {
  if (names.sheets.empty()) return Wrong("it has no sheet");
  if (sheet.empty()) return names.sheets.front().second;
  std::vector<std::string> known;
  for (const auto& [name, id] : names.sheets) {
    if (name == sheet) return id;
    known.push_back(Quoted(name));
  }
  return Error{ErrorCode::kInvalidArgument, fmt::format("it has no sheet {}", Quoted(sheet)),
               fmt::format("it has {}", fmt::join(known, ", "))};
}

}  // namespace

struct WorkbookReader::Parts {
  explicit Parts(std::string file) : bytes(std::move(file)) {}

  std::string bytes;
  std::optional<ZipArchive> archive;
  SharedTexts texts;
  Styles styles;
  std::optional<SheetRows> rows;
  std::optional<XmlPart> sheet;
  bool at_end = false;
};

WorkbookReader::WorkbookReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
WorkbookReader::~WorkbookReader() = default;

Result<std::unique_ptr<WorkbookReader>> WorkbookReader::Open(std::string bytes, const std::string& sheet) {
  auto parts = std::make_unique<Parts>(std::move(bytes));
  auto archive = ZipArchive::Open(parts->bytes);
  RETURN_IF_ERROR(archive);
  parts->archive.emplace(std::move(*archive));
  SheetNames names;
  RETURN_IF_ERROR(ReadPart(*parts->archive, "xl/workbook.xml", &names));
  Relations relations;
  RETURN_IF_ERROR(ReadPart(*parts->archive, "xl/_rels/workbook.xml.rels", &relations));
  const auto id = FindSheet(names, sheet);
  RETURN_IF_ERROR(id);
  if (const auto found = relations.by_type.find("sharedStrings"); found != relations.by_type.end()) {
    RETURN_IF_ERROR(ReadPart(*parts->archive, found->second, &parts->texts));
  }
  if (parts->texts.are_too_long) return Wrong("its texts are longer than those of workbooks are");
  if (const auto found = relations.by_type.find("styles"); found != relations.by_type.end()) {
    RETURN_IF_ERROR(ReadPart(*parts->archive, found->second, &parts->styles));
  }
  const auto place = parts->archive->Find(relations.by_id[*id]);
  if (!place.has_value()) return Wrong("the part of its sheet is missing");
  parts->rows.emplace(parts->texts.texts, parts->styles.shows_days, names.since_1904);
  auto part = XmlPart::Open(*parts->archive, *place, &*parts->rows);
  RETURN_IF_ERROR(part);
  parts->sheet.emplace(std::move(*part));
  return std::unique_ptr<WorkbookReader>(new WorkbookReader(std::move(parts)));
}

Result<bool> WorkbookReader::Next(SheetRow* row) {
  std::deque<SheetRow>& rows = parts_->rows->rows;
  while (rows.empty() && !parts_->at_end) {
    const auto more = parts_->sheet->ReadPiece();
    RETURN_IF_ERROR(more);
    if (parts_->rows->wrong.has_value()) return Wrong(*parts_->rows->wrong);
    parts_->at_end = !*more;
  }
  if (rows.empty()) return false;
  *row = std::move(rows.front());
  rows.pop_front();
  return true;
}

}  // namespace duebook
