#include <string.h>

#include "graph_internal.h"

/// Under the euclidean metric, one that is as long, too.
static bool has_same_code(const cvk_graph *g, uint32_t a, uint32_t b) {
    code first = code_of(g, a), second = code_of(g, b);
    return memcmp(first.bytes, second.bytes, g->code_bytes) == 0
           && (!g->space.euclidean || first.factors.scale == second.factors.scale);
}

uint32_t graph_choose_diverse(const cvk_graph *g, uint32_t base, const walk_pool *pool, uint32_t limit, uint32_t *chosen) {
    enum { GROUP = 4, TWINS = 16 };
    uint32_t chosen_count = 0, twins[TWINS], twin_count = 0;
    for (size_t i = 0; i < pool->count && chosen_count + (twin_count > 0) < limit; i++) {
        uint32_t node = POOL_NODE(pool->candidates[i]);
        // One with the base's code would outdo all others, or none; and many such would fill the list, and lead nowhere else.
        if (has_same_code(g, base, node)) {
            if (twin_count < TWINS) twins[twin_count++] = node;
            continue;
        }
        bool diverse = true;
        for (uint32_t j = 0; j < chosen_count && diverse; j += GROUP) {
            float distances[GROUP];
            uint32_t group = chosen_count - j < GROUP ? chosen_count - j : GROUP;
            graph_distances(g, code_of(g, node), chosen + j, group, distances);
            for (uint32_t r = 0; r < group; r++) diverse &= !(distances[r] < pool->distances[i]);
        }
        if (diverse) chosen[chosen_count++] = node;
    }
    for (uint32_t i = 0; i < twin_count && chosen_count < limit; i++) chosen[chosen_count++] = twins[i];
    return chosen_count;
}

/// Adds the link `from` -> `to`; a full list keeps a diverse choice of its links and the new one.
static void add_link(cvk_graph *g, cvk_context *c, uint32_t from, uint32_t to, uint32_t level) {
    link_slot *list = links_of(g, from, level);
    if (list == NULL) return;
    uint32_t capacity = capacity_at(g, level), count = 0;
    graph_lock(g, from);
    for (uint32_t link; count < capacity && (link = load_link(&list[count])) != 0; count++) c->batch[count] = link - 1;
    if (count < capacity) {
        atomic_store_explicit(&list[count], to + 1, memory_order_release);
    } else {
        c->batch[count++] = to;
        graph_distances(g, code_of(g, from), c->batch, count, c->distances);
        // `context_prepare` made room.
        if (!pool_begin(&c->pool, pool_of(count))) __builtin_unreachable();
        for (uint32_t i = 0; i < count; i++) pool_place(&c->pool, c->distances[i], c->batch[i]);
        count = graph_choose_diverse(g, from, &c->pool, capacity, c->batch);
        graph_set_links(list, capacity, c->batch, count);
    }
    graph_unlock(g, from);
}

/// A linked node whose vector is identical to `node`'s, among the walk's candidates. Two that are inserted at the same
/// moment may miss each other: then both are linked, which only costs space.
static uint32_t find_identical(const cvk_graph *g, const cvk_raw_vectors *raw, const cvk_context *c, uint32_t node) {
    const uint8_t *vector = raw->bytes + (size_t)node * raw->stride;
    float self;
    graph_distances(g, code_of(g, node), &node, 1, &self);
    for (size_t i = 0; i < c->pool.count; i++) {
        uint32_t other = POOL_NODE(c->pool.candidates[i]);
        // Equal vectors have equal codes, and these equal distances.
        if (c->pool.distances[i] == self && other < raw->count &&
            memcmp(vector, raw->bytes + (size_t)other * raw->stride, raw->length) == 0)
            return other;
    }
    return CVK_NO_NODE;
}

static void hang_duplicate(cvk_graph *g, uint32_t original, uint32_t node) {
    graph_lock(g, original);
    _Atomic uint32_t *head = &info_of(g, original)->next_duplicate;
    atomic_store_explicit(&info_of(g, node)->next_duplicate, atomic_load(head), memory_order_release);
    atomic_store_explicit(head, node + 1, memory_order_release);
    graph_unlock(g, original);
    graph_mark_original(g, original);
    atomic_fetch_add(&g->duplicates, 1);
}

