#if defined(__aarch64__)
#include <arm_neon.h>

#include "codes_internal.h"

enum { STEP = 16, AHEAD = 2 };

static int32_t pair_dot_s8(const int8_t *a, const int8_t *b, size_t bytes) {
    int32x4_t low = vdupq_n_s32(0), high = vdupq_n_s32(0);
    size_t d = 0;
    for (; d + STEP <= bytes; d += STEP) {
        int8x16_t x = vld1q_s8(a + d), y = vld1q_s8(b + d);
        low = vpadalq_s16(low, vmull_s8(vget_low_s8(x), vget_low_s8(y)));
        high = vpadalq_s16(high, vmull_high_s8(x, y));
    }
    int32_t total = vaddvq_s32(vaddq_s32(low, high));
    for (; d < bytes; d++) total += a[d] * b[d];
    return total;
}

static int32_t pair_hamming(const uint8_t *a, const uint8_t *b, size_t bytes) {
    uint32x4_t counts = vdupq_n_u32(0);
    size_t d = 0;
    for (; d + STEP <= bytes; d += STEP)
        counts = vpadalq_u16(counts, vpaddlq_u8(vcntq_u8(veorq_u8(vld1q_u8(a + d), vld1q_u8(b + d)))));
    int32_t total = (int32_t)vaddvq_u32(counts);
    for (; d < bytes; d++) total += __builtin_popcount(a[d] ^ b[d]);
    return total;
}

static void dot_s8(const void *query, const void *const *rows, size_t count, size_t bytes, int32_t *out) {
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count) fetch_lines(rows[i + AHEAD], bytes);
        out[i] = pair_dot_s8(query, rows[i], bytes);
    }
}

static void hamming(const void *query, const void *const *rows, size_t count, size_t bytes, int32_t *out) {
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count) fetch_lines(rows[i + AHEAD], bytes);
        out[i] = pair_hamming(query, rows[i], bytes);
    }
}

ENCODE_S8_KERNEL

const cvk_code_kernels cvk_neon_code_kernels = {dot_s8, hamming, encode_s8};

#endif
