// What the company says of itself in its letters: shown, or said anew.

#include "projections/shared/company.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/log/kept_files.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/letters.h"
#include "tools/commands/terminal_source.h"
#include "tools/import/rows/input_file.h"
#include "tools/render/render_letter.h"

namespace duebook {

namespace {

struct Options {
  std::string date;
  std::optional<std::string> name, registration, phone, email, language;
  std::vector<std::string> address, bank_details;  // line by line
  std::string logo;
  bool no_logo = false;

  bool says_something() const {
    return name.has_value() || registration.has_value() || phone.has_value() || email.has_value() ||
           language.has_value() || !address.empty() || !bank_details.empty() || !logo.empty() || no_logo;
  }
};

// By the names that the event has for them.
std::vector<std::pair<std::string, std::string>> FieldsOf(const Company& company) {
  return {{"name", company.name},
          {"address", company.address},
          {"registration", company.registration},
          {"bank_details", company.bank_details},
          {"phone", company.phone},
          {"email", company.email},
          {"logo", company.logo.has_value() ? ToHex(*company.logo) : ""},
          {"language", company.language.has_value() ? std::string(CodeOf(*company.language)) : ""}};
}

// What is asked for, in place of what was said before.
void Say(const Options& options, Company* company) {
  for (const auto& [asked, said] :
       {std::pair(&options.name, &company->name), std::pair(&options.registration, &company->registration),
        std::pair(&options.phone, &company->phone), std::pair(&options.email, &company->email)}) {
    if (asked->has_value()) *said = **asked;
  }
  if (!options.address.empty()) company->address = fmt::format("{}", fmt::join(options.address, "\n"));
  if (!options.bank_details.empty()) company->bank_details = fmt::format("{}", fmt::join(options.bank_details, "\n"));
  if (options.language.has_value()) {
    company->language = options.language->empty() ? std::nullopt : std::optional(LanguageOfCode(*options.language));
  }
  if (options.no_logo) company->logo.reset();
}

int Show(const Session& session) {
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const auto company = CompanyAt(**log, {Today(), (*log)->last_seq()});
  if (!company.ok()) return Complain(company.error(), AnswerStatus(company.error()));
  std::string text;
  for (const auto& [field, said] : FieldsOf(*company)) {
    const std::vector<std::string> lines = LinesOf(said);
    if (!lines.empty()) text += fmt::format("{:<12}  {}\n", field, fmt::join(lines, ", "));
  }
  return WriteSentences(text);
}

Result<std::string> ReadLogo(const std::string& file) {
  auto bytes = ReadWhole(file, kMostLogoBytes);
  RETURN_IF_ERROR(bytes);
  if (!PictureTypeOf(*bytes).empty()) return bytes;
  return Error{ErrorCode::kInvalidArgument, fmt::format("--logo {}: it is neither PNG nor JPEG", file),
               "name a picture of one of these kinds"};
}

int Describe(const Session& session, const Options& options) {
  const auto logo = options.logo.empty() ? Result(std::string()) : ReadLogo(options.logo);
  if (!logo.ok()) return Complain(logo.error(), kBadUsage);
  const auto day = options.date.empty() ? Result(Today()) : ParseDateOption("--date", options.date);
  if (!day.ok()) return Complain(day.error(), kBadUsage);
  auto ledger = session.OpenForWriting();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  const EventLog& log = (*ledger)->log();
  const auto before = CompanyAt(log, {*day, log.last_seq()});
  if (!before.ok()) return ComplainAboutStore(before.error());
  Company company = *before;
  if (!logo->empty()) {
    const auto kept = KeepFile(session.ledger, *logo);
    if (!kept.ok()) return ComplainAboutStore(kept.error());
    company.logo = *kept;
  }
  Say(options, &company);
  auto fields = FieldsOf(company);
  fields.insert(fields.begin(), {{"type", "CompanyDescribed"}, {"id", RandomTerminalId()}, {"date", day->ToString()}});
  Record record;
  for (const auto& [name, text] : fields) {
    if (!text.empty()) record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
  }
  record.source = TerminalSource();
  const auto outcome = (*ledger)->Record(MakeCommand(record, session.Context(log.identity(), false)));
  if (!outcome.ok()) return ComplainAboutStore(outcome.error());
  if (const auto* rejection = std::get_if<Rejection>(&*outcome)) return Refuse(*rejection);
  const auto next = NextDescription(log, *day);
  if (!next.ok()) return ComplainAboutStore(next.error());
  return WriteSentences(fmt::format(
      "recorded as event {} what the company says of itself from {} on{}\n", std::get<Recorded>(*outcome).seq,
      day->ToString(),
      next->has_value()
          ? fmt::format("; from {0} on holds what it said for then: `--date {0}` says it anew", (*next)->ToString())
          : ""));
}

}  // namespace

void AddCompany(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command =
      AddCommand(app, session, "company", "what the company says of itself in its letters: show it, or say it anew",
                 "duebook --ledger books --actor li.na company --address '1 Market Street' --address Springfield "
                 "--phone '+1 217 555 0100' "
                 "--bank-details 'Bank of Acme, account 12 3456'\n"
                 "  duebook --ledger books company\n\n"
                 "What is not given stays as it was; an empty value takes it away.");
  command.Add("--name", &options->name, "what it is called in letters").Called("TEXT");
  command.Add("--address", &options->address, "where letters to it go; may repeat, once for each line")
      .Called("LINE")
      .MayRepeat();
  command.Add("--registration", &options->registration, "its company or tax number").Called("NUMBER");
  command.Add("--bank-details", &options->bank_details, "where customers pay; may repeat, once for each line")
      .Called("LINE")
      .MayRepeat();
  command.Add("--phone", &options->phone, "its telephone number").Called("NUMBER");
  command.Add("--email", &options->email, "where mail to it goes").Called("ADDRESS");
  Option logo =
      command.Add("--logo", &options->logo, "the picture above its letters, PNG or JPEG of at most a megabyte");
  logo.Called("FILE").Reads().NotEmpty();
  command.AddFlag("--no-logo", &options->no_logo, "no picture any longer").Excludes(logo);
  command.Add("--language", &options->language, "in which it writes to customers of whom none is said (default: zh)")
      .OneOf({"en", "zh", ""});
  command.Add("--date", &options->date, "from this day on (default: today)").Called("YYYY-MM-DD").NotEmpty();
  AddRecording(command, session, [options] { return options->says_something(); });
  command.Run(session,
              [&session, options] { return options->says_something() ? Describe(session, *options) : Show(session); });
}

}  // namespace duebook
