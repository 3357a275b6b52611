// Checkpoints and proofs as an auditor meets them: made by the program, checked by it without the ledger, and checked
// by tools that are not ours.

#include "tests/tools/program_fixture.h"
#include "tools/proof/proof_file.h"

namespace duebook {
namespace {

using testing::HasSubstr;

constexpr const char* kPublicKey = "$(duebook info | sed -n 's/^public_key *//p')";

class ProofTest : public ProgramTest {
 protected:
  ProofTest() {
    Print("duebook init ledger --company '华东 Trading+Söhne' --currency CNY");
    Write("given.jsonl", SmallCompany());
    Print("duebook import given.jsonl");
  }

  ShellResult Outside(const std::string& proof, const std::string& key = kPublicKey) {
    return Run(std::string("python3 " DUEBOOK_SOURCE_DIR "/tests/tools/outside/check_proof.py ") + proof + " \"" + key +
               "\"");
  }
  std::string PublicKeyNow() { return Print(std::string("printf %s \"") + kPublicKey + "\""); }
};

TEST_F(ProofTest, EveryEventIsProvedToToolsThatAreNotOurs) {
  for (int seq = 1; seq <= 12; seq++) {
    Print("duebook prove " + std::to_string(seq) + " --output proof");
    const ShellResult outside = Outside("proof");
    EXPECT_EQ(outside.out, "proved 1\n") << outside.err;
  }
}

TEST_F(ProofTest, ADocumentIsProvedWithAllItsEventsAfterTheLedgerGrew) {
  Print("duebook prove I-1 --output proof");
  Print("duebook record PaymentReceived date=2025-03-01 customer=C-1 payment=P-2 amount=5.00");
  EXPECT_EQ(Outside("proof").out, "proved 4\n");
  EXPECT_THAT(Print(std::string("duebook prove --check proof --key \"") + kPublicKey + "\""),
              HasSubstr("Invoice I-1 of 1000.00 CNY issued"));
}

TEST_F(ProofTest, AnEventWithoutAnActorSaysSo) {
  Print(
      "duebook record NoteAdded date=2025-03-01 text=x; duebook prove 13 --output proof; duebook prove 4 --output "
      "named");
  const std::string check = std::string(" --key \"") + kPublicKey + "\"";
  EXPECT_THAT(Print("duebook prove --check proof" + check), HasSubstr("Z, without an actor: "));
  EXPECT_THAT(Print("duebook prove --check named" + check), HasSubstr("Z by ann: "));
}

TEST_F(ProofTest, ToolsThatAreNotOursSeeWhatWasChanged) {
  Print("duebook prove 4 --output proof");
  for (const std::string change :
       {"s/\"leaf_index\":3/\"leaf_index\":2/",
        // Hashes and times differ from run to run: a letter that is z already becomes y.
        "s/\"path\":\\[\"[^z]/\"path\":[\"z/;t;s/\"path\":\\[\"z/\"path\":[\"y/",
        "s/\"bytes\":\"\\(.\\{40\\}\\)[^z]/\"bytes\":\"\\1z/;t;s/\"bytes\":\"\\(.\\{40\\}\\)z/\"bytes\":\"\\1y/",
        "s/\\\\n12\\\\n/\\\\n11\\\\n/"}) {
    EXPECT_EQ(Print("cp proof changed; sed -i '" + change + "' changed; cmp -s proof changed || echo changed"),
              "changed\n")
        << change;
    EXPECT_NE(Outside("changed").status, 0) << change;
    EXPECT_EQ(Run(std::string("duebook prove --check changed --key \"") + kPublicKey + "\"").status, 1) << change;
  }
}

TEST_F(ProofTest, EverySingleFlippedBitIsSeen) {
  Print("duebook prove 9 --output proof");
  const std::string proof = Read("proof");
  std::string key_text = Print(std::string("printf %s \"") + kPublicKey + "\"");
  const auto key = PublicKey::Parse(key_text);
  ASSERT_TRUE(key.has_value());
  ASSERT_TRUE(CheckProofFile(proof, *key).ok());
  for (size_t bit = 0; bit < (proof.size() - 1) * 8; bit++) {
    std::string flipped = proof;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(CheckProofFile(flipped, *key).ok()) << "bit " << bit << " in " << proof.substr(bit / 8, 20);
  }
}

TEST_F(ProofTest, IsFollowedFromEveryKeyOfTheLedger) {
  const std::string first = PublicKeyNow();
  Print("duebook prove 9 --output before && duebook key rotate --date 2025-03-01");
  const std::string second = PublicKeyNow();
  Print("duebook key rotate --date 2025-03-01");
  Print("duebook prove 9 --output proof");
  for (const std::string& key : {first, second, PublicKeyNow()}) {
    EXPECT_EQ(Outside("proof", key).out, "proved 1\n");
    EXPECT_EQ(Run("duebook prove --check proof --key '" + key + "'").status, 0);
  }
  EXPECT_EQ(Outside("before", first).out, "proved 1\n");
  EXPECT_NE(Outside("before", second).status, 0);
  EXPECT_EQ(Run("duebook prove --check before --key '" + second + "'").status, 1);
  Print("rm ledger/key && duebook key lost --date 2025-03-01 --reason lost && duebook prove 9 --output after");
  for (const std::string& key : {first, second}) {
    EXPECT_NE(Outside("after", key).status, 0);
    EXPECT_EQ(Run("duebook prove --check after --key '" + key + "'").status, 1);
  }
  EXPECT_EQ(Outside("after").out, "proved 1\n");
  EXPECT_THAT(Print(std::string("duebook prove --check after --key \"") + kPublicKey + "\""),
              HasSubstr("event 15 of 2025-03-01 put"));
}

TEST_F(ProofTest, FlippedBitsInTheChangesOfTheKeyAreSeen) {
  const auto first = PublicKey::Parse(PublicKeyNow());
  Print("duebook key rotate --date 2025-03-01 && duebook prove 9 --output proof");
  const auto second = PublicKey::Parse(PublicKeyNow());
  const std::string proof = Read("proof");
  const size_t begin = proof.find("\"keys\"");
  const size_t end = proof.find("\"events\"");
  ASSERT_TRUE(first.has_value() && second.has_value() && begin < end && end < proof.size());
  ASSERT_TRUE(CheckProofFile(proof, *first).ok() && CheckProofFile(proof, *second).ok());
  for (size_t bit = begin * 8; bit < end * 8; bit += 3) {
    std::string flipped = proof;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(CheckProofFile(flipped, *first).ok()) << "bit " << bit << " in " << proof.substr(bit / 8, 20);
    EXPECT_FALSE(CheckProofFile(flipped, *second).ok()) << "bit " << bit << " in " << proof.substr(bit / 8, 20);
  }
}

TEST_F(ProofTest, WithoutTheChangesOfTheKeyOnlyTheLastOneChecksIt) {
  const std::string first = PublicKeyNow();
  Print("duebook key rotate --date 2025-03-01");
  Print(
      "duebook prove 9 | python3 -c 'import json, sys; proof = json.load(sys.stdin); del proof[\"keys\"]; "
      "print(json.dumps(proof))' >proof");
  EXPECT_EQ(Run(std::string("duebook prove --check proof --key \"") + kPublicKey + "\"").status, 0);
  const ShellResult checked = Run("duebook prove --check proof --key '" + first + "'");
  EXPECT_EQ(checked.status, 1);
  EXPECT_THAT(checked.err, HasSubstr("is not signed by"));
}

TEST_F(ProofTest, ReadableFormThatTheBytesDoNotSayIsRefused) {
  Print("duebook prove 4 --output proof && sed -i 's/1000.00/9000.00/' proof");
  const ShellResult checked = Run(std::string("duebook prove --check proof --key \"") + kPublicKey + "\"");
  EXPECT_EQ(checked.status, 1);
  EXPECT_THAT(checked.err, HasSubstr("events[0]: what it shows as the event is not what the event's bytes say"));
  // Outside tools cannot read the bytes, but white space does not disturb ours.
  Print("duebook prove 4 | python3 -m json.tool --no-ensure-ascii > proof");
  EXPECT_EQ(Run(std::string("duebook prove --check proof --key \"") + kPublicKey + "\"").status, 0);
}

TEST_F(ProofTest, AFileThatIsNoneIsRefusedWithTheReason) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "it is not one JSON object"},
      {"[]", "it is not one JSON object"},
      {"{}", "format is not"},
      {R"({"format":"duebook proof 2"})", "format is not"},
      {R"({"format":"duebook proof 1"})", "company is no text"},
      {R"({"format":"duebook proof 1","more":1})", "it has a member \"more\" that this program does not know"},
      {R"({"format":"duebook proof 1","company":"A","checkpoint":"","keys":1,"events":[1]})", "keys is no list"},
      {R"({"format":"duebook proof 1","company":"A"})", "checkpoint is no text"},
      {R"({"format":"duebook proof 1","company":"A","checkpoint":""})", "events is no list"},
      {R"({"format":"duebook proof 1","company":"A","checkpoint":"","events":[]})", "events is no list"},
      {R"({"format":"duebook proof 1","company":"A","checkpoint":"","events":[1]})", "no signed note"},
  };
  for (const auto& [text, why] : cases) {
    Write("proof", text);
    const ShellResult checked = Run(std::string("duebook prove --check proof --key \"") + kPublicKey + "\"");
    EXPECT_EQ(checked.status, 1) << text;
    EXPECT_THAT(checked.err, HasSubstr(why));
  }
}

