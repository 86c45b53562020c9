// What both AVX-512 files of code kernels share: the walk over rows, four at a time.
#include <immintrin.h>

#include "codes_internal.h"

enum { ROWS = 4, STEP = 64 };

/// Selects the first `count` bytes, 64 at most.
static inline __mmask64 first_bytes(size_t count) { return count >= STEP ? ~(__mmask64)0 : ((__mmask64)1 << count) - 1; }

/// Adds up each register's lanes, of 32 bits, or of 64 whose upper halves are 0.
static inline __m128i lane_sums(const __m512i total[ROWS]) {
    __m256i half[ROWS];
    for (size_t r = 0; r < ROWS; r++)
        half[r] = _mm256_add_epi32(_mm512_castsi512_si256(total[r]), _mm512_extracti64x4_epi64(total[r], 1));
    __m256i sums = _mm256_hadd_epi32(_mm256_hadd_epi32(half[0], half[1]), _mm256_hadd_epi32(half[2], half[3]));
    return _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
}

/// `step(q, row, total)` takes 64 bytes of each; `correction` is added to every sum.
#define COMPARE_ROWS(query, rows, count, bytes, step, correction, out)                                                \
    for (size_t i = 0; i < (count); i += ROWS) {                                                                      \
        const uint8_t *row[ROWS], *next[ROWS];                                                                        \
        __m512i total[ROWS];                                                                                          \
        _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) {                                        \
            row[r] = (rows)[i + r < (count) ? i + r : (count)-1];                                                     \
            next[r] = (rows)[i + ROWS + r < (count) ? i + ROWS + r : (count)-1];                                      \
            total[r] = _mm512_setzero_si512();                                                                        \
        }                                                                                                             \
        for (size_t d = 0; d < (bytes); d += STEP) {                                                                  \
            __mmask64 part = first_bytes((bytes)-d);                                                                  \
            __m512i q = _mm512_maskz_loadu_epi8(part, (const uint8_t *)(query) + d);                                  \
            _Pragma("clang loop unroll(full)") for (size_t r = 0; r < ROWS; r++) {                                    \
                fetch_line(next[r] + d);                                               \
                total[r] = step(q, _mm512_maskz_loadu_epi8(part, row[r] + d), total[r]);                              \
            }                                                                                                         \
        }                                                                                                             \
        __m128i sums = _mm_add_epi32(lane_sums(total), correction);                                                   \
        if ((count)-i >= ROWS) {                                                                                      \
            _mm_storeu_si128((__m128i *)((out) + i), sums);                                                           \
        } else {                                                                                                      \
            int32_t four[ROWS];                                                                                       \
            _mm_storeu_si128((__m128i *)four, sums);                                                                  \
            for (size_t r = 0; i + r < (count); r++) (out)[i + r] = four[r];                                          \
        }                                                                                                             \
    }
