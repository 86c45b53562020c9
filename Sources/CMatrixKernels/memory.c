#define _GNU_SOURCE
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "CMatrixKernels.h"

// Weights are streamed from memory at every call: with 4 KiB pages, page walks cost more than the products.
static const size_t huge_page = 2u << 20;

void *cm_allocate(size_t bytes) {
    if (bytes > SIZE_MAX - huge_page) return NULL;
    size_t alignment = bytes >= huge_page ? huge_page : 64;
    bytes = (bytes + alignment - 1) / alignment * alignment;
    void *memory = aligned_alloc(alignment, bytes ? bytes : alignment);
    if (memory && alignment == huge_page) madvise(memory, bytes, MADV_HUGEPAGE);
    return memory;
}

void cm_release(void *memory) { free(memory); }

void cm_trim(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}
