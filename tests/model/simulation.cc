#include "tests/model/simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "ledger/log/derived/fold_check.h"
#include "projections/tracks.h"
#include "projections/verification.h"
#include "tests/model/compare.h"
#include "tests/support/check_events.h"
#include "tests/support/temporary_folder.h"

namespace duebook::model {

namespace {

const Hash kWrongHash{1, 2, 3};
constexpr uint64_t kLeastFolded = 5;   // events
constexpr uint64_t kSmallPage = 4096;  // bytes: the least that can be mapped

std::string Show(const Cut& cut) { return fmt::format("cut ({}, {})", cut.effective.ToString(), cut.known); }

std::string Show(const Verdict& verdict) {
  if (!verdict.refused_for.empty()) {
    std::string text = "refused for";
    for (const RejectionCode code : verdict.refused_for) text.append(" ").append(CodeName(code));
    return text;
  }
  return verdict.duplicate_of.has_value() ? fmt::format("duplicate of {}", *verdict.duplicate_of) : "recorded";
}

std::string Show(const Outcome& outcome) {
  if (const auto* rejection = std::get_if<Rejection>(&outcome)) {
    return fmt::format("{} ({})", CodeName(rejection->code), rejection->sentence);
  }
  const auto* duplicate = std::get_if<Duplicate>(&outcome);
  return duplicate != nullptr ? fmt::format("duplicate of {}", duplicate->seq) : "recorded";
}

bool Agree(const Verdict& verdict, const Outcome& outcome, uint64_t last_seq) {
  if (const auto* rejection = std::get_if<Rejection>(&outcome))
    return !verdict.refused_for.empty() && *verdict.refused_for.begin() == rejection->code;
  if (const auto* duplicate = std::get_if<Duplicate>(&outcome)) return verdict.duplicate_of == duplicate->seq;
  const bool recorded = verdict.refused_for.empty() && !verdict.duplicate_of.has_value();
  return recorded && std::get<Recorded>(outcome).seq == last_seq;
}

}  // namespace

Simulation::Simulation(const std::filesystem::path& folder) : folder_(folder), model_("CNY") {
  const Status made =
      EventLog::Create(folder_, {"Acme", *Currency::Parse("CNY"), kLedgerId, Time{*clock_}, FirstPublicKey()});
  CHECK(made.ok());
  CHECK(!Reopen().has_value());
}

Simulation::Simulation(std::unique_ptr<Ledger> ledger, Model model)
    : folder_(ledger->log().directory()), model_(std::move(model)), ledger_(std::move(ledger)) {
  CHECK(!Extend().has_value());
}

Problem Simulation::Reopen() {
  ledger_.reset();
  LedgerOptions options;
  // Goes back now and then; recorded_at must not.
  options.clock = [clock = clock_] { return Time{*clock += *clock % 7 == 0 ? -1000 : 501}; };
  // Short folds, so that reports are made of folds, merged ones too, of the log behind them, and of both.
  options.fold_sizes = {16, kLeastFolded, {32, 128}, kSmallPage};
  options.records_in_memory = 4;
  // Now and then all books are loaded while commands are decided, from the first one on.
  if (*clock_ % 2 == 0) options.loading = {0, UINT64_MAX, {}};
  options.tracks = MakeAllTracks;
  auto opened = Ledger::Open(folder_, options);
  if (!opened.ok()) return "open: " + opened.error().ToString();
  ledger_ = std::move(*opened);
  return std::nullopt;
}

Command ToCommand(const Fact& fact, const Model& model, const EventLog& log) {
  const std::string currency = model.Filled(fact).currency;
  auto cells = ToCells(fact, Currency::Parse(currency).value_or(Currency()));
  const Fact* request = model.Find("WriteOffRequested", fact.write_off);
  if (fact.request == Fact::Request::kWrong) cells.emplace_back("request", ToHex(kWrongHash));
  // A request that is recorded in the same call has no bytes yet whose hash one could give.
  if (fact.request == Fact::Request::kRight && request != nullptr && request->seq <= log.last_seq()) {
    const auto stored = log.Get(request->seq);
    CHECK(stored.ok());
    cells.emplace_back("request", ToHex(LeafHash(stored->bytes())));
  }
  duebook::Record record;
  for (const auto& [name, text] : cells) record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
  record.source = fact.source;
  CommandContext context{*Currency::Parse("CNY"), "clerk", fact.imported};
  auto made = MakeCommand(record, context);
  if (const auto* rejection = std::get_if<Rejection>(&made)) {
    fmt::print(stderr, "{}: {}\n", ToLine({Step::Kind::kCommand, fact, false, false}), rejection->sentence);
    CHECK(false);
  }
  return std::move(std::get<Command>(made));
}

Problem Simulation::RecordTogether(const std::vector<const Step*>& steps) {
  const Model before = model_;
  std::vector<MadeCommand> commands;
  std::vector<Verdict> verdicts;
  std::vector<uint64_t> last_seqs;
  bool refused = false;
  for (const Step* step : steps) {
    commands.push_back(ToCommand(step->command, model_, ledger_->log()));
    verdicts.push_back(model_.Submit(step->command));
    last_seqs.push_back(model_.facts().size());
    refused = refused || !verdicts.back().refused_for.empty();
  }
  const bool atomic = steps.front()->atomic;
  const auto outcomes = ledger_->Record(commands, atomic ? Admission::kAllOrNothing : Admission::kEach);
  if (!outcomes.ok()) return "record: " + outcomes.error().ToString();
  for (size_t i = 0; i < steps.size(); i++) {
    if (Agree(verdicts[i], (*outcomes)[i], last_seqs[i])) {
      if (!verdicts[i].refused_for.empty()) compared_.refused[*verdicts[i].refused_for.begin()]++;
      continue;
    }
    return fmt::format("{}\n  the model says: {}\n  the ledger says: {}", ToLine(*steps[i]), Show(verdicts[i]),
                       Show((*outcomes)[i]));
  }
  if (atomic && refused) model_ = before;
  if (ledger_->log().last_seq() == model_.facts().size()) return Extend();
  return fmt::format("the log has {} events, the model {}", ledger_->log().last_seq(), model_.facts().size());
}

Problem Simulation::Run(const std::vector<Step>& steps) {
  for (size_t i = 0; i < steps.size();) {
    Problem problem;
    if (steps[i].kind != Step::Kind::kCommand) {
      i++;
      problem = Reopen();
    } else {
      std::vector<const Step*> together{&steps[i++]};
      for (; i < steps.size() && steps[i].kind == Step::Kind::kCommand && steps[i].joined; i++) {
        together.push_back(&steps[i]);
      }
      problem = RecordTogether(together);
    }
    if (problem.has_value()) return problem;
  }
  return std::nullopt;
}

Problem Simulation::CompareLog() const {
  Problem problem;
  Time last_recorded;
  const auto visit = [&](EventView event) {
    const Fact& fact = model_.facts()[event.seq() - 1];
    const bool same = event.info().name == fact.type && event.date() == fact.date && event.actor() == fact.actor &&
                      event.customer() == fact.customer && event.currency().ToString() == fact.currency &&
                      event.imported() == fact.imported;
    if (!same) problem = fmt::format("event {} is not {}", event.seq(), fact.type);
    compared_.recorded[fact.type]++;
    if (event.recorded_at() < last_recorded) problem = fmt::format("event {} was recorded earlier", event.seq());
    last_recorded = event.recorded_at();
    return !problem.has_value();
  };
  const EventLog& log = ledger_->log();
  const Status scanned = log.Scan(1, log.last_seq(), visit);
  if (!scanned.ok()) return "scan: " + scanned.error().ToString();
  const auto verified = VerifyLedger(log);
  if (!verified.ok()) return "verify: " + verified.error().ToString();
  if (verified->fault.has_value()) return "verify: " + verified->fault->sentence;
  return problem;
}

Problem Simulation::CompareFolds() {
  if (Problem problem = Reopen()) return problem;
  const EventLog& log = ledger_->log();
  for (const auto& track : MakeAllTracks(log, {})) {
    if (track->KeptTo() + kLeastFolded > log.last_seq()) continue;
    return fmt::format("what is derived ends at event {} of {}", track->KeptTo(), log.last_seq());
  }
  for (const auto& check : MakeTrackChecks(log)) {
    const auto fault = CheckEvents(log, check.get());
    if (!fault.ok()) return "folds: " + fault.error().ToString();
    if (fault->has_value()) return "folds: " + (*fault)->sentence;
  }
  return std::nullopt;
}

// Every cut is a valid state of the books (RULES.md, 1.6).
Problem Simulation::CheckSafety(const Cut& cut) const {
  for (const Fact& fact : model_.facts()) {
    if (fact.type == "InvoiceIssued") {
      Wide most = fact.amount;
      for (const Fact& note : model_.facts()) {
        const bool debits = note.type == "DebitNoteIssued" && note.invoice == fact.number;
        if (debits && cut.Sees(note.date, note.seq)) most += note.amount;
      }
      const Wide open = model_.Open(fact, cut);
      if (open < 0 || open > most) return fmt::format("{} open of {}, not in 0 to {}", open, fact.number, most);
    }
    if (fact.type == "PaymentReceived" || fact.type == "CreditNoteIssued") {
      const Wide unapplied = model_.Unapplied(fact, cut);
      if (unapplied < 0 || unapplied > fact.amount) return fmt::format("{} unapplied of {}", unapplied, fact.number);
    }
  }
  return std::nullopt;
}

Problem Simulation::CompareAt(const Cut& cut) const {
  Problem problem = CheckSafety(cut);
  if (!problem) problem = CompareBalance(cut, {});
  if (!problem && model_.Find("CustomerOpened", "A") != nullptr) problem = CompareBalance(cut, {"A"});
  if (!problem) problem = CompareAging(cut, {});
  if (!problem) problem = CompareAging(cut, {{3, 7, 40}, Basis::kInvoice});
  if (!problem) problem = CompareAging(cut, {{3, 7, 40}, Basis::kOriginal});
  if (!problem) problem = CompareBySalesperson(cut);
  if (!problem) problem = CompareByRegion(cut, false);
  if (!problem) problem = CompareByRegion(cut, true);
  if (!problem) problem = CompareOpenItems(cut, Basis::kDue);
  if (!problem) problem = CompareOpenItems(cut, Basis::kOriginal);
  if (!problem) problem = CompareUnapplied(cut);
  if (!problem) problem = CompareDisputes(cut);
  if (!problem) problem = CompareShipments(cut, cut.effective, false);
  if (!problem) problem = CompareShipments(cut, *Date::Parse("2025-01-06"), true);
  if (!problem) problem = ComparePromises(cut, 0);
  if (!problem) problem = ComparePromises(cut, 3);
  if (!problem) problem = CompareWriteOffs(cut);
  if (!problem) problem = CompareRoles(cut);
  if (!problem) problem = CompareCredit(cut);
  if (!problem) problem = CompareOverrides(cut);
  if (!problem) problem = CompareBills(cut);
  if (!problem) problem = CompareReceipts(cut, *Date::Parse("2025-01-04"));
  if (!problem) problem = ComparePapers(cut, {});
  if (!problem) problem = ComparePapers(cut, {.sign_days = 0, .invoice_days = 5, .iou = true});
  if (problem.has_value()) return Show(cut) + ": " + *problem;
  return std::nullopt;
}

Problem Simulation::CompareStoriesAt(const Cut& cut, const Cut& other) const {
  Problem problem = CompareReplay(cut);
  const Cut earlier{std::min(cut.effective, other.effective), std::min(cut.known, other.known)};
  const Cut later{std::max(cut.effective, other.effective), std::max(cut.known, other.known)};
  for (const auto& [from, to] : {std::pair(earlier, later), std::pair(Cut{later.effective, earlier.known}, later),
                                 std::pair(Cut{earlier.effective, later.known}, later)}) {
    if (!problem) problem = CompareExplanations(from, to);
  }
  if (!problem) problem = CompareGroups(earlier, later);
  if (!problem) problem = CompareCollectingAt(cut, other.effective);
  for (const char* type : {"CustomerOpened", "InvoiceIssued", "PaymentReceived", "CreditNoteIssued"}) {
    for (const Fact& fact : model_.facts()) {
      if (fact.type != type) continue;
      if (!problem) problem = CompareTrail(cut, fact);
      if (!problem && fact.type == "CustomerOpened") problem = CompareStatement(cut, fact.number, other.effective);
      if (fact.seq % 3 != 0) break;  // a few will do
    }
  }
  if (problem.has_value()) return Show(cut) + ": " + *problem;
  return std::nullopt;
}

namespace {

Problem CompareFigures(Simulation& simulation, uint64_t seed) {
  Problem problem = simulation.CompareFolds();
  Generator generator(seed);
  const Model& model = simulation.model();
  for (int i = 0; i < 12 && !problem; i++) problem = simulation.CompareAt(generator.RandomCut(model));
  Cut all{Date::Min(), model.facts().size()};
  for (const Fact& fact : model.facts()) all.effective = std::max(all.effective, fact.date);
  for (int i = 0; i < 3 && !problem; i++) {
    const Cut cut = generator.RandomCut(model), other = generator.RandomCut(model);
    problem = simulation.CompareStoriesAt(i == 0 ? all : cut, other);
  }
  if (!problem) problem = simulation.CompareAt(Cut{Date::Max(), model.facts().size()});
  return problem;
}

}  // namespace

Problem Simulate(const std::vector<Step>& steps, uint64_t seed, Comparing what, Compared* compared) {
  const TemporaryFolder folder;
  Simulation simulation(folder.path() / "ledger");
  Problem problem = simulation.Run(steps);
  if (!problem) problem = simulation.CompareLog();
  if (!problem && what == Comparing::kFigures) problem = CompareFigures(simulation, seed);
  if (compared == nullptr) return problem;
  for (const auto& [type, count] : simulation.compared().recorded) compared->recorded[type] += count;
  for (const auto& [code, count] : simulation.compared().refused) compared->refused[code] += count;
  for (const auto& [report, rows] : simulation.compared().report_rows) compared->report_rows[report] += rows;
  return problem;
}

std::vector<Step> Shrink(std::vector<Step> steps, uint64_t seed, Comparing what) {
  for (size_t length = steps.size() / 2; length > 0; length /= 2) {
    for (size_t begin = 0; begin < steps.size();) {
      const size_t end = std::min(steps.size(), begin + length);
      std::vector<Step> fewer(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(begin));
      fewer.insert(fewer.end(), steps.begin() + static_cast<std::ptrdiff_t>(end), steps.end());
      if (Simulate(fewer, seed, what).has_value()) {
        steps = std::move(fewer);
      } else {
        begin = end;
      }
    }
  }
  return steps;
}

}  // namespace duebook::model
