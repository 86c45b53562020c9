#include "sealed_context.h"

#include <math.h>
#include <stdlib.h>

cvk_sealed_context *cvk_sealed_context_create(void) { return calloc(1, sizeof(cvk_sealed_context)); }

void cvk_sealed_context_destroy(cvk_sealed_context *c) {
    free(c->query.planes);
    free(c->query.bytes);
    seen_destroy(&c->seen);
    pool_destroy(&c->pool);
    free(c->batch);
    free(c->rows);
    free(c->products);
    free(c);
}

size_t cvk_sealed_context_visited(const cvk_sealed_context *c) { return c->visited; }

bool cvk_sealed_context_in_doubt(const cvk_sealed_context *c) { return c->in_doubt; }

static bool grow(void **memory, size_t bytes) {
    void *grown = realloc(*memory, bytes);
    if (grown != NULL) *memory = grown;
    return grown != NULL;
}

static bool reserve(cvk_sealed_context *c, const cvk_sealed_part *part, size_t batch) {
    size_t dimensions = (part->layout.dimensions + 127) / 128 * 128;
    if (dimensions > c->query.capacity) {
        if (!grow((void **)&c->query.planes, dimensions / 8 * CVK_SKETCH_PLANES) || !grow((void **)&c->query.bytes, dimensions))
            return false;
        c->query.capacity = dimensions;
    }
    if (!seen_reserve(&c->seen, part->count)) return false;
    if (batch > c->batch_capacity) {
        if (!grow((void **)&c->batch, batch * sizeof *c->batch) || !grow((void **)&c->rows, batch * sizeof *c->rows)
            || !grow((void **)&c->products, batch * sizeof *c->products))
            return false;
        c->batch_capacity = batch;
    }
    return true;
}

bool sealed_prepare(cvk_sealed_context *c, const cvk_sealed_part *part, const cvk_sealed_request *request,
                    pool_bounds bounds, size_t batch, sealed_certainty certainty) {
    if (!reserve(c, part, batch) || !pool_begin(&c->pool, bounds)) return false;
    float length = sealed_prepare_query(&c->query, request->query, part->layout.dimensions);
    float error = part->layout.has_codes ? part->code_error : part->sketch_error;
    c->sketch_margin = certainty.sketch * length * part->sketch_error;
    c->answer_margin = certainty.answer * length * error;
    c->visited = 0;
    c->closing_k = c->closing_least = 0;
    c->in_doubt = false;
    return true;
}