/// How many neighbours a new node chooses. At level 0 its list has room for 2 m: it takes three quarters of them (HNSW
/// takes half), and leaves the rest to nodes that come. On sentence vectors that gave the recall of an ef a tenth greater.
static uint32_t choice_at(const cvk_graph *g, uint32_t level) { return level == 0 ? g->m + g->m / 2 : g->m; }

/// Finds the node's neighbours on all its levels before any link is set: it stays out of reach until all are.
static cvk_status link_node(cvk_graph *g, const cvk_raw_vectors *raw, cvk_context *c, uint32_t node, uint32_t level,
                            uint64_t entry) {
    // It may be a node that came after the context was prepared.
    if (!seen_reserve(&c->seen, (uint32_t)entry + 1)) return CVK_OUT_OF_MEMORY;
    code query = code_of(g, node);
    size_t ef = g->ef_construction;
    uint32_t entry_level = (uint32_t)(entry >> 32) - 1, top = level < entry_level ? level : entry_level;
    candidate start = {0, (uint32_t)entry};
    graph_distances(g, query, &start.node, 1, &start.distance);
    start = graph_descend(g, c, query, start, entry_level, top);
    for (uint32_t l = top + 1; l-- > 0;) {
        cvk_status status = graph_walk(g, c, query, start, l, pool_of(ef), NULL, SIZE_MAX);
        if (status != CVK_OK) return status;
        start = (candidate){c->pool.distances[0], POOL_NODE(c->pool.candidates[0])};
        if (l == 0) {
            uint32_t original = find_identical(g, raw, c, node);
            if (original != CVK_NO_NODE) {
                hang_duplicate(g, original, node);
                return CVK_OK;
            }
        }
        c->chosen_count[l] = graph_choose_diverse(g, node, &c->pool, choice_at(g, l), c->chosen[l]);
    }
    cvk_status status = graph_add_upper_lists(g, node, level);
    if (status != CVK_OK) return status;
    for (uint32_t l = 0; l <= top; l++)
        graph_set_links(links_of(g, node, l), capacity_at(g, l), c->chosen[l], c->chosen_count[l]);
    for (uint32_t l = 0; l <= top; l++)
        for (uint32_t i = 0; i < c->chosen_count[l]; i++) add_link(g, c, c->chosen[l][i], node, l);
    graph_mark_linked(g, node);
    return CVK_OK;
}

/// Links a claimed node. One that becomes the entry keeps others that would out until it is linked.
static cvk_status link_claimed(cvk_graph *g, const cvk_raw_vectors *raw, cvk_context *c, uint32_t node) {
    uint32_t level = cvk_graph_level(g, node);
    uint64_t entry = atomic_load_explicit(&g->entry, memory_order_acquire);
    bool raises = entry >> 32 < (uint64_t)level + 1;
    if (raises) {
        pthread_mutex_lock(&g->entry_change);
        entry = atomic_load(&g->entry);
        raises = entry >> 32 < (uint64_t)level + 1;
        if (!raises) pthread_mutex_unlock(&g->entry_change);
    }
    cvk_status status;
    if (entry == 0) {
        // It may have been removed before, and come again.
        graph_set_links(links_of(g, node, 0), capacity_at(g, 0), NULL, 0);
        status = graph_add_upper_lists(g, node, level);
        if (status == CVK_OK) graph_mark_linked(g, node);
    } else {
        status = link_node(g, raw, c, node, level, entry);
    }
    if (raises) {
        if (cvk_graph_is_linked(g, node)) atomic_store(&g->entry, entry_value(node, level));
        pthread_mutex_unlock(&g->entry_change);
    }
    return status;
}

cvk_status cvk_graph_insert(cvk_graph *g, const cvk_raw_vectors *raw, cvk_context *c, uint32_t node,
                            const float *components) {
    cvk_status status = graph_reserve_node(g, node);
    if (status == CVK_OK) status = context_prepare(c, g, cvk_graph_get_facts(g).end);
    if (status != CVK_OK || !graph_claim(g, node) || g->m == 0) return status;
    // It was removed, and stayed for those that hang from it.
    if (cvk_graph_is_linked(g, node)) return CVK_OK;
    graph_set_code(g, c, node, components);
    graph_mark_coded(g, node);
    atomic_store(&info_of(g, node)->next_duplicate, 0);
    status = link_claimed(g, raw, c, node);
    if (status != CVK_OK) graph_release(g, node);
    return status;
}
