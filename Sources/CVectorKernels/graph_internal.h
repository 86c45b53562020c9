// What the graph's files share: its storage and the scratch space of one walk.
#ifndef GRAPH_INTERNAL_H
#define GRAPH_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "walk_internal.h"
#include "walk_pool.h"

enum {
    SEGMENT_BITS = 14,
    SEGMENT_NODES = 1 << SEGMENT_BITS,
    SEGMENT_COUNT = 1 << (30 - SEGMENT_BITS),
    LOCKS = 4096,
};

/// A link is stored as node + 1; 0 ends the list. Fresh zero pages are empty lists, and cost nothing until used.
typedef _Atomic uint32_t link_slot;

typedef struct {
    /// The number of the node's first upper list, plus 1.
    _Atomic uint32_t upper;
    /// The next identical node, plus 1.
    _Atomic uint32_t next_duplicate;
} node_info;

/// The state of SEGMENT_NODES consecutive nodes. Segments are added, never moved: readers need no lock.
typedef struct {
    link_slot *links;
    uint8_t *codes;
    cvk_code_factors *factors;
    node_info *info;
    _Atomic uint64_t members[SEGMENT_NODES / 64];
    _Atomic uint64_t linked[SEGMENT_NODES / 64];
    /// Nodes whose codes stand.
    _Atomic uint64_t coded[SEGMENT_NODES / 64];
    /// Nodes that identical ones hang from, or hung: what walks ask of every node that does not pass is close together here.
    _Atomic uint64_t originals[SEGMENT_NODES / 64];
} segment;

struct cvk_graph {
    uint32_t m;
    uint32_t ef_construction;
    double level_scale;
    cvk_code_space space;
    /// Bytes of a code, and from one code to the next.
    size_t code_bytes, code_stride;
    segment *_Atomic *segments;
    link_slot *_Atomic *upper_segments;
    /// (level + 1) << 32 | node, or 0 while the graph is empty.
    _Atomic uint64_t entry;
    _Atomic uint32_t members, duplicates, end, upper_lists;
    /// Held to add segments.
    pthread_mutex_t growth;
    /// Held to insert a node that becomes the entry.
    pthread_mutex_t entry_change;
    /// Lists of nodes with equal remainder share a lock. Writers only.
    _Atomic uint8_t locks[LOCKS];
};

typedef cvk_neighbour candidate;

/// Nodes whose links a walk follows at once: memory answers many questions in the time of one.
enum { GRAPH_EXPANSIONS = 2 };

/// A vector as the graph compares it.
typedef struct {
    const void *bytes;
    cvk_code_factors factors;
} code;

struct cvk_context {
    /// Nodes at and above this have come since the call began: links that lead there are passed over.
    uint32_t limit;
    seen_set seen;
    size_t visited;
    /// Whether the last call was a scan that more nodes than it could keep may be the answer to.
    bool in_doubt;

    walk_pool pool;

    /// Unseen neighbours and their distances.
    uint32_t *batch;
    float *distances;
    size_t batch_capacity;

    /// The links chosen for a node that is inserted, for each level.
    uint32_t *chosen[CVK_MAXIMUM_LEVEL + 1];
    uint32_t chosen_count[CVK_MAXIMUM_LEVEL + 1];

    /// The query's code.
    uint8_t *code;
    size_t code_capacity;
};

static inline segment *segment_of(const cvk_graph *g, uint32_t node) {
    return atomic_load_explicit(&g->segments[node >> SEGMENT_BITS], memory_order_acquire);
}

static inline uint32_t capacity_at(const cvk_graph *g, uint32_t level) { return level == 0 ? 2 * g->m : g->m; }

static inline link_slot *upper_list(const cvk_graph *g, uint32_t number) {
    link_slot *lists = atomic_load_explicit(&g->upper_segments[number >> SEGMENT_BITS], memory_order_acquire);
    return lists + (size_t)(number & (SEGMENT_NODES - 1)) * g->m;
}

/// The node's list at `level`, or NULL where it has none.
static inline link_slot *links_of(const cvk_graph *g, uint32_t node, uint32_t level) {
    segment *s = segment_of(g, node);
    uint32_t index = node & (SEGMENT_NODES - 1);
    if (level == 0) return s->links + (size_t)index * 2 * g->m;
    uint32_t upper = atomic_load_explicit(&s->info[index].upper, memory_order_acquire);
    return upper == 0 ? NULL : upper_list(g, upper - 1 + level - 1);
}

