// A file that is written once and then only read: a head and sections of bytes, checked page by page as they are read.
//
//   "duebook sections 1\n" and zeros up to 32 bytes
//   the sections, one behind the other
//   a table, as in byte_codec.h: the head, the length of each section, and of each page of each section the XXH3 of its
//   bytes (8 bytes each, little-endian)
//   the table's place, its length and its XXH3 (8 bytes each, little-endian)
//
// Thread-safe for reading.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/open_file.h"
#include "ledger/values/result.h"

namespace duebook {

class SectionFile {
 public:
  static constexpr size_t kPageBytes = size_t{64} << 10;

  // Whatever happens, the file is there whole or not at all; it is synced. kUnavailable.
  static Status Write(const std::filesystem::path& path, std::string_view head,
                      const std::vector<std::string>& sections);
  // kNotFound; kDamaged; kUnavailable.
  static Result<std::unique_ptr<const SectionFile>> Open(const std::filesystem::path& path);
  SectionFile(const SectionFile&) = delete;
  SectionFile& operator=(const SectionFile&) = delete;

  const std::string& head() const { return head_; }
  size_t section_count() const { return sections_.size(); }
  uint64_t bytes(size_t section) const { return sections_[section].bytes; }
  uint64_t pages(size_t section) const { return (bytes(section) + kPageBytes - 1) / kPageBytes; }

  // The first bytes of a section, or fewer if it has no more, without a look at its checksums: for a guess at what
  // reading all of it takes. kDamaged, kUnavailable.
  Result<std::string> ReadStart(size_t section, size_t bytes) const;
  // One page of a section; the last one may be shorter. kDamaged, kUnavailable.
  Result<std::string> ReadPage(size_t section, uint64_t page) const;
  // All of a section. Likewise.
  Result<std::string> Read(size_t section) const;

 private:
  struct Section {
    uint64_t offset = 0;
    uint64_t bytes = 0;
    std::vector<uint64_t> page_hashes;
  };

  SectionFile(std::filesystem::path path, OpenFile file) : path_(std::move(path)), file_(std::move(file)) {}
  Status ReadTable();
  Status ReadAt(uint64_t offset, uint64_t bytes, std::string* into) const;
  Status CheckPage(size_t section, uint64_t page, std::string_view bytes) const;
  Error Damaged() const;

  std::filesystem::path path_;
  OpenFile file_;
  std::string head_;
  std::vector<Section> sections_;
};

// Writes such a file front to back. Whatever happens, the file is there whole or not at all; once it is finished, it is
// synced. Memory: a page, and eight bytes for each page before it. One thread at a time.
class SectionFileWriter {
 public:
  // kUnavailable.
  static Result<std::unique_ptr<SectionFileWriter>> Create(const std::filesystem::path& path);
  // Leaves nothing, unless the file was finished.
  ~SectionFileWriter();
  SectionFileWriter(const SectionFileWriter&) = delete;
  SectionFileWriter& operator=(const SectionFileWriter&) = delete;

  // Ends a section, if there is one. Begins the next. kUnavailable.
  Status BeginSection();
  // Adds to the section. kUnavailable.
  Status Append(std::string_view bytes);
  // Ends the last section, and the file. kUnavailable.
  Status Finish(std::string_view head);

 private:
  SectionFileWriter(std::filesystem::path path, std::filesystem::path temporary, OpenFile file)
      : path_(std::move(path)), temporary_(std::move(temporary)), file_(std::move(file)) {}
  Status WriteAll(std::string_view bytes);
  // What there is of the page in the making.
  Status WritePage();
  // What stands behind the sections.
  std::string Table(std::string_view head) const;

  const std::filesystem::path path_;
  const std::filesystem::path temporary_;
  const OpenFile file_;
  bool finished_ = false;
  std::vector<uint64_t> lengths_;  // of the sections
  std::string page_hashes_;
  std::string page_;  // in the making
};

}  // namespace duebook
