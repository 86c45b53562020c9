#ifndef CM_KERNELS_H
#define CM_KERNELS_H

#include "CMatrixKernels.h"

/// The kernels of one instruction set; `kernels_template.h` defines them.
typedef struct {
    ptrdiff_t panel;      ///< columns in a panel of packed weights
    ptrdiff_t lanes;      ///< floats in a vector register
    void (*pack_panel)(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, float *packed);
    /// Rows `[row, row_end)` and panels `[panel, panel_end)` of a linear layer.
    void (*linear)(
        const cm_linear_arguments *arguments, ptrdiff_t row, ptrdiff_t row_end, ptrdiff_t panel, ptrdiff_t panel_end);
    void (*activate)(float *values, ptrdiff_t count, const float *bias, cm_activation activation);
    void (*layer_norm)(
        const float *input, float *output, ptrdiff_t columns, const float *weight, const float *bias, float epsilon);
    void (*attention)(
        const cm_attention_arguments *arguments, const cm_attention_sequence *sequence, ptrdiff_t head, float *scratch);
    void (*depthwise_row)(const cm_depthwise_arguments *arguments, ptrdiff_t image, ptrdiff_t row);
    void (*softmax)(float *values, ptrdiff_t count);
} cm_kernels;

extern const cm_kernels cm_kernels_portable;
#if defined(__x86_64__)
extern const cm_kernels cm_kernels_avx2;
extern const cm_kernels cm_kernels_avx512;
#endif

static inline ptrdiff_t cm_ceil(ptrdiff_t value, ptrdiff_t divisor) { return (value + divisor - 1) / divisor; }

const cm_kernels *cm_kernels_of(cm_isa isa);

#endif