static inline node_info *info_of(const cvk_graph *g, uint32_t node) {
    return &segment_of(g, node)->info[node & (SEGMENT_NODES - 1)];
}

static inline bool is_original(const cvk_graph *g, uint32_t node) {
    uint32_t index = node & (SEGMENT_NODES - 1);
    return atomic_load_explicit(&segment_of(g, node)->originals[index >> 6], memory_order_acquire) >> (index & 63) & 1;
}

static inline uint32_t load_link(link_slot *slot) { return atomic_load_explicit(slot, memory_order_acquire); }

static inline code code_of(const cvk_graph *g, uint32_t node) {
    segment *s = segment_of(g, node);
    uint32_t index = node & (SEGMENT_NODES - 1);
    return (code){s->codes + (size_t)index * g->code_stride, s->factors[index]};
}

// graph_codes.c
/// How far the nodes lie from the query.
void graph_distances(const cvk_graph *g, code query, const uint32_t *nodes, size_t count, float *out);
/// How much farther than `row`, which lies at `distance`, a code may seem to be though its vector is nearer: four
/// standard deviations of what rounding does to a distance, or 0 for codes that are the vectors.
float graph_uncertainty(const cvk_graph *g, code query, code row, float distance);
/// The vector's code, in the context.
code graph_encode(const cvk_graph *g, cvk_context *c, const float *components);
void graph_set_code(cvk_graph *g, cvk_context *c, uint32_t node, const float *components);
/// Asks memory for the node's code.
static inline void graph_fetch_code(const cvk_graph *g, uint32_t node) {
    segment *s = segment_of(g, node);
    uint32_t index = node & (SEGMENT_NODES - 1);
    fetch_line(&s->factors[index]);
    fetch_lines(s->codes + (size_t)index * g->code_stride, g->code_stride);
}

// graph_storage.c
cvk_status graph_reserve_node(cvk_graph *g, uint32_t node);
cvk_status graph_add_upper_lists(cvk_graph *g, uint32_t node, uint32_t level);
void graph_set_links(link_slot *list, uint32_t capacity, const uint32_t *links, uint32_t count);
/// Makes the node a member; false if it was one.
bool graph_claim(cvk_graph *g, uint32_t node);
void graph_mark_linked(cvk_graph *g, uint32_t node);
/// Notes that others hang from the node.
void graph_mark_original(cvk_graph *g, uint32_t node);
/// Notes that the node's code stands.
void graph_mark_coded(cvk_graph *g, uint32_t node);
/// No member any more.
void graph_disclaim(cvk_graph *g, uint32_t node);
/// Neither member nor linked any more. Its lists stay, for walks that stand on them.
void graph_release(cvk_graph *g, uint32_t node);
void graph_lock(cvk_graph *g, uint32_t node);
void graph_unlock(cvk_graph *g, uint32_t node);
static inline uint64_t entry_value(uint32_t node, uint32_t level) { return (uint64_t)(level + 1) << 32 | node; }

// graph_context.c
/// Room for a walk among nodes below `limit`.
cvk_status context_prepare(cvk_context *c, const cvk_graph *g, uint32_t limit);
bool context_reserve_batch(cvk_context *c, size_t capacity);

// graph_search.c
/// The nearest node at `level` that a greedy walk from `start` finds.
candidate graph_descend(const cvk_graph *g, cvk_context *c, code query, candidate start, uint32_t from_level,
                        uint32_t to_level);
/// Best-first walk of one level into the pool. Without `filter`, all pass.
cvk_status graph_walk(const cvk_graph *g, cvk_context *c, code query, candidate start, uint32_t level,
                      pool_bounds bounds, const cvk_filter *filter, size_t visit_budget);

// graph_insert.c
/// Chooses at most `limit` of the pool, each nearer to `base` than to any chosen before it, and some that have its code.
uint32_t graph_choose_diverse(const cvk_graph *g, uint32_t base, const walk_pool *pool, uint32_t limit, uint32_t *chosen);

#endif
