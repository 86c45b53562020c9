#include <stdlib.h>
#include <string.h>

#include "graph_internal.h"

cvk_context *cvk_context_create(void) { return calloc(1, sizeof(cvk_context)); }

void cvk_context_destroy(cvk_context *c) {
    seen_destroy(&c->seen);
    pool_destroy(&c->pool);
    free(c->batch);
    free(c->distances);
    free(c->chosen[0]);
    free(c->code);
    free(c);
}

bool cvk_context_in_doubt(const cvk_context *c) { return c->in_doubt; }

size_t cvk_context_visited(const cvk_context *c) { return c->visited; }

bool context_reserve_batch(cvk_context *c, size_t capacity) {
    if (capacity <= c->batch_capacity) return true;
    // One more than is ever counted: what is not kept is written all the same.
    uint32_t *batch = realloc(c->batch, (capacity + 1) * sizeof *batch);
    if (batch != NULL) c->batch = batch;
    float *distances = realloc(c->distances, capacity * sizeof *distances);
    if (distances != NULL) c->distances = distances;
    uint32_t *chosen = realloc(c->chosen[0], capacity * (CVK_MAXIMUM_LEVEL + 1) * sizeof *chosen);
    if (chosen != NULL)
        for (size_t level = 0; level <= CVK_MAXIMUM_LEVEL; level++) c->chosen[level] = chosen + level * capacity;
    if (batch == NULL || distances == NULL || chosen == NULL) return false;
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

cvk_status context_prepare(cvk_context *c, const cvk_graph *g, uint32_t limit) {
    size_t batch = GRAPH_EXPANSIONS * 2 * (size_t)g->m + 1;
    c->limit = limit;
    c->visited = 0;
    c->in_doubt = false;
    bool fits = seen_reserve(&c->seen, limit) && context_reserve_batch(c, batch < 64 ? 64 : batch)
                && reserve_code(c, g->code_bytes) && pool_begin(&c->pool, pool_of(2 * (size_t)g->m + 1));
    return fits ? CVK_OK : CVK_OUT_OF_MEMORY;
}
