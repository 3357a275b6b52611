#include "tools/import/rows/input_formats.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "ledger/values/ascii.h"
#include "tools/import/rows/enumeration.h"
#include "tools/import/rows/other_formats.h"

namespace duebook {

namespace {

template <class Condition>
const InputFormat* FindFormat(const Condition& condition) {
  const auto found = std::find_if(AllInputFormats().begin(), AllInputFormats().end(),
                                  [&](const InputFormat* format) { return condition(*format); });
  return found == AllInputFormats().end() ? nullptr : *found;
}

const InputFormat* InputFormatOfStart(std::string_view start) {
  return FindFormat([&](const InputFormat& format) { return format.begins(start); });
}

Error LooksLike(const OtherFormat& other, const std::string& name) {
  const std::string ask =
      fmt::format("duebook reads {}; ask for one of them where it comes from",
                  EnumerateInputFormats([](const InputFormat& format) { return std::string(format.title); }, "and"));
  return {ErrorCode::kInvalidArgument, fmt::format("{}:1: the file looks like {}", name, other.looks_like),
          other.hint.empty() ? ask : std::string(other.hint)};
}

}  // namespace

const std::vector<const InputFormat*>& AllInputFormats() {
  static const std::vector<const InputFormat*> formats{
      &kCsvInput, &kJsonLinesInput, &kJsonInput, &kXlsxInput, &kXmlInput,
  };
  return formats;
}

const InputFormat* FindInputFormat(std::string_view name) {
  return FindFormat([&](const InputFormat& format) { return format.name == name; });
}

const InputFormat* InputFormatOfName(std::string_view path) {
  return FindFormat([&](const InputFormat& format) { return EndsInAnyCase(path, format.ending); });
}

std::string EnumerateInputFormats(const std::function<std::string(const InputFormat&)>& tell,
                                  std::string_view conjunction) {
  std::vector<std::string> told;
  for (const InputFormat* format : AllInputFormats()) {
    std::string one = tell(*format);
    if (!one.empty()) told.push_back(std::move(one));
  }
  return Enumerated(told, conjunction);
}

Result<RecognisedFile> OpenRecognised(const std::string& path, const InputFormat* said, const InputFormat& otherwise,
                                      const std::string& encoding) {
  auto input = InputFile::Open(path);
  RETURN_IF_ERROR(input);
  RETURN_IF_ERROR(input->StartText(encoding));
  const std::string_view text = WithoutBlanks(input->start());
  // What was refused of a file is kept in another format, and is read by the same map.
  const bool is_refused = said != nullptr && said->refused_as != nullptr && !said->begins(text);
  const InputFormat* format = is_refused ? said->refused_as : said;
  if (format == nullptr) format = InputFormatOfName(path);
  if (format == nullptr) format = InputFormatOfStart(text);
  if (format == nullptr) format = &otherwise;
  const OtherFormat* other = format->begins(text) ? nullptr : OtherFormatOf(input->start());
  if (other != nullptr) return LooksLike(*other, input->name());
  return RecognisedFile{std::move(*input), format};
}

}  // namespace duebook
