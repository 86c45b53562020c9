#include <stdlib.h>
#include <string.h>

#include "graph_internal.h"

cvk_context *cvk_context_create(void) { return calloc(1, sizeof(cvk_context)); }

void cvk_context_destroy(cvk_context *c) {
    seen_destroy(&c->seen);
    free(c->pool);
    free(c->batch);
    free(c->distances);
    free(c->ranked);
    free(c->chosen[0]);
    free(c->code);
    free(c);
}

size_t cvk_context_visited(const cvk_context *c) { return c->visited; }

bool context_reserve_batch(cvk_context *c, size_t capacity) {
    if (capacity <= c->batch_capacity) return true;
    // One more than is ever counted: what is not kept is written all the same.
    uint32_t *batch = realloc(c->batch, (capacity + 1) * sizeof *batch);
    if (batch != NULL) c->batch = batch;
    float *distances = realloc(c->distances, capacity * sizeof *distances);
    if (distances != NULL) c->distances = distances;
    candidate *ranked = realloc(c->ranked, capacity * sizeof *ranked);
    if (ranked != NULL) c->ranked = ranked;
    uint32_t *chosen = realloc(c->chosen[0], capacity * (CVK_MAXIMUM_LEVEL + 1) * sizeof *chosen);
    if (chosen != NULL)
        for (size_t level = 0; level <= CVK_MAXIMUM_LEVEL; level++) c->chosen[level] = chosen + level * capacity;
    if (batch == NULL || distances == NULL || ranked == NULL || chosen == NULL) return false;
    c->batch_capacity = capacity;
    return true;
}

static bool reserve_code(cvk_context *c, size_t bytes) {
    if (bytes <= c->code_capacity) return true;
    uint8_t *fresh = realloc(c->code, bytes);
    if (fresh == NULL) return false;
    c->code = fresh;
    c->code_capacity = bytes;
    return true;
}

cvk_status context_prepare(cvk_context *c, const cvk_graph *g, uint32_t limit, size_t ef) {
    size_t batch = 2 * (size_t)g->m + 1;
    bool fits = seen_reserve(&c->seen, limit) && context_reserve_batch(c, batch < 64 ? 64 : batch) && pool_reserve(c, ef + 1) &&
                reserve_code(c, g->code_bytes);
    c->limit = limit;
    c->visited = 0;
    c->pool_count = 0;
    return fits ? CVK_OK : CVK_OUT_OF_MEMORY;
}

bool pool_reserve(cvk_context *c, size_t capacity) {
    if (capacity <= c->pool_capacity) return true;
    size_t doubled = 2 * c->pool_capacity;
    if (capacity < doubled) capacity = doubled;
    candidate *pool = realloc(c->pool, capacity * sizeof *pool);
    if (pool == NULL) return false;
    c->pool = pool;
    c->pool_capacity = capacity;
    return true;
}

size_t pool_insert(cvk_context *c, float distance, uint32_t node) {
    candidate *pool = c->pool;
    size_t low = 0, length = c->pool_count;
    while (length > 0) {
        size_t half = length / 2;
        bool after = pool[low + half].distance <= distance;
        low = after ? low + half + 1 : low;
        length = after ? length - half - 1 : half;
    }
    memmove(pool + low + 1, pool + low, (c->pool_count - low) * sizeof *pool);
    pool[low] = (candidate){distance, node};
    c->pool_count++;
    return low;
}
