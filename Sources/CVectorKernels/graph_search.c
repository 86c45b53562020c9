#include <math.h>

#include "graph_internal.h"

candidate graph_descend(const cvk_graph *g, cvk_context *c, code query, candidate start, uint32_t from_level,
                        uint32_t to_level) {
    candidate best = start;
    for (uint32_t level = from_level; level > to_level; level--) {
        for (bool moved = true; moved;) {
            moved = false;
            link_slot *list = links_of(g, best.node, level);
            size_t count = 0;
            for (uint32_t i = 0, link; list != NULL && i < g->m && (link = load_link(&list[i])) != 0; i++)
                if (link - 1 < c->limit) c->batch[count++] = link - 1;
            graph_distances(g, query, c->batch, count, c->distances);
            c->visited += count;
            for (size_t i = 0; i < count; i++)
                if (c->distances[i] < best.distance) {
                    best = (candidate){c->distances[i], c->batch[i]};
                    moved = true;
                }
        }
    }
    return best;
}

static bool any_duplicate_passes(const cvk_graph *g, const cvk_filter *filter, uint32_t node) {
    while ((node = cvk_graph_next_duplicate(g, node)) != CVK_NO_NODE)
        if (filter_passes(*filter, node)) return true;
    return false;
}

/// The node, marked if it or one that is identical to it passes. Which do follows no pattern: nothing branches on it but the
/// few that others hang from.
static inline uint32_t marked(const cvk_graph *g, const cvk_filter *filter, uint32_t node) {
    if (filter == NULL) return node | POOL_PASSES;
    uint32_t passes = filter_passes(*filter, node);
    if (is_original(g, node)) passes |= any_duplicate_passes(g, filter, node);
    return node | passes * POOL_PASSES;
}

/// The node's neighbours that were not seen before, in `unseen`, and their codes asked for. Returns their number.
static size_t gather_unseen(const cvk_graph *g, cvk_context *c, uint32_t node, uint32_t level, uint32_t *unseen) {
    link_slot *list = links_of(g, node, level);
    uint32_t capacity = capacity_at(g, level);
    size_t count = 0;
    for (uint32_t i = 0, link; list != NULL && i < capacity && (link = load_link(&list[i])) != 0; i++) {
        uint32_t neighbour = link - 1;
        if (neighbour >= c->limit) continue;
        unseen[count] = neighbour;
        count += seen_add(&c->seen, neighbour);
    }
    for (size_t i = 0; i < count; i++) graph_fetch_code(g, unseen[i]);
    return count;
}

static inline void fetch_links(const cvk_graph *g, uint32_t node, uint32_t level) {
    if (level == 0) fetch_lines(links_of(g, node, 0), 2 * g->m * sizeof(link_slot));
}

cvk_status graph_walk(const cvk_graph *g, cvk_context *c, code query, candidate start, uint32_t level,
                      pool_bounds bounds, const cvk_filter *filter, size_t visit_budget) {
    seen_forget(&c->seen);
    if (!pool_begin(&c->pool, bounds)) return CVK_OUT_OF_MEMORY;
    seen_add(&c->seen, start.node);
    pool_insert(&c->pool, start.distance, marked(g, filter, start.node));
    uint32_t nodes[GRAPH_EXPANSIONS];
    for (size_t expanded; (expanded = pool_expand(&c->pool, GRAPH_EXPANSIONS, nodes)) > 0;) {
        size_t count = 0;
        for (size_t i = 0; i < expanded; i++) count += gather_unseen(g, c, nodes[i], level, c->batch + count);
        graph_distances(g, query, c->batch, count, c->distances);
        c->visited += count;
        if (c->visited > visit_budget) return CVK_BUDGET_EXHAUSTED;
        for (size_t i = 0; i < count; i++) {
            if (!(c->distances[i] < c->pool.worst)) continue;
            fetch_links(g, c->batch[i], level);
            pool_insert(&c->pool, c->distances[i], marked(g, filter, c->batch[i]));
        }
    }
    return CVK_OK;
}

/// Writes the pool's members that pass, and with each the ones that hang from it.
static int64_t answer(const cvk_graph *g, const walk_pool *pool, code query, const cvk_graph_request *request,
                      uint32_t *out) {
    size_t found = 0;
    float bound = INFINITY;
    cvk_filter filter = request->filter;
    for (size_t i = 0; i < pool->count && (found < request->least || pool->distances[i] <= bound); i++) {
        uint32_t group = POOL_NODE(pool->candidates[i]);
        // More of one vector are not among the k nearest, and would keep others out.
        size_t end = request->ef - found < request->k ? request->ef : found + request->k;
        for (uint32_t node = group; node != CVK_NO_NODE && found < end; node = cvk_graph_next_duplicate(g, node))
            if ((filter.words == NULL || filter_passes(filter, node)) && cvk_graph_contains(g, node)) out[found++] = node;
        if (found >= request->k && bound == INFINITY)
            bound = pool->distances[i] + graph_uncertainty(g, query, code_of(g, group), pool->distances[i]);
    }
    return (int64_t)found;
}

int64_t cvk_graph_candidates(const cvk_graph *g, cvk_context *c, const cvk_graph_request *request, uint32_t *out) {
    uint64_t entry = atomic_load_explicit(&g->entry, memory_order_acquire);
    cvk_status status = context_prepare(c, g, cvk_graph_get_facts(g).end);
    if (status != CVK_OK) return status;
    if (entry == 0 || request->k == 0) return 0;
    code query = graph_encode(g, c, request->components);
    candidate start = {0, (uint32_t)entry};
    graph_distances(g, query, &start.node, 1, &start.distance);
    c->visited = 1;
    start = graph_descend(g, c, query, start, (uint32_t)(entry >> 32) - 1, 0);
    cvk_filter filter = request->filter;
    pool_bounds bounds = {
        .passing = request->ef, .most = request->most, .enough = request->enough,
        .limit = request->limit > request->ef ? request->limit : request->ef};
    status = graph_walk(g, c, query, start, 0, bounds, filter.words == NULL ? NULL : &filter, request->visit_budget);
    return status == CVK_OK ? answer(g, &c->pool, query, request, out) : status;
}
