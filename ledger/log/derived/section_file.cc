#include "ledger/log/derived/section_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "ledger/log/derived/damaged.h"
#include "ledger/values/byte_codec.h"
#include "ledger/values/file_error.h"
#include "ledger/values/files.h"

namespace duebook {

namespace {

constexpr std::string_view kMagic{"duebook sections 1\n\0\0\0\0\0\0\0\0\0\0\0\0\0", 32};
constexpr size_t kFooterBytes = 24;

uint64_t HashOf(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

struct SectionTable {
  std::string head;
  std::vector<uint64_t> lengths;
  std::string page_hashes;
  template <class Archive>
  void Describe(Archive& archive) {
    archive(head, lengths, page_hashes);
  }
};

void AppendWord(uint64_t word, std::string* bytes) {
  for (int shift = 0; shift < 64; shift += 8) *bytes += static_cast<char>(word >> shift);
}

uint64_t WordAt(std::string_view bytes, size_t offset) {
  uint64_t word = 0;
  for (size_t i = 8; i-- > 0;) word = word << 8 | static_cast<uint8_t>(bytes[offset + i]);
  return word;
}

}  // namespace

// --- writing ---

Result<std::unique_ptr<SectionFileWriter>> SectionFileWriter::Create(const std::filesystem::path& path) {
  std::filesystem::path temporary = path.string() + ".part";
  OpenFile file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.is_open()) return FileError("write", temporary);
  std::unique_ptr<SectionFileWriter> writer(new SectionFileWriter(path, std::move(temporary), std::move(file)));
  RETURN_IF_ERROR(writer->WriteAll(kMagic));
  return writer;
}

SectionFileWriter::~SectionFileWriter() {
  if (!finished_) ::unlink(temporary_.c_str());
}

Status SectionFileWriter::WriteAll(std::string_view bytes) {
  return duebook::WriteAll(file_.descriptor(), bytes) ? Status() : Status(FileError("write", temporary_));
}

Status SectionFileWriter::BeginSection() {
  RETURN_IF_ERROR(WritePage());
  lengths_.push_back(0);
  return Status();
}

Status SectionFileWriter::Append(std::string_view bytes) {
  CHECK(!lengths_.empty());
  lengths_.back() += bytes.size();
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, SectionFile::kPageBytes - page_.size());
    page_ += part;
    bytes.remove_prefix(part.size());
    if (page_.size() == SectionFile::kPageBytes) RETURN_IF_ERROR(WritePage());
  }
  return Status();
}

Status SectionFileWriter::WritePage() {
  if (page_.empty()) return Status();
  AppendWord(HashOf(page_), &page_hashes_);
  RETURN_IF_ERROR(WriteAll(page_));
  page_.clear();
  return Status();
}

std::string SectionFileWriter::Table(std::string_view head) const {
  ByteWriter writer;
  writer(SectionTable{std::string(head), lengths_, page_hashes_});
  std::string table = writer.Take();
  const uint64_t place = std::accumulate(lengths_.begin(), lengths_.end(), uint64_t{kMagic.size()});
  for (const uint64_t word : {place, uint64_t{table.size()}, HashOf(table)}) AppendWord(word, &table);
  return table;
}

Status SectionFileWriter::Finish(std::string_view head) {
  RETURN_IF_ERROR(WritePage());
  RETURN_IF_ERROR(WriteAll(Table(head)));
  if (::fsync(file_.descriptor()) != 0) return FileError("write", temporary_);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return FileError("write", path_);
  finished_ = true;
  return SyncFolder(path_.parent_path());
}

Status SectionFile::Write(const std::filesystem::path& path, std::string_view head,
                          const std::vector<std::string>& sections) {
  const auto writer = SectionFileWriter::Create(path);
  RETURN_IF_ERROR(writer);
  for (const std::string& section : sections) {
    RETURN_IF_ERROR((*writer)->BeginSection());
    RETURN_IF_ERROR((*writer)->Append(section));
  }
  return (*writer)->Finish(head);
}

// --- reading ---

