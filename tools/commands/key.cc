// The key by which the ledger signs: which it is and was, and how another takes its place.

#include <fmt/core.h>

#include "ledger/log/key_file.h"
#include "ledger/log/keys_of_log.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/values/base64.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/terminal_source.h"

namespace duebook {

namespace {

struct Options {
  std::string action;
  std::string reason;
  std::string date;
};

constexpr size_t kIdDigits = 24;

// --- which keys there are ---

std::string LineOn(const KeyLink& link) {
  if (link.since == 0) return fmt::format("from the beginning: {}\n", link.key.ToString());
  const std::string by = link.actor.empty() ? "" : " by " + link.actor;
  const std::string how = link.is_signed ? "signed by the key before" : "signed by nobody, as the key before was lost";
  return fmt::format("from event {} of {}{}, {}: {}\n", link.since, link.date.ToString(), by, how, link.key.ToString());
}

int List(const Session& session) {
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const auto keys = KeysOf(**log);
  if (!keys.ok()) return ComplainAboutStore(keys.error());
  std::string text;
  for (const KeyLink& link : keys->links()) text += LineOn(link);
  const auto key = session.ReadKey(**log);
  text += key.ok() ? "the private half of the last is at hand\n"
                   : "the private half of the last is not at hand: " + key.error().sentence + "\n";
  return WriteSentences(text);
}

// --- another key ---

// The event by which `after` takes the place of `before`, which signs it, if it is there. Views into the texts.
struct ChangeRecord {
  ChangeRecord(const LedgerIdentity& ledger, const SigningKey* before, const PublicKey& after)
      : public_key(after.ToString()), id("key-" + ToHex(Sha256(public_key)).substr(0, kIdDigits)) {
    if (before == nullptr) return;
    signature = ToBase64(before->Sign(KeyChangeText(ledger.ledger_id, before->public_key(), after)));
  }

  Record Make(const Options& options, std::string_view day) const {
    Record record;
    const auto add = [&record](std::string_view name, std::string_view text) {
      if (!text.empty()) record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
    };
    add("type", "SigningKeyChanged");
    add("id", id);
    add("date", day);
    add("public_key", public_key);
    add("signature", signature);
    add("reason", options.reason);
    record.source = TerminalSource();
    return record;
  }

  std::string public_key, id, signature;
};

// Records the change. The seq of its event.
Result<std::variant<uint64_t, Rejection>> RecordChange(const Session& session, Ledger* ledger, const Options& options,
                                                       const ChangeRecord& change) {
  using Answer = std::variant<uint64_t, Rejection>;
  const std::string day = options.date.empty() ? Today().ToString() : options.date;
  auto made = MakeCommand(change.Make(options, day), session.Context(ledger->log().identity(), false));
  const auto outcome = ledger->Record(std::move(made));
  RETURN_IF_ERROR(outcome);
  if (const auto* rejection = std::get_if<Rejection>(&*outcome)) return Answer(*rejection);
  return Answer(std::get<Recorded>(*outcome).seq);
}

// In the order of key_file.h, so that nothing is lost wherever it is cut off.
int Change(const Session& session, Ledger* ledger, const Options& options, const SigningKey* before) {
  const LedgerIdentity& identity = ledger->log().identity();
  const std::filesystem::path file = KeyFileOf(ledger->log().directory(), session.store());
  // What lies where the next key comes may be the only present one, if the change before could not be finished.
  const auto keys = KeysOf(ledger->log());
  if (!keys.ok()) return ComplainAboutStore(keys.error());
  const Status finished = FinishKeyChange(*keys, file);
  if (!finished.ok()) return ComplainAboutStore(finished.error());
  const SigningKey after = SigningKey::Generate(OriginOf(identity));
  const Status staged = StageNextKey(after, file);
  if (!staged.ok()) return ComplainAboutStore(staged.error());
  const auto recorded = RecordChange(session, ledger, options, ChangeRecord(identity, before, after.public_key()));
  if (!recorded.ok()) return ComplainAboutStore(recorded.error());
  if (const auto* rejection = std::get_if<Rejection>(&*recorded)) {
    std::error_code error;
    std::filesystem::remove(NextKeyFileOf(file), error);
    return Refuse(*rejection);
  }
  const Status put = PutNextKeyInPlace(file);
  if (!put.ok()) {
    return Complain({put.error().code, put.error().sentence,
                     fmt::format("the change is recorded as event {}; move {} there", std::get<uint64_t>(*recorded),
                                 NextKeyFileOf(file).string())},
                    kStoreUnusable);
  }
  return WriteSentences(fmt::format(
      "from event {} on the ledger signs by {}\nits private half is in {}; give the public one to those who check\n{}",
      std::get<uint64_t>(*recorded), after.public_key().ToString(), file.string(),
      before == nullptr ? "nobody signed the change, and every check says so\n" : ""));
}

int Rotate(const Session& session, const Options& options) {
  auto ledger = session.OpenForWriting();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  const auto key = session.ReadKey((*ledger)->log());
  if (!key.ok()) return ComplainAboutStore(key.error());
  return Change(session, ledger->get(), options, &*key);
}

// What may be somebody else's key is not replaced.
int Lost(const Session& session, const Options& options) {
  if (options.reason.empty()) {
    return Complain({ErrorCode::kInvalidArgument, "it is not said why the key is lost", "give --reason TEXT"},
                    kBadUsage);
  }
  auto ledger = session.OpenWithoutKey();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  const auto keys = KeysOf((*ledger)->log());
  if (!keys.ok()) return ComplainAboutStore(keys.error());
  for (const StoreOptions& place : {session.store(), StoreOptions()}) {
    const std::filesystem::path file = KeyFileOf((*ledger)->log().directory(), place);
    const auto key = ReadLedgerKey(*keys, file);
    if (key.ok()) {
      return Complain({ErrorCode::kAlreadyExists, fmt::format("the key is not lost: it is in {}", file.string()),
                       "`duebook key rotate` puts another in its place, and signs that"},
                      kRefused);
    }
    if (key.error().code != ErrorCode::kNotFound) return ComplainAboutStore(key.error());
  }
  return Change(session, ledger->get(), options, nullptr);
}

int Run(const Session& session, const Options& options) {
  if (options.action == "rotate") return Rotate(session, options);
  if (options.action == "lost") return Lost(session, options);
  return List(session);
}

}  // namespace

void AddKey(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(
      app, session, "key", "the key by which the ledger signs, and another one in its place",
      "duebook --ledger books key\n"
      "  duebook --ledger books key rotate\n\n"
      "rotate makes a new key and has the present one sign the change; the present private key is not kept.\n"
      "lost --reason TEXT says that nobody has the present one any more: then nobody signs the change, and every\n"
      "check says so. It takes the role administrator, if somebody holds it.");
  Option action =
      command.Add("rotate|lost", &options->action, "without it the keys are listed").OneOf({"rotate", "lost"});
  command.Add("--reason", &options->reason, "why; told with the change").Called("TEXT").Needs(action);
  command.Add("--date", &options->date, "the day of the change (default: today)").Called("DATE").Needs(action);
  AddRecording(command, session, [options] { return !options->action.empty(); });
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
