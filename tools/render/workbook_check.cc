#include "tools/render/workbook_check.h"

#include <expat.h>
#include <zip.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "ledger/values/parse_number.h"

namespace duebook {

namespace {

// What is counted in the XML of all parts.
struct Counts {
  size_t cells = 0;
  size_t texts = 0;                    // there are
  std::optional<size_t> texts_stated;  // as the list of texts says
};

void OnElement(void* counts_of_part, const XML_Char* name, const XML_Char** attributes) {
  auto& counts = *static_cast<Counts*>(counts_of_part);
  const std::string_view element(name);
  if (element == "c") counts.cells++;
  if (element == "si") counts.texts++;
  if (element != "sst") return;
  for (; *attributes != nullptr; attributes += 2) {
    if (std::string_view(attributes[0]) == "uniqueCount") counts.texts_stated = ParseNumber<size_t>(attributes[1]);
  }
}

// Reads one part; false if it cannot be unpacked, or is no well-formed XML.
bool ReadPart(zip_t* archive, zip_uint64_t index, Counts* counts) {
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> part(zip_fopen_index(archive, index, 0), &zip_fclose);
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr),
                                                                                             &XML_ParserFree);
  if (part == nullptr || parser == nullptr) return false;
  XML_SetUserData(parser.get(), counts);
  XML_SetStartElementHandler(parser.get(), OnElement);
  std::array<char, 1 << 16> bytes;
  while (true) {
    const zip_int64_t got = zip_fread(part.get(), bytes.data(), bytes.size());
    if (got < 0) return false;
    if (XML_Parse(parser.get(), bytes.data(), static_cast<int>(got), got == 0 ? 1 : 0) != XML_STATUS_OK) return false;
    if (got == 0) return true;
  }
}

bool IsWhole(std::string_view workbook, size_t cells) {
  zip_source_t* const source = zip_source_buffer_create(workbook.data(), workbook.size(), 0, nullptr);
  if (source == nullptr) return false;
  const std::unique_ptr<zip_t, decltype(&zip_discard)> archive(zip_open_from_source(source, ZIP_RDONLY, nullptr),
                                                               &zip_discard);
  if (archive == nullptr) {
    zip_source_free(source);
    return false;
  }
  Counts counts;
  const zip_int64_t parts = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t part = 0; part < parts; part++) {
    if (!ReadPart(archive.get(), static_cast<zip_uint64_t>(part), &counts)) return false;
  }
  return counts.cells == cells && counts.texts_stated.value_or(0) == counts.texts;
}

}  // namespace

Status CheckWorkbook(std::string_view workbook, size_t cells) {
  if (IsWhole(workbook, cells)) return Status();
  return Error{ErrorCode::kUnavailable, "cannot make a workbook: a temporary file did not take all of it",
               "see that there is space where TMPDIR says, or in /tmp; or ask for csv"};
}

}  // namespace duebook