Result<std::unique_ptr<const SectionFile>> SectionFile::Open(const std::filesystem::path& path) {
  // A pipe in its place must not make anybody wait.
  OpenFile opened(path, O_RDONLY | O_NONBLOCK);
  if (!opened.is_open()) {
    Error error = FileError("read", path);
    if (errno == ENOENT) error.code = ErrorCode::kNotFound;
    return error;
  }
  std::unique_ptr<SectionFile> file(new SectionFile(path, std::move(opened)));
  RETURN_IF_ERROR(file->ReadTable());
  return std::unique_ptr<const SectionFile>(std::move(file));
}

Error SectionFile::Damaged() const { return DamagedDerived(path_.string() + " is not as it was written"); }

Status SectionFile::ReadAt(uint64_t offset, uint64_t bytes, std::string* into) const {
  into->resize(bytes);
  const auto got = ReadUpTo(file_.descriptor(), offset, bytes, into->data());
  if (!got.has_value()) return FileError("read", path_);
  return *got == bytes ? Status() : Status(Damaged());
}

Status SectionFile::ReadTable() {
  struct stat status {};
  if (::fstat(file_.descriptor(), &status) != 0) return FileError("read", path_);
  const auto size = static_cast<uint64_t>(status.st_size);
  if (!S_ISREG(status.st_mode) || size < kMagic.size() + kFooterBytes) return Damaged();
  std::string magic;
  RETURN_IF_ERROR(ReadAt(0, kMagic.size(), &magic));
  std::string footer;
  RETURN_IF_ERROR(ReadAt(size - kFooterBytes, kFooterBytes, &footer));
  const uint64_t place = WordAt(footer, 0);
  const uint64_t bytes = WordAt(footer, 8);
  if (magic != kMagic || bytes > size - kFooterBytes || place != size - kFooterBytes - bytes) return Damaged();
  std::string stored;
  RETURN_IF_ERROR(ReadAt(place, bytes, &stored));
  if (HashOf(stored) != WordAt(footer, 16)) return Damaged();
  SectionTable table;
  ByteReader reader(stored);
  reader(table);
  if (!reader.ok() || !reader.at_end()) return Damaged();
  head_ = std::move(table.head);
  uint64_t offset = kMagic.size();
  size_t hash = 0;
  for (const uint64_t length : table.lengths) {
    Section& section = sections_.emplace_back();
    section.offset = offset;
    section.bytes = length;
    offset += length;
    for (uint64_t page = 0; page < pages(sections_.size() - 1); page++, hash += 8) {
      if (hash + 8 > table.page_hashes.size()) return Damaged();
      section.page_hashes.push_back(WordAt(table.page_hashes, hash));
    }
  }
  return offset == place ? Status() : Status(Damaged());
}

Status SectionFile::CheckPage(size_t section, uint64_t page, std::string_view bytes) const {
  return HashOf(bytes) == sections_[section].page_hashes[page] ? Status() : Status(Damaged());
}

Result<std::string> SectionFile::ReadStart(size_t section, size_t bytes) const {
  CHECK(section < sections_.size());
  std::string start;
  RETURN_IF_ERROR(ReadAt(sections_[section].offset, std::min<uint64_t>(bytes, sections_[section].bytes), &start));
  return start;
}

Result<std::string> SectionFile::ReadPage(size_t section, uint64_t page) const {
  CHECK(section < sections_.size() && page < pages(section));
  const uint64_t start = page * kPageBytes;
  std::string bytes;
  RETURN_IF_ERROR(ReadAt(sections_[section].offset + start,
                         std::min<uint64_t>(kPageBytes, sections_[section].bytes - start), &bytes));
  RETURN_IF_ERROR(CheckPage(section, page, bytes));
  return bytes;
}

Result<std::string> SectionFile::Read(size_t section) const {
  CHECK(section < sections_.size());
  std::string bytes;
  RETURN_IF_ERROR(ReadAt(sections_[section].offset, sections_[section].bytes, &bytes));
  for (uint64_t page = 0; page < pages(section); page++) {
    RETURN_IF_ERROR(CheckPage(section, page, std::string_view(bytes).substr(page * kPageBytes, kPageBytes)));
  }
  return bytes;
}

}  // namespace duebook
