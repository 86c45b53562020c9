#include <stdbool.h>

#include "rows_internal.h"
#include "rows_lanes.h"

// Tiles: CVK_TILE queries against two rows at a time, whose sums stay in registers. Each sum is added up as that of one
// query and one row is in rows_kernels.c, so values are the same to the bit.

#define UNROLL _Pragma("clang loop unroll(full)")
enum { ROWS = 2, HALF = STEP / 2 };
typedef float half_floats __attribute__((ext_vector_type(HALF)));
typedef uint16_t half_words16 __attribute__((ext_vector_type(HALF)));
typedef uint32_t half_words32 __attribute__((ext_vector_type(HALF)));

INLINE half_floats load_half(const float *values) {
    half_floats result;
    memcpy(&result, values, sizeof result);
    return result;
}

INLINE half_floats load_half_bfloat16(const uint16_t *values) {
    half_words16 narrow;
    memcpy(&narrow, values, sizeof narrow);
    half_words32 wide = __builtin_convertvector(narrow, half_words32) << 16;
    half_floats result;
    memcpy(&result, &wide, sizeof result);
    return result;
}

INLINE half_floats add_product(half_floats x, half_floats y, half_floats total) {
    total += x * y;
    return total;
}

INLINE half_floats add_square(half_floats x, half_floats y, half_floats total) {
    x -= y;
    total += x * x;
    return total;
}

INLINE half_ints add_int_products(ints x, ints y, half_ints total) { return total + pair_products(x, y); }

INLINE half_ints add_int_squares(ints x, ints y, half_ints total) {
    ints difference = x - y;
    return total + pair_products(difference, difference);
}

/// One half of the lanes, then the other: sums of all would not fit the registers.
#define BFLOAT16_TILE(name, step)                                                                                     \
    INLINE void name##_half(const float *const *q, const uint16_t *const *r, size_t n, size_t half,                   \
                            half_floats total[ROWS][CVK_TILE]) {                                                      \
        half_floats y[ROWS];                                                                                          \
        UNROLL for (size_t i = 0; i < ROWS; i++) UNROLL for (size_t j = 0; j < CVK_TILE; j++) total[i][j] = 0;        \
        for (size_t d = 0; d + STEP <= n; d += STEP) {                                                                \
            UNROLL for (size_t i = 0; i < ROWS; i++) y[i] = load_half_bfloat16(r[i] + d + half);                      \
            UNROLL for (size_t j = 0; j < CVK_TILE; j++) {                                                            \
                half_floats x = load_half(q[j] + d + half);                                                           \
                UNROLL for (size_t i = 0; i < ROWS; i++) total[i][j] = step(x, y[i], total[i][j]);                    \
            }                                                                                                         \
        }                                                                                                             \
    }                                                                                                                 \
    INLINE void name##_in_lanes(const void *const *queries, const uint8_t *const *rows, size_t count, size_t n,       \
                                float *out, size_t out_stride) {                                                      \
        const float *const *q = (const float *const *)queries;                                                        \
        for (size_t first = 0; first < count; first += ROWS) {                                                        \
            size_t place[ROWS] = {first, first + 1 < count ? first + 1 : first};                                      \
            const uint16_t *r[ROWS];                                                                                  \
            UNROLL for (size_t i = 0; i < ROWS; i++) r[i] = (const uint16_t *)(const void *)rows[place[i]];           \
            half_floats low[ROWS][CVK_TILE], high[ROWS][CVK_TILE];                                                    \
            name##_half(q, r, n, 0, low);                                                                             \
            name##_half(q, r, n, HALF, high);                                                                         \
            UNROLL for (size_t i = 0; i < ROWS; i++) UNROLL for (size_t j = 0; j < CVK_TILE; j++) {                   \
                floats total;                                                                                         \
                total.lo = low[i][j];                                                                                 \
                total.hi = high[i][j];                                                                                \
                out[j * out_stride + place[i]] = name##_rest(sum_of(total), q[j], r[i], n / STEP * STEP, n);          \
            }                                                                                                         \
        }                                                                                                             \
    }

