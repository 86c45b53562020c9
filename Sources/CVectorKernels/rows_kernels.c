#include <stdbool.h>
#include <string.h>

#include "rows_internal.h"

enum { STEP = 32 };
typedef float floats __attribute__((ext_vector_type(STEP)));
typedef uint16_t words16 __attribute__((ext_vector_type(STEP)));
typedef uint32_t words32 __attribute__((ext_vector_type(STEP)));
typedef int8_t bytes __attribute__((ext_vector_type(STEP)));
typedef int16_t shorts __attribute__((ext_vector_type(STEP)));
typedef int32_t ints __attribute__((ext_vector_type(STEP)));
typedef int32_t half_ints __attribute__((ext_vector_type(STEP / 2)));

INLINE float widened(uint16_t value) {
    uint32_t bits = (uint32_t)value << 16;
    float result;
    memcpy(&result, &bits, sizeof result);
    return result;
}

INLINE floats load_bfloat16(const uint16_t *values) {
    words16 narrow;
    memcpy(&narrow, values, sizeof narrow);
    words32 wide = __builtin_convertvector(narrow, words32) << 16;
    floats result;
    memcpy(&result, &wide, sizeof result);
    return result;
}

INLINE ints load_bytes(const int8_t *values) {
    bytes narrow;
    memcpy(&narrow, values, sizeof narrow);
    return __builtin_convertvector(__builtin_convertvector(narrow, shorts), ints);
}

/// Products of 16-bit numbers, added in pairs: one instruction where there is one.
INLINE half_ints pair_products(ints a, ints b) {
    ints product = a * b;
    return product.even + product.odd;
}

/// Lanes are added as a tree: one after the other would take longer than a row.
INLINE float sum_of(floats v) {
    typedef float floats16 __attribute__((ext_vector_type(16)));
    typedef float floats8 __attribute__((ext_vector_type(8)));
    typedef float floats4 __attribute__((ext_vector_type(4)));
    floats16 a = v.lo + v.hi;
    floats8 b = a.lo + a.hi;
    floats4 c = b.lo + b.hi;
    return (c[0] + c[1]) + (c[2] + c[3]);
}

INLINE float bfloat16_dot(const void *query, const uint8_t *row, size_t n) {
    const float *q = query;
    const uint16_t *r = (const uint16_t *)(const void *)row;
    floats total = 0, first;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        memcpy(&first, q + i, sizeof first);
        total += first * load_bfloat16(r + i);
    }
    float sum = sum_of(total);
    for (; i < n; i++) sum += q[i] * widened(r[i]);
    return sum;
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
    float sum = sum_of(total);
    for (; i < n; i++) sum += (q[i] - widened(r[i])) * (q[i] - widened(r[i]));
    return sum;
}

INLINE float byte_dot(const void *query, const uint8_t *row, size_t n) {
    const int8_t *q = query, *r = (const int8_t *)row;
    half_ints total = 0;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) total += pair_products(load_bytes(q + i), load_bytes(r + i));
    int32_t sum = 0;
    for (size_t lane = 0; lane < STEP / 2; lane++) sum += total[lane];
    for (; i < n; i++) sum += q[i] * r[i];
    return (float)sum;
}

INLINE float byte_squared_l2(const void *query, const uint8_t *row, size_t n) {
    const int8_t *q = query, *r = (const int8_t *)row;
    half_ints total = 0;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        ints difference = load_bytes(q + i) - load_bytes(r + i);
        total += pair_products(difference, difference);
    }
    int32_t sum = 0;
    for (size_t lane = 0; lane < STEP / 2; lane++) sum += total[lane];
    for (; i < n; i++) sum += (q[i] - r[i]) * (q[i] - r[i]);
    return (float)sum;
}

#define BIT_KERNEL(name, operator)                                                                                    \
    INLINE float name(const void *query, const uint8_t *row, size_t n) {                                              \
        const uint8_t *bits = query;                                                                                  \
        uint64_t total = 0;                                                                                           \
        size_t i = 0;                                                                                                 \
        for (; i + 8 <= n; i += 8) {                                                                                  \
            uint64_t q, r;                                                                                            \
            memcpy(&q, bits + i, sizeof q);                                                                           \
            memcpy(&r, row + i, sizeof r);                                                                            \
            total += (uint64_t)__builtin_popcountll(q operator r);                                                    \
        }                                                                                                             \
        for (; i < n; i++) total += (uint64_t)__builtin_popcount((unsigned)(bits[i] operator row[i]));                \
        return (float)total;                                                                                          \
    }

BIT_KERNEL(bit_dot, &)
BIT_KERNEL(bit_squared_l2, ^)

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

/// Rows that follow one another are fetched by the processor itself, and one at a time faster than several at once.
static void float_rows(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {
    float (*kernel)(const float *, const float *, size_t) =
        s->function == CVK_DOT ? s->kernels->dot : s->kernels->squared_l2;
    for (size_t i = 0; i < count; i++)
        out[i] = kernel(s->query, (const float *)(const void *)row_at(s, ordinals[i]), s->count);
}

void rows_values_of(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {
    bool dot = s->function == CVK_DOT;
    switch (s->element) {
        case CVK_ELEMENT_FLOAT: float_rows(s, ordinals, count, out); break;
        case CVK_ELEMENT_BFLOAT16: (dot ? bfloat16_dot_rows : bfloat16_squared_l2_rows)(s, ordinals, count, out); break;
        case CVK_ELEMENT_BYTE: (dot ? byte_dot_rows : byte_squared_l2_rows)(s, ordinals, count, out); break;
        case CVK_ELEMENT_BIT: (dot ? bit_dot_rows : bit_squared_l2_rows)(s, ordinals, count, out); break;
    }
    for (size_t i = 0; i < count; i++) {
        if (s->magnitude != CVK_MAGNITUDE_UNUSED) {
            float magnitude;
            memcpy(&magnitude, row_at(s, ordinals[i]) + s->row_bytes - 8, sizeof magnitude);
            out[i] = s->magnitude == CVK_MAGNITUDE_DIVIDES ? out[i] / magnitude : out[i] * magnitude;
        }
        out[i] *= s->scale;
    }
}
