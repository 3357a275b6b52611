#include "ledger/values/compression.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cstddef>
#include <memory>

#include "ledger/values/check.h"
#include "ledger/values/lack_of_memory.h"

namespace duebook {
namespace {

constexpr int kLevel = 1;

// Making them anew takes longer than compressing a few events.
struct Contexts {
  std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> compress{ZSTD_createCCtx(), ZSTD_freeCCtx};
  std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> decompress{ZSTD_createDCtx(), ZSTD_freeDCtx};
};
Contexts& OfThisThread() {
  static thread_local Contexts contexts;
  return contexts;
}

bool LacksMemory(size_t answer) { return ZSTD_getErrorCode(answer) == ZSTD_error_memory_allocation; }

}  // namespace

std::string Compress(std::string_view bytes) {
  static thread_local std::string room;  // for the worst case, which is far more than what comes of it
  room.resize(std::max(room.size(), ZSTD_compressBound(bytes.size())));
  ZSTD_CCtx* context = OfThisThread().compress.get();
  if (context == nullptr) EndForLackOfMemory();
  const size_t size = ZSTD_compressCCtx(context, room.data(), room.size(), bytes.data(), bytes.size(), kLevel);
  if (LacksMemory(size)) EndForLackOfMemory();
  CHECK(ZSTD_isError(size) == 0);
  return room.substr(0, size);
}

std::optional<size_t> DecompressedSize(std::string_view compressed) {
  const auto size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) return std::nullopt;
  return size;
}

bool Decompress(std::string_view compressed, void* bytes, size_t count) {
  ZSTD_DCtx* context = OfThisThread().decompress.get();
  if (context == nullptr) EndForLackOfMemory();
  const size_t size = ZSTD_decompressDCtx(context, bytes, count, compressed.data(), compressed.size());
  if (LacksMemory(size)) EndForLackOfMemory();
  return size == count;
}

}  // namespace duebook
