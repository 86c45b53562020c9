// Attention of one sequence and head; part of every instruction set's kernels.

#include <string.h>

#include "kernels.h"
#include "vector_template.h"

// Softmax without the division: e^(x - max) of `count` values padded to whole vectors; returns the sum.
INLINE float exponentials(float *values, ptrdiff_t count) {
    ptrdiff_t padded = cm_ceil(count, LANES) * LANES;
    for (ptrdiff_t i = count; i < padded; i++) values[i] = -__builtin_inff();
    vec highest = load(values);
    for (ptrdiff_t i = LANES; i < padded; i += LANES) highest = maximum(highest, load(values + i));
    float peak = highest[0];
    for (int i = 1; i < LANES; i++) peak = highest[i] > peak ? highest[i] : peak;
    vec sums = splat(0);
    for (ptrdiff_t i = 0; i < padded; i += LANES) {
        vec e = exponential(load(values + i) - peak);
        sums = sums + e;
        store(values + i, e);
    }
    return sum_of(sums);
}

enum { QUERIES = 4 };

// `c[rows, columns] = a[rows, k] · b[k, columns]` for a multiple of LANES columns, times `scale[row]`.
INLINE void small_product(
    const int rows, const float *a, ptrdiff_t a_stride, const float *b, ptrdiff_t b_stride, ptrdiff_t k, float *c,
    ptrdiff_t c_stride, ptrdiff_t columns, const float *scale) {
    ptrdiff_t j = 0;
    for (; j + PANEL <= columns; j += PANEL) {
        vec left[QUERIES], right[QUERIES];
        UNROLL for (int r = 0; r < rows; r++) left[r] = right[r] = splat(0);
        for (ptrdiff_t i = 0; i < k; i++) {
            vec b0 = load(b + i * b_stride + j), b1 = load(b + i * b_stride + j + LANES);
            UNROLL for (int r = 0; r < rows; r++) {
                vec x = splat(a[r * a_stride + i]);
                left[r] = left[r] + x * b0;
                right[r] = right[r] + x * b1;
            }
        }
        UNROLL for (int r = 0; r < rows; r++) {
            store(c + r * c_stride + j, left[r] * scale[r]);
            store(c + r * c_stride + j + LANES, right[r] * scale[r]);
        }
    }
    if (j < columns) {
        vec sums[QUERIES];
        UNROLL for (int r = 0; r < rows; r++) sums[r] = splat(0);
        for (ptrdiff_t i = 0; i < k; i++) {
            vec b0 = load(b + i * b_stride + j);
            UNROLL for (int r = 0; r < rows; r++) sums[r] = sums[r] + splat(a[r * a_stride + i]) * b0;
        }
        UNROLL for (int r = 0; r < rows; r++) store(c + r * c_stride + j, sums[r] * scale[r]);
    }
}

// Queries `[first, first + rows)` of one head. `keys` is `[head_size, keys_stride]`, `values` `[keys, values_stride]`.
INLINE void attend(
    const int rows, const cm_attention_arguments *arguments, const cm_attention_sequence *sequence, ptrdiff_t head,
    ptrdiff_t first, const float *keys, ptrdiff_t keys_stride, const float *values, ptrdiff_t values_stride,
    float *scores, float *mixed) {
    const ptrdiff_t size = arguments->head_size, hidden = sequence->key_count - sequence->query_count;
    const ptrdiff_t seen = arguments->causal ? first + rows + hidden : sequence->key_count;
    const float *query = arguments->query + (sequence->query_start + first) * arguments->query_stride + head * size;
    float scale[QUERIES];
    for (int r = 0; r < rows; r++) scale[r] = arguments->scale;
    small_product(
        rows, query, arguments->query_stride, keys, keys_stride, size, scores, keys_stride,
        cm_ceil(seen, LANES) * LANES, scale);
    for (int r = 0; r < rows; r++) {
        float *row = scores + r * keys_stride;
        ptrdiff_t visible = arguments->causal ? first + r + hidden + 1 : seen;
        scale[r] = 1.0f / exponentials(row, visible);
        for (ptrdiff_t i = visible; i < seen; i++) row[i] = 0;
    }
    small_product(rows, scores, keys_stride, values, values_stride, seen, mixed, values_stride, values_stride, scale);
    for (int r = 0; r < rows; r++) {
        float *target =
            arguments->output + (sequence->query_start + first + r) * arguments->output_stride + head * size;
        memcpy(target, mixed + r * values_stride, (size_t)size * sizeof(float));
    }
}

static size_t attention_scratch(ptrdiff_t longest, ptrdiff_t head_size) {
    ptrdiff_t keys = cm_ceil(longest, LANES) * LANES, values = cm_ceil(head_size, LANES) * LANES;
    return (size_t)(head_size * keys + longest * values + QUERIES * (keys + values)) * sizeof(float);
}

static void attention(
    const cm_attention_arguments *arguments, const cm_attention_sequence *sequence, ptrdiff_t head, float *scratch) {
    const ptrdiff_t size = arguments->head_size, count = sequence->key_count;
    const ptrdiff_t keys_stride = cm_ceil(count, LANES) * LANES, values_stride = cm_ceil(size, LANES) * LANES;
    float *keys = scratch, *values = keys + size * keys_stride;
    float *scores = values + count * values_stride, *mixed = scores + QUERIES * keys_stride;
    for (ptrdiff_t t = 0; t < count; t++) {
        const float *key = arguments->key + (sequence->key_start + t) * arguments->key_stride + head * size;
        const float *value = arguments->value + (sequence->key_start + t) * arguments->key_stride + head * size;
        for (ptrdiff_t i = 0; i < size; i++) keys[i * keys_stride + t] = key[i];
        memcpy(values + t * values_stride, value, (size_t)size * sizeof(float));
        for (ptrdiff_t i = size; i < values_stride; i++) values[t * values_stride + i] = 0;
    }
    for (ptrdiff_t i = 0; i < size; i++)
        for (ptrdiff_t t = count; t < keys_stride; t++) keys[i * keys_stride + t] = 0;
    ptrdiff_t q = 0;
#define ATTEND(R) \
    attend(R, arguments, sequence, head, q, keys, keys_stride, values, values_stride, scores, mixed)
    for (; q + QUERIES <= sequence->query_count; q += QUERIES) ATTEND(QUERIES);
    switch (sequence->query_count - q) {
    case 1: ATTEND(1); break;
    case 2: ATTEND(2); break;
    case 3: ATTEND(3); break;
    }
#undef ATTEND
}
