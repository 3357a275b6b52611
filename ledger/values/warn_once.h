// Warnings that a process gives once for each thing that they are about: some commands open a ledger several times.

#pragma once

#include <string>
#include <string_view>

namespace duebook {

// Logs the warning, unless one was logged under this key before. Safe to call from many threads at once.
void WarnOnce(const std::string& key, std::string_view warning);

}  // namespace duebook
