// Every kernel, once for each instruction set: the including file sets LANES (floats in a vector), MAXIMUM_ROWS (rows
// of the register tile) and KERNELS (the table's name), and the target attribute.

#include <string.h>

#include "kernels.h"
#include "vector_template.h"

// MARK: - Activations

static void activate(float *values, ptrdiff_t count, const float *bias, cm_activation activation) {
    ptrdiff_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        vec x = load(values + i);
        store(values + i, activated(bias ? x + load(bias + i) : x, activation));
    }
    if (i < count) {
        vec x = load_part(values + i, count - i);
        store_part(values + i, activated(bias ? x + load_part(bias + i, count - i) : x, activation), count - i);
    }
}

// MARK: - Linear layers

// A panel is PANEL columns of weightsᵀ, `[k, PANEL]`, zero beyond the last column.
static void pack_panel(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, float *packed) {
    enum { BLOCK = 64 };
    float *target = packed + panel * PANEL * k;
    ptrdiff_t first = panel * PANEL, columns = n - first < PANEL ? n - first : PANEL;
    for (ptrdiff_t k0 = 0; k0 < k; k0 += BLOCK) {
        ptrdiff_t end = k0 + BLOCK < k ? k0 + BLOCK : k;
        for (ptrdiff_t c = 0; c < columns; c++) {
            const float *row = weights + (first + c) * k;
            for (ptrdiff_t i = k0; i < end; i++) target[i * PANEL + c] = row[i];
        }
        for (ptrdiff_t i = k0; i < end; i++)
            for (ptrdiff_t c = columns; c < PANEL; c++) target[i * PANEL + c] = 0;
    }
}

// Weights to come, which the cache is told of: few row tiles pass over each block of weights, so that the processor's own
// prefetching, which starts anew at every page, comes too late.
typedef struct {
    const char *start;
    ptrdiff_t step; // bytes for each step of k
    int together;   // whether all are asked for before the tile, which disturbs the products less if there are few
} prefetch;

// `c[rows, PANEL] (+)= a[rows, k] · b[k, PANEL]`, in registers.
INLINE void tile(
    const int rows, const int together, const float *restrict a, ptrdiff_t a_stride, const float *restrict b,
    ptrdiff_t k, float *restrict c, ptrdiff_t c_stride, int add, prefetch ahead) {
    if (together)
        for (ptrdiff_t i = 0; i < k * ahead.step; i += 64) __builtin_prefetch(ahead.start + i, 0, 2);
    vec left[MAXIMUM_ROWS], right[MAXIMUM_ROWS];
    UNROLL for (int r = 0; r < rows; r++) {
        left[r] = add ? load(c + r * c_stride) : splat(0);
        right[r] = add ? load(c + r * c_stride + LANES) : splat(0);
    }
    for (ptrdiff_t i = 0; i < k; i++, b += PANEL) {
        vec b0 = load(b), b1 = load(b + LANES);
        if (!together) {
            __builtin_prefetch(ahead.start, 0, 2);
            ahead.start += ahead.step;
        }
        UNROLL for (int r = 0; r < rows; r++) {
            vec x = splat(a[r * a_stride + i]);
            left[r] = left[r] + x * b0;
            right[r] = right[r] + x * b1;
        }
    }
    UNROLL for (int r = 0; r < rows; r++) {
        store(c + r * c_stride, left[r]);
        store(c + r * c_stride + LANES, right[r]);
    }
}

static void tile_of(
    ptrdiff_t rows, const float *a, ptrdiff_t a_stride, const float *b, ptrdiff_t k, float *c, ptrdiff_t c_stride,
    int add, prefetch ahead) {
#define CASE(R)                                                           \
    case R:                                                               \
        if (ahead.together) tile(R, 1, a, a_stride, b, k, c, c_stride, add, ahead); \
        else tile(R, 0, a, a_stride, b, k, c, c_stride, add, ahead);      \
        break;
    switch (rows) {
        CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6)
#if MAXIMUM_ROWS == 12
        CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12)
#endif
    }
#undef CASE
}

// Blocks of k keep one panel's weights in the first-level cache while all row tiles pass over them, and the input's rows
// in the second-level cache while all panels pass over them.
enum { INNER = 256, OUTER = 1024, FEW_TILES = 9 };

