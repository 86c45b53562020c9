#include "CImageCodecs.h"

static void blend(const uint8_t *rgba, uint8_t *rgb, size_t pixels) {
    for (size_t i = 0; i < pixels; i++, rgba += 4, rgb += 3) {
        unsigned alpha = rgba[3], white = 255 * (255 - alpha) + 128;
        for (int c = 0; c < 3; c++) {
            unsigned sum = rgba[c] * alpha + white;
            rgb[c] = (uint8_t)((sum + (sum >> 8)) >> 8);
        }
    }
}

static void drop(const uint8_t *rgba, uint8_t *rgb, size_t pixels) {
    for (size_t i = 0; i < pixels; i++, rgba += 4, rgb += 3)
        for (int c = 0; c < 3; c++) rgb[c] = rgba[c];
}

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

// A step writes eight pixels and four bytes of the next two, so that the last pixels are left to the caller.
enum { STEP = 8, MARGIN = 2 };

AVX2 static inline void store_rgb(__m256i rgba, uint8_t *rgb) {
    const __m256i drop = _mm256_setr_epi8(
        0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
    const __m256i packed = _mm256_shuffle_epi8(rgba, drop);
    _mm_storeu_si128((__m128i *)rgb, _mm256_castsi256_si128(packed));
    _mm_storeu_si128((__m128i *)(rgb + 12), _mm256_extracti128_si256(packed, 1));
}

// The same sum in 16 bits: colour * alpha + 255 * (255 - alpha) + 128 is 65153 - (255 - colour) * alpha.
AVX2 static inline __m256i blended_words(__m256i darkness, __m256i alpha) {
    const __m256i sum = _mm256_sub_epi16(_mm256_set1_epi16((short)65153), _mm256_mullo_epi16(darkness, alpha));
    return _mm256_srli_epi16(_mm256_add_epi16(sum, _mm256_srli_epi16(sum, 8)), 8);
}

AVX2 static size_t blend_avx2(const uint8_t *rgba, uint8_t *rgb, size_t pixels) {
    const __m256i zero = _mm256_setzero_si256();
    const __m256i alpha_low = _mm256_setr_epi8(
        3, -1, 3, -1, 3, -1, 3, -1, 7, -1, 7, -1, 7, -1, 7, -1, 3, -1, 3, -1, 3, -1, 3, -1, 7, -1, 7, -1, 7, -1, 7, -1);
    const __m256i alpha_high = _mm256_setr_epi8(
        11, -1, 11, -1, 11, -1, 11, -1, 15, -1, 15, -1, 15, -1, 15, -1, 11, -1, 11, -1, 11, -1, 11, -1, 15, -1, 15, -1, 15, -1, 15, -1);
    size_t i = 0;
    for (; i + STEP + MARGIN <= pixels; i += STEP) {
        const __m256i four = _mm256_loadu_si256((const __m256i *)(rgba + i * 4));
        const __m256i darkness = _mm256_xor_si256(four, _mm256_set1_epi8(-1));
        const __m256i low = blended_words(_mm256_unpacklo_epi8(darkness, zero), _mm256_shuffle_epi8(four, alpha_low));
        const __m256i high = blended_words(_mm256_unpackhi_epi8(darkness, zero), _mm256_shuffle_epi8(four, alpha_high));
        store_rgb(_mm256_packus_epi16(low, high), rgb + i * 3);
    }
    return i;
}

AVX2 static size_t drop_avx2(const uint8_t *rgba, uint8_t *rgb, size_t pixels) {
    size_t i = 0;
    for (; i + STEP + MARGIN <= pixels; i += STEP) store_rgb(_mm256_loadu_si256((const __m256i *)(rgba + i * 4)), rgb + i * 3);
    return i;
}

static int has_avx2(void) { return __builtin_cpu_supports("avx2"); }
#else
static int has_avx2(void) { return 0; }
static size_t blend_avx2(const uint8_t *rgba, uint8_t *rgb, size_t pixels) { (void)rgba, (void)rgb, (void)pixels; return 0; }
static size_t drop_avx2(const uint8_t *rgba, uint8_t *rgb, size_t pixels) { (void)rgba, (void)rgb, (void)pixels; return 0; }
#endif

void cimage_blend_onto_white(const uint8_t *rgba, uint8_t *rgb, size_t pixels) {
    const size_t done = has_avx2() ? blend_avx2(rgba, rgb, pixels) : 0;
    blend(rgba + done * 4, rgb + done * 3, pixels - done);
}

void cimage_drop_alpha(const uint8_t *rgba, uint8_t *rgb, size_t pixels) {
    const size_t done = has_avx2() ? drop_avx2(rgba, rgb, pixels) : 0;
    drop(rgba + done * 4, rgb + done * 3, pixels - done);
}
