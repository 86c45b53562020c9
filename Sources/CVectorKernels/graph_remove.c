#include <stdlib.h>

#include "graph_internal.h"

static bool is_dying(const uint64_t *dying, uint32_t node) { return dying[node >> 6] >> (node & 63) & 1; }

/// Unhooks the dead from the chain of nodes identical to `original`; true if the chain is then empty.
static bool prune_chain(cvk_graph *g, uint32_t original, cvk_filter dead) {
    uint32_t last = original;
    for (uint32_t node = original; (node = cvk_graph_next_duplicate(g, node)) != CVK_NO_NODE;) {
        if (filter_passes(dead, node)) {
            graph_release(g, node);
            atomic_fetch_sub(&g->duplicates, 1);
        } else {
            atomic_store_explicit(&info_of(g, last)->next_duplicate, node + 1, memory_order_release);
            last = node;
        }
    }
    atomic_store_explicit(&info_of(g, last)->next_duplicate, 0, memory_order_release);
    return last == original;
}

/// Puts the living nodes that the list's dying ones lead to beside its living ones, as candidates for a new list.
/// False when memory runs out.
static bool gather_survivors(const cvk_graph *g, cvk_context *c, uint32_t node, uint32_t level,
                             const uint64_t *dying) {
    enum { DETOURS = 64 };
    uint32_t detours[DETOURS + 1] = {node}, detour_count = 1;
    seen_forget(&c->seen);
    seen_add(&c->seen, node);
    size_t limit = (DETOURS + 1) * (size_t)capacity_at(g, level);
    if (!pool_begin(&c->pool, pool_of(limit))) return false;
    for (uint32_t i = 0; i < detour_count; i++) {
        uint32_t fresh = 0, count = cvk_graph_get_links(g, detours[i], level, c->batch);
        for (uint32_t j = 0; j < count; j++) {
            uint32_t link = c->batch[j];
            if (link >= c->limit || !seen_add(&c->seen, link)) continue;
            if (!is_dying(dying, link)) {
                c->batch[fresh++] = link;
            } else if (detour_count <= DETOURS) {
                detours[detour_count++] = link;
            }
        }
        graph_distances(g, code_of(g, node), c->batch, fresh, c->distances);
        for (uint32_t j = 0; j < fresh; j++) pool_place(&c->pool, c->distances[j], c->batch[j]);
    }
    return true;
}

static cvk_status repair_list(cvk_graph *g, cvk_context *c, uint32_t node, uint32_t level,
                              const uint64_t *dying) {
    uint32_t count = cvk_graph_get_links(g, node, level, c->batch);
    bool leads_to_dying = false;
    for (uint32_t i = 0; i < count; i++) leads_to_dying |= is_dying(dying, c->batch[i]);
    if (!leads_to_dying) return CVK_OK;
    if (!gather_survivors(g, c, node, level, dying)) return CVK_OUT_OF_MEMORY;
    uint32_t capacity = capacity_at(g, level);
    count = graph_choose_diverse(g, node, &c->pool, capacity, c->batch);
    graph_set_links(links_of(g, node, level), capacity, c->batch, count);
    return CVK_OK;
}

/// The living node of the highest level.
static uint64_t choose_entry(const cvk_graph *g, const uint64_t *dying, uint32_t end) {
    uint64_t best = 0;
    for (uint32_t node = 0; node < end; node++) {
        if (!cvk_graph_is_linked(g, node) || is_dying(dying, node)) continue;
        uint64_t value = entry_value(node, cvk_graph_level(g, node));
        if (value >> 32 > best >> 32) best = value;
    }
    return best;
}

cvk_status cvk_graph_remove(cvk_graph *g, cvk_context *c, cvk_filter dead) {
    uint32_t end = atomic_load(&g->end);
    uint64_t *dying = calloc((size_t)end / 64 + 1, sizeof *dying);
    cvk_status status = context_prepare(c, g, end);
    if (dying == NULL || status != CVK_OK) {
        free(dying);
        return CVK_OUT_OF_MEMORY;
    }
    for (uint32_t node = 0; node < end; node++) {
        if (g->m == 0 && filter_passes(dead, node) && cvk_graph_contains(g, node)) graph_release(g, node);
        if (!cvk_graph_is_linked(g, node)) continue;
        bool is_alone = prune_chain(g, node, dead);
        // Others hang from it: it stays linked for them.
        if (filter_passes(dead, node)) graph_disclaim(g, node);
        if (is_alone && !cvk_graph_contains(g, node)) dying[node >> 6] |= (uint64_t)1 << (node & 63);
    }
    for (uint32_t node = 0; node < end && status == CVK_OK; node++) {
        if (!cvk_graph_is_linked(g, node) || is_dying(dying, node)) continue;
        for (uint32_t level = 0; level <= cvk_graph_level(g, node) && status == CVK_OK; level++)
            status = repair_list(g, c, node, level, dying);
    }
    if (status == CVK_OK) {
        uint64_t entry = atomic_load(&g->entry);
        if (entry != 0 && is_dying(dying, (uint32_t)entry)) atomic_store(&g->entry, choose_entry(g, dying, end));
        for (uint32_t node = 0; node < end; node++)
            if (is_dying(dying, node)) graph_release(g, node);
    }
    free(dying);
    return status;
}
