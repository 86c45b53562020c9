#ifndef CVK_DISTANCE_H
#define CVK_DISTANCE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

typedef enum {
    CVK_SCALAR = 0,
    CVK_NEON = 1,
    CVK_AVX2 = 2,
    CVK_AVX512 = 3,
    /// AVX-512 as of Ice Lake and Zen 4: products of bytes, and counts of bits.
    CVK_AVX512_VNNI = 4,
} cvk_instruction_set;

/// The float32 kernels of one instruction set. `n` is the number of dimensions; any alignment is accepted.
typedef struct {
    float (*dot)(const float *a, const float *b, size_t n);
    float (*squared_l2)(const float *a, const float *b, size_t n);

    /// One query against many rows: out[i] = f(query, base + rows[i] * stride). Rows to come are prefetched while
    /// others are computed. A row's result is the same to the bit wherever it stands in `rows`.
    void (*dot_rows)(const float *query, const float *base, size_t stride, const uint32_t *rows, size_t count,
                     size_t n, float *out);
    void (*squared_l2_rows)(const float *query, const float *base, size_t stride, const uint32_t *rows, size_t count,
                            size_t n, float *out);

    /// CVK_TILE queries against `count` rows: out[j * out_stride + i] = f(queries[j], rows[i]), by the additions of
    /// `dot` and `squared_l2` in their order, so that results are the same to the bit. Rows are in the cache, or soon
    /// will be.
    void (*dot_tile)(const float *const _Nonnull *_Nonnull queries, const float *const _Nonnull *_Nonnull rows,
                     size_t count, size_t n, float *out, size_t out_stride);
    void (*squared_l2_tile)(const float *const _Nonnull *_Nonnull queries, const float *const _Nonnull *_Nonnull rows,
                            size_t count, size_t n, float *out, size_t out_stride);
} cvk_kernels;

/// Queries of a tile: each row that is in registers is compared with so many.
enum { CVK_TILE = 4 };

/// The kernels of `set`, or NULL where this build or this CPU lacks it.
const cvk_kernels *_Nullable cvk_kernels_of(cvk_instruction_set set);

/// The widest instruction set that this CPU has, not above the cap in the environment variable CLIPSEARCH_ISA
/// (scalar, neon, avx2, avx512 or avx512_vnni). Decided once.
cvk_instruction_set cvk_best_instruction_set(void);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
