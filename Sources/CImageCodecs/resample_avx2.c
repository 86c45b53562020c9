#include <string.h>

#include "resample_internal.h"

#if defined(__x86_64__)
#include <immintrin.h>

static const int32_t half = 1 << (CIMAGE_WEIGHT_BITS - 1);

// Multiplying 8-bit samples by 23-bit weights in 32 bits is slow; vpmaddwd multiplies 16-bit pairs fast. So each weight is
// split, w = high * 2^15 + low with 0 <= low < 2^15, and the two sums are put together at the end. All sums are
// modulo 2^32, where the result is exact.
enum { LOW_BITS = 15, LOW_MASK = (1 << LOW_BITS) - 1 };

static inline int32_t pair(int32_t first, int32_t second) {
    return (int32_t)(((uint32_t)first & 0xFFFF) | (uint32_t)second << 16);
}
static inline int32_t low_pair(int32_t a, int32_t b) { return pair(a & LOW_MASK, b & LOW_MASK); }
static inline int32_t high_pair(int32_t a, int32_t b) { return pair(a >> LOW_BITS, b >> LOW_BITS); }

enum { ROW_BLOCK = 4 };

// Four taps of up to four rows at a time: 12 bytes of each row become two halves of [r r g g b b 0 0] words.
__attribute__((target("avx2"))) void cimage_resample_rows_avx2(
    const uint8_t *source, size_t source_width, size_t rows, const cimage_axis *axis, uint8_t *target) {
    const size_t source_stride = source_width * 3, target_stride = axis->outputs * 3;
    const uint8_t *end = source + rows * source_stride;
    const __m256i spread = _mm256_setr_epi8(
        0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1,
        6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
    for (size_t y = 0; y < rows; y += ROW_BLOCK) {
        const size_t count = rows - y < ROW_BLOCK ? rows - y : ROW_BLOCK;
        for (size_t i = 0; i < axis->outputs; i++) {
            const int32_t *weights = axis->weights + i * axis->stride;
            const uint8_t *first = source + y * source_stride + (size_t)axis->starts[i] * 3;
            __m256i low[ROW_BLOCK], high[ROW_BLOCK];
            for (int r = 0; r < ROW_BLOCK; r++) low[r] = high[r] = _mm256_setzero_si256();
            for (int32_t t = 0; t < axis->counts[i]; t += 4) {
                // Weights are padded with zeros to a multiple of four, so samples behind the last tap count for nothing.
                const int32_t *w = weights + t;
                const int32_t l0 = low_pair(w[0], w[1]), l1 = low_pair(w[2], w[3]);
                const int32_t h0 = high_pair(w[0], w[1]), h1 = high_pair(w[2], w[3]);
                const __m256i lows = _mm256_setr_epi32(l0, l0, l0, l0, l1, l1, l1, l1);
                const __m256i highs = _mm256_setr_epi32(h0, h0, h0, h0, h1, h1, h1, h1);
                for (size_t r = 0; r < count; r++) {
                    const uint8_t *p = first + r * source_stride + (size_t)t * 3;
                    __m128i bytes = _mm_setzero_si128();
                    if ((size_t)(end - p) >= 16) bytes = _mm_loadu_si128((const __m128i *)p);
                    else memcpy(&bytes, p, (size_t)(end - p));
                    const __m256i words = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(bytes), spread);
                    low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(words, lows));
                    high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(words, highs));
                }
            }
            for (size_t r = 0; r < count; r++) {
                const __m256i both = _mm256_add_epi32(low[r], _mm256_slli_epi32(high[r], LOW_BITS));
                __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(both), _mm256_extracti128_si256(both, 1));
                sum = _mm_srai_epi32(_mm_add_epi32(sum, _mm_set1_epi32(half)), CIMAGE_WEIGHT_BITS);
                sum = _mm_packs_epi32(sum, sum);
                const int32_t rgb = _mm_cvtsi128_si32(_mm_packus_epi16(sum, sum));
                memcpy(target + (y + r) * target_stride + i * 3, &rgb, 3);
            }
        }
    }
}

__attribute__((target("avx2"))) static inline __m256i pack_sums(__m256i low, __m256i high) {
    const __m256i both = _mm256_add_epi32(low, _mm256_slli_epi32(high, LOW_BITS));
    const __m256i sum = _mm256_add_epi32(both, _mm256_set1_epi32(half));
    return _mm256_srai_epi32(sum, CIMAGE_WEIGHT_BITS);
}

// Two rows at a time, 16 bytes wide.
__attribute__((target("avx2"))) void cimage_resample_columns_avx2(
    const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, uint8_t *target) {
    for (size_t i = 0; i < axis->outputs; i++) {
        const uint8_t *rows = source + (size_t)axis->starts[i] * source_stride;
        const int32_t *weights = axis->weights + i * axis->stride;
        const int32_t count = axis->counts[i];
        size_t x = 0;
        for (; x + 16 <= row_bytes; x += 16) {
            __m256i low0 = _mm256_setzero_si256(), low1 = low0, high0 = low0, high1 = low0;
            for (int32_t t = 0; t < count; t += 2) {
                const __m256i lows = _mm256_set1_epi32(low_pair(weights[t], weights[t + 1]));
                const __m256i highs = _mm256_set1_epi32(high_pair(weights[t], weights[t + 1]));
                const uint8_t *p = rows + (size_t)t * source_stride + x;
                const __m128i a = _mm_loadu_si128((const __m128i *)p);
                const __m128i b = t + 1 < count ? _mm_loadu_si128((const __m128i *)(p + source_stride)) : a;
                const __m256i words0 = _mm256_cvtepu8_epi16(_mm_unpacklo_epi8(a, b));
                const __m256i words1 = _mm256_cvtepu8_epi16(_mm_unpackhi_epi8(a, b));
                low0 = _mm256_add_epi32(low0, _mm256_madd_epi16(words0, lows));
                low1 = _mm256_add_epi32(low1, _mm256_madd_epi16(words1, lows));
                high0 = _mm256_add_epi32(high0, _mm256_madd_epi16(words0, highs));
                high1 = _mm256_add_epi32(high1, _mm256_madd_epi16(words1, highs));
            }
            // packs works within 128-bit halves; the permutation puts the eight-byte groups back in order.
            __m256i words = _mm256_packs_epi32(pack_sums(low0, high0), pack_sums(low1, high1));
            words = _mm256_permute4x64_epi64(words, 0xD8);
            const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
            _mm_storeu_si128((__m128i *)(target + i * row_bytes + x), bytes);
        }
        cimage_resample_columns_from(x, source, source_stride, row_bytes, axis, i, target);
    }
}
#endif
