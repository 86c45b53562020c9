#ifndef CM_SCRATCH_H
#define CM_SCRATCH_H

#include <stddef.h>

/// At least `bytes` of memory that the calling thread keeps for its next call. NULL if there is none.
void *cm_scratch(size_t bytes);

#endif
