#ifndef CM_SCRATCH_H
#define CM_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// At least `bytes` of memory that the calling thread keeps for its next call. NULL if there is none.
///
/// `kept` tells whether it still holds what was written since the thread's last call, which was for as many bytes and the
/// same `tag`; 0 is never the same.
void *cm_scratch(size_t bytes, uint64_t tag, bool *kept);

#endif
