#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vnni,avx512vpopcntdq"))), apply_to = function)

#include "codes_avx512.h"

/// VPDPBUSD multiplies unsigned bytes by signed ones. A row's bytes become unsigned by adding 128 to each: 128 times
/// the query's sum is then too much.
static inline __m512i add_products(__m512i q, __m512i row, __m512i total) {
    return _mm512_dpbusd_epi32(total, _mm512_xor_si512(row, _mm512_set1_epi8((char)0x80)), q);
}

static inline int32_t sum_of(const int8_t *query, size_t bytes) {
    __m512i total = _mm512_setzero_si512();
    for (size_t d = 0; d < bytes; d += STEP)
        total = _mm512_dpbusd_epi32(total, _mm512_set1_epi8(1), _mm512_maskz_loadu_epi8(first_bytes(bytes - d), query + d));
    return _mm512_reduce_add_epi32(total);
}

static void dot_s8(const void *query, const void *const *rows, size_t count, size_t bytes, int32_t *out) {
    __m128i correction = _mm_set1_epi32(-128 * sum_of(query, bytes));
    COMPARE_ROWS(query, rows, count, bytes, add_products, correction, out)
}

static inline __m512i add_differences(__m512i q, __m512i row, __m512i total) {
    return _mm512_add_epi64(total, _mm512_popcnt_epi64(_mm512_xor_si512(q, row)));
}

static void hamming(const void *query, const void *const *rows, size_t count, size_t bytes, int32_t *out) {
    COMPARE_ROWS(query, rows, count, bytes, add_differences, _mm_setzero_si128(), out)
}

ENCODE_S8_KERNEL

#pragma clang attribute pop

const cvk_code_kernels cvk_avx512_vnni_code_kernels = {dot_s8, hamming, encode_s8};

#endif
