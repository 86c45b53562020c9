#include <stdlib.h>
#include <string.h>

#include "walk_internal.h"

bool seen_reserve(seen_set *set, uint32_t limit) {
    if (limit <= set->limit) return true;
    seen_forget(set);
    // Slack, so that a growing graph does not bring every search here.
    uint64_t rounded = ((uint64_t)limit + limit / 4 + 4096) & ~(uint64_t)63;
    uint64_t *words = calloc(rounded / 64, sizeof *words);
    // One more: a node that was seen is written, and not counted.
    uint32_t *nodes = malloc((rounded + 1) * sizeof *nodes);
    if (words == NULL || nodes == NULL) {
        free(words);
        free(nodes);
        return false;
    }
    seen_destroy(set);
    *set = (seen_set){.words = words, .nodes = nodes, .limit = (uint32_t)(rounded < UINT32_MAX ? rounded : UINT32_MAX)};
    return true;
}

void seen_forget(seen_set *set) {
    if (set->count > set->limit / 64) {
        memset(set->words, 0, set->limit / 8);
    } else {
        for (size_t i = 0; i < set->count; i++) set->words[set->nodes[i] >> 6] = 0;
    }
    set->count = 0;
}

void seen_destroy(seen_set *set) {
    free(set->words);
    free(set->nodes);
}