static void linear(
    const cm_linear_arguments *arguments, ptrdiff_t row, ptrdiff_t row_end, ptrdiff_t panel, ptrdiff_t panel_end) {
    const ptrdiff_t k = arguments->k, n = arguments->n;
    const ptrdiff_t rows = row_end - row, tiles = cm_ceil(rows, MAXIMUM_ROWS);
    const ptrdiff_t outer = cm_ceil(k, cm_ceil(k, OUTER));
    for (ptrdiff_t k0 = 0; k0 < k; k0 += outer) {
        const ptrdiff_t k1 = k0 + outer < k ? k0 + outer : k;
        for (ptrdiff_t p = panel; p < panel_end; p++) {
            const ptrdiff_t columns = n - p * PANEL < PANEL ? n - p * PANEL : PANEL;
            for (ptrdiff_t i = k0; i < k1; i += INNER) {
                const ptrdiff_t depth = i + INNER < k1 ? INNER : k1 - i;
                const float *b = arguments->packed + (p * k + i) * PANEL;
                prefetch ahead = {
                    .start = (const char *)(b + (i + depth < k1 ? depth : depth + k - (k1 - k0)) * PANEL),
                    .step = cm_ceil(PANEL * 4, tiles),
                    .together = tiles > FEW_TILES,
                };
                const int add = i > 0 || arguments->accumulate, last = i + depth == k;
                ptrdiff_t m = row;
                for (ptrdiff_t t = 0; t < tiles; t++, ahead.start += ahead.step * depth) {
                    const ptrdiff_t height = rows / tiles + (t < rows % tiles);
                    const float *a = arguments->input + m * arguments->input_stride + i;
                    float *c = arguments->output + m * arguments->output_stride + p * PANEL;
                    if (columns == PANEL) {
                        tile_of(
                            height, a, arguments->input_stride, b, depth, c, arguments->output_stride, add, ahead);
                    } else {
                        float edge[MAXIMUM_ROWS * PANEL] = {0};
                        for (ptrdiff_t r = 0; add && r < height; r++)
                            memcpy(edge + r * PANEL, c + r * arguments->output_stride, (size_t)columns * sizeof(float));
                        tile_of(height, a, arguments->input_stride, b, depth, edge, PANEL, add, ahead);
                        for (ptrdiff_t r = 0; r < height; r++)
                            memcpy(c + r * arguments->output_stride, edge + r * PANEL, (size_t)columns * sizeof(float));
                    }
                    if (last && (arguments->bias || arguments->activation != CM_ACTIVATION_NONE)) {
                        const float *bias = arguments->bias ? arguments->bias + p * PANEL : NULL;
                        for (ptrdiff_t r = 0; r < height; r++)
                            activate(c + r * arguments->output_stride, columns, bias, arguments->activation);
                    }
                    m += height;
                }
            }
        }
    }
}

// MARK: - Transformer pieces

static void layer_norm(
    const float *input, float *output, ptrdiff_t columns, const float *weight, const float *bias, float epsilon) {
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
    const float scale = 1.0f / __builtin_elementwise_sqrt(variance + epsilon);
    for (ptrdiff_t i = 0; i < whole; i += LANES)
        store(output + i, (load(input + i) - mean) * scale * load(weight + i) + load(bias + i));
    for (ptrdiff_t i = whole; i < columns; i++) output[i] = (input[i] - mean) * scale * weight[i] + bias[i];
}

