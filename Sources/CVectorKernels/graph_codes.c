#include <math.h>
#include <string.h>

#include "graph_internal.h"

void graph_distances(const cvk_graph *g, code query, const uint32_t *nodes, size_t count, float *out) {
    enum { BLOCK = 32 };
    for (size_t first = 0; first < count; first += BLOCK) {
        const void *rows[BLOCK];
        cvk_code_factors factors[BLOCK];
        int32_t sums[BLOCK];
        size_t n = count - first < BLOCK ? count - first : BLOCK;
        for (size_t i = 0; i < n; i++) {
            code row = code_of(g, nodes[first + i]);
            rows[i] = row.bytes;
            factors[i] = row.factors;
        }
        float *distances = out + first;
        if (g->space.kind == CVK_CODE_BIT) {
            g->space.kernels->hamming(query.bytes, rows, n, g->code_bytes, sums);
            for (size_t i = 0; i < n; i++) distances[i] = (float)sums[i];
            continue;
        }
        g->space.kernels->dot_s8(query.bytes, rows, n, g->code_bytes, sums);
        for (size_t i = 0; i < n; i++) distances[i] = (float)sums[i] * (query.factors.scale * factors[i].scale);
        if (g->space.euclidean) {
            for (size_t i = 0; i < n; i++)
                distances[i] = query.factors.squared + factors[i].squared - 2 * distances[i];
        } else {
            for (size_t i = 0; i < n; i++) distances[i] = -distances[i];
        }
    }
}

float graph_uncertainty(const cvk_graph *g, code query, code row, float distance) {
    if (g->space.kind != CVK_CODE_INT8) return 0;
    // Rounding is off by a twelfth of the scale's square for each component, in the mean of squares.
    float q = query.factors.scale * query.factors.scale / 12, r = row.factors.scale * row.factors.scale / 12;
    float squared = g->space.euclidean ? distance : query.factors.squared + row.factors.squared + 2 * distance;
    float deviation = sqrtf(4 * fabsf(squared) * (q + r) + 2 * (float)g->space.dimensions * (q + r) * (q + r));
    return 4 * (g->space.euclidean ? deviation : deviation / 2);
}

code graph_encode(const cvk_graph *g, cvk_context *c, const float *components) {
    cvk_code_factors factors = cvk_encode(&g->space, components, c->code);
    return (code){c->code, factors};
}

void graph_set_code(cvk_graph *g, cvk_context *c, uint32_t node, const float *components) {
    segment *s = segment_of(g, node);
    uint32_t index = node & (SEGMENT_NODES - 1);
    uint8_t *place = s->codes + (size_t)index * g->code_stride;
    code fresh = graph_encode(g, c, components);
    // A node that was removed and comes again has its code, and slow walks may still be reading it.
    if (memcmp(place, fresh.bytes, g->code_bytes) == 0 && s->factors[index].scale == fresh.factors.scale) return;
    memcpy(place, fresh.bytes, g->code_bytes);
    s->factors[index] = fresh.factors;
}
