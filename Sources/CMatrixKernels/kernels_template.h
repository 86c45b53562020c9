// Every kernel, once for each instruction set. The including file sets the target attribute and
//   LANES         floats in a vector
//   MAXIMUM_ROWS  rows of the register tile
//   KERNELS       the table's name
//   RECIPROCAL    an approximation by 14 bits; only where there is an instruction for it
//   INT8_DOT      sums + Σ q p over four products in each lane, of unsigned q <= INT8_LEVELS and signed p
//   BF16_DOT      sums + Σ a b over two products in each lane, of bfloat16; only where there is an instruction for it
//   TO_BF16       the nearest bfloat16 of a vector; where there is BF16_DOT

#include <string.h>

#include "kernels.h"
#include "vector_template.h"

// MARK: - Activations

// With the activation known, a row's vectors are independent work.
INLINE void activate_rows(
    float *values, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t columns, const cm_activation activation) {
    const ptrdiff_t whole = columns / LANES * LANES, part = columns - whole;
    for (ptrdiff_t r = 0; r < rows; r++, values += stride) {
        for (ptrdiff_t i = 0; i < whole; i += LANES) store(values + i, activated(load(values + i), activation));
        if (part) store_part(values + whole, activated(load_part(values + whole, part), activation), part);
    }
}

static void activate(
    float *values, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t columns, cm_activation activation) {
#define ACTIVATE(A) case A: activate_rows(values, stride, rows, columns, A); break;
    switch (activation) {
    case CM_ACTIVATION_NONE: break;
    ACTIVATE(CM_ACTIVATION_RELU)
    ACTIVATE(CM_ACTIVATION_RELU6)
    ACTIVATE(CM_ACTIVATION_QUICK_GELU)
    ACTIVATE(CM_ACTIVATION_GELU)
    ACTIVATE(CM_ACTIVATION_GELU_TANH)
    ACTIVATE(CM_ACTIVATION_TANH)
    }
#undef ACTIVATE
}

#include "linear_template.h"
#include "attention_template.h"

// MARK: - Rows

static void layer_norm(const float *input, float *output, ptrdiff_t columns, const cm_norm *norm) {
    const float *weight = norm->weight, *bias = norm->bias;
    const ptrdiff_t whole = columns / LANES * LANES;
    vec sums = splat(0);
    float sum = 0;
    for (ptrdiff_t i = 0; i < whole; i += LANES) sums = sums + load(input + i);
    for (ptrdiff_t i = whole; i < columns; i++) sum += input[i];
    const float mean = (sum_of(sums) + sum) / (float)columns;
    vec squares = splat(0);
    float square = 0;
    for (ptrdiff_t i = 0; i < whole; i += LANES) {
        vec d = load(input + i) - mean;
        squares = squares + d * d;
    }
    for (ptrdiff_t i = whole; i < columns; i++) square += (input[i] - mean) * (input[i] - mean);
    const float variance = (sum_of(squares) + square) / (float)columns;
    const float scale = 1.0f / __builtin_elementwise_sqrt(variance + norm->epsilon);
    for (ptrdiff_t i = 0; i < whole; i += LANES)
        store(output + i, (load(input + i) - mean) * scale * load(weight + i) + load(bias + i));
    for (ptrdiff_t i = whole; i < columns; i++) output[i] = (input[i] - mean) * scale * weight[i] + bias[i];
}

static void softmax(float *values, ptrdiff_t count) {
    float peak = values[0];
    for (ptrdiff_t i = 1; i < count; i++) peak = values[i] > peak ? values[i] : peak;
    float sum = 0;
    for (ptrdiff_t i = 0; i < count; i += LANES) {
        ptrdiff_t part = count - i < LANES ? count - i : LANES;
        vec e = exponential(load_part(values + i, part) - peak);
        store_part(values + i, e, part);
        for (ptrdiff_t j = 0; j < part; j++) sum += e[j];
    }
    for (ptrdiff_t i = 0; i < count; i++) values[i] /= sum;
}

// MARK: - Depthwise convolution

static void depthwise_row(const cm_depthwise_arguments *arguments, ptrdiff_t image, ptrdiff_t row) {
    const ptrdiff_t channels = arguments->channels, size = arguments->size, kernel = arguments->kernel;
    const float *input = arguments->input + image * size * size * channels;
    float *output = arguments->output_values + (image * arguments->output + row) * arguments->output * channels;
    const ptrdiff_t y = row * arguments->stride - arguments->padding;
    const ptrdiff_t ky0 = y < 0 ? -y : 0, ky1 = y + kernel > size ? size - y : kernel;
    for (ptrdiff_t column = 0; column < arguments->output; column++, output += channels) {
        const ptrdiff_t x = column * arguments->stride - arguments->padding;
        const ptrdiff_t kx0 = x < 0 ? -x : 0, kx1 = x + kernel > size ? size - x : kernel;
        for (ptrdiff_t c = 0; c < channels; c += LANES) {
            const ptrdiff_t part = channels - c < LANES ? channels - c : LANES;
            vec sums = part == LANES ? load(arguments->bias + c) : load_part(arguments->bias + c, part);
            for (ptrdiff_t ky = ky0; ky < ky1; ky++) {
                const float *line = input + ((y + ky) * size + x) * channels + c;
                const float *weights = arguments->weights + ky * kernel * channels + c;
                for (ptrdiff_t kx = kx0; kx < kx1; kx++) {
                    const float *in = line + kx * channels, *w = weights + kx * channels;
                    sums = part == LANES ? sums + load(in) * load(w)
                                         : sums + load_part(in, part) * load_part(w, part);
                }
            }
            sums = activated(sums, CM_ACTIVATION_RELU6);
            if (part == LANES) store(output + c, sums);
            else store_part(output + c, sums, part);
        }
    }
}

const cm_kernels KERNELS = {
    .panel = PANEL,
    .forms = FORMS,
    .linear = linear,
    .layer_norm = layer_norm,
    .attention_scratch = attention_scratch,
    .attention = attention,
    .depthwise_row = depthwise_row,
    .softmax = softmax,
};
