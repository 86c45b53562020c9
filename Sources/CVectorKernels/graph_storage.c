#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "graph_internal.h"

cvk_graph *cvk_graph_create(uint32_t m, uint32_t ef_construction) {
    cvk_graph *g = calloc(1, sizeof *g);
    if (g == NULL) return NULL;
    g->m = m;
    g->ef_construction = ef_construction;
    g->level_scale = m > 1 ? 1 / log((double)m) : 0;
    g->segments = calloc(SEGMENT_COUNT, sizeof *g->segments);
    g->upper_segments = calloc(SEGMENT_COUNT, sizeof *g->upper_segments);
    pthread_mutex_init(&g->growth, NULL);
    pthread_mutex_init(&g->entry_change, NULL);
    if (g->segments == NULL || g->upper_segments == NULL) {
        cvk_graph_destroy(g);
        return NULL;
    }
    return g;
}

static size_t list_segment_bytes(size_t links_per_list) { return links_per_list * sizeof(link_slot) * SEGMENT_NODES; }

/// Zeroed pages, on huge pages where the system has them: the walk touches lists in random order.
static link_slot *map_lists(size_t links_per_list) {
    size_t bytes = list_segment_bytes(links_per_list), alignment = (size_t)2 << 20;
    char *raw = mmap(NULL, bytes + alignment, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (raw == MAP_FAILED) return NULL;
    char *lists = raw + (-(uintptr_t)raw & (alignment - 1));
    if (lists > raw) munmap(raw, (size_t)(lists - raw));
    munmap(lists + bytes, (size_t)(raw + alignment - lists));
    return (link_slot *)lists;
}

/// The first segment of a small index stays on small pages.
static void prefer_huge_pages(link_slot *lists, size_t links_per_list) {
#ifdef MADV_HUGEPAGE
    madvise(lists, list_segment_bytes(links_per_list), MADV_HUGEPAGE);
#else
    (void)lists, (void)links_per_list;
#endif
}

void cvk_graph_destroy(cvk_graph *g) {
    size_t used = ((size_t)atomic_load(&g->end) + SEGMENT_NODES - 1) / SEGMENT_NODES;
    for (size_t i = 0; g->segments != NULL && i < used; i++) {
        segment *s = atomic_load(&g->segments[i]);
        if (s == NULL) continue;
        if (s->links != NULL) munmap(s->links, list_segment_bytes(2 * g->m));
        free(s->info);
        free(s);
    }
    for (size_t i = 0; g->upper_segments != NULL && i < SEGMENT_COUNT; i++) {
        link_slot *lists = atomic_load(&g->upper_segments[i]);
        if (lists == NULL) break;
        munmap(lists, list_segment_bytes(g->m));
    }
    free(g->segments);
    free(g->upper_segments);
    pthread_mutex_destroy(&g->growth);
    pthread_mutex_destroy(&g->entry_change);
    free(g);
}

static segment *create_segment(cvk_graph *g, bool is_first) {
    segment *s = calloc(1, sizeof *s);
    if (s == NULL || g->m == 0) return s;
    s->info = calloc(SEGMENT_NODES, sizeof *s->info);
    s->links = map_lists(2 * g->m);
    if (s->info == NULL || s->links == NULL) {
        if (s->links != NULL) munmap(s->links, list_segment_bytes(2 * g->m));
        free(s->info);
        free(s);
        return NULL;
    }
    if (!is_first) prefer_huge_pages(s->links, 2 * g->m);
    return s;
}

cvk_status graph_reserve_node(cvk_graph *g, uint32_t node) {
    if (segment_of(g, node) == NULL) {
        pthread_mutex_lock(&g->growth);
        if (segment_of(g, node) == NULL) {
            segment *s = create_segment(g, node < SEGMENT_NODES);
            if (s == NULL) {
                pthread_mutex_unlock(&g->growth);
                return CVK_OUT_OF_MEMORY;
            }
            atomic_store_explicit(&g->segments[node >> SEGMENT_BITS], s, memory_order_release);
        }
        pthread_mutex_unlock(&g->growth);
    }
    uint32_t end = atomic_load(&g->end);
    while (end <= node && !atomic_compare_exchange_weak(&g->end, &end, node + 1)) {
    }
    return CVK_OK;
}

cvk_status graph_add_upper_lists(cvk_graph *g, uint32_t node, uint32_t level) {
    if (level == 0) return CVK_OK;
    cvk_status status = CVK_OK;
    pthread_mutex_lock(&g->growth);
    uint32_t first = atomic_load(&g->upper_lists);
    for (uint32_t number = first; number < first + level && status == CVK_OK; number++) {
        link_slot *_Atomic *lists = &g->upper_segments[number >> SEGMENT_BITS];
        if (atomic_load(lists) != NULL) continue;
        link_slot *fresh = map_lists(g->m);
        if (fresh == NULL) status = CVK_OUT_OF_MEMORY;
        atomic_store_explicit(lists, fresh, memory_order_release);
    }
    if (status == CVK_OK) {
        atomic_store(&g->upper_lists, first + level);
        atomic_store_explicit(&info_of(g, node)->upper, first + 1, memory_order_release);
    }
    pthread_mutex_unlock(&g->growth);
    return status;
}

void graph_set_links(link_slot *list, uint32_t capacity, const uint32_t *links, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) atomic_store_explicit(&list[i], links[i] + 1, memory_order_release);
    for (uint32_t i = count; i < capacity; i++) atomic_store_explicit(&list[i], 0, memory_order_release);
}

