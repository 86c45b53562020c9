#ifndef RESAMPLE_INTERNAL_H
#define RESAMPLE_INTERNAL_H

#include "CImageCodecs.h"

// The kernels of one instruction set each. All give the scalar ones' bytes.

void cimage_resample_rows_avx2(
    const uint8_t *source, size_t source_width, size_t rows, const cimage_axis *axis, uint8_t *target);
void cimage_resample_columns_avx2(
    const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, uint8_t *target);

// Needs the extensions VNNI and VBMI. Each returns 0 where there is no memory for the weights in its form, and has done nothing then.
int cimage_resample_rows_avx512(
    const uint8_t *source, size_t source_width, size_t rows, const cimage_axis *axis, uint8_t *target);
int cimage_resample_columns_avx512(
    const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, uint8_t *target);

// Bytes from `first` on of output row `i`.
void cimage_resample_columns_from(
    size_t first, const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, size_t i, uint8_t *target);

#endif
