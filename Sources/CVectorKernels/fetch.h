// Asking memory for what is wanted soon.
#ifndef FETCH_H
#define FETCH_H

#include <stddef.h>

/// Asks for the line of `address`, for the second level of the cache. Walks have tens of lines under way, more than the
/// first level can wait for: asking it for one more stalls until another has come. Searches of sealed parts are 1.5 times as
/// fast this way (Zen 4).
static inline void fetch_line(const void *address) { __builtin_prefetch(address, 0, 2); }

static inline void fetch_lines(const void *address, size_t bytes) {
    for (size_t offset = 0; offset < bytes; offset += 64) fetch_line((const char *)address + offset);
}

#endif
