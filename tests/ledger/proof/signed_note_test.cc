// Keys, signed notes and checkpoints, held against the examples of other programs.

#include "ledger/proof/signed_note.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "ledger/proof/checkpoint.h"
#include "ledger/values/base64.h"
#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

using testing::HasSubstr;

// The example in the documentation of Go's golang.org/x/mod/sumdb/note.
constexpr std::string_view kPublic = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kPrivate = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view kText =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
constexpr std::string_view kNote =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

TEST(SigningKey, ReadsAndSignsAsOtherProgramsDo) {
  const auto key = SigningKey::Parse(kPrivate);
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->public_key().ToString(), kPublic);
  EXPECT_EQ(SignNote(kText, *key), kNote);
}

TEST(SigningKey, KeysThatAreNotAsWrittenAreNone) {
  const std::string text(kPublic);
  EXPECT_TRUE(PublicKey::Parse(text).has_value());
  for (const std::string& other :
       {text + "A", text.substr(1), "P" + text, text.substr(0, text.size() - 4), std::string(kPrivate), std::string(),
        std::string("PeterNeumann"), std::string("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
        std::string("PeterNeumann+c74f20a3+AhpcZQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")}) {
    EXPECT_FALSE(PublicKey::Parse(other).has_value()) << other;
  }
  EXPECT_FALSE(SigningKey::Parse(kPublic).has_value());
  EXPECT_FALSE(SigningKey::Parse(std::string(kPrivate) + "x").has_value());
}

TEST(SigningKey, NamesHoldNoSpaceAndNoPlus) {
  EXPECT_EQ(ToKeyName("Acme Trading + Sons"), "Acme-Trading---Sons");
  EXPECT_EQ(ToKeyName("晨光\u3000贸易"), "晨光-贸易");
  EXPECT_EQ(ToKeyName("a\tb\nc\xff"), "a-b-c-");
  EXPECT_TRUE(IsKeyName("晨光贸易/0123"));
  EXPECT_FALSE(IsKeyName(""));
  EXPECT_FALSE(IsKeyName("a b"));
}

TEST(SigningKey, IsKeptInAFileThatOnlyItsOwnerReadsAndNeverReplaced) {
  const TemporaryFolder folder;
  const auto path = folder / "key";
  EXPECT_EQ(SigningKey::ReadFile(path).error().code, ErrorCode::kNotFound);
  const SigningKey key = SigningKey::Generate("Acme/1");
  ASSERT_TRUE(key.WriteNewFile(path).ok());
  struct stat attributes {};
  ASSERT_EQ(::stat(path.c_str(), &attributes), 0);
  EXPECT_EQ(attributes.st_mode & 0777, 0600);
  const auto read = SigningKey::ReadFile(path);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->public_key(), key.public_key());
  EXPECT_TRUE(key.public_key().Verify("text", read->Sign("text")));
  EXPECT_EQ(key.WriteNewFile(path).error().code, ErrorCode::kAlreadyExists);
  EXPECT_EQ(SigningKey::ReadFile(folder / "").error().code, ErrorCode::kUnavailable);
  std::ofstream(folder / "other") << "no key\n";
  EXPECT_THAT(SigningKey::ReadFile(folder / "other").error().sentence, HasSubstr("does not hold a private key"));
}

TEST(SigningKey, NoTwoAreTheSame) {
  EXPECT_NE(SigningKey::Generate("a").public_key(), SigningKey::Generate("a").public_key());
}

TEST(SignedNote, IsReadBackAndHeldAgainstItsKey) {
  const auto note = ParseSignedNote(kNote);
  ASSERT_TRUE(note.ok());
  EXPECT_EQ(note->text, kText);
  const auto key = PublicKey::Parse(kPublic);
  EXPECT_TRUE(IsSignedBy(*note, *key));
  EXPECT_FALSE(IsSignedBy(*note, SigningKey::Generate("PeterNeumann").public_key()));
}

TEST(SignedNote, EverySingleFlippedBitIsSeen) {
  const auto key = PublicKey::Parse(kPublic);
  for (size_t bit = 0; bit < kNote.size() * 8; bit++) {
    std::string bytes(kNote);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    const auto note = ParseSignedNote(bytes);
    EXPECT_FALSE(note.ok() && IsSignedBy(*note, *key)) << "bit " << bit;
  }
}

