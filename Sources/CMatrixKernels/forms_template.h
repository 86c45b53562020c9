// How weights and inputs are laid out for the tiles; part of every instruction set's kernels.

#ifndef CM_FORMS_TEMPLATE_H
#define CM_FORMS_TEMPLATE_H

#include <string.h>

#include "kernels.h"
#include "vector_template.h"

INLINE ptrdiff_t columns_of(ptrdiff_t n, ptrdiff_t panel) {
    return n - panel * PANEL < PANEL ? n - panel * PANEL : PANEL;
}

// MARK: - Floats

// One row of weights, `steps` elements of 32 bits, as a column of a panel.
INLINE void place_column(const void *row, ptrdiff_t steps, char *panel, ptrdiff_t column) {
    for (ptrdiff_t i = 0; i < steps; i++) memcpy(panel + (i * PANEL + column) * 4, (const char *)row + i * 4, 4);
}

// Elements of a row that are packed at a time, so that their places stay in the cache.
enum { PIECE = 128 };

static void f32_pack(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, char *packed) {
    const ptrdiff_t columns = columns_of(n, panel);
    if (columns < PANEL) memset(packed, 0, (size_t)(k * PANEL * 4));
    for (ptrdiff_t i = 0; i < k; i += PIECE)
        for (ptrdiff_t c = 0; c < columns; c++)
            place_column(
                weights + (panel * PANEL + c) * k + i, k - i < PIECE ? k - i : PIECE, packed + i * PANEL * 4, c);
}

// MARK: - bfloat16

#ifdef BF16_DOT

static void bf16_convert(const float *input, ptrdiff_t k, char *output) {
    uint16_t *target = (uint16_t *)output;
    const ptrdiff_t whole = k / LANES * LANES;
    for (ptrdiff_t i = 0; i < whole; i += LANES) store_bf16(target + i, load(input + i));
    for (ptrdiff_t i = whole; i < k; i++) target[i] = cm_bf16(input[i]);
    if (k % 2) target[k] = 0;
}

static void bf16_pack(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, char *packed) {
    const ptrdiff_t columns = columns_of(n, panel);
    if (columns < PANEL) memset(packed, 0, (size_t)(cm_ceil(k, 2) * PANEL * 4));
    for (ptrdiff_t i = 0; i < k; i += PIECE)
        for (ptrdiff_t c = 0; c < columns; c++) {
            const ptrdiff_t depth = k - i < PIECE ? k - i : PIECE;
            char piece[PIECE * 2];
            bf16_convert(weights + (panel * PANEL + c) * k + i, depth, piece);
            place_column(piece, cm_ceil(depth, 2), packed + i * PANEL * 2, c);
        }
}

#else

static void bf16_pack(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, char *packed) {
    uint16_t *target = (uint16_t *)packed;
    ptrdiff_t first = panel * PANEL, columns = columns_of(n, panel);
    memset(packed, 0, (size_t)(k * PANEL * 2));
    for (ptrdiff_t c = 0; c < columns; c++) {
        const float *row = weights + (first + c) * k;
        uint16_t *column = target + 2 * (c % LANES) + c / LANES;
        for (ptrdiff_t i = 0; i < k; i++) column[i * PANEL] = cm_bf16(row[i]);
    }
}

#endif

// MARK: - 8-bit integers

// A larger block costs accuracy where inputs have outliers, a smaller one time.
enum { INT8_BLOCK = 384 };

