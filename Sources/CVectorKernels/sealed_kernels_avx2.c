#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "sealed_internal.h"

#pragma clang attribute push(__attribute__((target("avx2,popcnt"))), apply_to = function)

#include "sealed_rotation_template.h"

static void weigh_bits(const uint64_t *planes, const uint8_t *const *rows, size_t count, size_t words, int32_t *out) {
    for (size_t i = 0; i < count; i++) {
        int64_t sum = 0;
        for (size_t w = 0; w < words; w++) {
            uint64_t bits;
            memcpy(&bits, rows[i] + 8 * w, 8);
            const uint64_t *plane = planes + w;
            sum += _mm_popcnt_u64(bits & plane[0]) + 2 * _mm_popcnt_u64(bits & plane[words])
                   + 4 * _mm_popcnt_u64(bits & plane[2 * words]) + 8 * _mm_popcnt_u64(bits & plane[3 * words]);
        }
        out[i] = (int32_t)sum;
    }
}

static void dot_nibbles(const int8_t *query, const uint8_t *const *rows, size_t count, size_t blocks, int32_t *out) {
    const __m256i low = _mm256_set1_epi8(15), ones = _mm256_set1_epi16(1);
    for (size_t i = 0; i < count; i++) {
        __m256i total = _mm256_setzero_si256();
        for (size_t h = 0; h < 2 * blocks; h++) {
            const int8_t *part = query + 128 * (h / 2) + 32 * (h % 2);
            __m256i pairs = _mm256_loadu_si256((const __m256i *)(rows[i] + 32 * h));
            __m256i first = _mm256_maddubs_epi16(_mm256_and_si256(pairs, low), _mm256_loadu_si256((const __m256i *)part));
            __m256i second = _mm256_maddubs_epi16(_mm256_and_si256(_mm256_srli_epi16(pairs, 4), low),
                                                  _mm256_loadu_si256((const __m256i *)(part + 64)));
            // 4 · 15 · 128 fits 16 bits.
            total = _mm256_add_epi32(total, _mm256_madd_epi16(_mm256_add_epi16(first, second), ones));
        }
        __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(total), _mm256_extracti128_si256(total, 1));
        sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
        sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1));
        out[i] = _mm_cvtsi128_si32(sum);
    }
}

#pragma clang attribute pop

const cvk_sealed_kernels sealed_avx2_kernels = {weigh_bits, dot_nibbles, rotate};

#endif
