// Keeps a file in the ledger's folder and records what it is about.

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/log/kept_files.h"
#include "ledger/values/suggestion.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/media_type.h"
#include "tools/commands/terminal_source.h"
#include "tools/import/rows/input_file.h"

namespace duebook {

namespace {

struct Options {
  std::string file, to, kind, date;
};

// What a file can be about: the fields of its event by which that is said.
std::vector<std::string_view> KindsOfDocuments() {
  std::vector<std::string_view> kinds{"customer"};
  for (const FieldInfo& field : InfoOf(EventType::DocumentAttached).fields) {
    if (field.names != DocumentKind::kNone) kinds.emplace_back(field.name);
  }
  return kinds;
}

struct Target {
  std::string_view field;
  std::string_view number;
};

// Reads "invoice:42". A number may hold colons itself.
Result<Target> ReadTarget(std::string_view to) {
  const size_t colon = to.find(':');
  for (const std::string_view kind : KindsOfDocuments()) {
    if (colon != to.npos && to.substr(0, colon) == kind && colon + 1 < to.size())
      return Target{kind, to.substr(colon + 1)};
  }
  return Error{ErrorCode::kInvalidArgument, fmt::format("--to {}: this is no document", Quoted(to)),
               fmt::format("write it as KIND:NUMBER, such as invoice:42; the kinds are {}",
                           fmt::join(KindsOfDocuments(), ", "))};
}

int Run(const Session& session, const Options& options) {
  const auto target = ReadTarget(options.to);
  if (!target.ok()) return Complain(target.error(), kBadUsage);
  const auto bytes = ReadWhole(options.file, kMostBytesOfKeptFile);
  if (!bytes.ok()) return Complain(bytes.error(), kBadUsage);
  const auto day = options.date.empty() ? Result(Today()) : ParseDateOption("--date", options.date);
  if (!day.ok()) return Complain(day.error(), kBadUsage);
  const std::string id = RandomTerminalId();
  const std::string date = day->ToString();
  const std::string name = std::filesystem::path(options.file).filename().string();
  const std::string sha256 = ToHex(Sha256(*bytes));
  const std::string size = std::to_string(bytes->size());
  Record record;
  for (const auto& [field, text] : {std::pair<std::string_view, std::string_view>("type", "DocumentAttached"),
                                    {"id", id},
                                    {"date", date},
                                    {target->field, target->number},
                                    {"name", name},
                                    {"media_type", MediaTypeOf(*bytes, name)},
                                    {"kind", options.kind},
                                    {"sha256", sha256},
                                    {"bytes", size}}) {
    if (!text.empty()) record.fields.emplace_back(field, RawValue{RawValue::Kind::kCell, text, {}});
  }
  record.source = TerminalSource();
  auto ledger = session.OpenForWriting();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  // The file is there before the event that says so, and not without one that is admitted.
  auto transaction = (*ledger)->Begin();
  if (!transaction.ok()) return ComplainAboutStore(transaction.error());
  const auto outcome = transaction->Stage(MakeCommand(record, session.Context((*ledger)->log().identity(), false)));
  if (!outcome.ok()) return ComplainAboutStore(outcome.error());
  if (const auto* rejection = std::get_if<Rejection>(&*outcome)) return Refuse(*rejection);
  const auto kept = KeepFile(session.ledger, *bytes);
  if (!kept.ok()) return ComplainAboutStore(kept.error());
  const Status committed = transaction->Commit();
  if (!committed.ok()) return ComplainAboutStore(committed.error());
  return WriteSentences(fmt::format("attached {} to {} as event {}; kept as {}/{}\n", name, options.to,
                                    std::get<Recorded>(*outcome).seq, kFilesFolder, sha256));
}

}  // namespace

void AddAttach(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(
      app, session, "attach", "keep a file in the ledger, and record what it is about",
      "duebook --ledger books attach invoice-7.pdf --to invoice:INV-7 --kind invoice\n"
      "  duebook --ledger books attach contract.pdf --to customer:C-7 --kind contract --date 2026-03-02\n\n"
      "The file lies in the ledger's folder as files/SHA256 from then on: backup copies it, verify reads it again.");
  command.Add("FILE", &options->file, "of at most 64 MiB").Required().Reads();
  command.Add("--to", &options->to, "what it is about, such as invoice:42, shipment:S-7 or customer:C-7")
      .Called("KIND:NUMBER")
      .Required()
      .NotEmpty();
  command.Add("--kind", &options->kind, "what it is")
      .OneOf({"application", "confirmation", "delivery", "iou", "contract", "invoice", "statement", "guarantee",
              "letter", "other"});
  command.Add("--date", &options->date, "its day (default: today)").Called("YYYY-MM-DD").NotEmpty();
  AddRecording(command, session);
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
