#include <fmt/core.h>

#include <algorithm>

#include "ledger/log/names_in_log.h"
#include "ledger/values/parse_number.h"
#include "projections/shared/event_text.h"
#include "tools/commands/commands.h"
#include "tools/import/rows/input_file.h"
#include "tools/proof/proof_file.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

struct Options {
  std::string subject;
  std::string kind;
  std::string check;
  std::string key;
  std::string output;
};

// The seq that the subject is, if it is one.
std::optional<uint64_t> SeqOf(const Options& options) {
  return options.kind.empty() ? ParseNumber(options.subject) : std::nullopt;
}

// An event by its seq, or all events of a document.
Result<std::vector<uint64_t>> SeqsOf(const EventLog& log, const Options& options) {
  if (const auto seq = SeqOf(options)) {
    if (*seq >= 1 && *seq <= log.last_seq()) return std::vector{*seq};
    return Error{ErrorCode::kNotFound, fmt::format("there is no event {}, the last is {}", *seq, log.last_seq()),
                 "for a document whose number has digits only, say what it is with --kind"};
  }
  std::vector<uint64_t> seqs;
  for (int i = 1; i < kDocumentKinds; i++) {
    const auto kind = static_cast<DocumentKind>(i);
    if (!options.kind.empty() && options.kind != KindName(kind)) continue;
    const auto number = DocumentInLog(log, kind, options.subject);
    RETURN_IF_ERROR(number);
    const auto found = log.Find(DocumentKey(kind, *number));
    RETURN_IF_ERROR(found);
    seqs.insert(seqs.end(), found->begin(), found->end());
  }
  if (seqs.empty())
    return Error{ErrorCode::kNotFound, fmt::format("no document has the number {}", options.subject), ""};
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  return seqs;
}

int Prove(const Session& session, const Options& options) {
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const auto seqs = SeqsOf(**log, options);
  if (!seqs.ok()) return Complain(seqs.error(), seqs.error().code == ErrorCode::kNotFound ? kRefused : kStoreUnusable);
  const auto key = session.ReadKey(**log);
  if (!key.ok()) return ComplainAboutStore(key.error());
  const auto proof = MakeProofFile(**log, *seqs, *key);
  if (!proof.ok()) return ComplainAboutStore(proof.error());
  return WriteResult(*proof, options.output);
}

int Check(const Options& options) {
  const auto key = PublicKey::Parse(options.key);
  if (!key.has_value()) return Complain(NoPublicKey(options.key), kBadUsage);
  const auto text = ReadWhole(options.check, kMaxProofBytes);
  if (!text.ok()) return Complain(text.error(), kBadUsage);
  const auto checked = CheckProofFile(*text, *key);
  if (!checked.ok()) {
    const Error& error = checked.error();
    return Complain({error.code, fmt::format("{}: {}", options.check, error.sentence), error.hint}, kRefused);
  }
  std::string told =
      fmt::format("proved: {} of the {} events in the ledger {} of {}\n", checked->events.size(),
                  checked->checkpoint.size, ShownText(checked->checkpoint.origin), ShownText(checked->company));
  if (checked->signer != *key) {
    told += fmt::format("signed by {}, which followed the key that you gave; each change is signed by the key before\n",
                        checked->signer.ToString());
  }
  for (const std::string& change : checked->unsigned_changes) told += change + "\n";
  for (const StoredEvent& stored : checked->events) {
    const EventView event = stored.view();
    const std::string by = event.actor().empty() ? ", without an actor" : " by " + ShownText(event.actor());
    told += fmt::format("event {}, {}, recorded {}{}: {}\n", event.seq(), event.date().ToString(),
                        event.recorded_at().ToString(), by, ShownText(EventText(event)));
  }
  return WriteSentences(told, options.output);
}

int Run(const Session& session, const Options& options) {
  if (!options.check.empty()) return Check(options);
  if (!options.subject.empty()) return Prove(session, options);
  return Complain({ErrorCode::kInvalidArgument, "it is not said what to prove",
                   "give the seq of an event or the number of a document, or --check FILE"},
                  kBadUsage);
}

std::vector<std::string> KindNames() {
  std::vector<std::string> names;
  for (int kind = 1; kind < kDocumentKinds; kind++) names.emplace_back(KindName(static_cast<DocumentKind>(kind)));
  return names;
}

}  // namespace

void AddProve(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command =
      AddCommand(app, session, "prove", "prove events to somebody who has no access to the ledger",
                 "duebook --ledger books prove INV-7 --output INV-7.proof.json\n"
                 "  duebook prove --check INV-7.proof.json --key NAME+HASH+KEY   # no ledger needed");
  Option subject = command.Add("SEQ|DOCUMENT", &options->subject, "an event, or all events of a document");
  command.Add("--kind", &options->kind, "of document, if several share the number").OneOf(KindNames()).Needs(subject);
  Option check = command.Add("--check", &options->check, "check this proof file").Called("FILE").Reads();
  Option key =
      command.Add("--key", &options->key, "a public key of the ledger that it is said to be from").Called("PUBLIC");
  check.Needs(key).Excludes(subject);
  key.Needs(check);
  AddOutputOption(command, &options->output);
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
