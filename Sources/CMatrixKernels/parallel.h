#ifndef CM_PARALLEL_H
#define CM_PARALLEL_H

#include <stddef.h>

/// Runs `body(context, task)` for each task below `tasks`, on up to `threads` threads.
///
/// Neighbouring tasks mostly run on one thread, in order; a thread that the system delays does not hold up the others' work.
void cm_parallel(
    int threads, ptrdiff_t tasks, void (*body)(const void *context, ptrdiff_t task), const void *context);

#endif
