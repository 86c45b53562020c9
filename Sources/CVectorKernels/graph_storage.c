#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "cvk_memory.h"
#include "graph_internal.h"

/// A code begins on a cache line where that costs little.
static size_t code_stride(size_t bytes) {
    size_t lines = (bytes + 63) & ~(size_t)63;
    return lines - bytes <= bytes / 16 ? lines : (bytes + 3) & ~(size_t)3;
}

static size_t list_bytes(uint32_t links) { return (size_t)SEGMENT_NODES * links * sizeof(link_slot); }

static size_t segment_bytes(const cvk_graph *g) {
    return SEGMENT_NODES * (g->code_stride + sizeof(cvk_code_factors) + sizeof(node_info)) + list_bytes(2 * g->m);
}

void cvk_graph_destroy(cvk_graph *g) {
    size_t used = ((size_t)atomic_load(&g->end) + SEGMENT_NODES - 1) / SEGMENT_NODES;
    for (size_t i = 0; g->segments != NULL && i < used; i++) {
        segment *s = atomic_load(&g->segments[i]);
        if (s == NULL) continue;
        if (s->codes != NULL) cvk_memory_unmap(s->codes, segment_bytes(g));
        free(s);
    }
    for (size_t i = 0; g->upper_segments != NULL && i < SEGMENT_COUNT; i++) {
        link_slot *lists = atomic_load(&g->upper_segments[i]);
        if (lists == NULL) break;
        cvk_memory_unmap(lists, list_bytes(g->m));
    }
    free(g->segments);
    free(g->upper_segments);
    pthread_mutex_destroy(&g->growth);
    pthread_mutex_destroy(&g->entry_change);
    free(g);
}

cvk_graph *cvk_graph_create(uint32_t m, uint32_t ef_construction, cvk_code_space space) {
    cvk_graph *g = calloc(1, sizeof *g);
    if (g == NULL) return NULL;
    g->m = m;
    g->ef_construction = ef_construction;
    g->level_scale = m > 1 ? 1 / log((double)m) : 0;
    g->space = space;
    g->code_bytes = cvk_code_bytes(&space);
    g->code_stride = code_stride(g->code_bytes);
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

static segment *create_segment(cvk_graph *g, bool is_first) {
    segment *s = calloc(1, sizeof *s);
    if (s == NULL || g->m == 0) return s;
    // Pages cost nothing until they are used. The first segment of a small index stays on small ones.
    uint8_t *pages = cvk_memory_map(segment_bytes(g), !is_first);
    if (pages == NULL) {
        free(s);
        return NULL;
    }
    s->codes = pages;
    s->links = (link_slot *)(s->codes + SEGMENT_NODES * g->code_stride);
    s->factors = (cvk_code_factors *)((uint8_t *)s->links + list_bytes(2 * g->m));
    s->info = (node_info *)(s->factors + SEGMENT_NODES);
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
        link_slot *fresh = cvk_memory_map(list_bytes(g->m), false);
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

void graph_mark_original(cvk_graph *g, uint32_t node) {
    atomic_fetch_or(&segment_of(g, node)->originals[(node & (SEGMENT_NODES - 1)) >> 6], bit_of(node));
}

void graph_mark_coded(cvk_graph *g, uint32_t node) {
    atomic_fetch_or(&segment_of(g, node)->coded[(node & (SEGMENT_NODES - 1)) >> 6], bit_of(node));
}

void graph_disclaim(cvk_graph *g, uint32_t node) {
    _Atomic uint64_t *word = &segment_of(g, node)->members[(node & (SEGMENT_NODES - 1)) >> 6];
    if (atomic_fetch_and(word, ~bit_of(node)) & bit_of(node)) atomic_fetch_sub(&g->members, 1);
}

void graph_release(cvk_graph *g, uint32_t node) {
    atomic_fetch_and(&segment_of(g, node)->linked[(node & (SEGMENT_NODES - 1)) >> 6], ~bit_of(node));
    graph_disclaim(g, node);
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
