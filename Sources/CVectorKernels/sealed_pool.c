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

/// Whether the node's ordinal passes, or one of its duplicates'.
static bool passes(const cvk_sealed_part *part, cvk_filter filter, uint32_t node) {
    uint32_t ordinal = part->ordinals[node];
    if (filter.words == NULL || sealed_bit(filter, ordinal & ~CVK_HAS_DUPLICATES)) return true;
    if (!(ordinal & CVK_HAS_DUPLICATES)) return false;
    for (uint32_t i = sealed_first_duplicate(part, node); i < part->duplicate_count && part->duplicates[i].node == node; i++)
        if (sealed_bit(filter, part->duplicates[i].ordinal)) return true;
    return false;
}

/// Whether the pool takes a candidate only if it is nearer than its last.
static inline bool is_full(const cvk_sealed_context *c, size_t ef, size_t most) {
    return c->passing >= ef || c->pool_count >= most;
}

static void keep(cvk_sealed_context *c, const cvk_sealed_part *part, const cvk_sealed_request *request, size_t most,
                 float distance, uint32_t node) {
    if (is_full(c, request->ef, most) && !(distance < c->pool[c->pool_count - 1].distance)) return;
    if (passes(part, request->filter, node)) {
        node |= SEALED_PASSES;
        c->passing++;
    }
    sealed_candidate *pool = c->pool;
    size_t low = 0;
    // No branch but the loop's: which half it is cannot be foretold.
    for (size_t length = c->pool_count; length > 0;) {
        size_t half = (length + 1) / 2;
        low += -(size_t)(pool[low + half - 1].distance <= distance) & half;
        length -= half;
    }
    memmove(pool + low + 1, pool + low, (c->pool_count - low) * sizeof *pool);
    pool[low] = (sealed_candidate){distance, node};
    c->pool_count++;
    if (low < c->cursor) c->cursor = low;
    // Its links will be asked for, if it stays.
    const uint8_t *links = record_of(part, node & (SEALED_PASSES - 1)) + 64 * part->layout.blocks;
    __builtin_prefetch(links);
    __builtin_prefetch(links + 64);
    // The ef-th that passes ends the pool: nothing behind it can lead to a better answer.
    while (c->pool_count > most || c->passing >= request->ef) {
        bool last_passes = pool[c->pool_count - 1].node & SEALED_PASSES;
        if (c->pool_count <= most && last_passes && c->passing == request->ef) break;
        c->passing -= last_passes;
        c->pool_count--;
    }
}

void sealed_estimate(cvk_sealed_context *c, const cvk_sealed_part *part, size_t from, size_t count, float *keys) {
    for (size_t i = 0; i < count; i++) c->rows[i] = sketch_of(part, c->batch[from + i]);
    part->kernels->weigh_bits(c->planes, c->rows, count, part->layout.words, c->products);
    float slope = c->sketch_slope, ones_weight = c->ones_weight, offset = c->sketch_offset;
    for (size_t i = 0; i < count; i++) {
        const sketch_factors *factors = factors_of(part, c->rows[i]);
        keys[i] = factors->sketch_scale * (slope * (float)c->products[i] + ones_weight * factors->ones + offset)
                  - factors->halved_square;
    }
}

/// Keeps those of the batch whose sketches are near enough, and asks for their codes.
static size_t sift(cvk_sealed_context *c, const cvk_sealed_part *part, const cvk_sealed_request *request, size_t most,
                   size_t count) {
    size_t kept = 0;
    float limit = -__builtin_inff();
    if (is_full(c, request->ef, most)) limit = -c->pool[c->pool_count - 1].distance - c->sketch_margin;
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
            for (size_t block = 0; block < part->layout.blocks; block++) __builtin_prefetch(record + 64 * block);
        }
    }
    return kept;
}

