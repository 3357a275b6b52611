#include "tools/commands/cut_options.h"

#include <fmt/core.h>

#include <charconv>

namespace duebook {

void AddCutOptions(CLI::App* command, CutOptions* options, int max_known) {
  command->add_option("--effective,--as-of", options->effective, "count what is dated up to this day")
      ->type_name("YYYY-MM-DD");
  command
      ->add_option("--known", options->known,
                   max_known == 1 ? "count what the ledger knew at this event, time or day (UTC)"
                                  : "twice: the two states of knowledge to compare")
      ->type_name("SEQ|TIME")
      ->expected(1)
      ->multi_option_policy(max_known == 1 ? CLI::MultiOptionPolicy::Throw : CLI::MultiOptionPolicy::TakeAll);
}

Result<Date> ParseDateOption(std::string_view option, const std::string& text) {
  const auto date = Date::Parse(text);
  if (date.has_value()) return *date;
  return Error{ErrorCode::kInvalidArgument, fmt::format("{} {}: there is no such day", option, text),
               "write it as YYYY-MM-DD"};
}

Result<uint64_t> ResolveKnown(const EventLog& log, const std::string& text) {
  uint64_t seq = 0;
  const char* const end = text.data() + text.size();
  if (const auto parsed = std::from_chars(text.data(), end, seq); parsed.ec == std::errc() && parsed.ptr == end) {
    if (seq <= log.last_seq()) return seq;
    return Error{ErrorCode::kInvalidArgument, fmt::format("--known {}: the ledger has {} events", text, log.last_seq()),
                 "leave it out for all that is known"};
  }
  const auto time = Time::Parse(text);
  if (!time.has_value()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("--known {} is neither an event's seq nor a time", text),
                 "write 1234, 2026-01-20 or 2026-01-20T17:00:00Z"};
  }
  return log.SeqAt(*time);
}

Result<Cut> ResolveCut(const EventLog& log, const CutOptions& options) {
  Cut cut;
  cut.known = log.last_seq();
  if (!options.effective.empty()) {
    const auto date = ParseDateOption("--effective", options.effective);
    RETURN_IF_ERROR(date);
    cut.effective = *date;
  }
  if (!options.known.empty()) {
    const auto known = ResolveKnown(log, options.known.back());
    RETURN_IF_ERROR(known);
    cut.known = *known;
  }
  return cut;
}

}  // namespace duebook
