#ifndef CM_KERNELS_H
#define CM_KERNELS_H

#include <string.h>

#include "CMatrixKernels.h"

/// How a row of 8-bit inputs is read back, over one block: `offset + scale * code`.
typedef struct {
    float scale, offset;
} cm_scale;

/// How the two sides of a linear layer lie in memory for one precision; `linear_template.h` tells of the layouts.
typedef struct {
    ptrdiff_t group;        ///< elements of k that one instruction takes together
    ptrdiff_t input_bytes;  ///< of an element of a converted row
    ptrdiff_t weight_bytes; ///< of an element of the packed weights
    ptrdiff_t inner;        ///< elements of k in a block, a multiple of `group`
    ptrdiff_t block_floats; ///< for each column, at the end of each block
    void (*pack)(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, char *packed);
    /// NULL where the tiles read the rows as they are.
    void (*convert)(const float *input, ptrdiff_t k, char *output);
} cm_form;

/// Rows of a linear layer's input, converted.
typedef struct {
    const char *rows;
    ptrdiff_t stride; ///< bytes
} cm_inputs;

/// The kernels of one instruction set; `kernels_template.h` defines them.
typedef struct {
    ptrdiff_t panel;  ///< columns in a panel of packed weights
    cm_form forms[3]; ///< by precision
    /// Rows `[row, row_end)`, whose inputs are given, and panels `[panel, panel_end)` of a linear layer.
    void (*linear)(
        const cm_linear_arguments *arguments, const cm_form *form, const cm_inputs *inputs, ptrdiff_t row,
        ptrdiff_t row_end, ptrdiff_t panel, ptrdiff_t panel_end);
    void (*layer_norm)(const float *input, float *output, ptrdiff_t columns, const cm_norm *norm);
    /// The bytes that `attention` works in, for sequences of at most `longest` keys.
    size_t (*attention_scratch)(ptrdiff_t longest, ptrdiff_t head_size);
    void (*attention)(
        const cm_attention_arguments *arguments, const cm_attention_sequence *sequence, ptrdiff_t head, float *scratch);
    void (*depthwise_row)(const cm_depthwise_arguments *arguments, ptrdiff_t image, ptrdiff_t row);
    void (*softmax)(float *values, ptrdiff_t count);
} cm_kernels;

extern const cm_kernels cm_kernels_portable;
#if defined(__x86_64__)
extern const cm_kernels cm_kernels_avx2;
extern const cm_kernels cm_kernels_avx512;
extern const cm_kernels cm_kernels_avx512_vnni;
extern const cm_kernels cm_kernels_avx512_bf16;
#endif

const cm_kernels *cm_kernels_of(cm_isa isa);

static inline ptrdiff_t cm_ceil(ptrdiff_t value, ptrdiff_t divisor) { return (value + divisor - 1) / divisor; }

/// Where the block that begins with element `k` lies in a panel, for a multiple of `form->inner`.
static inline ptrdiff_t cm_block_offset(const cm_form *form, ptrdiff_t panel, ptrdiff_t k) {
    return panel * (k * form->weight_bytes + k / form->inner * form->block_floats * (ptrdiff_t)sizeof(float));
}

static inline ptrdiff_t cm_panel_bytes(const cm_form *form, ptrdiff_t panel, ptrdiff_t k) {
    ptrdiff_t blocks = cm_ceil(k, form->inner), padded = cm_ceil(k, form->group) * form->group;
    return panel * (padded * form->weight_bytes + blocks * form->block_floats * (ptrdiff_t)sizeof(float));
}

/// Where the scales of a converted row lie, behind its elements.
static inline ptrdiff_t cm_scales_offset(ptrdiff_t k) { return cm_ceil(k, 8) * 8; }

/// The nearest bfloat16, halves to even.
static inline uint16_t cm_bf16(float value) {
    uint32_t bits;
    memcpy(&bits, &value, 4);
    if ((bits & 0x7fffffff) > 0x7f800000) return (uint16_t)(bits >> 16 | 0x40);
    return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

#endif
