#include <math.h>

#include "graph_internal.h"

enum { GROUP = 32 };

/// What is known while members are compared one after the other.
typedef struct {
    const cvk_graph *graph;
    cvk_context *context;
    code query;
    /// Nodes of the answer, and that are kept at least.
    size_t k, least;
    size_t pending;
} scan;

/// Lets go of what cannot be among the k nearest any more, by the errors of codes.
static void close_pool(const scan *s) {
    walk_pool *pool = &s->context->pool;
    if (pool->count < s->least) return;
    float kth = pool->distances[s->k - 1];
    code row = code_of(s->graph, POOL_NODE(pool->candidates[s->k - 1]));
    pool_close(pool, fmaxf(kth + graph_uncertainty(s->graph, s->query, row, kth), pool->distances[s->least - 1]));
}

/// Compares the first `count` nodes of the batch.
static void compare(scan *s, size_t count) {
    cvk_context *c = s->context;
    graph_distances(s->graph, s->query, c->batch, count, c->distances);
    c->visited += count;
    for (size_t i = 0; i < count; i++) {
        if (!(c->distances[i] < c->pool.worst)) continue;
        pool_place(&c->pool, c->distances[i], c->batch[i] | POOL_PASSES);
        close_pool(s);
    }
}

/// Of two groups that are under way, the first is compared when the second is there: its codes have come by then.
static void add(scan *s, uint32_t node) {
    uint32_t *batch = s->context->batch;
    batch[s->pending++] = node;
    graph_fetch_code(s->graph, node);
    if (s->pending < 2 * GROUP) return;
    compare(s, GROUP);
    memcpy(batch, batch + GROUP, GROUP * sizeof *batch);
    s->pending = GROUP;
}

int64_t cvk_graph_scan(const cvk_graph *g, cvk_context *c, const cvk_graph_request *request, uint32_t *out) {
    uint32_t end = cvk_graph_get_facts(g).end;
    cvk_status status = context_prepare(c, g, end);
    if (status != CVK_OK) return status;
    if (!context_reserve_batch(c, 2 * GROUP) || !pool_begin(&c->pool, pool_of(request->ef)))
        return CVK_OUT_OF_MEMORY;
    if (request->k == 0 || request->ef == 0) return 0;
    scan s = {.graph = g, .context = c, .query = graph_encode(g, c, request->components)};
    s.k = request->k < request->ef ? request->k : request->ef;
    s.least = request->least > s.k ? request->least : s.k;
    if (s.least > request->ef) s.least = request->ef;
    for (uint32_t first = 0; first < end; first += 64) {
        segment *holder = segment_of(g, first);
        if (holder == NULL) {
            // To the next.
            first |= SEGMENT_NODES - 64;
            continue;
        }
        uint32_t place = (first & (SEGMENT_NODES - 1)) >> 6;
        uint64_t word = atomic_load_explicit(&holder->coded[place], memory_order_acquire)
                        & atomic_load_explicit(&holder->members[place], memory_order_acquire);
        cvk_filter filter = request->filter;
        if (filter.words != NULL) word &= first / 64 < filter.word_count ? filter.words[first / 64] : 0;
        for (; word != 0; word &= word - 1) add(&s, first + (uint32_t)__builtin_ctzll(word));
    }
    compare(&s, s.pending);
    c->in_doubt = c->pool.count == request->ef && c->visited > request->ef;
    for (size_t i = 0; i < c->pool.count; i++) out[i] = POOL_NODE(c->pool.candidates[i]);
    return (int64_t)c->pool.count;
}
