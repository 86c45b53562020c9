#include "sealed_context.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

cvk_sealed_context *cvk_sealed_context_create(void) { return calloc(1, sizeof(cvk_sealed_context)); }

void cvk_sealed_context_destroy(cvk_sealed_context *c) {
    free(c->planes);
    free(c->bytes);
    seen_destroy(&c->seen);
    free(c->distances);
    free(c->candidates);
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

static bool reserve(cvk_sealed_context *c, const cvk_sealed_part *part, size_t most, size_t batch) {
    size_t dimensions = (part->layout.dimensions + 127) / 128 * 128;
    if (dimensions > c->query_capacity) {
        if (!grow((void **)&c->planes, dimensions / 8 * CVK_SKETCH_PLANES) || !grow((void **)&c->bytes, dimensions))
            return false;
        c->query_capacity = dimensions;
    }
    if (!seen_reserve(&c->seen, part->count)) return false;
    if (most + 1 > c->pool_capacity) {
        if (!grow((void **)&c->distances, (most + 1) * sizeof *c->distances)
            || !grow((void **)&c->candidates, (most + 1) * sizeof *c->candidates))
            return false;
        c->pool_capacity = most + 1;
    }
    if (batch > c->batch_capacity) {
        if (!grow((void **)&c->batch, batch * sizeof *c->batch) || !grow((void **)&c->rows, batch * sizeof *c->rows)
            || !grow((void **)&c->products, batch * sizeof *c->products))
            return false;
        c->batch_capacity = batch;
    }
    return true;
}

/// Four bits a component, between the least and the greatest.
static void prepare_planes(cvk_sealed_context *c, const float *query, size_t n, float least, float greatest) {
    size_t words = (n + 63) / 64;
    float step = (greatest - least) / 15, levels = step > 0 ? 1 / step : 0, sum = 0;
    memset(c->planes, 0, 8 * words * CVK_SKETCH_PLANES);
    for (size_t w = 0; w < words; w++) {
        size_t end = n < 64 * (w + 1) ? n : 64 * (w + 1);
        uint64_t plane[CVK_SKETCH_PLANES] = {0};
        for (size_t d = 64 * w; d < end; d++) {
            float exact = (query[d] - least) * levels + 0.5f;
            // Also of what is not a number: lengths may leave Float's range.
            uint32_t level = exact < 15 ? (uint32_t)exact : 15;
            for (size_t j = 0; j < CVK_SKETCH_PLANES; j++) plane[j] |= (uint64_t)(level >> j & 1) << (d & 63);
            sum += query[d];
        }
        for (size_t j = 0; j < CVK_SKETCH_PLANES; j++) c->planes[j * words + w] = plane[j];
    }
    c->sketch_slope = 2 * step;
    c->ones_weight = 2 * least;
    c->sketch_offset = -sum;
}

static void prepare_bytes(cvk_sealed_context *c, const float *query, size_t n, float greatest_size) {
    float scale = greatest_size > 0 ? 127 / greatest_size : 0;
    int32_t sum = 0;
    size_t padded = (n + 127) / 128 * 128;
    for (size_t d = 0; d < n; d++) {
        float level = query[d] * scale;
        int32_t byte = fabsf(level) < 128 ? (int32_t)(level + (level < 0 ? -0.5f : 0.5f)) : 0;
        c->bytes[d] = (int8_t)byte;
        sum += byte;
    }
    memset(c->bytes + n, 0, padded - n);
    c->byte_scale = greatest_size / 127;
    c->code_offset = 7.5f * (float)sum;
}

bool sealed_prepare(cvk_sealed_context *c, const cvk_sealed_part *part, const cvk_sealed_request *request, size_t most,
                    size_t batch, sealed_certainty certainty) {
    if (!reserve(c, part, most, batch)) return false;
    size_t n = part->layout.dimensions;
    float least = INFINITY, greatest = -INFINITY, square = 0;
    for (size_t d = 0; d < n; d++) {
        float x = request->query[d];
        least = x < least ? x : least;
        greatest = x > greatest ? x : greatest;
        square += x * x;
    }
    prepare_planes(c, request->query, n, least, greatest);
    prepare_bytes(c, request->query, n, fmaxf(fabsf(least), fabsf(greatest)));
    float length = sqrtf(square), error = part->layout.has_codes ? part->code_error : part->sketch_error;
    c->sketch_margin = certainty.sketch * length * part->sketch_error;
    c->answer_margin = certainty.answer * length * error;
    c->pool_count = c->passing = c->cursor = c->visited = 0;
    c->ef = request->ef;
    c->most = most;
    c->worst = INFINITY;
    c->closing_k = c->closing_least = 0;
    c->in_doubt = false;
    return true;
}
