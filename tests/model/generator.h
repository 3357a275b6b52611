// Random commands, valid and invalid, over few customers, documents, people and days, so that they collide; and their
// form as records.

#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/model/model.h"

namespace duebook::model {

// One thing that happens to the ledger.
struct Step {
  enum class Kind { kCommand, kReopen } kind = Kind::kCommand;
  Fact command;
  bool joined = false;  // recorded in one call with the command before it
  bool atomic = false;  // the first of a call: all of it or nothing
};

class Generator {
 public:
  explicit Generator(uint64_t seed);

  std::vector<Step> Steps(int count);
  Cut RandomCut(const Model& model);
  bool Chance(int per_cent);

 private:
  template <class T>
  const T& Pick(const std::vector<T>& choices) {
    return choices[Below(choices.size())];
  }
  size_t Below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }

  Fact NextCommand(const Model& model);
  Fact Retry();
  std::string NumberFor(const Model& model, const std::string& type);
  // A document introduced by such a fact; now and then one that does not exist.
  // Usually of the partner's customer and currency.
  const Fact* PickDocument(const Model& model, const std::string& type, std::string* number,
                           const Fact* partner = nullptr);
  // A day for a command that refers to this document: usually not before it.
  Date PickDate(const Fact* document);
  Wide PickAmount(Wide limit);
  void Refer(const Model& model, Fact& command);
  // Applies again what was taken off an invoice, on the same day, to it or to another. False if nothing was.
  bool ApplyAgain(const Model& model, Fact& command);
  // What seldom comes by chance, about something that is there. False if there is nothing.
  bool Follow(const Model& model, Fact& command);
  // Reverses the payment that was just applied, often from a day before. False if none was.
  bool Bounce(const Model& model, Fact& command);
  void FillControl(Fact& command);
  void FillNote(const Model& model, Fact& command);
  void ChangeKey(const Model& model, Fact& command);
  void FillInvoice(Fact& command);
  // generator_of_collecting.cc. All of a command of these types; false if it is of another.
  bool FillCollecting(const Model& model, Fact& command);
  void NameInvoices(const Model& model, Fact& command, size_t most);
  void FillReminderPolicy(Fact& command);
  void FillInterest(const Model& model, Fact& command);
  void FillDifference(const Model& model, Fact& command);
  void PayInvoice(const Model& model, Fact& command);
  // What collecting adds to commands of other types.
  void AddToCollecting(const Model& model, Fact& command);

  // generator_of_credit.cc, generator_of_bills.cc. Likewise of credit, schedules, bills and papers.
  bool FillCredit(const Model& model, Fact& command);
  bool FillBill(const Model& model, Fact& command);
  void FillCreditPolicy(Fact& command);
  void FillCalendar(Fact& command);
  void FillSchedule(const Model& model, Fact& command);
  void FillPaper(const Model& model, Fact& command);
  void AddToShipment(const Model& model, Fact& command);
  void AddToPayment(const Model& model, Fact& command);
  std::string PickTerms();

  std::mt19937_64 random_;
  int next_id_ = 1;
  int imported_per_cent_ = 0;
  bool collecting_ = false;              // whether there are commands of collecting
  bool credit_ = false, bills_ = false;  // likewise of credit and schedules, and of bills and papers
  int huge_per_cent_ = 0;                // amounts near to the largest that there is
  std::vector<Date> days_;               // that facts are dated
  std::vector<Fact> given_;
};

// Types of collecting by how often they come.
const std::vector<std::pair<std::string, int>>& CollectingWeights();
const std::vector<std::pair<std::string, int>>& CreditWeights();
const std::vector<std::pair<std::string, int>>& BillWeights();

// The field that holds the number of the document that starts with a fact of this type; "" if none does.
std::string NumberField(const std::string& type);

// The id of every ledger that is held against the model, and the public half of its first key.
inline const std::string kLedgerId(32, '0');
std::string FirstPublicKey();

// The named values of a record, as cells. Amounts in the decimals of `currency`.
std::vector<std::pair<std::string, std::string>> ToCells(const Fact& fact, Currency currency);
// The same on one line, for people.
std::string ToLine(const Step& step);

}  // namespace duebook::model
