#if defined(__aarch64__)
#include <arm_neon.h>

#include "kernel_tables.h"

enum { STEP = 16 };

static inline float32x4_t add_product(float32x4_t x, float32x4_t y, float32x4_t total) {
    return vfmaq_f32(total, x, y);
}

static inline float32x4_t add_square(float32x4_t x, float32x4_t y, float32x4_t total) {
    float32x4_t difference = vsubq_f32(x, y);
    return vfmaq_f32(total, difference, difference);
}

#define PAIR_KERNEL(name, step, term)                                                                                 \
    static float name(const float *a, const float *b, size_t n) {                                                     \
        float32x4_t total[4] = {vdupq_n_f32(0), vdupq_n_f32(0), vdupq_n_f32(0), vdupq_n_f32(0)};                      \
        size_t d = 0;                                                                                                 \
        for (; d + STEP <= n; d += STEP)                                                                              \
            for (size_t part = 0; part < 4; part++)                                                                   \
                total[part] = step(vld1q_f32(a + d + 4 * part), vld1q_f32(b + d + 4 * part), total[part]);            \
        float result = vaddvq_f32(vaddq_f32(vaddq_f32(total[0], total[1]), vaddq_f32(total[2], total[3])));           \
        for (; d < n; d++) {                                                                                          \
            float x = a[d], y = b[d];                                                                                 \
            result += (term);                                                                                         \
        }                                                                                                             \
        return result;                                                                                                \
    }

#define ROWS_KERNEL(name)                                                                                             \
    static void name##_rows(const float *query, const float *base, size_t stride, const uint32_t *rows, size_t count, \
                            size_t n, float *out) {                                                                   \
        for (size_t i = 0; i < count; i++) {                                                                          \
            if (i + 2 < count) {                                                                                      \
                const float *ahead = base + (size_t)rows[i + 2] * stride;                                             \
                for (size_t d = 0; d < n; d += STEP) fetch_line(ahead + d);                                   \
            }                                                                                                         \
            out[i] = name(query, base + (size_t)rows[i] * stride, n);                                                 \
        }                                                                                                             \
    }

PAIR_KERNEL(dot, add_product, x *y)
PAIR_KERNEL(squared_l2, add_square, (x - y) * (x - y))
ROWS_KERNEL(dot)
ROWS_KERNEL(squared_l2)
PLAIN_TILE_KERNEL(dot)
PLAIN_TILE_KERNEL(squared_l2)

const cvk_kernels cvk_neon_kernels = {dot, squared_l2, dot_rows, squared_l2_rows, dot_tile, squared_l2_tile};

#endif
