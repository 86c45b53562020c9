#include <math.h>

#include "graph_internal.h"

cvk_graph_facts cvk_graph_get_facts(const cvk_graph *g) {
    uint64_t entry = atomic_load(&g->entry);
    return (cvk_graph_facts){
        .members = atomic_load(&g->members),
        .duplicates = atomic_load(&g->duplicates),
        .end = atomic_load(&g->end),
        .upper_lists = atomic_load(&g->upper_lists),
        .entry = entry == 0 ? CVK_NO_NODE : (uint32_t)entry,
        .entry_level = entry == 0 ? 0 : (uint32_t)(entry >> 32) - 1,
    };
}

size_t cvk_graph_node_bytes(const cvk_graph *g) {
    return g->m == 0 ? 0 : g->code_stride + sizeof(cvk_code_factors) + sizeof(node_info) + 2 * g->m * sizeof(link_slot);
}

uint32_t cvk_graph_capacity(const cvk_graph *g, uint32_t level) { return capacity_at(g, level); }

/// SplitMix64 (Steele, Lea, Flood 2014): evenly spread bits from consecutive numbers.
static uint64_t mix(uint64_t x) {
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

uint32_t cvk_graph_level(const cvk_graph *g, uint32_t node) {
    double uniform = ((double)(mix(node) >> 11) + 1) * 0x1p-53;
    double level = -log(uniform) * g->level_scale;
    return level < CVK_MAXIMUM_LEVEL ? (uint32_t)level : CVK_MAXIMUM_LEVEL;
}

uint32_t cvk_graph_get_links(const cvk_graph *g, uint32_t node, uint32_t level, uint32_t *out) {
    link_slot *list = links_of(g, node, level);
    uint32_t count = 0, capacity = capacity_at(g, level);
    for (uint32_t link; list != NULL && count < capacity && (link = load_link(&list[count])) != 0; count++)
        out[count] = link - 1;
    return count;
}

uint32_t cvk_graph_next_duplicate(const cvk_graph *g, uint32_t node) {
    uint32_t next = atomic_load_explicit(&info_of(g, node)->next_duplicate, memory_order_acquire);
    return next == 0 ? CVK_NO_NODE : next - 1;
}

cvk_status cvk_graph_restore_node(cvk_graph *g, uint32_t node, bool is_member, bool is_linked) {
    cvk_status status = graph_reserve_node(g, node);
    if (status == CVK_OK && is_linked) status = graph_add_upper_lists(g, node, cvk_graph_level(g, node));
    if (status != CVK_OK) return status;
    if (is_member) graph_claim(g, node);
    if (is_linked) graph_mark_linked(g, node);
    return CVK_OK;
}

void cvk_graph_restore_code(cvk_graph *g, uint32_t node, const float *components) {
    segment *s = segment_of(g, node);
    uint32_t index = node & (SEGMENT_NODES - 1);
    s->factors[index] = cvk_encode(&g->space, components, s->codes + (size_t)index * g->code_stride);
    graph_mark_coded(g, node);
}

bool cvk_graph_restore_links(cvk_graph *g, uint32_t node, uint32_t level, const uint32_t *links, uint32_t count) {
    link_slot *list = links_of(g, node, level);
    if (list == NULL || count > capacity_at(g, level)) return false;
    for (uint32_t i = 0; i < count; i++)
        if (!cvk_graph_is_linked(g, links[i]) || cvk_graph_level(g, links[i]) < level) return false;
    graph_set_links(list, capacity_at(g, level), links, count);
    return true;
}

bool cvk_graph_restore_duplicate(cvk_graph *g, uint32_t node, uint32_t next) {
    if (!cvk_graph_contains(g, node) && !cvk_graph_is_linked(g, node)) return false;
    if (!cvk_graph_contains(g, next) || cvk_graph_is_linked(g, next)) return false;
    atomic_store_explicit(&info_of(g, node)->next_duplicate, next + 1, memory_order_release);
    graph_mark_original(g, node);
    atomic_fetch_add(&g->duplicates, 1);
    return true;
}

void cvk_graph_restore_entry(cvk_graph *g, uint32_t node) {
    atomic_store(&g->entry, node == CVK_NO_NODE ? 0 : entry_value(node, cvk_graph_level(g, node)));
}
