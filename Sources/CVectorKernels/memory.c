#include <stdint.h>
#include <sys/mman.h>

#include "cvk_memory.h"

enum { HUGE_PAGE = 2 << 20 };

void *cvk_memory_map(size_t bytes) {
    size_t alignment = HUGE_PAGE;
    if (bytes > SIZE_MAX - alignment) return NULL;
    char *raw = mmap(NULL, bytes + alignment, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (raw == MAP_FAILED) return NULL;
    char *start = raw + (-(uintptr_t)raw & (alignment - 1));
    if (start > raw) munmap(raw, (size_t)(start - raw));
    munmap(start + bytes + (-bytes & 4095), alignment - (size_t)(start - raw) - (-bytes & 4095));
#ifdef MADV_HUGEPAGE
    madvise(start, bytes, MADV_HUGEPAGE);
#endif
    return start;
}

void cvk_memory_unmap(void *memory, size_t bytes) { munmap(memory, bytes); }
