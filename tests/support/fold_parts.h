// What the file of a fold is made of: to be changed as somebody may who knows the format, all checksums being right.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ledger/log/derived/section_file.h"
#include "ledger/values/check.h"

namespace duebook {

struct FoldParts {
  std::string head;
  std::vector<std::string> sections;
};

inline FoldParts ReadParts(const std::filesystem::path& fold) {
  const auto file = SectionFile::Open(fold);
  CHECK(file.ok());
  FoldParts parts{(*file)->head(), {}};
  for (size_t i = 0; i < (*file)->section_count(); i++) {
    auto section = (*file)->Read(i);
    CHECK(section.ok());
    parts.sections.push_back(*std::move(section));
  }
  return parts;
}

inline void WriteParts(const std::filesystem::path& fold, const FoldParts& parts) {
  CHECK(SectionFile::Write(fold, parts.head, parts.sections).ok());
}

}  // namespace duebook
