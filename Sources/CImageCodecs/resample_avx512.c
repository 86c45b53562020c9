#include <stdlib.h>
#include <string.h>

#include "resample_internal.h"

#if defined(__x86_64__)
#include <immintrin.h>

// vpdpbusd adds up products of four bytes, unsigned by signed. So each weight is written with three digits to the base of 256, from
// -128 to 127, and the sums of the digits are put together at the end. All sums are modulo 2^32, where the result is exact.
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx512vbmi")))

enum { DIGITS = 3, TAPS = 4, ROW_BLOCKS = 4 };

static inline void write_digits(int32_t weight, int8_t *low, int8_t *middle, int8_t *high) {
    *low = (int8_t)weight;
    const int32_t rest = (weight - *low) >> 8;
    *middle = (int8_t)rest;
    *high = (int8_t)((rest - *middle) >> 8);
}

AVX512 static inline __m512i together(const __m512i sums[DIGITS]) {
    const __m512i upper = _mm512_add_epi32(_mm512_slli_epi32(sums[1], 8), _mm512_slli_epi32(sums[2], 16));
    return _mm512_add_epi32(sums[0], upper);
}

AVX512 static inline __m512i rounded(__m512i sum) {
    return _mm512_srai_epi32(_mm512_add_epi32(sum, _mm512_set1_epi32(1 << (CIMAGE_WEIGHT_BITS - 1))), CIMAGE_WEIGHT_BITS);
}

// Digits by output and group of four taps: [low 4][middle 4][high 4], zeros behind the last tap.
static int8_t *row_digits(const cimage_axis *axis, size_t groups) {
    int8_t *digits = calloc(axis->outputs * groups, DIGITS * TAPS);
    if (!digits) return NULL;
    for (size_t i = 0; i < axis->outputs; i++) {
        for (size_t t = 0; t < (size_t)axis->counts[i]; t++) {
            int8_t *group = digits + (i * groups + t / TAPS) * DIGITS * TAPS + t % TAPS;
            write_digits(axis->weights[i * axis->stride + t], group, group + TAPS, group + 2 * TAPS);
        }
    }
    return digits;
}

// Four taps of four rows, a row a lane of [rrrr gggg bbbb ----]. `bytes` says which there are.
AVX512 static inline __m512i four_rows(const uint8_t *first, size_t source_stride, __mmask16 bytes) {
    const __m512i spread = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11, -1, -1, -1, -1));
    __m512i rows = _mm512_castsi128_si512(_mm_maskz_loadu_epi8(bytes, first));
    rows = _mm512_inserti32x4(rows, _mm_maskz_loadu_epi8(bytes, first + source_stride), 1);
    rows = _mm512_inserti32x4(rows, _mm_maskz_loadu_epi8(bytes, first + 2 * source_stride), 2);
    rows = _mm512_inserti32x4(rows, _mm_maskz_loadu_epi8(bytes, first + 3 * source_stride), 3);
    return _mm512_shuffle_epi8(rows, spread);
}

// One output of `4 * blocks` rows.
AVX512 static inline void resample_pixels(
    const uint8_t *first, size_t source_stride, size_t taps, const int8_t *group, int blocks, uint8_t *target, size_t target_stride) {
    __m512i sums[ROW_BLOCKS][DIGITS];
    for (int b = 0; b < blocks; b++)
        for (int d = 0; d < DIGITS; d++) sums[b][d] = _mm512_setzero_si512();
    for (size_t t = 0; t < taps; t += TAPS, group += DIGITS * TAPS, first += TAPS * 3) {
        const __mmask16 bytes = taps - t < TAPS ? (__mmask16)((1u << (taps - t) * 3) - 1) : 0xFFF;
        __m512i weights[DIGITS];
        for (int d = 0; d < DIGITS; d++) {
            int32_t four;
            memcpy(&four, group + d * TAPS, 4);
            weights[d] = _mm512_set1_epi32(four);
        }
        for (int b = 0; b < blocks; b++) {
            const __m512i samples = four_rows(first + (size_t)b * 4 * source_stride, source_stride, bytes);
            for (int d = 0; d < DIGITS; d++) sums[b][d] = _mm512_dpbusd_epi32(sums[b][d], samples, weights[d]);
        }
    }
    for (int b = 0; b < blocks; b++) {
        const __m512i words = _mm512_packs_epi32(rounded(together(sums[b])), _mm512_setzero_si512());
        uint32_t rgb[16];
        _mm512_storeu_si512(rgb, _mm512_packus_epi16(words, words));
        for (size_t r = 0; r < 4; r++) memcpy(target + ((size_t)b * 4 + r) * target_stride, &rgb[r * 4], 3);
    }
}

