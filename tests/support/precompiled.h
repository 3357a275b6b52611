// What nearly every test includes, compiled once for all of them. It saves time only: each source includes what it
// uses, which clang-tidy sees, since it reads them without this.

#pragma once

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "ledger/ledger.h"
#include "tests/support/test_ledger.h"
