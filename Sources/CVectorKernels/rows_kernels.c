#include <stdbool.h>

#include "rows_internal.h"
#include "rows_lanes.h"

INLINE float bfloat16_dot(const void *query, const uint8_t *row, size_t n) {
    const float *q = query;
    const uint16_t *r = (const uint16_t *)(const void *)row;
    floats total = 0, first;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        memcpy(&first, q + i, sizeof first);
        total += first * load_bfloat16(r + i);
    }
    return bfloat16_dot_rest(sum_of(total), q, r, i, n);
}

INLINE float bfloat16_squared_l2(const void *query, const uint8_t *row, size_t n) {
    const float *q = query;
    const uint16_t *r = (const uint16_t *)(const void *)row;
    floats total = 0, first;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        memcpy(&first, q + i, sizeof first);
        first -= load_bfloat16(r + i);
        total += first * first;
    }
    return bfloat16_squared_l2_rest(sum_of(total), q, r, i, n);
}

INLINE float byte_dot(const void *query, const uint8_t *row, size_t n) {
    const int8_t *q = query, *r = (const int8_t *)row;
    half_ints total = 0;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) total += pair_products(load_bytes(q + i), load_bytes(r + i));
    return (float)byte_dot_rest(sum_of_ints(total), q, r, i, n);
}

INLINE float byte_squared_l2(const void *query, const uint8_t *row, size_t n) {
    const int8_t *q = query, *r = (const int8_t *)row;
    half_ints total = 0;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        ints difference = load_bytes(q + i) - load_bytes(r + i);
        total += pair_products(difference, difference);
    }
    return (float)byte_squared_l2_rest(sum_of_ints(total), q, r, i, n);
}

INLINE floats magnitudes(floats v) {
    words32 bits;
    memcpy(&bits, &v, sizeof bits);
    bits &= 0x7FFFFFFF;
    memcpy(&v, &bits, sizeof v);
    return v;
}

INLINE float float_l1(const void *query, const uint8_t *row, size_t n) {
    const float *q = query, *r = (const float *)(const void *)row;
    floats total = 0, first, second;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        memcpy(&first, q + i, sizeof first);
        memcpy(&second, r + i, sizeof second);
        total += magnitudes(first - second);
    }
    float sum = sum_of(total);
    for (; i < n; i++) sum += __builtin_fabsf(q[i] - r[i]);
    return sum;
}

INLINE float bfloat16_l1(const void *query, const uint8_t *row, size_t n) {
    const float *q = query;
    const uint16_t *r = (const uint16_t *)(const void *)row;
    floats total = 0, first;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        memcpy(&first, q + i, sizeof first);
        total += magnitudes(first - load_bfloat16(r + i));
    }
    float sum = sum_of(total);
    for (; i < n; i++) sum += __builtin_fabsf(q[i] - widened(r[i]));
    return sum;
}

INLINE float byte_l1(const void *query, const uint8_t *row, size_t n) {
    const int8_t *q = query, *r = (const int8_t *)row;
    half_ints total = 0;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        ints difference = load_bytes(q + i) - load_bytes(r + i);
        ints sign = difference >> 31;
        ints magnitude = (difference ^ sign) - sign;
        total += magnitude.even + magnitude.odd;
    }
    int32_t sum = sum_of_ints(total);
    for (; i < n; i++) sum += q[i] < r[i] ? r[i] - q[i] : q[i] - r[i];
    return (float)sum;
}

/// A kernel for many rows: the one for a single row stands in its loop, and is not called.
#define ROWS_KERNEL(name)                                                                                             \
    FOR_EACH_SET static void name##_rows(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {     \
        const void *query = s->query;                                                                                 \
        size_t n = s->count;                                                                                          \
        for (size_t i = 0; i < count; i++) out[i] = name(query, row_at(s, ordinals[i]), n);                           \
    }

ROWS_KERNEL(bfloat16_dot)
ROWS_KERNEL(bfloat16_squared_l2)
ROWS_KERNEL(byte_dot)
ROWS_KERNEL(byte_squared_l2)
ROWS_KERNEL(bit_dot)
ROWS_KERNEL(bit_squared_l2)
ROWS_KERNEL(float_l1)
ROWS_KERNEL(bfloat16_l1)
ROWS_KERNEL(byte_l1)

/// Rows that follow one another are fetched by the processor itself, and one at a time faster than several at once.
static void float_rows(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {
    float (*kernel)(const float *, const float *, size_t) =
        s->function == CVK_DOT ? s->kernels->dot : s->kernels->squared_l2;
    for (size_t i = 0; i < count; i++)
        out[i] = kernel(s->query, (const float *)(const void *)row_at(s, ordinals[i]), s->count);
}

/// Sums of differences and counts of different bits, which no index compares by.
static void rows_differences(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {
    if (s->function == CVK_HAMMING) return bit_squared_l2_rows(s, ordinals, count, out);
    switch (s->element) {
        case CVK_ELEMENT_FLOAT: float_l1_rows(s, ordinals, count, out); break;
        case CVK_ELEMENT_BFLOAT16: bfloat16_l1_rows(s, ordinals, count, out); break;
        case CVK_ELEMENT_BYTE: byte_l1_rows(s, ordinals, count, out); break;
        case CVK_ELEMENT_BIT: bit_squared_l2_rows(s, ordinals, count, out); break;
    }
}

void rows_values_of(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {
    if (s->function >= CVK_L1) return rows_differences(s, ordinals, count, out);
    bool dot = s->function == CVK_DOT;
    switch (s->element) {
        case CVK_ELEMENT_FLOAT: float_rows(s, ordinals, count, out); break;
        case CVK_ELEMENT_BFLOAT16: (dot ? bfloat16_dot_rows : bfloat16_squared_l2_rows)(s, ordinals, count, out); break;
        case CVK_ELEMENT_BYTE: (dot ? byte_dot_rows : byte_squared_l2_rows)(s, ordinals, count, out); break;
        case CVK_ELEMENT_BIT: (dot ? bit_dot_rows : bit_squared_l2_rows)(s, ordinals, count, out); break;
    }
    rows_scale(s, ordinals, count, out);
}

void rows_scale(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {
    if (s->magnitude != CVK_MAGNITUDE_UNUSED) {
        for (size_t i = 0; i < count; i++) {
            float magnitude;
            memcpy(&magnitude, row_at(s, ordinals[i]) + s->row_bytes - 8, sizeof magnitude);
            out[i] = s->magnitude == CVK_MAGNITUDE_DIVIDES ? out[i] / magnitude : out[i] * magnitude;
        }
    }
    float scale = s->scale;
    for (size_t i = 0; i < count; i++) out[i] *= scale;
}
