// Rows that are not floats, as registers hold them: loads, sums, and what is left over at their ends.
#ifndef ROWS_LANES_H
#define ROWS_LANES_H

#include <string.h>

#include "for_each_set.h"

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

/// The same of whole numbers, which no order changes.
INLINE int32_t sum_of_ints(half_ints v) {
    typedef int32_t ints8 __attribute__((ext_vector_type(8)));
    typedef int32_t ints4 __attribute__((ext_vector_type(4)));
    ints8 a = v.lo + v.hi;
    ints4 b = a.lo + a.hi;
    return (b[0] + b[1]) + (b[2] + b[3]);
}

// What follows the last whole step is added one after the other to the sum of the steps.

INLINE float bfloat16_dot_rest(float sum, const float *q, const uint16_t *r, size_t i, size_t n) {
    for (; i < n; i++) sum += q[i] * widened(r[i]);
    return sum;
}

INLINE float bfloat16_squared_l2_rest(float sum, const float *q, const uint16_t *r, size_t i, size_t n) {
    for (; i < n; i++) sum += (q[i] - widened(r[i])) * (q[i] - widened(r[i]));
    return sum;
}

INLINE int32_t byte_dot_rest(int32_t sum, const int8_t *q, const int8_t *r, size_t i, size_t n) {
    for (; i < n; i++) sum += q[i] * r[i];
    return sum;
}

INLINE int32_t byte_squared_l2_rest(int32_t sum, const int8_t *q, const int8_t *r, size_t i, size_t n) {
    for (; i < n; i++) sum += (q[i] - r[i]) * (q[i] - r[i]);
    return sum;
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

#endif
