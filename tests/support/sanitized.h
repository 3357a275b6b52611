// Whether the program under test was built with AddressSanitizer or ThreadSanitizer: it then takes terabytes of address
// space, opens files of its own, and wants to be loaded before any other library.

#pragma once

namespace duebook {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace duebook