#define BYTE_TILE(name, step)                                                                                         \
    INLINE void name##_in_lanes(const void *const *queries, const uint8_t *const *rows, size_t count, size_t n,       \
                                float *out, size_t out_stride) {                                                      \
        const int8_t *const *q = (const int8_t *const *)queries;                                                      \
        for (size_t first = 0; first < count; first += ROWS) {                                                        \
            size_t place[ROWS] = {first, first + 1 < count ? first + 1 : first};                                      \
            const int8_t *r[ROWS];                                                                                    \
            half_ints total[ROWS][CVK_TILE];                                                                          \
            ints y[ROWS];                                                                                             \
            UNROLL for (size_t i = 0; i < ROWS; i++) {                                                                \
                r[i] = (const int8_t *)rows[place[i]];                                                                \
                UNROLL for (size_t j = 0; j < CVK_TILE; j++) total[i][j] = 0;                                         \
            }                                                                                                         \
            for (size_t d = 0; d + STEP <= n; d += STEP) {                                                            \
                UNROLL for (size_t i = 0; i < ROWS; i++) y[i] = load_bytes(r[i] + d);                                 \
                UNROLL for (size_t j = 0; j < CVK_TILE; j++) {                                                        \
                    ints x = load_bytes(q[j] + d);                                                                    \
                    UNROLL for (size_t i = 0; i < ROWS; i++) total[i][j] = step(x, y[i], total[i][j]);                \
                }                                                                                                     \
            }                                                                                                         \
            UNROLL for (size_t i = 0; i < ROWS; i++) UNROLL for (size_t j = 0; j < CVK_TILE; j++)                     \
                out[j * out_stride + place[i]] =                                                                      \
                    (float)name##_rest(sum_of_ints(total[i][j]), q[j], r[i], n / STEP * STEP, n);                     \
        }                                                                                                             \
    }

/// Bits are counted as fast one pair after the other.
#define BIT_TILE(name)                                                                                                \
    INLINE void name##_in_lanes(const void *const *queries, const uint8_t *const *rows, size_t count, size_t n,       \
                                float *out, size_t out_stride) {                                                      \
        for (size_t i = 0; i < count; i++)                                                                            \
            for (size_t j = 0; j < CVK_TILE; j++) out[j * out_stride + i] = name(queries[j], rows[i], n);             \
    }

/// A tile is compiled for each instruction set; what it calls with registers full is inlined.
#define TILE(name)                                                                                                    \
    FOR_EACH_SET static void name##_tile(const void *const *queries, const uint8_t *const *rows, size_t count, size_t n,\
                                         float *out, size_t out_stride) {                                             \
        name##_in_lanes(queries, rows, count, n, out, out_stride);                                                    \
    }

BFLOAT16_TILE(bfloat16_dot, add_product)
BFLOAT16_TILE(bfloat16_squared_l2, add_square)
BYTE_TILE(byte_dot, add_int_products)
BYTE_TILE(byte_squared_l2, add_int_squares)
BIT_TILE(bit_dot)
BIT_TILE(bit_squared_l2)
TILE(bfloat16_dot)
TILE(bfloat16_squared_l2)
TILE(byte_dot)
TILE(byte_squared_l2)
TILE(bit_dot)
TILE(bit_squared_l2)

static void float_tile(const cvk_rows *s, const void *const *queries, const uint8_t *const *rows, size_t count, float *out,
                       size_t out_stride) {
    (s->function == CVK_DOT ? s->kernels->dot_tile : s->kernels->squared_l2_tile)(
        (const float *const *)queries, (const float *const *)rows, count, s->count, out, out_stride);
}

void rows_tile(const cvk_rows *const *queries, const uint32_t *ordinals, size_t count, float *out, size_t out_stride) {
    const cvk_rows *s = queries[0];
    const void *vectors[CVK_TILE];
    const uint8_t *rows[ROWS_BATCH];
    for (size_t j = 0; j < CVK_TILE; j++) vectors[j] = queries[j]->query;
    for (size_t i = 0; i < count; i++) rows[i] = row_at(s, ordinals[i]);
    bool dot = s->function == CVK_DOT;
    size_t n = s->count;
    switch (s->element) {
        case CVK_ELEMENT_FLOAT: float_tile(s, vectors, rows, count, out, out_stride); break;
        case CVK_ELEMENT_BFLOAT16:
            (dot ? bfloat16_dot_tile : bfloat16_squared_l2_tile)(vectors, rows, count, n, out, out_stride);
            break;
        case CVK_ELEMENT_BYTE:
            (dot ? byte_dot_tile : byte_squared_l2_tile)(vectors, rows, count, n, out, out_stride);
            break;
        case CVK_ELEMENT_BIT:
            (dot ? bit_dot_tile : bit_squared_l2_tile)(vectors, rows, count, n, out, out_stride);
            break;
    }
    for (size_t j = 0; j < CVK_TILE; j++) rows_scale(queries[j], ordinals, count, out + j * out_stride);
}
