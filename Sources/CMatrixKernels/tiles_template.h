// Tiles of matrix products in registers; part of every instruction set's kernels.
//
// Weights are packed into panels of PANEL columns of weightsᵀ. A panel is a sequence of blocks of k, and a block holds, for
// each step of `group` elements of k, the elements of column 0, those of column 1, and so on; zeros fill the last step and
// the last panel.

#ifndef CM_TILES_TEMPLATE_H
#define CM_TILES_TEMPLATE_H

#include <string.h>

#include "kernels.h"
#include "vector_template.h"

// What one tile computes over one block of k: `c[rows, PANEL] (+)= a[rows, k] · b[k, PANEL] + bias`.
typedef struct {
    const char *a;          // the inputs' rows in the form of the precision, at this block
    ptrdiff_t a_stride;     // bytes
    const char *b;
    ptrdiff_t steps;
    float *c;
    ptrdiff_t c_stride;
    int add;
    const float *bias;      // `[PANEL]`
    const cm_scale *scales; // int8: the first row's scale for this block; those of the next row are `a_stride` bytes away
    const char *following;  // weights that will be wanted after this block, which the cache is told of
    ptrdiff_t following_step; // bytes for each step of k
} tile_job;

// The weights come from the second-level cache, and the processor's own prefetching stays too close to the loads: without
// this a tenth of the time is waiting.
INLINE void prefetch(const char *b, const int bytes, const char **following, ptrdiff_t following_step) {
    enum { AHEAD = 2048 };
    UNROLL for (int i = 0; i < bytes; i += 64) __builtin_prefetch(b + AHEAD + i, 0, 3);
    __builtin_prefetch(*following, 0, 2);
    *following += following_step;
}

INLINE void load_sums(const int rows, const tile_job *job, vec *left, vec *right) {
    const vec bias0 = load(job->bias), bias1 = load(job->bias + LANES);
    UNROLL for (int r = 0; r < rows; r++) {
        left[r] = job->add ? load(job->c + r * job->c_stride) + bias0 : bias0;
        right[r] = job->add ? load(job->c + r * job->c_stride + LANES) + bias1 : bias1;
    }
}

INLINE void store_sums(const int rows, const tile_job *job, const vec *left, const vec *right) {
    UNROLL for (int r = 0; r < rows; r++) {
        store(job->c + r * job->c_stride, left[r]);
        store(job->c + r * job->c_stride + LANES, right[r]);
    }
}

// One function for each number of rows, so that the sums are registers.
#define CASE(NAME, R) case R: NAME(R, job); break;
#if MAXIMUM_ROWS == 12
#define MORE_CASES(NAME) CASE(NAME, 7) CASE(NAME, 8) CASE(NAME, 9) CASE(NAME, 10) CASE(NAME, 11) CASE(NAME, 12)
#else
#define MORE_CASES(NAME)
#endif
#define DEFINE_TILES(NAME, TILE)                                                             \
    static void NAME(ptrdiff_t rows, const tile_job *job) {                                  \
        switch (rows) {                                                                      \
            CASE(TILE, 1) CASE(TILE, 2) CASE(TILE, 3) CASE(TILE, 4) CASE(TILE, 5) CASE(TILE, 6) \
            MORE_CASES(TILE)                                                                 \
        }                                                                                    \
    }

// MARK: - Floats

// `halves`: the weights are bfloat16, two columns in 32 bits.
INLINE void float_tile(const int rows, const int halves, const tile_job *job) {
    enum { STEP = PANEL * 4 };
    const char *b = job->b, *following = job->following;
    vec left[MAXIMUM_ROWS], right[MAXIMUM_ROWS];
    load_sums(rows, job, left, right);
    for (ptrdiff_t i = 0; i < job->steps; i++, b += halves ? STEP / 2 : STEP) {
        prefetch(b, halves ? STEP / 2 : STEP, &following, job->following_step);
        vec b0, b1;
        if (halves) {
            ivec both = load_integers(b);
            b0 = (vec)(both << 16);
            b1 = (vec)(both & (int32_t)0xffff0000);
        } else {
            b0 = load((const float *)b);
            b1 = load((const float *)b + LANES);
        }
        UNROLL for (int r = 0; r < rows; r++) {
            vec x = splat(((const float *)(job->a + r * job->a_stride))[i]);
            left[r] = left[r] + x * b0;
            right[r] = right[r] + x * b1;
        }
    }
    store_sums(rows, job, left, right);
}

INLINE void f32_tile(const int rows, const tile_job *job) { float_tile(rows, 0, job); }
DEFINE_TILES(f32_tiles, f32_tile)

