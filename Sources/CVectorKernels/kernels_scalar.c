// Plain C: the reference that every other instruction set is tested against.

#include "kernel_tables.h"

enum { LANES = 8 };

static float sum(const float lanes[LANES]) {
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

#define PAIR_KERNEL(name, term)                                                                                       \
    static float name(const float *a, const float *b, size_t n) {                                                     \
        float lanes[LANES] = {0};                                                                                     \
        size_t d = 0;                                                                                                 \
        for (; d + LANES <= n; d += LANES)                                                                            \
            for (size_t lane = 0; lane < LANES; lane++) {                                                             \
                float x = a[d + lane], y = b[d + lane];                                                               \
                lanes[lane] += (term);                                                                                \
            }                                                                                                         \
        for (size_t lane = 0; d < n; d++, lane++) {                                                                   \
            float x = a[d], y = b[d];                                                                                 \
            lanes[lane] += (term);                                                                                    \
        }                                                                                                             \
        return sum(lanes);                                                                                            \
    }                                                                                                                 \
    static void name##_rows(const float *query, const float *base, size_t stride, const uint32_t *rows, size_t count, \
                            size_t n, float *out) {                                                                   \
        for (size_t i = 0; i < count; i++) out[i] = name(query, base + (size_t)rows[i] * stride, n);                  \
    }

PAIR_KERNEL(dot, x *y)
PAIR_KERNEL(squared_l2, (x - y) * (x - y))
PLAIN_TILE_KERNEL(dot)
PLAIN_TILE_KERNEL(squared_l2)

const cvk_kernels cvk_scalar_kernels = {dot, squared_l2, dot_rows, squared_l2_rows, dot_tile, squared_l2_tile};
