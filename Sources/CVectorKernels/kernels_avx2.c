#if defined(__x86_64__)
#include <immintrin.h>

#include "kernel_tables.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

enum { ROWS = 4, STEP = 16 };

static inline float sum(__m256 v) {
    __m128 s = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    s = _mm_add_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
}

/// Selects the first `count` (0...8) lanes.
static inline __m256i first_lanes(size_t count) {
    static const int32_t edge[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
    return _mm256_loadu_si256((const __m256i *)(edge + 8 - count));
}

static inline __m256 add_product(__m256 x, __m256 y, __m256 total) { return _mm256_fmadd_ps(x, y, total); }

static inline __m256 add_square(__m256 x, __m256 y, __m256 total) {
    __m256 difference = _mm256_sub_ps(x, y);
    return _mm256_fmadd_ps(difference, difference, total);
}

// Two accumulators a row; four rows at once keep both FMA pipes full and load the query once for four rows.
#define PAIR_KERNEL(name, step)                                                                                       \
    static float name(const float *a, const float *b, size_t n) {                                                     \
        __m256 even = _mm256_setzero_ps(), odd = _mm256_setzero_ps();                                                 \
        size_t d = 0;                                                                                                 \
        for (; d + STEP <= n; d += STEP) {                                                                            \
            even = step(_mm256_loadu_ps(a + d), _mm256_loadu_ps(b + d), even);                                        \
            odd = step(_mm256_loadu_ps(a + d + 8), _mm256_loadu_ps(b + d + 8), odd);                                  \
        }                                                                                                             \
        for (; d < n; d += 8) {                                                                                       \
            __m256i lanes = first_lanes(n - d < 8 ? n - d : 8);                                                       \
            even = step(_mm256_maskload_ps(a + d, lanes), _mm256_maskload_ps(b + d, lanes), even);                    \
        }                                                                                                             \
        return sum(_mm256_add_ps(even, odd));                                                                         \
    }

#define ROWS_KERNEL(name, step)                                                                                       \
    static void name##_rows(const float *query, const float *base, size_t stride, const uint32_t *rows, size_t count, \
                            size_t n, float *out) {                                                                   \
        size_t i = 0;                                                                                                 \
        for (; i + ROWS <= count; i += ROWS) {                                                                        \
            const float *row[ROWS], *next[ROWS];                                                                      \
            __m256 even[ROWS], odd[ROWS];                                                                             \
            _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) {                                    \
                size_t ahead = i + ROWS + r;                                                                          \
                row[r] = base + (size_t)rows[i + r] * stride;                                                         \
                next[r] = base + (size_t)rows[ahead < count ? ahead : count - 1] * stride;                            \
                even[r] = odd[r] = _mm256_setzero_ps();                                                               \
            }                                                                                                         \
            size_t d = 0;                                                                                             \
            for (; d + STEP <= n; d += STEP) {                                                                        \
                __m256 q0 = _mm256_loadu_ps(query + d), q1 = _mm256_loadu_ps(query + d + 8);                          \
                _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) {                                \
                    fetch_line(next[r] + d);                                           \
                    even[r] = step(q0, _mm256_loadu_ps(row[r] + d), even[r]);                                         \
                    odd[r] = step(q1, _mm256_loadu_ps(row[r] + d + 8), odd[r]);                                       \
                }                                                                                                     \
            }                                                                                                         \
            for (; d < n; d += 8) {                                                                                   \
                __m256i lanes = first_lanes(n - d < 8 ? n - d : 8);                                                   \
                __m256 q = _mm256_maskload_ps(query + d, lanes);                                                      \
                _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) even[r] =                        \
                    step(q, _mm256_maskload_ps(row[r] + d, lanes), even[r]);                                          \
            }                                                                                                         \
            _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) out[i + r] =                         \
                sum(_mm256_add_ps(even[r], odd[r]));                                                                  \
        }                                                                                                             \
        for (; i < count; i++) out[i] = name(query, base + (size_t)rows[i] * stride, n);                              \
    }

// Two queries and two rows at once: their sums fill half the registers. Where there is but one row, it is both.
#define TILE_KERNEL(name, step)                                                                                       \
    static void name##_pair(const float *const *queries, const float *const *rows, size_t n, float *out, size_t out_stride,\
                            size_t next) {                                                                            \
        __m256 even[2][2], odd[2][2];                                                                                 \
        _Pragma("clang loop unroll(full)") for (size_t r = 0; r < 2; r++)                                             \
            _Pragma("clang loop unroll(full)") for (size_t j = 0; j < 2; j++) even[r][j] = odd[r][j] = _mm256_setzero_ps();\
        const float *row[2] = {rows[0], rows[next]};                                                                  \
        size_t d = 0;                                                                                                 \
        for (; d + STEP <= n; d += STEP)                                                                              \
            _Pragma("clang loop unroll(full)") for (size_t j = 0; j < 2; j++) {                                       \
                __m256 q0 = _mm256_loadu_ps(queries[j] + d), q1 = _mm256_loadu_ps(queries[j] + d + 8);                \
                _Pragma("clang loop unroll(full)") for (size_t r = 0; r < 2; r++) {                                   \
                    even[r][j] = step(q0, _mm256_loadu_ps(row[r] + d), even[r][j]);                                   \
                    odd[r][j] = step(q1, _mm256_loadu_ps(row[r] + d + 8), odd[r][j]);                                 \
                }                                                                                                     \
            }                                                                                                         \
        for (; d < n; d += 8) {                                                                                       \
            __m256i lanes = first_lanes(n - d < 8 ? n - d : 8);                                                       \
            _Pragma("clang loop unroll(full)") for (size_t j = 0; j < 2; j++) {                                       \
                __m256 q = _mm256_maskload_ps(queries[j] + d, lanes);                                                 \
                _Pragma("clang loop unroll(full)") for (size_t r = 0; r < 2; r++) even[r][j] =                        \
                    step(q, _mm256_maskload_ps(row[r] + d, lanes), even[r][j]);                                       \
            }                                                                                                         \
        }                                                                                                             \
        _Pragma("clang loop unroll(full)") for (size_t r = 0; r < 2; r++)                                             \
            _Pragma("clang loop unroll(full)") for (size_t j = 0; j < 2; j++) out[j * out_stride + r * next] =        \
                sum(_mm256_add_ps(even[r][j], odd[r][j]));                                                            \
    }                                                                                                                 \
    static void name##_tile(const float *const *queries, const float *const *rows, size_t count, size_t n, float *out,\
                            size_t out_stride) {                                                                      \
        for (size_t i = 0; i < count; i += 2)                                                                         \
            for (size_t j = 0; j < CVK_TILE; j += 2)                                                                  \
                name##_pair(queries + j, rows + i, n, out + j * out_stride + i, out_stride, i + 1 < count);           \
    }

PAIR_KERNEL(dot, add_product)
PAIR_KERNEL(squared_l2, add_square)
ROWS_KERNEL(dot, add_product)
ROWS_KERNEL(squared_l2, add_square)
TILE_KERNEL(dot, add_product)
TILE_KERNEL(squared_l2, add_square)

#pragma clang attribute pop

const cvk_kernels cvk_avx2_kernels = {dot, squared_l2, dot_rows, squared_l2_rows, dot_tile, squared_l2_tile};

#endif