TEST_F(ProofTest, WithoutTheKeyNothingIsSigned) {
  Print("mv ledger/key elsewhere");
  const ShellResult without = Run("duebook checkpoint");
  EXPECT_EQ(without.status, 3);
  EXPECT_THAT(without.err, HasSubstr("if it is kept elsewhere, name it with --key-file"));
  Print("duebook checkpoint --key-file elsewhere --output note && duebook checkpoint --check note");
  Print("duebook prove 1 --key-file elsewhere --output proof");
  EXPECT_EQ(Outside("proof").out, "proved 1\n");
}

TEST_F(ProofTest, AKeyCanBeGivenWhenTheLedgerIsMade) {
  Print("mv ledger/key elsewhere");
  Print("duebook init other --company Other --currency CNY --key-file elsewhere && test ! -e other/key");
  EXPECT_EQ(Print("duebook --ledger other info | grep public_key"), Print("duebook info | grep public_key"));
  const ShellResult missing = Run("duebook init third --company Third --currency CNY --key-file nowhere");
  EXPECT_EQ(missing.status, 2);
  EXPECT_THAT(missing.err, HasSubstr("cannot read the key file nowhere"));
  EXPECT_EQ(Run("test -e third").status, 1);
}

}  // namespace
}  // namespace duebook
