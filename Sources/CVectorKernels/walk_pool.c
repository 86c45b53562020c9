#include "walk_pool.h"

#include <math.h>
#include <stdlib.h>

bool pool_begin(walk_pool *pool, pool_bounds bounds) {
    if (bounds.limit + 1 > pool->capacity) {
        size_t capacity = bounds.limit + 1;
        float *distances = realloc(pool->distances, capacity * sizeof *distances);
        if (distances != NULL) pool->distances = distances;
        uint32_t *candidates = realloc(pool->candidates, capacity * sizeof *candidates);
        if (candidates != NULL) pool->candidates = candidates;
        if (distances == NULL || candidates == NULL) return false;
        pool->capacity = capacity;
    }
    pool->count = pool->passing = pool->cursor = 0;
    pool->bounds = bounds;
    pool->worst = INFINITY;
    return true;
}

void pool_destroy(walk_pool *pool) {
    free(pool->distances);
    free(pool->candidates);
}