TEST(SignedNote, MayHaveFurtherSignatures) {
  const SigningKey other = SigningKey::Generate("witness");
  std::string bytes(kNote);
  const std::string by_other = SignNote(kText, other);
  bytes += by_other.substr(by_other.rfind("\n\n") + 2);
  const auto note = ParseSignedNote(bytes);
  ASSERT_TRUE(note.ok());
  EXPECT_EQ(note->signatures.size(), 2U);
  EXPECT_TRUE(IsSignedBy(*note, *PublicKey::Parse(kPublic)));
  EXPECT_TRUE(IsSignedBy(*note, other.public_key()));
}

TEST(SignedNote, BytesThatAreNoneAreRefusedWithTheReason) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "no empty line"},
      {"text\n", "no empty line"},
      {"text\n\n", "no signature"},
      {"text\n\n\u2014 a AAAAAAAA", "no empty line"},
      {"text\n\nsigned\n", "line 3 is no signature"},
      {"text\n\n\u2014 a b\n", "line 3 is no signature"},
      {"text\n\n\u2014 a AAAA\n", "line 3 is no signature"},
      {"te\rxt\n\n\u2014 a AAAAAAAA\n", "control characters"},
      {"te\xfft\n\n\u2014 a AAAAAAAA\n", "not UTF-8"},
      {std::string(kMaxNoteBytes + 1, 'x'), "longer than"},
  };
  for (const auto& [bytes, why] : cases) {
    const auto note = ParseSignedNote(bytes);
    ASSERT_FALSE(note.ok()) << bytes.substr(0, 100);
    EXPECT_THAT(note.error().sentence, HasSubstr(why));
  }
}

// --- checkpoints ---

const LedgerIdentity kIdentity{"Acme Trading", *Currency::Parse("CNY"), "0123", Time{1}, ""};

TEST(Checkpoint, HasTheLinesThatPublicToolsRead) {
  const SigningKey key = SigningKey::Generate(OriginOf(kIdentity));
  const Checkpoint checkpoint{OriginOf(kIdentity), 12345, Sha256("")};
  const std::string note = SignCheckpoint(checkpoint, key);
  EXPECT_THAT(note, testing::StartsWith("Acme-Trading/0123\n12345\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
                                        "\u2014 Acme-Trading/0123 "));
  const auto read = ReadCheckpoint(note, KeyChain("0123", key.public_key()));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->checkpoint, checkpoint);
  EXPECT_EQ(ReadCheckpoint(note, KeyChain("0123", SigningKey::Generate("x").public_key())).error().code,
            ErrorCode::kDamaged);
}

TEST(Checkpoint, TextsThatAreNoneAreRefusedWithTheReason) {
  const std::string root = ToBase64(std::string(32, 'x'));
  const std::pair<std::string, std::string> cases[] = {
      {"", "the origin"},
      {"\n1\n" + root + "\n", "the origin"},
      {"o\n", "no number"},
      {"o\n01\n" + root + "\n", "no number"},
      {"o\n-1\n" + root + "\n", "no number"},
      {"o\n18446744073709551616\n" + root + "\n", "no number"},
      {"o\n1\n" + root, "no hash"},
      {"o\n1\nAAAA\n", "no hash"},
      {"o\n1\n" + root.substr(0, root.size() - 1) + "\n", "no hash"},
  };
  for (const auto& [text, why] : cases) {
    const auto checkpoint = ParseCheckpointText(text);
    ASSERT_FALSE(checkpoint.ok()) << text;
    EXPECT_THAT(checkpoint.error().sentence, HasSubstr(why));
  }
  EXPECT_TRUE(ParseCheckpointText("o\n1\n" + root + "\nextension\n").ok());
}

TEST(Base64, IsThatOfTheStandardAndNothingElse) {
  const std::pair<std::string, std::string> cases[] = {{"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
                                                       {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : cases) {
    EXPECT_EQ(ToBase64(bytes), text);
    EXPECT_EQ(FromBase64(text), bytes);
  }
  for (const char* text : {"Z", "Zg", "Zg=", "Zh==", "Zm9v\n", "Zm 9v", "Zm9v=", "_m9v"}) {
    EXPECT_FALSE(FromBase64(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace duebook
