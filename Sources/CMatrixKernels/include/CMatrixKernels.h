#ifndef CMATRIXKERNELS_H
#define CMATRIXKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// All matrices are row-major float32; a stride is the distance between rows, in floats.
// Functions with `threads` spread their work over that many threads of one pool, the calling one included.

/// The instruction sets that the kernels are compiled for; each holds those before it.
typedef enum {
    CM_ISA_PORTABLE = 0,
    CM_ISA_AVX2,
    CM_ISA_AVX512,
    CM_ISA_AVX512_VNNI,
    CM_ISA_AVX512_BF16,
} cm_isa;

/// How a linear layer keeps its weights.
typedef enum { CM_F32 = 0, CM_BF16, CM_INT8 } cm_precision;

/// What a linear layer applies to each output.
typedef enum {
    CM_ACTIVATION_NONE = 0,
    CM_ACTIVATION_RELU,
    CM_ACTIVATION_RELU6,
    CM_ACTIVATION_QUICK_GELU,
    CM_ACTIVATION_GELU,
    CM_ACTIVATION_GELU_TANH,
    CM_ACTIVATION_TANH,
} cm_activation;

/// The best instruction set of this CPU.
cm_isa cm_best_isa(void);

/// The number of cores that this process may run on.
int cm_cores(void);

// MARK: - Memory

/// Memory aligned to a cache line and, if large, to huge pages. NULL if there is none.
void *cm_allocate(size_t bytes);
void cm_release(void *memory);

/// Gives back to the system what is free.
void cm_trim(void);

// MARK: - Linear layers

/// The number of bytes that `cm_pack` writes.
size_t cm_packed_bytes(cm_isa isa, cm_precision precision, ptrdiff_t n, ptrdiff_t k);

/// Packs `weights` `[n, k]` into panels for `cm_linear`.
void cm_pack(
    cm_isa isa, cm_precision precision, int threads, const float *weights, ptrdiff_t n, ptrdiff_t k, void *packed);

/// A layer normalisation of rows.
typedef struct {
    const float *weight, *bias; ///< `[columns]`
    float epsilon;
} cm_norm;

/// `output = activation(input · weightsᵀ + bias)`, or `output += input · weightsᵀ + bias`.
typedef struct {
    const float *input;       ///< `[m, k]`
    ptrdiff_t input_stride;
    const cm_norm *norm;      ///< of the input's rows, or NULL
    const void *packed;       ///< from `cm_pack`, for the same instruction set and precision
    const float *bias;        ///< `[n]`, or NULL
    float *output;            ///< `[m, n]`
    ptrdiff_t output_stride;
    ptrdiff_t m, n, k;
    cm_precision precision;
    cm_activation activation; ///< must be none if `accumulate`
    int accumulate;
} cm_linear_arguments;

/// Returns whether there was memory for the input as the products read it.
bool cm_linear(cm_isa isa, int threads, const cm_linear_arguments *arguments);

// MARK: - Transformer pieces

/// Layer normalisation of each row of `[rows, columns]`; `output` may be `input`.
void cm_layer_norm(
    cm_isa isa, int threads, const float *input, ptrdiff_t input_stride, float *output, ptrdiff_t output_stride,
    ptrdiff_t rows, ptrdiff_t columns, const cm_norm *norm);

/// One sequence in a batch without padding: rows of the query and of the key and value matrices.
typedef struct {
    ptrdiff_t query_start, query_count, key_start, key_count;
} cm_attention_sequence;

/// `softmax(query · keyᵀ · scale) · value` for each sequence and head.
typedef struct {
    const float *query, *key, *value; ///< `[rows, heads * head_size]`
    ptrdiff_t query_stride, key_stride;
    float *output;                    ///< `[query rows, heads * head_size]`
    ptrdiff_t output_stride;
    const cm_attention_sequence *sequences;
    ptrdiff_t sequence_count, heads, head_size;
    float scale;                      ///< positive
    cm_precision precision;           ///< of the products, whose sums and softmax are 32-bit floats
    int causal;                       ///< query i sees keys up to i + key_count - query_count
} cm_attention_arguments;

/// Returns whether there was memory to work in.
bool cm_attention(cm_isa isa, int threads, const cm_attention_arguments *arguments);

// MARK: - Images

/// Cuts `image` `[channels, size, size]` into rows `[output², channels * kernel²]`, one for each window.
///
/// Windows start at `stride * i - padding`; cells outside the image are zero.
void cm_windows(
    int threads, const float *image, ptrdiff_t channels, ptrdiff_t size, ptrdiff_t kernel, ptrdiff_t stride,
    ptrdiff_t padding, ptrdiff_t output, float *rows, ptrdiff_t rows_stride);

/// Depthwise convolution of `[size, size, channels]` to `[output, output, channels]`, then ReLU6.
typedef struct {
    const float *input;
    const float *weights;     ///< `[kernel², channels]`
    const float *bias;        ///< `[channels]`
    float *output_values;
    ptrdiff_t channels, size, kernel, stride, padding, output, batch;
} cm_depthwise_arguments;

void cm_depthwise(cm_isa isa, int threads, const cm_depthwise_arguments *arguments);

// MARK: - Rows

/// The mean of each column.
void cm_mean_rows(const float *input, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t columns, float *output);

/// The greatest value of each column.
void cm_max_rows(const float *input, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t columns, float *output);

/// `output[i] += input[i]`.
void cm_add(const float *input, ptrdiff_t count, float *output);

/// Scales to unit length; a zero vector stays as it is.
void cm_normalise(float *values, ptrdiff_t count);

/// Softmax in place.
void cm_softmax(cm_isa isa, float *values, ptrdiff_t count);

// MARK: - Number formats; sources may be unaligned

void cm_copy_f32(const void *source, ptrdiff_t count, float *output);
void cm_widen_f16(const void *source, ptrdiff_t count, float *output);
void cm_widen_bf16(const void *source, ptrdiff_t count, float *output);

#endif