// Softmax without the division: e^(x - max) of `count` values padded to whole vectors; returns the sum.
INLINE float exponentials(float *values, ptrdiff_t count) {
    ptrdiff_t padded = cm_ceil(count, LANES) * LANES;
    for (ptrdiff_t i = count; i < padded; i++) values[i] = -__builtin_inff();
    vec highest = load(values);
    for (ptrdiff_t i = LANES; i < padded; i += LANES) highest = maximum(highest, load(values + i));
    float peak = highest[0];
    for (int i = 1; i < LANES; i++) peak = highest[i] > peak ? highest[i] : peak;
    vec sums = splat(0);
    for (ptrdiff_t i = 0; i < padded; i += LANES) {
        vec e = exponential(load(values + i) - peak);
        sums = sums + e;
        store(values + i, e);
    }
    return sum_of(sums);
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

enum { QUERIES = 4 };

// `c[rows, columns] = a[rows, k] · b[k, columns]` for a multiple of LANES columns, times `scale[row]`.
INLINE void small_product(
    const int rows, const float *a, ptrdiff_t a_stride, const float *b, ptrdiff_t b_stride, ptrdiff_t k, float *c,
    ptrdiff_t c_stride, ptrdiff_t columns, const float *scale) {
    ptrdiff_t j = 0;
    for (; j + PANEL <= columns; j += PANEL) {
        vec left[QUERIES], right[QUERIES];
        UNROLL for (int r = 0; r < rows; r++) left[r] = right[r] = splat(0);
        for (ptrdiff_t i = 0; i < k; i++) {
            vec b0 = load(b + i * b_stride + j), b1 = load(b + i * b_stride + j + LANES);
            UNROLL for (int r = 0; r < rows; r++) {
                vec x = splat(a[r * a_stride + i]);
                left[r] = left[r] + x * b0;
                right[r] = right[r] + x * b1;
            }
        }
        UNROLL for (int r = 0; r < rows; r++) {
            store(c + r * c_stride + j, left[r] * scale[r]);
            store(c + r * c_stride + j + LANES, right[r] * scale[r]);
        }
    }
    if (j < columns) {
        vec sums[QUERIES];
        UNROLL for (int r = 0; r < rows; r++) sums[r] = splat(0);
        for (ptrdiff_t i = 0; i < k; i++) {
            vec b0 = load(b + i * b_stride + j);
            UNROLL for (int r = 0; r < rows; r++) sums[r] = sums[r] + splat(a[r * a_stride + i]) * b0;
        }
        UNROLL for (int r = 0; r < rows; r++) store(c + r * c_stride + j, sums[r] * scale[r]);
    }
}

// Queries `[first, first + rows)` of one head. `keys` is `[head_size, keys_stride]`, `values` `[keys, values_stride]`.
INLINE void attend(
    const int rows, const cm_attention_arguments *arguments, const cm_attention_sequence *sequence, ptrdiff_t head,
    ptrdiff_t first, const float *keys, ptrdiff_t keys_stride, const float *values, ptrdiff_t values_stride,
    float *scores, float *mixed) {
    const ptrdiff_t size = arguments->head_size, hidden = sequence->key_count - sequence->query_count;
    const ptrdiff_t seen = arguments->causal ? first + rows + hidden : sequence->key_count;
    const float *query = arguments->query + (sequence->query_start + first) * arguments->query_stride + head * size;
    float scale[QUERIES];
    for (int r = 0; r < rows; r++) scale[r] = arguments->scale;
    small_product(
        rows, query, arguments->query_stride, keys, keys_stride, size, scores, keys_stride,
        cm_ceil(seen, LANES) * LANES, scale);
    for (int r = 0; r < rows; r++) {
        float *row = scores + r * keys_stride;
        ptrdiff_t visible = arguments->causal ? first + r + hidden + 1 : seen;
        scale[r] = 1.0f / exponentials(row, visible);
        for (ptrdiff_t i = visible; i < seen; i++) row[i] = 0;
    }
    small_product(rows, scores, keys_stride, values, values_stride, seen, mixed, values_stride, values_stride, scale);
    for (int r = 0; r < rows; r++) {
        float *target =
            arguments->output + (sequence->query_start + first + r) * arguments->output_stride + head * size;
        memcpy(target, mixed + r * values_stride, (size_t)size * sizeof(float));
    }
}

static void attention(
    const cm_attention_arguments *arguments, const cm_attention_sequence *sequence, ptrdiff_t head, float *scratch) {
    const ptrdiff_t size = arguments->head_size, count = sequence->key_count;
    const ptrdiff_t keys_stride = cm_ceil(count, LANES) * LANES, values_stride = cm_ceil(size, LANES) * LANES;
    float *keys = scratch, *values = keys + size * keys_stride;
    float *scores = values + count * values_stride, *mixed = scores + QUERIES * keys_stride;
    for (ptrdiff_t t = 0; t < count; t++) {
        const float *key = arguments->key + (sequence->key_start + t) * arguments->key_stride + head * size;
        const float *value = arguments->value + (sequence->key_start + t) * arguments->key_stride + head * size;
        for (ptrdiff_t i = 0; i < size; i++) keys[i * keys_stride + t] = key[i];
        memcpy(values + t * values_stride, value, (size_t)size * sizeof(float));
        for (ptrdiff_t i = size; i < values_stride; i++) values[t * values_stride + i] = 0;
    }
    for (ptrdiff_t i = 0; i < size; i++)
        for (ptrdiff_t t = count; t < keys_stride; t++) keys[i * keys_stride + t] = 0;
    ptrdiff_t q = 0;
#define ATTEND(R) \
    attend(R, arguments, sequence, head, q, keys, keys_stride, values, values_stride, scores, mixed)
    for (; q + QUERIES <= sequence->query_count; q += QUERIES) ATTEND(QUERIES);
    switch (sequence->query_count - q) {
    case 1: ATTEND(1); break;
    case 2: ATTEND(2); break;
    case 3: ATTEND(3); break;
    }
#undef ATTEND
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
    .lanes = LANES,
    .pack_panel = pack_panel,
    .linear = linear,
    .activate = activate,
    .layer_norm = layer_norm,
    .attention = attention,
    .depthwise_row = depthwise_row,
    .softmax = softmax,
};