AVX512 int cimage_resample_rows_avx512(
    const uint8_t *source, size_t source_width, size_t rows, const cimage_axis *axis, uint8_t *target) {
    const size_t source_stride = source_width * 3, target_stride = axis->outputs * 3, groups = (axis->stride + TAPS - 1) / TAPS;
    int8_t *digits = row_digits(axis, groups);
    if (!digits) return 0;
    size_t y = 0;
    for (; y + 4 <= rows; y += rows - y >= 4 * ROW_BLOCKS ? 4 * ROW_BLOCKS : 4) {
        for (size_t i = 0; i < axis->outputs; i++) {
            const uint8_t *first = source + y * source_stride + (size_t)axis->starts[i] * 3;
            const int8_t *group = digits + i * groups * DIGITS * TAPS;
            uint8_t *pixel = target + y * target_stride + i * 3;
            if (rows - y >= 4 * ROW_BLOCKS)
                resample_pixels(first, source_stride, (size_t)axis->counts[i], group, ROW_BLOCKS, pixel, target_stride);
            else
                resample_pixels(first, source_stride, (size_t)axis->counts[i], group, 1, pixel, target_stride);
        }
    }
    free(digits);
    if (y < rows) cimage_resample_rows_scalar(source + y * source_stride, source_width, rows - y, axis, target + y * target_stride);
    return 1;
}

// Four rows at a time, 64 bytes wide.
AVX512 int cimage_resample_columns_avx512(
    const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, uint8_t *target) {
    int8_t *digits = malloc(axis->stride * DIGITS);
    if (!digits) return 0;
    for (size_t i = 0; i < axis->outputs; i++) {
        // Weights are padded with zeros to a multiple of four.
        const size_t count = (size_t)axis->counts[i], stride = axis->stride;
        for (size_t t = 0; t < stride; t++)
            write_digits(axis->weights[i * stride + t], digits + t, digits + stride + t, digits + 2 * stride + t);
        const uint8_t *rows = source + (size_t)axis->starts[i] * source_stride;
        for (size_t x = 0; x < row_bytes; x += 64) {
            const __mmask64 bytes = row_bytes - x < 64 ? ((__mmask64)1 << (row_bytes - x)) - 1 : ~(__mmask64)0;
            __m512i sums[4][DIGITS];
            for (int q = 0; q < 4; q++)
                for (int d = 0; d < DIGITS; d++) sums[q][d] = _mm512_setzero_si512();
            for (size_t t = 0; t < count; t += 4) {
                __m512i row[4];
                for (size_t r = 0; r < 4; r++) {
                    // What stands behind the last row counts for nothing.
                    const size_t tap = t + r < count ? t + r : t;
                    row[r] = _mm512_maskz_loadu_epi8(bytes, rows + tap * source_stride + x);
                }
                const __m512i low01 = _mm512_unpacklo_epi8(row[0], row[1]), high01 = _mm512_unpackhi_epi8(row[0], row[1]);
                const __m512i low23 = _mm512_unpacklo_epi8(row[2], row[3]), high23 = _mm512_unpackhi_epi8(row[2], row[3]);
                const __m512i samples[4] = {
                    _mm512_unpacklo_epi16(low01, low23), _mm512_unpackhi_epi16(low01, low23), _mm512_unpacklo_epi16(high01, high23),
                    _mm512_unpackhi_epi16(high01, high23)};
                for (int d = 0; d < DIGITS; d++) {
                    int32_t four;
                    memcpy(&four, digits + (size_t)d * stride + t, 4);
                    const __m512i weights = _mm512_set1_epi32(four);
                    for (int q = 0; q < 4; q++) sums[q][d] = _mm512_dpbusd_epi32(sums[q][d], samples[q], weights);
                }
            }
            const __m512i first = _mm512_packs_epi32(rounded(together(sums[0])), rounded(together(sums[1])));
            const __m512i second = _mm512_packs_epi32(rounded(together(sums[2])), rounded(together(sums[3])));
            _mm512_mask_storeu_epi8(target + i * row_bytes + x, bytes, _mm512_packus_epi16(first, second));
        }
    }
    free(digits);
    return 1;
}
#endif
