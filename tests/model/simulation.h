// Runs steps on the real ledger and on the reference model side by side, and compares every outcome and, at many cuts,
// every figure.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "projections/history/growing_history.h"
#include "projections/shared/projection.h"
#include "tests/model/generator.h"
#include "tests/model/model.h"

namespace duebook::model {

// What was held against the model and found to agree.
struct Compared {
  std::map<std::string, int> recorded;     // events of each type in the log
  std::map<RejectionCode, int> refused;    // commands by the code that the ledger gave
  std::map<std::string, int> report_rows;  // by report; by what the rows of some of them say, too
};

class Simulation {
 public:
  // A new ledger in `folder`.
  explicit Simulation(const std::filesystem::path& folder);
  // An open ledger, and what should be in it: to be compared only.
  Simulation(std::unique_ptr<Ledger> ledger, Model model);

  // Does all steps. The first disagreement of ledger and model, or nothing.
  std::optional<std::string> Run(const std::vector<Step>& steps);
  // Compares all figures at a cut, and checks that it is a valid state of the books.
  std::optional<std::string> CompareAt(const Cut& cut) const;
  // The same of what tells a story: trails, a statement from the day of `other`, the differences between the two cuts;
  // and whether replay equals increment at this cut.
  std::optional<std::string> CompareStoriesAt(const Cut& cut, const Cut& other) const;
  // Compares the stored events with those of the model, and the books with what follows from them.
  std::optional<std::string> CompareLog() const;
  // Reopens the ledger, and checks that what is derived reaches near its end and is what its events make.
  std::optional<std::string> CompareFolds();

  const Model& model() const { return model_; }
  const Compared& compared() const { return compared_; }

 private:
  std::optional<std::string> RecordTogether(const std::vector<const Step*>& steps);
  std::optional<std::string> Reopen();
  Report RunReport(std::string_view name, const ReportRequest& request) const;
  ReportRequest RequestAt(const Cut& cut) const;
  // Folds what was recorded since the last time.
  std::optional<std::string> Extend();

  std::optional<std::string> CheckSafety(const Cut& cut) const;
  std::optional<std::string> CompareBalance(const Cut& cut, const std::vector<std::string>& customers) const;
  std::optional<std::string> CompareAging(const Cut& cut, const AgingOptions& options) const;
  std::optional<std::string> CompareBySalesperson(const Cut& cut) const;
  // Of the customers whose balance is above zero, or of all.
  std::optional<std::string> CompareByRegion(const Cut& cut, bool above_zero) const;
  std::optional<std::string> CompareOpenItems(const Cut& cut, Basis basis) const;
  std::optional<std::string> CompareUnapplied(const Cut& cut) const;
  std::optional<std::string> CompareDisputes(const Cut& cut) const;
  std::optional<std::string> CompareShipments(const Cut& cut, Date test_day, bool all) const;
  std::optional<std::string> ComparePromises(const Cut& cut, int grace_days) const;
  std::optional<std::string> CompareWriteOffs(const Cut& cut) const;
  std::optional<std::string> CompareRoles(const Cut& cut) const;
  // comparison_of_collecting.cc
  std::optional<std::string> CompareCollectingAt(const Cut& cut, Date other) const;
  std::optional<std::string> CompareInterest(const Cut& cut) const;
  std::optional<std::string> CompareDifferences(const Cut& cut) const;
  std::optional<std::string> ComparePromiseRates(const Cut& cut, Date from, Date to, const std::string& by) const;
  std::optional<std::string> CompareContacts(const Cut& cut) const;
  // `ahead`: days before a promise is due.
  std::optional<std::string> CompareWorklist(const Cut& cut, int ahead) const;
  std::optional<std::string> CompareSuggestions(const Cut& cut, const std::string& order) const;
  std::optional<std::string> CompareReminders(const Cut& cut) const;
  // What a scorecard looks at.
  std::optional<std::string> CompareFactors(const Cut& cut, const std::string& customer, int months) const;
  // comparison_of_credit.cc
  std::optional<std::string> CompareCredit(const Cut& cut) const;
  std::optional<std::string> CompareOverrides(const Cut& cut) const;
  std::optional<std::string> CompareBills(const Cut& cut) const;
  std::optional<std::string> CompareReceipts(const Cut& cut, Date first) const;
  std::optional<std::string> ComparePapers(const Cut& cut, const PaperOptions& options) const;
  // explanations.cc
  std::optional<std::string> CompareExplanations(const Cut& earlier, const Cut& later) const;
  std::optional<std::string> CompareExplainedBalances(const Cut& earlier, const Cut& later) const;
  std::optional<std::string> CompareExplainedAging(const Cut& earlier, const Cut& later,
                                                   const AgingOptions& options) const;
  // What rows that are summed by something add up to, in each report, against the report's totals.
  std::optional<std::string> CompareGroups(const Cut& earlier, const Cut& later) const;
  // stories.cc
  std::optional<std::string> CompareReplay(const Cut& cut) const;
  std::optional<std::string> CompareTrail(const Cut& cut, const Fact& subject) const;
  std::optional<std::string> CompareStatement(const Cut& cut, const std::string& customer, Date first) const;

  std::filesystem::path folder_;
  Model model_;
  std::unique_ptr<Ledger> ledger_;
  std::shared_ptr<GrowingHistory> history_ = std::make_shared<GrowingHistory>();  // extended step by step
  mutable Compared compared_;
  std::shared_ptr<int64_t> clock_ = std::make_shared<int64_t>(1'700'000'000'000'000);
};

// The command that stands for `fact`. `log`: where a request that an approval names is to be found.
Command ToCommand(const Fact& fact, const Model& model, const EventLog& log);

// What a simulation compares: what becomes of each command, which is cheap, or all figures as well.
enum class Comparing { kOutcomes, kFigures };

// A fresh simulation of the steps, with cuts drawn from `seed`. What went wrong, or nothing. Adds to `compared` what
// was compared, unless it is null.
std::optional<std::string> Simulate(const std::vector<Step>& steps, uint64_t seed, Comparing what,
                                    Compared* compared = nullptr);

// The fewest of the steps with which something still goes wrong: steps are left out as long as that is so.
std::vector<Step> Shrink(std::vector<Step> steps, uint64_t seed, Comparing what);

}  // namespace duebook::model
