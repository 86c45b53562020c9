#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "sealed_internal.h"

#pragma clang attribute push(                                                                                         \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx512vpopcntdq"))),          \
    apply_to = function)

#include "sealed_rotation_template.h"

enum { GROUP = 8, NIBBLE_GROUP = 4 };

static inline __m512i add_pairs(__m512i a, __m512i b) {
    return _mm512_add_epi64(_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b));
}

/// The sums of eight vectors' lanes.
static inline __m512i sum_each(const __m512i v[GROUP]) {
    __m512i a = add_pairs(v[0], v[1]), b = add_pairs(v[2], v[3]);
    __m512i c = add_pairs(v[4], v[5]), d = add_pairs(v[6], v[7]);
    __m512i ab = _mm512_add_epi64(_mm512_shuffle_i64x2(a, b, 0x44), _mm512_shuffle_i64x2(a, b, 0xee));
    __m512i cd = _mm512_add_epi64(_mm512_shuffle_i64x2(c, d, 0x44), _mm512_shuffle_i64x2(c, d, 0xee));
    return _mm512_add_epi64(_mm512_shuffle_i64x2(ab, cd, 0x88), _mm512_shuffle_i64x2(ab, cd, 0xdd));
}

static void weigh_bits(const uint64_t *planes, const uint8_t *const *rows, size_t count, size_t words, int32_t *out) {
    for (size_t i = 0; i < count; i += GROUP) {
        size_t group = count - i < GROUP ? count - i : GROUP;
        __m512i total[GROUP];
        for (size_t r = 0; r < GROUP; r++) total[r] = _mm512_setzero_si512();
        for (size_t w = 0; w < words; w += 8) {
            __mmask8 lanes = words - w >= 8 ? 0xff : (__mmask8)((1u << (words - w)) - 1);
            __m512i plane[CVK_SKETCH_PLANES];
            for (size_t j = 0; j < CVK_SKETCH_PLANES; j++)
                plane[j] = _mm512_maskz_loadu_epi64(lanes, planes + j * words + w);
            _Pragma("clang loop unroll(full)") for (size_t r = 0; r < GROUP; r++) {
                __m512i bits = _mm512_maskz_loadu_epi64(lanes, rows[i + (r < group ? r : 0)] + 8 * w);
                __m512i sum = _mm512_popcnt_epi64(_mm512_and_si512(bits, plane[3]));
                _Pragma("clang loop unroll(full)") for (int j = 2; j >= 0; j--) sum = _mm512_add_epi64(
                    _mm512_add_epi64(sum, sum), _mm512_popcnt_epi64(_mm512_and_si512(bits, plane[j])));
                total[r] = _mm512_add_epi64(total[r], sum);
            }
        }
        __m256i sums = _mm512_cvtepi64_epi32(sum_each(total));
        _mm256_mask_storeu_epi32(out + i, (__mmask8)((1u << group) - 1), sums);
    }
}

/// The sums of four vectors' lanes.
static inline __m128i sum_four(const __m512i v[NIBBLE_GROUP]) {
    __m256i half[NIBBLE_GROUP];
    for (size_t r = 0; r < NIBBLE_GROUP; r++)
        half[r] = _mm256_add_epi32(_mm512_castsi512_si256(v[r]), _mm512_extracti64x4_epi64(v[r], 1));
    __m256i sums = _mm256_hadd_epi32(_mm256_hadd_epi32(half[0], half[1]), _mm256_hadd_epi32(half[2], half[3]));
    return _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
}

static void dot_nibbles(const int8_t *query, const uint8_t *const *rows, size_t count, size_t blocks, int32_t *out) {
    const __m512i low = _mm512_set1_epi8(15);
    for (size_t i = 0; i < count; i += NIBBLE_GROUP) {
        size_t group = count - i < NIBBLE_GROUP ? count - i : NIBBLE_GROUP;
        __m512i total[NIBBLE_GROUP];
        for (size_t r = 0; r < NIBBLE_GROUP; r++) total[r] = _mm512_setzero_si512();
        for (size_t b = 0; b < blocks; b++) {
            __m512i first = _mm512_loadu_si512(query + 128 * b), second = _mm512_loadu_si512(query + 128 * b + 64);
            _Pragma("clang loop unroll(full)") for (size_t r = 0; r < NIBBLE_GROUP; r++) {
                __m512i pairs = _mm512_loadu_si512(rows[i + (r < group ? r : 0)] + 64 * b);
                total[r] = _mm512_dpbusd_epi32(total[r], _mm512_and_si512(pairs, low), first);
                total[r] = _mm512_dpbusd_epi32(total[r], _mm512_and_si512(_mm512_srli_epi16(pairs, 4), low), second);
            }
        }
        _mm_mask_storeu_epi32(out + i, (__mmask8)((1u << group) - 1), sum_four(total));
    }
}

#pragma clang attribute pop

const cvk_sealed_kernels sealed_avx512_kernels = {weigh_bits, dot_nibbles, rotate};

#endif
