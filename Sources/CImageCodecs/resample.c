#include "resample_internal.h"

static const int32_t half = 1 << (CIMAGE_WEIGHT_BITS - 1);

static inline uint8_t rounded(int32_t sum) {
    int32_t value = sum >> CIMAGE_WEIGHT_BITS;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

void cimage_resample_rows_scalar(
    const uint8_t *source, size_t source_width, size_t rows, const cimage_axis *axis, uint8_t *target) {
    for (size_t y = 0; y < rows; y++, source += source_width * 3) {
        for (size_t i = 0; i < axis->outputs; i++, target += 3) {
            const uint8_t *pixel = source + (size_t)axis->starts[i] * 3;
            const int32_t *weights = axis->weights + i * axis->stride;
            int32_t r = half, g = half, b = half;
            for (int32_t t = 0; t < axis->counts[i]; t++, pixel += 3) {
                r += pixel[0] * weights[t];
                g += pixel[1] * weights[t];
                b += pixel[2] * weights[t];
            }
            target[0] = rounded(r);
            target[1] = rounded(g);
            target[2] = rounded(b);
        }
    }
}

void cimage_resample_columns_from(
    size_t first, const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, size_t i, uint8_t *target) {
    const uint8_t *rows = source + (size_t)axis->starts[i] * source_stride;
    const int32_t *weights = axis->weights + i * axis->stride;
    for (size_t x = first; x < row_bytes; x++) {
        int32_t sum = half;
        for (int32_t t = 0; t < axis->counts[i]; t++) sum += rows[(size_t)t * source_stride + x] * weights[t];
        target[i * row_bytes + x] = rounded(sum);
    }
}

void cimage_resample_columns_scalar(
    const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, uint8_t *target) {
    for (size_t i = 0; i < axis->outputs; i++) cimage_resample_columns_from(0, source, source_stride, row_bytes, axis, i, target);
}

#if defined(__x86_64__)
static int has_avx512(void) { return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vbmi"); }
static int has_avx2(void) { return __builtin_cpu_supports("avx2"); }

void cimage_resample_rows(
    const uint8_t *source, size_t source_width, size_t rows, const cimage_axis *axis, uint8_t *target) {
    if (has_avx512() && cimage_resample_rows_avx512(source, source_width, rows, axis, target)) return;
    (has_avx2() ? cimage_resample_rows_avx2 : cimage_resample_rows_scalar)(source, source_width, rows, axis, target);
}

void cimage_resample_columns(
    const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, uint8_t *target) {
    if (has_avx512() && cimage_resample_columns_avx512(source, source_stride, row_bytes, axis, target)) return;
    (has_avx2() ? cimage_resample_columns_avx2 : cimage_resample_columns_scalar)(source, source_stride, row_bytes, axis, target);
}
#else
void cimage_resample_rows(
    const uint8_t *source, size_t source_width, size_t rows, const cimage_axis *axis, uint8_t *target) {
    cimage_resample_rows_scalar(source, source_width, rows, axis, target);
}

void cimage_resample_columns(
    const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, uint8_t *target) {
    cimage_resample_columns_scalar(source, source_stride, row_bytes, axis, target);
}
#endif
