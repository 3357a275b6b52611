// Compression of what is stored in bulk: zstd, at its fastest ordinary level, a third of the time of its default for a
// twentieth more bytes.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace duebook {

// Safe to call from many threads at once, as all here. Each thread keeps its working memory.
std::string Compress(std::string_view bytes);

// How many bytes were compressed, by what `compressed` says of itself; nothing if it was not made by Compress.
std::optional<size_t> DecompressedSize(std::string_view compressed);

// Fills `bytes`. False if these are not all that was compressed, or the compressed bytes were changed so that it shows.
bool Decompress(std::string_view compressed, void* bytes, size_t count);

}  // namespace duebook
