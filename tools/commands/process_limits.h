// What the operating system allows the process.

#pragma once

namespace duebook {

// Takes as many open files as may be had. From now on, when memory or threads run out, or a mapped file does, that is
// said before the process ends, at once: what was acknowledged is durable, and nothing else may be.
void PrepareForLimits();

}  // namespace duebook
