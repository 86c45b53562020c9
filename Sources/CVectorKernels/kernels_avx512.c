#if defined(__x86_64__)
#include <immintrin.h>

#include "kernel_tables.h"

#pragma clang attribute push(__attribute__((target("avx512f"))), apply_to = function)

enum { ROWS = 4, STEP = 16, TILE_ROWS = 2 };

/// Selects the first `count` lanes, 16 at most.
static inline __mmask16 first_lanes(size_t count) {
    return count >= STEP ? (__mmask16)0xffff : (__mmask16)((1u << count) - 1);
}

static inline __m512 add_product(__m512 x, __m512 y, __m512 total) { return _mm512_fmadd_ps(x, y, total); }

static inline __m512 add_square(__m512 x, __m512 y, __m512 total) {
    __m512 difference = _mm512_sub_ps(x, y);
    return _mm512_fmadd_ps(difference, difference, total);
}

#define PAIR_KERNEL(name, step)                                                                                       \
    static float name(const float *a, const float *b, size_t n) {                                                     \
        __m512 total = _mm512_setzero_ps();                                                                           \
        for (size_t d = 0; d < n; d += STEP) {                                                                        \
            __mmask16 lanes = first_lanes(n - d);                                                                     \
            total = step(_mm512_maskz_loadu_ps(lanes, a + d), _mm512_maskz_loadu_ps(lanes, b + d), total);            \
        }                                                                                                             \
        return _mm512_reduce_add_ps(total);                                                                           \
    }

#define ROWS_KERNEL(name, step)                                                                                       \
    static void name##_rows(const float *query, const float *base, size_t stride, const uint32_t *rows, size_t count, \
                            size_t n, float *out) {                                                                   \
        size_t i = 0;                                                                                                 \
        for (; i + ROWS <= count; i += ROWS) {                                                                        \
            const float *row[ROWS], *next[ROWS];                                                                      \
            __m512 total[ROWS];                                                                                       \
            _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) {                                    \
                size_t ahead = i + ROWS + r;                                                                          \
                row[r] = base + (size_t)rows[i + r] * stride;                                                         \
                next[r] = base + (size_t)rows[ahead < count ? ahead : count - 1] * stride;                            \
                total[r] = _mm512_setzero_ps();                                                                       \
            }                                                                                                         \
            for (size_t d = 0; d < n; d += STEP) {                                                                    \
                __mmask16 lanes = first_lanes(n - d);                                                                 \
                __m512 q = _mm512_maskz_loadu_ps(lanes, query + d);                                                   \
                _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) {                                \
                    fetch_line(next[r] + d);                                           \
                    total[r] = step(q, _mm512_maskz_loadu_ps(lanes, row[r] + d), total[r]);                           \
                }                                                                                                     \
            }                                                                                                         \
            _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) out[i + r] =                         \
                _mm512_reduce_add_ps(total[r]);                                                                       \
        }                                                                                                             \
        for (; i < count; i++) out[i] = name(query, base + (size_t)rows[i] * stride, n);                              \
    }

// Whole steps are loaded without a mask: with one, a tile takes 1.2 times as long.
#define TILE_STEP(step, load)                                                                                         \
    _Pragma("clang loop unroll(full)") for (size_t r = 0; r < TILE_ROWS; r++) y[r] = load(rows[place[r]] + d);        \
    _Pragma("clang loop unroll(full)") for (size_t j = 0; j < CVK_TILE; j++) {                                        \
        __m512 x = load(queries[j] + d);                                                                              \
        _Pragma("clang loop unroll(full)") for (size_t r = 0; r < TILE_ROWS; r++) total[r][j] =                       \
            step(x, y[r], total[r][j]);                                                                               \
    }
#define LOAD_LANES(address) _mm512_maskz_loadu_ps(first_lanes(n - d), address)

#define TILE_KERNEL(name, step)                                                                                       \
    static void name##_tile(const float *const *queries, const float *const *rows, size_t count, size_t n, float *out,\
                            size_t out_stride) {                                                                      \
        for (size_t i = 0; i < count; i += TILE_ROWS) {                                                               \
            /* The last row stands in for those that are not there. */                                                \
            size_t place[TILE_ROWS], d = 0;                                                                           \
            __m512 total[TILE_ROWS][CVK_TILE], y[TILE_ROWS];                                                          \
            _Pragma("clang loop unroll(full)") for (size_t r = 0; r < TILE_ROWS; r++) {                               \
                place[r] = i + r < count ? i + r : count - 1;                                                         \
                _Pragma("clang loop unroll(full)") for (size_t j = 0; j < CVK_TILE; j++) total[r][j] =                \
                    _mm512_setzero_ps();                                                                              \
            }                                                                                                         \
            for (; d + STEP <= n; d += STEP) { TILE_STEP(step, _mm512_loadu_ps) }                                     \
            if (d < n) { TILE_STEP(step, LOAD_LANES) }                                                                \
            _Pragma("clang loop unroll(full)") for (size_t r = 0; r < TILE_ROWS; r++)                                 \
                _Pragma("clang loop unroll(full)") for (size_t j = 0; j < CVK_TILE; j++)                              \
                    out[j * out_stride + place[r]] = _mm512_reduce_add_ps(total[r][j]);                               \
        }                                                                                                             \
    }

PAIR_KERNEL(dot, add_product)
PAIR_KERNEL(squared_l2, add_square)
ROWS_KERNEL(dot, add_product)
ROWS_KERNEL(squared_l2, add_square)
TILE_KERNEL(dot, add_product)
TILE_KERNEL(squared_l2, add_square)

#pragma clang attribute pop

const cvk_kernels cvk_avx512_kernels = {dot, squared_l2, dot_rows, squared_l2_rows, dot_tile, squared_l2_tile};

#endif
