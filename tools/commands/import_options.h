// What an import is told on its line.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace duebook {

struct ImportOptions {
  std::vector<std::string> files;
  std::string map;
  std::string rejects;
  std::string warnings;
  std::string encoding;
  std::string sheet;
  std::optional<uint64_t> preview;  // rows
  bool csv = false;
  bool invoice = false;
  bool receipts = false;
  bool atomic = false;
  bool dry_run = false;
  bool as_imported = false;
  bool strict = false;
};

}  // namespace duebook
