#include <string.h>

#include "graph_internal.h"

static inline bool mark_seen(cvk_context *c, uint32_t node) {
    uint64_t word = c->seen[node >> 6], bit = (uint64_t)1 << (node & 63);
    if (word & bit) return false;
    c->seen[node >> 6] = word | bit;
    c->seen_nodes[c->seen_count++] = node;
    return true;
}

candidate graph_descend(const cvk_graph *g, const cvk_space *s, cvk_context *c, const float *query, candidate start,
                        uint32_t from_level, uint32_t to_level) {
    candidate best = start;
    for (uint32_t level = from_level; level > to_level; level--) {
        for (bool moved = true; moved;) {
            moved = false;
            link_slot *list = links_of(g, best.node, level);
            size_t count = 0;
            for (uint32_t i = 0, link; list != NULL && i < g->m && (link = load_link(&list[i])) != 0; i++)
                if (link - 1 < s->limit) c->batch[count++] = link - 1;
            distances_to(s, query, c->batch, count, c->distances);
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
    if (filter == NULL || passes(*filter, node)) return true;
    if (has_duplicates)
        for (uint32_t next = node; (next = cvk_graph_next_duplicate(g, next)) != CVK_NO_NODE;)
            if (passes(*filter, next)) return true;
    return false;
}

/// The node's neighbours that were not seen before, in `batch`.
static size_t gather_unseen(const cvk_graph *g, const cvk_space *s, cvk_context *c, uint32_t node, uint32_t level) {
    link_slot *list = links_of(g, node, level);
    uint32_t capacity = capacity_at(g, level);
    size_t count = 0;
    for (uint32_t i = 0, link; list != NULL && i < capacity && (link = load_link(&list[i])) != 0; i++) {
        uint32_t neighbour = link - 1;
        if (neighbour < s->limit && mark_seen(c, neighbour)) c->batch[count++] = neighbour;
    }
    return count;
}

cvk_status graph_walk(const cvk_graph *g, const cvk_space *s, cvk_context *c, const float *query, candidate start,
                      uint32_t level, size_t ef, const cvk_filter *filter, size_t visit_budget) {
    bool has_duplicates = atomic_load_explicit(&g->duplicates, memory_order_relaxed) > 0;
    context_forget_seen(c);
    c->pool_count = 0;
    mark_seen(c, start.node);
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
        size_t count = gather_unseen(g, s, c, node, level);
        distances_to(s, query, c->batch, count, c->distances);
        c->visited += count;
        if (c->visited > visit_budget) return CVK_BUDGET_EXHAUSTED;
        if (!pool_reserve(c, c->pool_count + count)) return CVK_OUT_OF_MEMORY;
        for (size_t i = 0; i < count; i++) {
            if (passing >= ef && !(c->distances[i] < c->pool[c->pool_count - 1].distance)) continue;
            size_t place = pool_insert(c, c->distances[i], c->batch[i]);
            if (place < cursor) cursor = place;
            passing += group_passes(g, filter, has_duplicates, c->batch[i]);
            // The ef-th that passes ends the pool: nothing behind it can lead to a better answer.
            while (passing >= ef && c->pool_count > 0) {
                bool last_passes =
                    group_passes(g, filter, has_duplicates, c->pool[c->pool_count - 1].node & ~EXPANDED);
                if (last_passes && passing == ef) break;
                passing -= last_passes;
                c->pool_count--;
            }
        }
    }
    return CVK_OK;
}

int64_t cvk_graph_search(const cvk_graph *g, const cvk_space *s, cvk_context *c, const float *query, size_t k,
                         size_t ef, cvk_filter filter, size_t visit_budget, cvk_neighbour *out) {
    uint64_t entry = atomic_load_explicit(&g->entry, memory_order_acquire);
    cvk_status status = context_prepare(c, g, s->limit, ef);
    if (status != CVK_OK) return status;
    if (entry == 0 || k == 0 || (uint32_t)entry >= s->limit) return 0;
    candidate start = {0, (uint32_t)entry};
    distances_to(s, query, &start.node, 1, &start.distance);
    c->visited = 1;
    start = graph_descend(g, s, c, query, start, (uint32_t)(entry >> 32) - 1, 0);
    status = graph_walk(g, s, c, query, start, 0, ef, filter.words == NULL ? NULL : &filter, visit_budget);
    if (status != CVK_OK) return status;

    size_t count = 0;
    for (size_t i = 0; i < c->pool_count && count < k; i++) {
        uint32_t node = c->pool[i].node & ~EXPANDED;
        for (; node != CVK_NO_NODE && count < k; node = cvk_graph_next_duplicate(g, node))
            if (filter.words == NULL || passes(filter, node)) out[count++] = (cvk_neighbour){c->pool[i].distance, node};
    }
    return (int64_t)count;
}

static void keep_nearest(cvk_context *c, const cvk_space *s, const float *query, size_t count, size_t k) {
    distances_to(s, query, c->batch, count, c->distances);
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
