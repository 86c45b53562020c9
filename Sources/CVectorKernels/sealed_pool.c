#include <math.h>
#include <string.h>

#include "sealed_context.h"

uint32_t sealed_first_duplicate(const cvk_sealed_part *part, uint32_t node) {
    uint32_t low = 0, length = part->duplicate_count;
    while (length > 0) {
        uint32_t half = length / 2;
        if (part->duplicates[low + half].node < node) {
            low += half + 1;
            length -= half + 1;
        } else {
            length = half;
        }
    }
    return low;
}

static bool any_duplicate_passes(const cvk_sealed_part *part, cvk_filter filter, uint32_t node) {
    for (uint32_t i = sealed_first_duplicate(part, node); i < part->duplicate_count && part->duplicates[i].node == node; i++)
        if (filter_passes(filter, part->duplicates[i].ordinal)) return true;
    return false;
}

/// The node, marked if its ordinal passes or one of its duplicates'. Which do follows no pattern: nothing branches on it but
/// the few that have some.
static inline uint32_t marked(const cvk_sealed_part *part, cvk_filter filter, uint32_t node) {
    if (filter.words == NULL) return node | POOL_PASSES;
    uint32_t ordinal = part->ordinals[node], passes = filter_passes(filter, ordinal & ~CVK_HAS_DUPLICATES);
    if (ordinal & CVK_HAS_DUPLICATES) passes |= any_duplicate_passes(part, filter, node);
    return node | passes * POOL_PASSES;
}

/// Lets go of what cannot be among the k nearest any more, by the errors of estimates.
static void close_pool(cvk_sealed_context *c) {
    // Of many that are about as near, the k-th estimate is one that errs far: so must those be allowed to that it is
    // compared with.
    enum { MANY = 64 };
    const float widening = 1.7f;
    walk_pool *pool = &c->pool;
    float factor = pool->count > MANY ? widening : 1;
    c->answer_margin = c->narrow_answer * factor;
    c->sketch_margin = c->narrow_sketch * factor;
    // No less than `closing_least` fill the pool.
    if (pool->count < c->closing_least) return;
    pool_close(pool, fmaxf(pool->distances[c->closing_k - 1] + c->answer_margin, pool->distances[c->closing_least - 1]));
}

/// Keeps those of the batch's nodes that are near enough, and asks for their links.
static void keep(cvk_sealed_context *c, const cvk_sealed_part *part, cvk_filter filter, const uint32_t *nodes,
                 const float *keys, size_t count) {
    uint32_t near[SEALED_GROUP];
    size_t near_count = 0;
    for (size_t i = 0; i < count; i++) {
        near[near_count] = (uint32_t)i;
        near_count += -keys[i] < c->pool.worst;
    }
    for (size_t i = 0; i < near_count; i++) {
        float distance = -keys[near[i]];
        // It is less by now, maybe.
        if (!(distance < c->pool.worst)) continue;
        uint32_t node = nodes[near[i]];
        if (c->closing_k > 0) {
            pool_place(&c->pool, distance, node | POOL_PASSES);
            close_pool(c);
        } else {
            fetch_lines(record_of(part, node) + 64 * part->layout.blocks, sizeof(uint32_t) * part->layout.degree);
            pool_insert(&c->pool, distance, marked(part, filter, node));
        }
    }
}

void sealed_estimate(cvk_sealed_context *c, const cvk_sealed_part *part, size_t from, size_t count, float *keys) {
    for (size_t i = 0; i < count; i++) c->rows[i] = sketch_of(part, c->batch[from + i]);
    part->kernels->weigh_bits(c->query.planes, c->rows, count, part->layout.words, c->products);
    float slope = c->query.sketch_slope, ones_weight = c->query.ones_weight, offset = c->query.sketch_offset;
    for (size_t i = 0; i < count; i++) {
        const sketch_factors *factors = factors_of(part, c->rows[i]);
        keys[i] = factors->sketch_scale * (slope * (float)c->products[i] + ones_weight * factors->ones + offset)
                  - factors->halved_square;
    }
}

