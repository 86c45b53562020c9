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

/// Whether the node or one that is identical to it passes.
static bool group_passes(const cvk_graph *g, const cvk_filter *filter, bool has_duplicates, uint32_t node) {
    if (filter == NULL || filter_passes(*filter, node)) return true;
    if (has_duplicates)
        for (uint32_t next = node; (next = cvk_graph_next_duplicate(g, next)) != CVK_NO_NODE;)
            if (filter_passes(*filter, next)) return true;
    return false;
}

static inline void fetch_code(const cvk_graph *g, uint32_t node) {
    segment *s = segment_of(g, node);
    uint32_t index = node & (SEGMENT_NODES - 1);
    fetch_line(&s->factors[index]);
    fetch_lines(s->codes + (size_t)index * g->code_stride, g->code_stride);
}

/// The node's neighbours that were not seen before, in `batch`, and their codes asked for.
static size_t gather_unseen(const cvk_graph *g, cvk_context *c, uint32_t node, uint32_t level) {
    link_slot *list = links_of(g, node, level);
    uint32_t capacity = capacity_at(g, level);
    size_t count = 0;
    for (uint32_t i = 0, link; list != NULL && i < capacity && (link = load_link(&list[i])) != 0; i++) {
        uint32_t neighbour = link - 1;
        if (neighbour >= c->limit) continue;
        c->batch[count] = neighbour;
        count += seen_add(&c->seen, neighbour);
    }
    for (size_t i = 0; i < count; i++) fetch_code(g, c->batch[i]);
    return count;
}

static inline void fetch_links(const cvk_graph *g, uint32_t node, uint32_t level) {
    if (level > 0) return;
    fetch_lines(links_of(g, node, 0), 2 * g->m * sizeof(link_slot));
}

cvk_status graph_walk(const cvk_graph *g, cvk_context *c, code query, candidate start, uint32_t level, size_t ef,
                      size_t most, const cvk_filter *filter, size_t visit_budget) {
    bool has_duplicates = atomic_load_explicit(&g->duplicates, memory_order_relaxed) > 0;
    seen_forget(&c->seen);
    c->pool_count = 0;
    seen_add(&c->seen, start.node);
    pool_insert(c, start.distance, start.node);
    size_t passing = group_passes(g, filter, has_duplicates, start.node);
    size_t cursor = 0;
    while (cursor < c->pool_count) {
        candidate *next = &c->pool[cursor];
        if (next->node & EXPANDED) {
            cursor++;
            continue;
        }
        uint32_t node = next->node;
        next->node |= EXPANDED;
        size_t count = gather_unseen(g, c, node, level);
        // Most often what follows is expanded next.
        if (cursor + 1 < c->pool_count) fetch_links(g, next[1].node & ~EXPANDED, level);
        graph_distances(g, query, c->batch, count, c->distances);
        c->visited += count;
        if (c->visited > visit_budget) return CVK_BUDGET_EXHAUSTED;
        if (!pool_reserve(c, c->pool_count + count)) return CVK_OUT_OF_MEMORY;
        for (size_t i = 0; i < count; i++) {
            bool is_full = passing >= ef || c->pool_count >= most;
            if (is_full && !(c->distances[i] < c->pool[c->pool_count - 1].distance)) continue;
            size_t place = pool_insert(c, c->distances[i], c->batch[i]);
            if (place <= cursor) {
                cursor = place;
                fetch_links(g, c->batch[i], level);
            }
            passing += group_passes(g, filter, has_duplicates, c->batch[i]);
            // The ef-th that passes ends the pool: nothing behind it can lead to a better answer.
            while ((passing >= ef || c->pool_count > most) && c->pool_count > 0) {
                bool last_passes =
                    group_passes(g, filter, has_duplicates, c->pool[c->pool_count - 1].node & ~EXPANDED);
                if (c->pool_count <= most && last_passes && passing == ef) break;
                passing -= last_passes;
                c->pool_count--;
            }
        }
    }
    return CVK_OK;
}

int64_t cvk_graph_candidates(const cvk_graph *g, cvk_context *c, const float *components, size_t k, size_t at_least,
                             size_t ef, size_t most, cvk_filter filter, size_t visit_budget, uint32_t *out) {
    uint64_t entry = atomic_load_explicit(&g->entry, memory_order_acquire);
    cvk_status status = context_prepare(c, g, cvk_graph_get_facts(g).end, ef);
    if (status != CVK_OK) return status;
    if (entry == 0 || k == 0) return 0;
    code query = graph_encode(g, c, components);
    candidate start = {0, (uint32_t)entry};
    graph_distances(g, query, &start.node, 1, &start.distance);
    c->visited = 1;
    start = graph_descend(g, c, query, start, (uint32_t)(entry >> 32) - 1, 0);
    status = graph_walk(g, c, query, start, 0, ef, most, filter.words == NULL ? NULL : &filter, visit_budget);
    if (status != CVK_OK) return status;

    size_t found = 0;
    float bound = INFINITY;
    for (size_t i = 0; i < c->pool_count && (found < at_least || c->pool[i].distance <= bound); i++) {
        uint32_t group = c->pool[i].node & ~EXPANDED;
        for (uint32_t node = group; node != CVK_NO_NODE && found < ef; node = cvk_graph_next_duplicate(g, node))
            if ((filter.words == NULL || filter_passes(filter, node)) && cvk_graph_contains(g, node)) out[found++] = node;
        if (found >= k && bound == INFINITY)
            bound = c->pool[i].distance + graph_uncertainty(g, query, code_of(g, group), c->pool[i].distance);
    }
    return (int64_t)found;
}
