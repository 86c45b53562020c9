#include <string.h>

#include "CMatrixKernels.h"
#include "parallel.h"

typedef struct {
    const float *image;
    ptrdiff_t channels, size, kernel, stride, padding, output;
    float *rows;
    ptrdiff_t rows_stride;
} windows_job;

static void windows_task(const void *context, ptrdiff_t row) {
    const windows_job *job = context;
    const ptrdiff_t size = job->size, kernel = job->kernel;
    for (ptrdiff_t column = 0; column < job->output; column++) {
        float *target = job->rows + (row * job->output + column) * job->rows_stride;
        const ptrdiff_t x = column * job->stride - job->padding;
        const ptrdiff_t before = x < 0 ? -x : 0, end = x + kernel > size ? size - x : kernel;
        for (ptrdiff_t channel = 0; channel < job->channels; channel++) {
            for (ptrdiff_t ky = 0; ky < kernel; ky++, target += kernel) {
                const ptrdiff_t y = row * job->stride - job->padding + ky;
                if (y < 0 || y >= size) {
                    memset(target, 0, (size_t)kernel * sizeof(float));
                    continue;
                }
                const float *line = job->image + (channel * size + y) * size + x;
                for (ptrdiff_t kx = 0; kx < before; kx++) target[kx] = 0;
                for (ptrdiff_t kx = before; kx < end; kx++) target[kx] = line[kx];
                for (ptrdiff_t kx = end; kx < kernel; kx++) target[kx] = 0;
            }
        }
    }
}

void cm_windows(
    int threads, const float *image, ptrdiff_t channels, ptrdiff_t size, ptrdiff_t kernel, ptrdiff_t stride,
    ptrdiff_t padding, ptrdiff_t output, float *rows, ptrdiff_t rows_stride) {
    windows_job job = {image, channels, size, kernel, stride, padding, output, rows, rows_stride};
    cm_parallel(threads, output, windows_task, &job);
}

void cm_mean_rows(const float *input, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t columns, float *output) {
    memset(output, 0, (size_t)columns * sizeof(float));
    for (ptrdiff_t row = 0; row < rows; row++) cm_add(input + row * stride, columns, output);
    for (ptrdiff_t i = 0; i < columns; i++) output[i] /= (float)rows;
}

void cm_max_rows(const float *input, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t columns, float *output) {
    memcpy(output, input, (size_t)columns * sizeof(float));
    for (ptrdiff_t row = 1; row < rows; row++)
        for (ptrdiff_t i = 0; i < columns; i++) {
            float value = input[row * stride + i];
            output[i] = value > output[i] ? value : output[i];
        }
}

void cm_add(const float *input, ptrdiff_t count, float *output) {
    for (ptrdiff_t i = 0; i < count; i++) output[i] += input[i];
}

void cm_normalise(float *values, ptrdiff_t count) {
    double square = 0;
    for (ptrdiff_t i = 0; i < count; i++) square += (double)values[i] * (double)values[i];
    if (square <= 0) return;
    float scale = (float)(1.0 / __builtin_elementwise_sqrt(square));
    for (ptrdiff_t i = 0; i < count; i++) values[i] *= scale;
}

void cm_copy_f32(const void *source, ptrdiff_t count, float *output) {
    memcpy(output, source, (size_t)count * sizeof(float));
}

// Shifts exponent and mantissa into place and rescales, which makes subnormals right too; infinities and NaNs keep their
// full exponent.
void cm_widen_f16(const void *source, ptrdiff_t count, float *output) {
    const float rescale = 0x1p112f;
    for (ptrdiff_t i = 0; i < count; i++) {
        uint16_t half;
        memcpy(&half, (const char *)source + 2 * i, 2);
        uint32_t magnitude = (uint32_t)(half & 0x7fff) << 13, bits;
        float value;
        memcpy(&value, &magnitude, 4);
        value *= rescale;
        memcpy(&bits, &value, 4);
        if (magnitude >= 0x0f800000) bits = magnitude | 0x7f800000;
        bits |= (uint32_t)(half & 0x8000) << 16;
        memcpy(output + i, &bits, 4);
    }
}

void cm_widen_bf16(const void *source, ptrdiff_t count, float *output) {
    for (ptrdiff_t i = 0; i < count; i++) {
        uint16_t half;
        memcpy(&half, (const char *)source + 2 * i, 2);
        uint32_t bits = (uint32_t)half << 16;
        memcpy(output + i, &bits, 4);
    }
}
