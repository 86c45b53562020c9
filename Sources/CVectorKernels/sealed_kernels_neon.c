#if defined(__aarch64__)
#include <arm_neon.h>
#include <math.h>
#include <string.h>

#include "sealed_internal.h"
#include "sealed_rotation_template.h"

static void weigh_bits(const uint64_t *planes, const uint8_t *const *rows, size_t count, size_t words, int32_t *out) {
    for (size_t i = 0; i < count; i++) {
        uint32_t sum = 0;
        for (size_t w = 0; w < words; w++) {
            uint8x8_t bits = vld1_u8(rows[i] + 8 * w);
            for (size_t j = 0; j < CVK_SKETCH_PLANES; j++) {
                uint8x8_t plane = vreinterpret_u8_u64(vld1_u64(planes + j * words + w));
                sum += (uint32_t)vaddv_u8(vcnt_u8(vand_u8(bits, plane))) << j;
            }
        }
        out[i] = (int32_t)sum;
    }
}

static void dot_nibbles(const int8_t *query, const uint8_t *const *rows, size_t count, size_t blocks, int32_t *out) {
    for (size_t i = 0; i < count; i++) {
        int32x4_t total = vdupq_n_s32(0);
        for (size_t q = 0; q < 4 * blocks; q++) {
            const int8_t *part = query + 128 * (q / 4) + 16 * (q % 4);
            uint8x16_t pairs = vld1q_u8(rows[i] + 16 * q);
            int8x16_t low = vreinterpretq_s8_u8(vandq_u8(pairs, vdupq_n_u8(15)));
            int8x16_t high = vreinterpretq_s8_u8(vshrq_n_u8(pairs, 4));
            int8x16_t a = vld1q_s8(part), b = vld1q_s8(part + 64);
            int16x8_t sum = vmull_s8(vget_low_s8(low), vget_low_s8(a));
            sum = vmlal_s8(sum, vget_high_s8(low), vget_high_s8(a));
            sum = vmlal_s8(sum, vget_low_s8(high), vget_low_s8(b));
            sum = vmlal_s8(sum, vget_high_s8(high), vget_high_s8(b));
            total = vpadalq_s16(total, sum);
        }
        out[i] = vaddvq_s32(total);
    }
}

const cvk_sealed_kernels sealed_neon_kernels = {weigh_bits, dot_nibbles, rotate};

#endif
