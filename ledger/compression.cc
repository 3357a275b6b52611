#include "ledger/compression.h"

#define ZSTD_STATIC_LINKING_ONLY  // for contexts with memory of our own
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <new>

#include "ledger/check.h"

namespace duebook {
namespace {

constexpr int kLevel = 1;

// By operator new, so that a lack of memory is handled, and said, as it is everywhere else.
constexpr ZSTD_customMem kMemory{[](void*, size_t bytes) { return ::operator new(bytes, std::nothrow); },
                                 [](void*, void* memory) { ::operator delete(memory); }, nullptr};

// Making them anew takes longer than compressing a few events.
struct Contexts {
  std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> compress{ZSTD_createCCtx_advanced(kMemory), ZSTD_freeCCtx};
  std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> decompress{ZSTD_createDCtx_advanced(kMemory), ZSTD_freeDCtx};
};
Contexts& OfThisThread() {
  static thread_local Contexts contexts;
  return contexts;
}

}  // namespace

std::string Compress(std::string_view bytes) {
  static thread_local std::string room;  // for the worst case, which is far more than what comes of it
  room.resize(std::max(room.size(), ZSTD_compressBound(bytes.size())));
  const size_t size =
      ZSTD_compressCCtx(OfThisThread().compress.get(), room.data(), room.size(), bytes.data(), bytes.size(), kLevel);
  CHECK(ZSTD_isError(size) == 0);
  return room.substr(0, size);
}

std::optional<size_t> DecompressedSize(std::string_view compressed) {
  const auto size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) return std::nullopt;
  return size;
}

bool Decompress(std::string_view compressed, void* bytes, size_t count) {
  return ZSTD_decompressDCtx(OfThisThread().decompress.get(), bytes, count, compressed.data(), compressed.size()) ==
         count;
}

}  // namespace duebook