static void int8_pack(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, char *packed) {
    ptrdiff_t first = panel * PANEL, columns = columns_of(n, panel);
    for (ptrdiff_t k0 = 0; k0 < k; k0 += INT8_BLOCK) {
        const ptrdiff_t depth = k - k0 < INT8_BLOCK ? k - k0 : INT8_BLOCK, steps = cm_ceil(depth, 4);
        int8_t *codes = (int8_t *)packed;
        float *scales = (float *)(packed + steps * PANEL * 4), *sums = scales + PANEL;
        memset(packed, 0, (size_t)(steps * PANEL * 4 + 2 * PANEL * 4));
        for (ptrdiff_t c = 0; c < columns; c++) {
            const float *row = weights + (first + c) * k + k0;
            float largest = 0;
            for (ptrdiff_t i = 0; i < depth; i++) {
                float magnitude = __builtin_fabsf(row[i]);
                largest = magnitude > largest ? magnitude : largest;
            }
            const float scale = largest / 127, inverse = largest > 0 ? 127 / largest : 0;
            int32_t sum = 0;
            for (ptrdiff_t i = 0; i < depth; i++) {
                // Nearest, halves to even, and no more than 127 where the product was rounded up.
                float nearest = (row[i] * inverse + 12582912.0f) - 12582912.0f;
                int8_t code = (int8_t)(nearest > 127 ? 127 : nearest > -127 ? nearest : -127);
                codes[(i / 4 * PANEL + c) * 4 + i % 4] = code;
                sum += code;
            }
            scales[c] = scale;
            sums[c] = scale * (float)sum;
        }
        packed += steps * PANEL * 4 + 2 * PANEL * 4;
    }
}

static void int8_convert(const float *input, ptrdiff_t k, char *output) {
    cm_scale *scales = (cm_scale *)(output + cm_scales_offset(k));
    for (ptrdiff_t k0 = 0; k0 < k; k0 += INT8_BLOCK, scales++) {
        const ptrdiff_t depth = k - k0 < INT8_BLOCK ? k - k0 : INT8_BLOCK, whole = depth / LANES * LANES;
        const float *row = input + k0;
        uint8_t *codes = (uint8_t *)output + k0;
        vec low = splat(row[0]), high = low;
        for (ptrdiff_t i = 0; i < whole; i += LANES) {
            low = minimum(low, load(row + i));
            high = maximum(high, load(row + i));
        }
        if (whole < depth) {
            // Once more the last LANES values, or what there is.
            float rest[LANES];
            for (ptrdiff_t i = 0; i < LANES; i++) rest[i] = row[whole + i < depth ? whole + i : depth - 1];
            low = minimum(low, load(rest));
            high = maximum(high, load(rest));
        }
        const float least = least_of(low), range = most_of(high) - least;
        const float inverse = range > 1e-30f ? INT8_LEVELS / range : 0;
        scales->scale = range / INT8_LEVELS;
        scales->offset = least;
        for (ptrdiff_t i = 0; i < whole; i += LANES) store_bytes(codes + i, (load(row + i) - least) * inverse + 0.5f);
        for (ptrdiff_t i = whole; i < depth; i++) {
            float code = (row[i] - least) * inverse + 0.5f;
            codes[i] = code < INT8_LEVELS ? (uint8_t)code : INT8_LEVELS;
        }
        for (ptrdiff_t i = depth; i % 4; i++) codes[i] = 0;
    }
}

// MARK: - Table

// Sums go through memory between blocks of k, and the processor's cores are fast enough to take the weights from the
// second-level cache: a block is as long as most layers' inputs.
enum { FLOAT_BLOCK = 768 };
#ifdef BF16_DOT
#define BF16_INPUT .group = 2, .input_bytes = 2, .inner = FLOAT_BLOCK, .convert = bf16_convert
#else
#define BF16_INPUT .group = 1, .input_bytes = 4, .inner = FLOAT_BLOCK
#endif
#define FORMS                                                                                                   \
    {                                                                                                           \
        [CM_F32] = {.group = 1, .input_bytes = 4, .weight_bytes = 4, .inner = FLOAT_BLOCK, .pack = f32_pack},           \
        [CM_BF16] = {BF16_INPUT, .weight_bytes = 2, .pack = bf16_pack},                                         \
        [CM_INT8] = {.group = 4, .input_bytes = 1, .weight_bytes = 1, .inner = INT8_BLOCK, .block_floats = 2,   \
                     .pack = int8_pack, .convert = int8_convert},                                               \
    }

#endif
