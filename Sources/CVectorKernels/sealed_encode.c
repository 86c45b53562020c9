#include <math.h>
#include <string.h>

#include "sealed_internal.h"

cvk_sealed_layout cvk_sealed_layout_of(uint32_t dimensions, uint32_t degree, bool has_codes) {
    size_t words = ((size_t)dimensions + 63) / 64, blocks = has_codes ? ((size_t)dimensions + 127) / 128 : 0;
    size_t record = 64 * blocks + sizeof(uint32_t) * (size_t)degree;
    return (cvk_sealed_layout){
        .dimensions = dimensions,
        .degree = degree,
        .has_codes = has_codes,
        .words = words,
        .blocks = blocks,
        .sketch_stride = 8 * words + sizeof(sketch_factors),
        .record_stride = (record + 63) / 64 * 64,
    };
}

enum { MIDDLE = 8, GREATEST = 15 };

static uint32_t nibble(float x, float scale) {
    float level = floorf(x * scale) + MIDDLE;
    // Also of what is not a number.
    return !(level > 0) ? 0 : level > GREATEST ? GREATEST : (uint32_t)level;
}

/// How well the vector's direction is kept with this scale: ⟨x, code⟩ / |code|.
static float fidelity(const float *x, size_t n, float scale) {
    float product = 0, square = 0;
    for (size_t d = 0; d < n; d++) {
        float level = (float)nibble(x[d], scale) - 7.5f;
        product += x[d] * level;
        square += level * level;
    }
    return product / sqrtf(square);
}

/// The best of a few scales. With the greatest component at the last level, the others would have few levels.
static float best_scale(const float *x, size_t n, float greatest) {
    static const float shares[] = {0.55f, 0.65f, 0.75f, 0.85f, 1};
    float best = 0, best_fidelity = -1;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        float scale = MIDDLE / (greatest * shares[i]), value = fidelity(x, n, scale);
        if (!(value > best_fidelity)) continue;
        best = scale;
        best_fidelity = value;
    }
    return best;
}

void cvk_sealed_encode(cvk_sealed_layout layout, const float *x, float halved_square, uint8_t *sketch, uint8_t *record) {
    size_t n = layout.dimensions, words = layout.words;
    float square = 0, sum = 0, greatest = 0;
    uint64_t word = 0;
    sketch_factors factors = {.halved_square = halved_square};
    memset(sketch, 0, 8 * words);
    for (size_t d = 0; d < n; d++) {
        float size = fabsf(x[d]);
        square += size * size;
        sum += size;
        greatest = size > greatest ? size : greatest;
        bool positive = x[d] > 0;
        factors.ones += positive;
        word |= (uint64_t)positive << (d & 63);
        if ((d & 63) == 63 || d + 1 == n) {
            memcpy(sketch + d / 64 * 8, &word, 8);
            word = 0;
        }
    }
    factors.sketch_scale = sum > 0 ? square / sum : 0;
    if (layout.has_codes) {
        memset(record, 0, 64 * layout.blocks);
        float scale = greatest > 0 ? best_scale(x, n, greatest) : 0, product = 0;
        for (size_t d = 0; d < n; d++) {
            uint32_t level = nibble(x[d], scale);
            product += x[d] * ((float)level - 7.5f);
            record[d / 128 * 64 + d % 64] |= (uint8_t)(level << (d % 128 < 64 ? 0 : 4));
        }
        // Makes the estimate of the vector's own length exact, and others' free of bias.
        factors.code_scale = product > 0 ? square / product : 0;
    }
    memcpy(sketch + 8 * words, &factors, sizeof factors);
}
