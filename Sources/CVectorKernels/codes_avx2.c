#if defined(__x86_64__)
#include <immintrin.h>

#include "codes_internal.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

enum { ROWS = 4, STEP = 32 };

typedef struct {
    const uint8_t *row[ROWS], *next[ROWS];
} row_group;

/// Four rows, the last repeated where fewer remain, and the four after them.
static inline row_group group_at(const void *const *rows, size_t i, size_t count) {
    row_group group;
    for (size_t r = 0; r < ROWS; r++) {
        group.row[r] = rows[i + r < count ? i + r : count - 1];
        group.next[r] = rows[i + ROWS + r < count ? i + ROWS + r : count - 1];
    }
    return group;
}

static inline void store(const __m256i total[ROWS], size_t remaining, int32_t *out) {
    __m256i sums = _mm256_hadd_epi32(_mm256_hadd_epi32(total[0], total[1]), _mm256_hadd_epi32(total[2], total[3]));
    int32_t four[ROWS];
    _mm_storeu_si128((__m128i *)four, _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1)));
    for (size_t r = 0; r < ROWS && r < remaining; r++) out[r] = four[r];
}

static inline __m256i widened(const uint8_t *bytes) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)bytes));
}

static void dot_s8(const void *query, const void *const *rows, size_t count, size_t bytes, int32_t *out) {
    const uint8_t *q = query;
    size_t whole = bytes - bytes % STEP;
    for (size_t i = 0; i < count; i += ROWS) {
        row_group group = group_at(rows, i, count);
        __m256i total[ROWS] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(),
                               _mm256_setzero_si256()};
        for (size_t d = 0; d < whole; d += STEP) {
            __m256i low = widened(q + d), high = widened(q + d + 16);
            for (size_t r = 0; r < ROWS; r++) {
                fetch_line(group.next[r] + d);
                total[r] = _mm256_add_epi32(total[r], _mm256_madd_epi16(low, widened(group.row[r] + d)));
                total[r] = _mm256_add_epi32(total[r], _mm256_madd_epi16(high, widened(group.row[r] + d + 16)));
            }
        }
        store(total, count - i, out + i);
        for (size_t r = 0; r < ROWS && i + r < count; r++)
            for (size_t d = whole; d < bytes; d++) out[i + r] += (int8_t)q[d] * (int8_t)group.row[r][d];
    }
}

static inline __m256i bit_counts(__m256i x) {
    const __m256i nibbles = _mm256_set1_epi8(15);
    const __m256i counts = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1,
                                            2, 2, 3, 2, 3, 3, 4);
    __m256i low = _mm256_shuffle_epi8(counts, _mm256_and_si256(x, nibbles));
    __m256i high = _mm256_shuffle_epi8(counts, _mm256_and_si256(_mm256_srli_epi16(x, 4), nibbles));
    return _mm256_sad_epu8(_mm256_add_epi8(low, high), _mm256_setzero_si256());
}

static void hamming(const void *query, const void *const *rows, size_t count, size_t bytes, int32_t *out) {
    const uint8_t *q = query;
    size_t whole = bytes - bytes % STEP;
    for (size_t i = 0; i < count; i += ROWS) {
        row_group group = group_at(rows, i, count);
        __m256i total[ROWS] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(),
                               _mm256_setzero_si256()};
        for (size_t d = 0; d < whole; d += STEP) {
            __m256i x = _mm256_loadu_si256((const __m256i *)(q + d));
            for (size_t r = 0; r < ROWS; r++) {
                fetch_line(group.next[r] + d);
                __m256i y = _mm256_loadu_si256((const __m256i *)(group.row[r] + d));
                total[r] = _mm256_add_epi64(total[r], bit_counts(_mm256_xor_si256(x, y)));
            }
        }
        store(total, count - i, out + i);
        for (size_t r = 0; r < ROWS && i + r < count; r++)
            for (size_t d = whole; d < bytes; d++) out[i + r] += __builtin_popcount(q[d] ^ group.row[r][d]);
    }
}

ENCODE_S8_KERNEL

#pragma clang attribute pop

const cvk_code_kernels cvk_avx2_code_kernels = {dot_s8, hamming, encode_s8};

#endif
