#include <stdlib.h>
#include <string.h>

#include "graph_internal.h"

static void keep_nearest(cvk_context *c, const cvk_space *s, const float *query, size_t count, size_t k) {
    exact_distances(s, query, c->batch, count, c->distances);
    c->visited += count;
    for (size_t i = 0; i < count; i++) {
        if (c->pool_count == k) {
            if (!(c->distances[i] < c->pool[k - 1].distance)) continue;
            c->pool_count--;
        }
        pool_insert(c, c->distances[i], c->batch[i]);
    }
}

int64_t cvk_graph_scan(const cvk_graph *g, const cvk_space *s, cvk_context *c, const float *query, size_t k,
                       cvk_filter filter, cvk_neighbour *out) {
    enum { BATCH = 64 };
    uint32_t end = atomic_load(&g->end);
    if (end > s->limit) end = s->limit;
    cvk_status status = context_prepare(c, g, 0, k < end ? k : end);
    if (status != CVK_OK) return status;
    if (k == 0) return 0;
    size_t pending = 0;
    for (uint32_t first = 0; first < end; first += 64) {
        segment *holder = segment_of(g, first);
        if (holder == NULL || (filter.words != NULL && first / 64 >= filter.word_count)) continue;
        uint32_t index = (first & (SEGMENT_NODES - 1)) >> 6;
        uint64_t word = atomic_load_explicit(&holder->members[index], memory_order_acquire);
        if (filter.words != NULL) word &= filter.words[first / 64];
        for (; word != 0; word &= word - 1) {
            uint32_t node = first + (uint32_t)__builtin_ctzll(word);
            if (node >= end) break;
            c->batch[pending++] = node;
            if (pending == BATCH) {
                keep_nearest(c, s, query, pending, k);
                pending = 0;
            }
        }
    }
    keep_nearest(c, s, query, pending, k);
    memcpy(out, c->pool, c->pool_count * sizeof *out);
    return (int64_t)c->pool_count;
}

static int nearer_or_lower(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    int order = (x->distance > y->distance) - (x->distance < y->distance);
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

int64_t cvk_rank_exactly(const cvk_space *s, cvk_context *c, const float *query, const uint32_t *nodes, size_t count,
                         size_t k, cvk_neighbour *out) {
    if (!context_reserve_batch(c, count)) return CVK_OUT_OF_MEMORY;
    exact_distances(s, query, nodes, count, c->distances);
    for (size_t i = 0; i < count; i++) c->ranked[i] = (candidate){c->distances[i], nodes[i]};
    qsort(c->ranked, count, sizeof *c->ranked, nearer_or_lower);
    if (k > count) k = count;
    memcpy(out, c->ranked, k * sizeof *out);
    return (int64_t)k;
}
