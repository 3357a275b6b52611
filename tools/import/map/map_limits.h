// How many columns a map may name: what is large in a map is multiplied by rows.

#pragma once

#include <cstddef>

namespace duebook {

// Different columns that a map names, and columns in one text.
inline constexpr size_t kMaxMapColumns = 1'000;
inline constexpr size_t kMaxTemplateColumns = 100;
// Look-ups that need each other in turn.
inline constexpr size_t kMaxMapDepth = 16;

}  // namespace duebook
