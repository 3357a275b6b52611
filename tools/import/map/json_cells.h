// The values of a JSON object as the cells of a row, for maps: a column is a key, or several joined by points for
// objects in objects. Texts are as they are meant, numbers as they are written, null and what is absent are empty.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/command/rejection.h"

namespace duebook {

class JsonRecordReader;

class JsonCells {
 public:
  // The columns wanted, by slot.
  explicit JsonCells(std::vector<std::string> columns);
  JsonCells(JsonCells&& other) noexcept;
  ~JsonCells();

  // The cells of one line, by slot; good until the next call. A rejection: it is no object, or a column is a list, or
  // there twice.
  std::optional<Rejection> Read(std::string_view line, std::vector<std::string_view>* cells);
  // Whether some line had the column.
  bool WasSeen(size_t slot) const { return seen_[slot]; }

 private:
  using Members = std::vector<RawMember>;
  std::optional<Rejection> Take(const Members& members, const std::string& path, std::vector<std::string_view>* cells);
  std::optional<Rejection> TakeMember(const RawMember& member, const std::string& column,
                                      std::vector<std::string_view>* cells);
  // A list is wanted if it, or something in its objects, is a column. These columns count as seen.
  bool IsWantedList(const std::string& path);

  std::vector<std::string> columns_;
  std::unordered_map<std::string, size_t> slots_;  // by column
  std::vector<bool> seen_, present_;               // by slot; in the current line
  std::unique_ptr<JsonRecordReader> reader_;       // its size depends on how simdjson is compiled
  Record record_;
  std::string padded_;
};

}  // namespace duebook