static uint64_t bit_of(uint32_t node) { return (uint64_t)1 << (node & 63); }

bool graph_claim(cvk_graph *g, uint32_t node) {
    _Atomic uint64_t *word = &segment_of(g, node)->members[(node & (SEGMENT_NODES - 1)) >> 6];
    if (atomic_fetch_or(word, bit_of(node)) & bit_of(node)) return false;
    atomic_fetch_add(&g->members, 1);
    return true;
}

void graph_mark_linked(cvk_graph *g, uint32_t node) {
    atomic_fetch_or(&segment_of(g, node)->linked[(node & (SEGMENT_NODES - 1)) >> 6], bit_of(node));
}

void graph_release(cvk_graph *g, uint32_t node) {
    segment *s = segment_of(g, node);
    uint32_t word = (node & (SEGMENT_NODES - 1)) >> 6;
    atomic_fetch_and(&s->linked[word], ~bit_of(node));
    if (atomic_fetch_and(&s->members[word], ~bit_of(node)) & bit_of(node)) atomic_fetch_sub(&g->members, 1);
}

void graph_lock(cvk_graph *g, uint32_t node) {
    _Atomic uint8_t *lock = &g->locks[node % LOCKS];
    for (unsigned attempt = 0; atomic_exchange_explicit(lock, 1, memory_order_acquire); attempt++) {
        // The holder may have lost its core: do not spin for a whole time slice.
        if (attempt % 64 == 63) sched_yield();
    }
}

void graph_unlock(cvk_graph *g, uint32_t node) {
    atomic_store_explicit(&g->locks[node % LOCKS], 0, memory_order_release);
}

static bool has_bit(const cvk_graph *g, uint32_t node, bool linked) {
    if (node >= CVK_MAXIMUM_NODES) return false;
    segment *s = segment_of(g, node);
    if (s == NULL) return false;
    uint32_t index = node & (SEGMENT_NODES - 1);
    _Atomic uint64_t *words = linked ? s->linked : s->members;
    return atomic_load_explicit(&words[index >> 6], memory_order_acquire) >> (index & 63) & 1;
}

bool cvk_graph_contains(const cvk_graph *g, uint32_t node) { return has_bit(g, node, false); }

bool cvk_graph_is_linked(const cvk_graph *g, uint32_t node) { return has_bit(g, node, true); }

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

cvk_status cvk_graph_restore_node(cvk_graph *g, uint32_t node, bool is_linked) {
    cvk_status status = graph_reserve_node(g, node);
    if (status == CVK_OK && is_linked) status = graph_add_upper_lists(g, node, cvk_graph_level(g, node));
    if (status != CVK_OK) return status;
    graph_claim(g, node);
    if (is_linked) graph_mark_linked(g, node);
    return CVK_OK;
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
    if (!cvk_graph_contains(g, node) || !cvk_graph_contains(g, next) || cvk_graph_is_linked(g, next)) return false;
    atomic_store_explicit(&info_of(g, node)->next_duplicate, next + 1, memory_order_release);
    atomic_fetch_add(&g->duplicates, 1);
    return true;
}

void cvk_graph_restore_entry(cvk_graph *g, uint32_t node) {
    atomic_store(&g->entry, node == CVK_NO_NODE ? 0 : entry_value(node, cvk_graph_level(g, node)));
}