// MARK: - bfloat16, or bfloat16 weights and floats

#ifdef BF16_DOT
// `sums + a₀ b₀ + a₁ b₁` in each lane.
INLINE void bf16_tile(const int rows, const tile_job *job) {
    const char *b = job->b, *following = job->following;
    vec left[MAXIMUM_ROWS], right[MAXIMUM_ROWS];
    load_sums(rows, job, left, right);
    for (ptrdiff_t i = 0; i < job->steps; i++, b += PANEL * 4) {
        prefetch(b, PANEL * 4, &following, job->following_step);
        ivec b0 = load_integers(b), b1 = load_integers(b + LANES * 4);
        UNROLL for (int r = 0; r < rows; r++) {
            ivec x = splat_integer(job->a + r * job->a_stride + i * 4);
            left[r] = BF16_DOT(left[r], x, b0);
            right[r] = BF16_DOT(right[r], x, b1);
        }
    }
    store_sums(rows, job, left, right);
}
#else
INLINE void bf16_tile(const int rows, const tile_job *job) { float_tile(rows, 1, job); }
#endif
DEFINE_TILES(bf16_tiles, bf16_tile)

// MARK: - 8-bit integers
//
// A row of inputs is x ≈ offset + scale · q with 0 <= q <= INT8_LEVELS, and a column of weights w ≈ s · p with |p| <= 127, both with
// numbers of their own for each block of k, so that an outlier spoils its block alone. Then
//
//     Σ x w ≈ scale · s · Σ q p + offset · s · Σ p
//
// where a block ends with s and s · Σ p of each of its columns.

INLINE void int8_tile(const int rows, const tile_job *job) {
    const char *b = job->b, *following = job->following;
    ivec left[MAXIMUM_ROWS], right[MAXIMUM_ROWS];
    UNROLL for (int r = 0; r < rows; r++) left[r] = right[r] = (ivec){0};
    for (ptrdiff_t i = 0; i < job->steps; i++, b += PANEL * 4) {
        prefetch(b, PANEL * 4, &following, job->following_step);
        ivec b0 = load_integers(b), b1 = load_integers(b + LANES * 4);
        UNROLL for (int r = 0; r < rows; r++) {
            ivec x = splat_integer(job->a + r * job->a_stride + i * 4);
            left[r] = INT8_DOT(left[r], x, b0);
            right[r] = INT8_DOT(right[r], x, b1);
        }
    }
    const float *columns = (const float *)b;
    const vec s0 = load(columns), s1 = load(columns + LANES);
    const vec p0 = load(columns + 2 * LANES), p1 = load(columns + 3 * LANES);
    const vec bias0 = load(job->bias), bias1 = load(job->bias + LANES);
    UNROLL for (int r = 0; r < rows; r++) {
        const cm_scale *row = (const cm_scale *)((const char *)job->scales + r * job->a_stride);
        const vec scale = splat(row->scale), offset = splat(row->offset);
        float *c = job->c + r * job->c_stride;
        const vec c0 = p0 * offset + (job->add ? load(c) + bias0 : bias0);
        const vec c1 = p1 * offset + (job->add ? load(c + LANES) + bias1 : bias1);
        store(c, __builtin_convertvector(left[r], vec) * (scale * s0) + c0);
        store(c + LANES, __builtin_convertvector(right[r], vec) * (scale * s1) + c1);
    }
}
DEFINE_TILES(int8_tiles, int8_tile)

// MARK: - All

static void (*const tiles_of[])(ptrdiff_t, const tile_job *) = {
    [CM_F32] = f32_tiles, [CM_BF16] = bf16_tiles, [CM_INT8] = int8_tiles};

// One tile into `c`; beyond the last column, by way of memory of its own.
INLINE void tile_into(cm_precision precision, ptrdiff_t rows, tile_job *job, float *c, ptrdiff_t stride, ptrdiff_t columns) {
    float edge[MAXIMUM_ROWS * PANEL];
    const size_t bytes = (size_t)columns * sizeof(float);
    const int whole = columns == PANEL;
    job->c = whole ? c : edge;
    job->c_stride = whole ? stride : PANEL;
    if (!whole) memset(edge, 0, sizeof edge);
    for (ptrdiff_t r = 0; !whole && job->add && r < rows; r++) memcpy(edge + r * PANEL, c + r * stride, bytes);
    tiles_of[precision](rows, job);
    for (ptrdiff_t r = 0; !whole && r < rows; r++) memcpy(c + r * stride, edge + r * PANEL, bytes);
}

#endif
