#include "ledger/values/names.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace duebook {
namespace {

TEST(Names, StayAsTheyWereKeptWhateverComesLater) {
  NameStore store;
  std::vector<Name> names;
  names.reserve(20'000);
  for (int i = 0; i < 20'000; i++) names.push_back(store.Keep("INV-" + std::to_string(i)));
  for (int i = 0; i < 20'000; i++) EXPECT_EQ(names[i].text(), "INV-" + std::to_string(i));
}

TEST(Names, MayBeEmptyOrAsLongAsCanBe) {
  NameStore store;
  EXPECT_TRUE(Name().empty());
  EXPECT_TRUE(store.Keep("").empty());
  for (size_t length = 1; length <= Name::kMaxBytes; length++) {
    EXPECT_EQ(store.Keep(std::string(length, 'x')).text(), std::string(length, 'x'));
  }
  EXPECT_DEATH(store.Keep(std::string(Name::kMaxBytes + 1, 'x')), "");
}

TEST(Names, OutliveTheirStoreInOneThatAdoptsIt) {
  NameStore whole;
  const Name first = whole.Keep("first");
  Name second;
  {
    NameStore part;
    second = part.Keep("second");
    whole.Adopt(std::move(part));
  }
  const Name third = whole.Keep("third");
  EXPECT_EQ(first.text(), "first");
  EXPECT_EQ(second.text(), "second");
  EXPECT_EQ(third.text(), "third");
}

}  // namespace
}  // namespace duebook
