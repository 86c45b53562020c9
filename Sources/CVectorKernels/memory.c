#include <stdint.h>
#include <sys/mman.h>

#include "cvk_memory.h"

void *cvk_memory_map(size_t bytes, bool on_huge_pages) {
    const size_t alignment = (size_t)2 << 20;
    if (bytes > SIZE_MAX - alignment) return NULL;
    char *raw = mmap(NULL, bytes + alignment, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (raw == MAP_FAILED) return NULL;
    char *pages = raw + (-(uintptr_t)raw & (alignment - 1));
    char *end = pages + ((bytes + 4095) & ~(size_t)4095);
    if (pages > raw) munmap(raw, (size_t)(pages - raw));
    munmap(end, (size_t)(raw + bytes + alignment - end));
#ifdef MADV_HUGEPAGE
    if (on_huge_pages) madvise(pages, bytes, MADV_HUGEPAGE);
#else
    (void)on_huge_pages;
#endif
    return pages;
}

void cvk_memory_unmap(void *memory, size_t bytes) { munmap(memory, bytes); }
