#include "tests/faults/simulator.h"

#include <fmt/format.h>

namespace duebook::faults {

namespace fs = std::filesystem;

namespace {

// An empty ledger, made once.
const fs::path& EmptyLedger() {
  static const TemporaryFolder folder;
  static const fs::path path = folder / "empty";
  if (!fs::exists(path)) {
    CHECK(EventLog::Create(path, {"Acme", *Currency::Parse("CNY"), std::string(32, '0'), Time{1}}).ok());
  }
  return path;
}

Disk::Survivors SurvivorsOf(FaultKind kind) {
  if (kind == FaultKind::kPowerLoss) return Disk::Survivors::kNothing;
  return kind == FaultKind::kPowerLossTorn ? Disk::Survivors::kPrefixes : Disk::Survivors::kAnySubset;
}

}  // namespace

std::string Summary::Show() const {
  std::string text =
      fmt::format("{} seeds, {} operations on files, {} events acknowledged\n", seeds, operations, acknowledged);
  uint64_t all = 0;
  for (const auto& [kind, count] : faults) {
    text += fmt::format("  {:32} {:8}\n", kind, count);
    all += count;
  }
  text += fmt::format("  {:32} {:8}, {} of them in opening, {} in writing and merging tables\n", "faults in all", all,
                      in_opening, in_background);
  text += fmt::format("  sessions with commits that were cut off, and are said to be: {}\n", cut_off);
  text += fmt::format("  commits in flight: {} there as a whole, {} not at all; {} files of tables\n", in_flight_kept,
                      in_flight_lost, tables);
  uint64_t damaged = 0;
  for (const auto& [kind, count] : damages) {
    text += fmt::format("  {:32} {:8}\n", kind, count);
    damaged += count;
  }
  text += fmt::format("  damages at rest: {}, {} reported, {} said to be after a crash, {} without effect\n", damaged,
                      reported, said_torn, damaged - reported - said_torn);
  return text;
}

Simulator::Simulator(uint64_t seed, Summary* summary)
    : random_(seed), machine_(folder_ / "attic", seed), summary_(summary), acknowledged_("CNY") {
  fs::copy(EmptyLedger(), path(), fs::copy_options::recursive);
  calls_ = RandomHistory(random_);
}

LedgerOptions Simulator::Options() {
  LedgerOptions options;
  options.clock = [this] { return Time{clock_ += 501}; };
  options.store = machine_.store();
  return options;
}

Problem Simulator::Run() {
  const size_t lives = 1 + Below(random_, 3);
  Problem problem;
  for (size_t life = 0; life < lives && !problem; life++) {
    problem = Live(calls_.size() * life / lives, calls_.size() * (life + 1) / lives);
  }
  if (!problem) problem = Chance(random_, 35) ? EndDamaged() : EndWell();
  summary_->seeds++;
  summary_->operations += machine_.disk().operations();
  summary_->acknowledged += bytes_.size();
  return problem;
}

// --- a process ---

// `soon`: within so many operations, if not 0.
void Simulator::ArmFault(uint64_t soon) {
  const uint64_t kind = Below(random_, 9);
  fault_ = {static_cast<FaultKind>(std::min<uint64_t>(kind, 7)), 0, Chance(random_, 35), Chance(random_, 40)};
  if (kind == 8) fault_.kind = FaultKind::kPowerLossReordered;  // has the most to choose from
  const bool read = fault_.kind == FaultKind::kReadError;
  fault_.after = Below(random_, fault_.only_background || Chance(random_, 40) ? 30 : read ? 200 : 120);
  if (soon > 0) {
    fault_.after = Below(random_, soon);
    fault_.only_background = false;
    if (Chance(random_, 50)) fault_.kind = FaultKind::kPowerLossReordered;
  }
  machine_.disk().Arm(fault_);
}

Problem Simulator::Live(size_t first_call, size_t end_call) {
  const bool armed_before = Chance(random_, 50);
  if (armed_before) ArmFault();
  if (Problem problem = Start()) return problem;
  if (!armed_before) ArmFault();
  failed_ = false;
  for (size_t i = first_call; i < end_call && !failed_; i++) {
    if (Chance(random_, 70)) {
      const bool before = machine_.disk().struck();
      machine_.RunBackground();
      if (!before && machine_.disk().struck()) summary_->in_background++;
    }
    // A commit of many pages can be torn in many places.
    if (calls_[i].facts.size() > 5 && !machine_.disk().struck() && Chance(random_, 30)) ArmFault(3);
    if (Problem problem = Do(calls_[i])) return problem;
  }
  EndProcess();
  return std::nullopt;
}

// Opens the ledger; if a fault comes in between, once more without one.
Problem Simulator::Start() {
  committed_ = false;
  auto opened = Ledger::Open(path(), Options());
  if (!opened.ok() && machine_.disk().struck()) {
    summary_->in_opening++;
    EndProcess();  // it may have begun to mend what it found
    opened = Ledger::Open(path(), Options());
  }
  if (!opened.ok()) return "open: " + opened.error().ToString();
  ledger_ = std::move(*opened);
  if (ended_in_order_ && !ledger_->log().ended_in_order()) return "a session that ended in order is said not to have";
  if (was_cut_off_) {
    if (ledger_->log().ended_in_order()) return "a session that was cut off is said to have ended in order";
    summary_->cut_off++;
  }
  ended_in_order_ = was_cut_off_ = false;
  machine_.disk().set_quiet(true);
  Problem problem = Resolve(ledger_->log().last_seq());
  // Not always: it fills caches, and what is read from them meets no fault.
  if (!problem) problem = Chance(random_, 70) ? CheckAll(ledger_->log()) : CheckEvents(ledger_->log());
  machine_.disk().set_quiet(false);
  return problem;
}

// However a process may end, and what the next one then finds.
void Simulator::EndProcess() {
  FaultFileSystem& disk = machine_.disk();
  const bool struck = disk.struck();
  if (struck) summary_->faults[NameOf(fault_.kind)]++;
  const bool power_lost = struck && IsPowerLoss(fault_.kind);
  const auto any = static_cast<Disk::Survivors>(Below(random_, 3));
  const bool power_goes_later = Chance(random_, 45);
  const bool killed = !power_lost && Chance(random_, 60);
  if (killed) disk.Stop();
  ledger_.reset();
  ended_in_order_ = !killed && !struck && !disk.struck();
  was_cut_off_ = committed_ && (killed || power_lost);
  committed_ = false;
  if (power_lost || power_goes_later) {
    disk.Stop();
    disk.RestartAfterPowerLoss(power_lost ? SurvivorsOf(fault_.kind) : any);
    if (!power_lost) summary_->faults["power loss later"]++;
  } else {
    disk.Restart();
  }
  fault_ = Fault();
}

// --- calls ---

Problem Simulator::Do(const Call& call) {
  if (call.kind == Call::Kind::kReopen) {
    ledger_.reset();
    ended_in_order_ = !machine_.disk().struck();
    return Start();
  }
  return RecordCall(call);
}

Result<std::vector<Outcome>> Simulator::Pass(const Call& call, std::vector<MadeCommand> commands) {
  if (call.kind == Call::Kind::kRecord) return ledger_->Record(commands);
  if (call.kind == Call::Kind::kAtomic) return ledger_->Record(commands, Admission::kAllOrNothing);
  std::vector<Outcome> outcomes;
  if (call.kind == Call::Kind::kTransaction) {
    auto transaction = ledger_->Begin();
    RETURN_IF_ERROR(transaction);
    for (MadeCommand& command : commands) {
      const auto outcome = transaction->Stage(std::move(command));
      RETURN_IF_ERROR(outcome);
      outcomes.push_back(*outcome);
    }
    RETURN_IF_ERROR(transaction->Commit());
    return outcomes;
  }
  uint64_t commit = 0;
  for (size_t start = 0; start < commands.size();) {
    const size_t count = 1 + Below(random_, commands.size() - start);
    auto submission = ledger_->Submit(std::span(commands).subspan(start, count));
    RETURN_IF_ERROR(submission);
    outcomes.insert(outcomes.end(), submission->outcomes.begin(), submission->outcomes.end());
    commit = std::max(commit, submission->commit);
    start += count;
  }
  RETURN_IF_ERROR(ledger_->WaitUntilDurable(commit));
  return outcomes;
}

Problem Simulator::RecordCall(const Call& call) {
  model::Model next = acknowledged_;
  std::vector<MadeCommand> commands;
  std::vector<bool> refused;
  machine_.disk().set_quiet(true);
  for (const model::Fact& fact : call.facts) {
    commands.push_back(CommandOf(fact, next, ledger_->log()));
    refused.push_back(!next.Submit(fact).refused_for.empty());
  }
  machine_.disk().set_quiet(false);
  const bool any_refused = std::find(refused.begin(), refused.end(), true) != refused.end();
  if (call.kind == Call::Kind::kAtomic && any_refused) next = acknowledged_;
  const auto outcomes = Pass(call, std::move(commands));
  if (!outcomes.ok()) {
    if (!machine_.disk().struck()) return "failed without a fault: " + outcomes.error().ToString();
    if (next.facts().size() > acknowledged_.facts().size()) in_flight_ = std::move(next);
    return ExpectNothingAccepted();
  }
  for (size_t i = 0; i < refused.size(); i++) {
    if (std::holds_alternative<Rejection>((*outcomes)[i]) != refused[i]) {
      return fmt::format("the model and the ledger disagree about {} {}", call.facts[i].type, call.facts[i].id);
    }
  }
  committed_ = committed_ || next.facts().size() > acknowledged_.facts().size();
  acknowledged_ = std::move(next);
  if (ledger_->log().last_seq() != acknowledged_.facts().size()) return "other events were recorded than by the model";
  machine_.disk().set_quiet(true);
  const Status learned = ledger_->log().Scan(bytes_.size() + 1, acknowledged_.facts().size(), [this](EventView event) {
    bytes_.emplace_back(event.bytes());
    return true;
  });
  machine_.disk().set_quiet(false);
  if (!learned.ok()) return "scan: " + learned.error().ToString();
  return std::nullopt;
}

Problem Simulator::ExpectNothingAccepted() {
  failed_ = true;
  std::vector<MadeCommand> commands;
  commands.push_back(CommandOf(Note(1'000'000, 5), acknowledged_, ledger_->log()));
  if (ledger_->Record(commands).ok()) return "something was acknowledged after a failure";
  return std::nullopt;
}

// --- the end ---

Problem Simulator::EndWell() {
  if (Problem problem = Start()) return problem;
  machine_.RunBackground();
  Call call;
  call.facts.push_back(Note(2'000'000, 5));
  if (Problem problem = RecordCall(call)) return problem;
  if (Problem problem = CheckAll(ledger_->log())) return problem;
  for (const auto& entry : fs::directory_iterator(path() / "store")) {
    if (entry.path().extension() == ".sst") summary_->tables++;
  }
  if (Chance(random_, 20)) return CompareFigures();
  ledger_.reset();
  const auto reader = EventLog::Open(path(), EventLog::Mode::kRead);
  if (!reader.ok()) return "open for reading: " + reader.error().ToString();
  if (!(*reader)->ended_in_order()) return "a session that ended in order is said not to have";
  return CheckAll(**reader);
}

}  // namespace duebook::faults
