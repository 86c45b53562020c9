#include <math.h>
#include <string.h>

#include "for_each_set.h"
#include "sealed_context.h"

enum { STEP = 16, WORD = 64 };
typedef float floats __attribute__((ext_vector_type(STEP)));
typedef int32_t ints __attribute__((ext_vector_type(STEP)));
typedef uint8_t levels __attribute__((ext_vector_type(STEP)));
typedef int8_t octets __attribute__((ext_vector_type(STEP)));
typedef uint8_t word_levels __attribute__((ext_vector_type(WORD)));
typedef bool word_bits __attribute__((ext_vector_type(WORD)));

/// The components from `d` on; 0 after the last.
INLINE floats load(const float *x, size_t n, size_t d) {
    floats v = 0;
    if (d < n) memcpy(&v, x + d, (n - d < STEP ? n - d : STEP) * sizeof *x);
    return v;
}

/// What is needed of all components first.
typedef struct {
    float least, greatest, sum, square;
} summary;

INLINE summary summarise(const float *x, size_t n) {
    floats least = 0, greatest = 0, sum = 0, square = 0;
    for (size_t d = 0; d < n; d += STEP) {
        floats v = load(x, n, d);
        least = __builtin_elementwise_min(least, v);
        greatest = __builtin_elementwise_max(greatest, v);
        sum += v;
        square += v * v;
    }
    summary s = {0, 0, 0, 0};
    for (size_t i = 0; i < STEP; i++) {
        s.least = fminf(s.least, least[i]);
        s.greatest = fmaxf(s.greatest, greatest[i]);
        s.sum += sum[i];
        s.square += square[i];
    }
    return s;
}

/// Sixteen levels between the least and the greatest.
INLINE void write_planes(uint64_t *planes, const float *x, size_t n, float least, float levels_a_unit) {
    size_t words = (n + WORD - 1) / WORD;
    for (size_t w = 0; w < words; w++) {
        uint8_t level[WORD];
        for (size_t d = 0; d < WORD; d += STEP) {
            floats exact = (load(x, n, WORD * w + d) - least) * levels_a_unit + 0.5f;
            // Also of what is not a number: lengths may leave Float's range.
            levels narrow = __builtin_convertvector(__builtin_convertvector(exact < 15 ? exact : 15, ints), levels);
            memcpy(level + d, &narrow, sizeof narrow);
        }
        word_levels all;
        memcpy(&all, level, sizeof all);
        for (size_t j = 0; j < CVK_SKETCH_PLANES; j++) {
            word_bits bits = __builtin_convertvector((all & (uint8_t)(1 << j)) != 0, word_bits);
            memcpy(planes + j * words + w, &bits, sizeof *planes);
        }
    }
}

/// Returns the bytes' sum.
INLINE int32_t write_bytes(int8_t *bytes, const float *x, size_t n, float scale) {
    ints sum = 0;
    for (size_t d = 0; d < (n + 127) / 128 * 128; d += STEP) {
        floats level = load(x, n, d) * scale;
        floats rounded = level + (level < 0 ? (floats)-0.5f : (floats)0.5f);
        ints whole = __builtin_convertvector(rounded > -128 && rounded < 128 ? rounded : (floats)0, ints);
        octets narrow = __builtin_convertvector(whole, octets);
        memcpy(bytes + d, &narrow, sizeof narrow);
        sum += whole;
    }
    int32_t total = 0;
    for (size_t i = 0; i < STEP; i++) total += sum[i];
    return total;
}

FOR_EACH_SET float sealed_prepare_query(sealed_query *query, const float *components, size_t n) {
    summary s = summarise(components, n);
    float step = (s.greatest - s.least) / 15;
    write_planes(query->planes, components, n, s.least, step > 0 ? 1 / step : 0);
    query->sketch_slope = 2 * step;
    query->ones_weight = 2 * s.least;
    query->sketch_offset = -s.sum;
    float size = fmaxf(-s.least, s.greatest);
    int32_t sum = write_bytes(query->bytes, components, n, size > 0 ? 127 / size : 0);
    query->byte_scale = size / 127;
    query->code_offset = 7.5f * (float)sum;
    return sqrtf(s.square);
}
