#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw"))), apply_to = function)

#include "codes_avx512.h"

static inline __m512i add_products(__m512i q, __m512i row, __m512i total) {
    __m512i low = _mm512_madd_epi16(_mm512_cvtepi8_epi16(_mm512_castsi512_si256(q)),
                                    _mm512_cvtepi8_epi16(_mm512_castsi512_si256(row)));
    __m512i high = _mm512_madd_epi16(_mm512_cvtepi8_epi16(_mm512_extracti64x4_epi64(q, 1)),
                                     _mm512_cvtepi8_epi16(_mm512_extracti64x4_epi64(row, 1)));
    return _mm512_add_epi32(total, _mm512_add_epi32(low, high));
}

static void dot_s8(const void *query, const void *const *rows, size_t count, size_t bytes, int32_t *out) {
    COMPARE_ROWS(query, rows, count, bytes, add_products, _mm_setzero_si128(), out)
}

static inline __m512i add_differences(__m512i q, __m512i row, __m512i total) {
    const __m512i nibbles = _mm512_set1_epi8(15);
    const __m512i counts = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
    __m512i x = _mm512_xor_si512(q, row);
    __m512i low = _mm512_shuffle_epi8(counts, _mm512_and_si512(x, nibbles));
    __m512i high = _mm512_shuffle_epi8(counts, _mm512_and_si512(_mm512_srli_epi16(x, 4), nibbles));
    return _mm512_add_epi64(total, _mm512_sad_epu8(_mm512_add_epi8(low, high), _mm512_setzero_si512()));
}

static void hamming(const void *query, const void *const *rows, size_t count, size_t bytes, int32_t *out) {
    COMPARE_ROWS(query, rows, count, bytes, add_differences, _mm_setzero_si128(), out)
}

ENCODE_S8_KERNEL

#pragma clang attribute pop

const cvk_code_kernels cvk_avx512_code_kernels = {dot_s8, hamming, encode_s8};

#endif
