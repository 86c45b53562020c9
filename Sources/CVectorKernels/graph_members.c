#include "graph_internal.h"

void cvk_graph_members(const cvk_graph *g, uint32_t limit, uint64_t *out) {
    for (uint32_t first = 0; first < limit; first += 64) {
        segment *holder = segment_of(g, first);
        uint64_t word = 0;
        if (holder != NULL)
            word = atomic_load_explicit(&holder->members[(first & (SEGMENT_NODES - 1)) >> 6], memory_order_acquire);
        if (limit - first < 64) word &= ((uint64_t)1 << (limit - first)) - 1;
        *out++ = word;
    }
}