/// With sketches alone, estimates are all there is.
static void keep_estimated(cvk_sealed_context *c, const cvk_sealed_part *part, const cvk_sealed_request *request,
                           size_t most, size_t count) {
    for (size_t start = 0; start < count; start += SEALED_GROUP) {
        float keys[SEALED_GROUP];
        size_t group = count - start < SEALED_GROUP ? count - start : SEALED_GROUP;
        sealed_estimate(c, part, start, group, keys);
        for (size_t i = 0; i < group; i++) keep(c, part, request, most, -keys[i], c->batch[start + i]);
    }
}

/// Keys of the batch's nodes `from..<from + count` by their codes.
static void key_by_codes(cvk_sealed_context *c, const cvk_sealed_part *part, size_t from, size_t count, float *keys) {
    for (size_t i = 0; i < count; i++) c->rows[i] = record_of(part, c->batch[from + i]);
    part->kernels->dot_nibbles(c->bytes, c->rows, count, part->layout.blocks, c->products);
    float scale = c->byte_scale, offset = c->code_offset;
    for (size_t i = 0; i < count; i++) {
        const sketch_factors *factors = factors_of(part, sketch_of(part, c->batch[from + i]));
        keys[i] = factors->code_scale * scale * ((float)c->products[i] - offset) - factors->halved_square;
    }
}

void sealed_consider(cvk_sealed_context *c, const cvk_sealed_part *part, const cvk_sealed_request *request, size_t most,
                     size_t count) {
    c->visited += count;
    if (part->layout.blocks == 0) {
        keep_estimated(c, part, request, most, count);
        return;
    }
    count = sift(c, part, request, most, count);
    for (size_t start = 0; start < count; start += SEALED_GROUP) {
        float keys[SEALED_GROUP];
        size_t group = count - start < SEALED_GROUP ? count - start : SEALED_GROUP;
        key_by_codes(c, part, start, group, keys);
        for (size_t i = 0; i < group; i++) keep(c, part, request, most, -keys[i], c->batch[start + i]);
    }
}

int64_t sealed_answer(const cvk_sealed_context *c, const cvk_sealed_part *part, const cvk_sealed_request *request,
                      size_t capacity, cvk_neighbour *out) {
    size_t count = 0;
    float limit = __builtin_inff();
    for (size_t i = 0; i < c->pool_count && count < capacity; i++) {
        sealed_candidate candidate = c->pool[i];
        if (!(candidate.node & SEALED_PASSES)) continue;
        if (count >= request->least && candidate.distance > limit) break;
        uint32_t node = SEALED_NODE(candidate), ordinal = part->ordinals[node];
        cvk_filter filter = request->filter;
        if (filter.words == NULL || sealed_bit(filter, ordinal & ~CVK_HAS_DUPLICATES))
            out[count++] = (cvk_neighbour){candidate.distance, ordinal & ~CVK_HAS_DUPLICATES};
        if (ordinal & CVK_HAS_DUPLICATES)
            for (uint32_t d = sealed_first_duplicate(part, node);
                 d < part->duplicate_count && part->duplicates[d].node == node && count < capacity; d++)
                if (filter.words == NULL || sealed_bit(filter, part->duplicates[d].ordinal))
                    out[count++] = (cvk_neighbour){candidate.distance, part->duplicates[d].ordinal};
        if (count >= request->k && limit == __builtin_inff()) limit = candidate.distance + c->answer_margin;
    }
    return (int64_t)count;
}

cvk_status cvk_sealed_estimate(const cvk_sealed_part *part, cvk_sealed_context *c, const float *query,
                               const uint32_t *nodes, size_t count, float *by_sketches, float *by_codes) {
    const cvk_sealed_request request = {.query = query, .ef = 1, .most = 1};
    if (!sealed_prepare(c, part, &request, 1, count > SEALED_GROUP ? count : SEALED_GROUP)) return CVK_OUT_OF_MEMORY;
    memcpy(c->batch, nodes, count * sizeof *nodes);
    sealed_estimate(c, part, 0, count, by_sketches);
    if (part->layout.blocks > 0) key_by_codes(c, part, 0, count, by_codes);
    return CVK_OK;
}
