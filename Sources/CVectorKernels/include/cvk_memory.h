#ifndef CVK_MEMORY_H
#define CVK_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Zeroed memory that begins where a huge page would, and if asked for is on such pages where the system has them. `bytes`
/// is above 0. NULL if there is none.
void *_Nullable cvk_memory_map(size_t bytes, bool on_huge_pages);
void cvk_memory_unmap(void *_Nonnull memory, size_t bytes);

#ifdef __cplusplus
}
#endif
#endif
