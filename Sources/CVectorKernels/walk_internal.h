// What walks of growing and of sealed graphs share.
#ifndef WALK_INTERNAL_H
#define WALK_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cvk_graph.h"
#include "fetch.h"

static inline bool filter_passes(cvk_filter filter, uint32_t ordinal) {
    return (ordinal >> 6) < filter.word_count && (filter.words[ordinal >> 6] >> (ordinal & 63) & 1);
}

/// The nodes that a walk has seen: as bits, and as a list, by which few are forgotten faster than all.
typedef struct {
    uint64_t *words;
    uint32_t *nodes;
    /// Nodes are below it.
    uint32_t limit;
    size_t count;
} seen_set;

/// Makes room for nodes below `limit`. False when memory runs out.
bool seen_reserve(seen_set *set, uint32_t limit);
void seen_forget(seen_set *set);
void seen_destroy(seen_set *set);

/// 1 for a node that was not seen before. Half of all nodes met were, in no pattern: nothing here branches on it.
static inline size_t seen_add(seen_set *set, uint32_t node) {
    uint64_t word = set->words[node >> 6], bit = (uint64_t)1 << (node & 63);
    size_t is_fresh = (word & bit) == 0;
    set->words[node >> 6] = word | bit;
    set->nodes[set->count] = node;
    set->count += is_fresh;
    return is_fresh;
}

#endif