/// Keeps those of the batch whose sketches are near enough, and asks for their codes.
static size_t sift(cvk_sealed_context *c, const cvk_sealed_part *part, size_t count) {
    size_t kept = 0;
    float limit = -c->pool.worst - c->sketch_margin;
    for (size_t start = 0; start < count; start += SEALED_GROUP) {
        float keys[SEALED_GROUP];
        size_t group = count - start < SEALED_GROUP ? count - start : SEALED_GROUP, before = kept;
        sealed_estimate(c, part, start, group, keys);
        // No branch: which of them pass cannot be foretold.
        for (size_t i = 0; i < group; i++) {
            c->batch[kept] = c->batch[start + i];
            kept += keys[i] > limit;
        }
        for (size_t i = before; i < kept; i++) {
            const uint8_t *record = record_of(part, c->batch[i]);
            fetch_lines(record, 64 * part->layout.blocks);
        }
    }
    return kept;
}

/// Keys of the batch's nodes `from..<from + count` by their codes.
static void key_by_codes(cvk_sealed_context *c, const cvk_sealed_part *part, size_t from, size_t count, float *keys) {
    for (size_t i = 0; i < count; i++) c->rows[i] = record_of(part, c->batch[from + i]);
    part->kernels->dot_nibbles(c->query.bytes, c->rows, count, part->layout.blocks, c->products);
    float scale = c->query.byte_scale, offset = c->query.code_offset;
    for (size_t i = 0; i < count; i++) {
        const sketch_factors *factors = factors_of(part, sketch_of(part, c->batch[from + i]));
        keys[i] = factors->code_scale * scale * ((float)c->products[i] - offset) - factors->halved_square;
    }
}

void sealed_consider(cvk_sealed_context *c, const cvk_sealed_part *part, cvk_filter filter, size_t count) {
    bool has_codes = part->layout.blocks > 0;
    c->visited += count;
    if (has_codes) count = sift(c, part, count);
    for (size_t start = 0; start < count; start += SEALED_GROUP) {
        float keys[SEALED_GROUP];
        size_t group = count - start < SEALED_GROUP ? count - start : SEALED_GROUP;
        // With sketches alone, their estimates are all there is.
        (has_codes ? key_by_codes : sealed_estimate)(c, part, start, group, keys);
        keep(c, part, filter, c->batch + start, keys, group);
    }
}

int64_t sealed_answer(const cvk_sealed_context *c, const cvk_sealed_part *part, const cvk_sealed_request *request,
                      size_t capacity, cvk_neighbour *out) {
    const walk_pool *pool = &c->pool;
    size_t count = 0;
    float limit = __builtin_inff();
    for (size_t i = 0; i < pool->count && count < capacity; i++) {
        float distance = pool->distances[i];
        if (!(pool->candidates[i] & POOL_PASSES)) continue;
        if (count >= request->least && distance > limit) break;
        uint32_t node = POOL_NODE(pool->candidates[i]), ordinal = part->ordinals[node];
        cvk_filter filter = request->filter;
        // More of one vector are not among the k nearest, and would keep others out.
        size_t end = capacity - count < request->k ? capacity : count + request->k;
        if (filter.words == NULL || filter_passes(filter, ordinal & ~CVK_HAS_DUPLICATES))
            out[count++] = (cvk_neighbour){distance, ordinal & ~CVK_HAS_DUPLICATES};
        if (ordinal & CVK_HAS_DUPLICATES)
            for (uint32_t d = sealed_first_duplicate(part, node);
                 d < part->duplicate_count && part->duplicates[d].node == node && count < end; d++)
                if (filter.words == NULL || filter_passes(filter, part->duplicates[d].ordinal))
                    out[count++] = (cvk_neighbour){distance, part->duplicates[d].ordinal};
        if (count >= request->k && limit == __builtin_inff()) limit = distance + c->answer_margin;
    }
    return (int64_t)count;
}

cvk_status cvk_sealed_estimate(const cvk_sealed_part *part, cvk_sealed_context *c, const float *query,
                               const uint32_t *nodes, size_t count, float *by_sketches, float *by_codes) {
    const cvk_sealed_request request = {.query = query, .ef = 1, .most = 1};
    size_t batch = count > SEALED_GROUP ? count : SEALED_GROUP;
    if (!sealed_prepare(c, part, &request, pool_of(1), batch, (sealed_certainty){0})) return CVK_OUT_OF_MEMORY;
    memcpy(c->batch, nodes, count * sizeof *nodes);
    sealed_estimate(c, part, 0, count, by_sketches);
    if (part->layout.blocks > 0) key_by_codes(c, part, 0, count, by_codes);
    return CVK_OK;
}
