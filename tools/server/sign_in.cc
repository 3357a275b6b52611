#include "tools/server/sign_in.h"

#include <sodium.h>

#include <array>

#include "ledger/values/check.h"
#include "ledger/values/hash.h"

namespace duebook {

namespace {

constexpr size_t kTokenBytes = 32;
// Without what is taken for something else when it is read off and typed.
constexpr std::string_view kCodeSigns = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
constexpr size_t kSignsAHalf = 4;

void StartSodium() { CHECK(sodium_init() >= 0); }

std::string RandomToken() {
  StartSodium();
  Hash random{};
  static_assert(sizeof random == kTokenBytes);
  randombytes_buf(random.data(), random.size());
  return ToHex(random);
}

std::string HashOf(std::string_view token) { return ToHex(Sha256(token)); }

}  // namespace

SignIns::SignIns(std::string user, const ServerLimits& limits, Clock clock)
    : user_(std::move(user)), limits_(limits), clock_(std::move(clock)) {}

std::string SignIns::NewCode() {
  StartSodium();
  code_.clear();
  for (size_t i = 0; i < 2 * kSignsAHalf; i++) {
    if (i == kSignsAHalf) code_ += '-';
    code_ += kCodeSigns[randombytes_uniform(static_cast<uint32_t>(kCodeSigns.size()))];
  }
  return code_;
}

bool SignIns::MayTry(const std::string& address) {
  const auto now = clock_();
  std::erase_if(tries_, [&](const auto& entry) { return entry.second.IsOver(now); });
  return tries_[address].Allows(limits_.sign_ins_a_minute, now);
}

std::optional<std::string> SignIns::SignIn(std::string_view code) {
  DropOver();
  // How long it takes says nothing of how much of it is right.
  const bool is_right =
      !code_.empty() && code.size() == code_.size() && sodium_memcmp(code.data(), code_.data(), code_.size()) == 0;
  if (!is_right) return std::nullopt;
  code_.clear();
  std::string token = RandomToken();
  const auto now = clock_();
  sessions_[HashOf(token)] = {user_, RandomToken(), {}, now, now};
  return token;
}

SignedIn* SignIns::Find(std::string_view token) {
  DropOver();
  const auto found = sessions_.find(HashOf(token));
  if (found == sessions_.end()) return nullptr;
  found->second.last_used = clock_();
  return &found->second;
}

void SignIns::SignOut(std::string_view token) { sessions_.erase(HashOf(token)); }

void SignIns::DropOver() {
  const auto now = clock_();
  std::erase_if(sessions_, [&](const auto& entry) {
    const SignedIn& session = entry.second;
    return now - session.last_used >= limits_.session_idle || now - session.began >= limits_.session_life;
  });
}

}  // namespace duebook
