// Linear layers, for weights of each precision; part of every instruction set's kernels.
//
// Weights are packed into panels of PANEL columns of weightsᵀ. A panel is a sequence of blocks of k, and a block holds, for
// each step of `group` elements of k, the elements of column 0, those of column 1, and so on; zeros fill the last step and
// the last panel.

#include <string.h>

#include "kernels.h"
#include "vector_template.h"

// Weights to come, which the cache is told of: few row tiles pass over each block of weights, so that the processor's own
// prefetching, which starts anew at every page, comes too late.
typedef struct {
    const char *start;
    ptrdiff_t step; // bytes for each step of k
    int together;   // whether all are asked for before the tile, which disturbs the products less if there are few
} prefetch;

// What one tile computes: `c[rows, PANEL] (+)= a[rows, k] · b[k, PANEL]` over one block of k, in registers.
typedef struct {
    const char *a;          // the inputs' rows in the form of the precision, at this block
    ptrdiff_t a_stride;     // bytes
    const char *b;
    ptrdiff_t steps;
    float *c;
    ptrdiff_t c_stride;
    int add;
    const cm_scale *scales; // int8: the first row's scale for this block; those of the next row are `a_stride` bytes away
    prefetch ahead;
} tile_job;

INLINE void prefetch_all(const prefetch *ahead, ptrdiff_t steps) {
    for (ptrdiff_t i = 0; i < steps * ahead->step; i += 64) __builtin_prefetch(ahead->start + i, 0, 2);
}

INLINE void prefetch_step(prefetch *ahead) {
    __builtin_prefetch(ahead->start, 0, 2);
    ahead->start += ahead->step;
}

INLINE void load_sums(const int rows, const tile_job *job, vec *left, vec *right) {
    UNROLL for (int r = 0; r < rows; r++) {
        left[r] = job->add ? load(job->c + r * job->c_stride) : splat(0);
        right[r] = job->add ? load(job->c + r * job->c_stride + LANES) : splat(0);
    }
}

INLINE void store_sums(const int rows, const tile_job *job, const vec *left, const vec *right) {
    UNROLL for (int r = 0; r < rows; r++) {
        store(job->c + r * job->c_stride, left[r]);
        store(job->c + r * job->c_stride + LANES, right[r]);
    }
}

// One function for each number of rows, so that the sums are registers.
#define CASE(NAME, R)                        \
    case R:                                  \
        if (job->ahead.together) NAME(R, 1, job); \
        else NAME(R, 0, job);                \
        break;
#if MAXIMUM_ROWS == 12
#define MORE_CASES(NAME) CASE(NAME, 7) CASE(NAME, 8) CASE(NAME, 9) CASE(NAME, 10) CASE(NAME, 11) CASE(NAME, 12)
#else
#define MORE_CASES(NAME)
#endif
#define DEFINE_TILES(NAME, TILE)                                                             \
    static void NAME(ptrdiff_t rows, const tile_job *job) {                                  \
        switch (rows) {                                                                      \
            CASE(TILE, 1) CASE(TILE, 2) CASE(TILE, 3) CASE(TILE, 4) CASE(TILE, 5) CASE(TILE, 6) \
            MORE_CASES(TILE)                                                                 \
        }                                                                                    \
    }

INLINE ptrdiff_t columns_of(ptrdiff_t n, ptrdiff_t panel) {
    return n - panel * PANEL < PANEL ? n - panel * PANEL : PANEL;
}

// MARK: - Products of floats

// `halves`: the weights are bfloat16, two columns in 32 bits.
INLINE void float_tile(const int rows, const int together, const int halves, const tile_job *job) {
    const char *b = job->b;
    prefetch ahead = job->ahead;
    if (together) prefetch_all(&ahead, job->steps);
    vec left[MAXIMUM_ROWS], right[MAXIMUM_ROWS];
    load_sums(rows, job, left, right);
    for (ptrdiff_t i = 0; i < job->steps; i++, b += PANEL * (halves ? 2 : 4)) {
        vec b0, b1;
        if (halves) {
            ivec both = load_integers(b);
            b0 = (vec)(both << 16);
            b1 = (vec)(both & (int32_t)0xffff0000);
        } else {
            b0 = load((const float *)b);
            b1 = load((const float *)b + LANES);
        }
        if (!together) prefetch_step(&ahead);
        UNROLL for (int r = 0; r < rows; r++) {
            vec x = splat(((const float *)(job->a + r * job->a_stride))[i]);
            left[r] = left[r] + x * b0;
            right[r] = right[r] + x * b1;
        }
    }
    store_sums(rows, job, left, right);
}

INLINE void f32_tile(const int rows, const int together, const tile_job *job) { float_tile(rows, together, 0, job); }
DEFINE_TILES(f32_tiles, f32_tile)

static void f32_pack(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, char *packed) {
    enum { BLOCK = 64 };
    float *target = (float *)packed;
    ptrdiff_t first = panel * PANEL, columns = columns_of(n, panel);
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

// MARK: - Products of bfloat16, or of bfloat16 weights and floats

#ifdef BF16_DOT

// `sums + a₀ b₀ + a₁ b₁` in each lane.
INLINE void bf16_tile(const int rows, const int together, const tile_job *job) {
    const char *b = job->b;
    prefetch ahead = job->ahead;
    if (together) prefetch_all(&ahead, job->steps);
    vec left[MAXIMUM_ROWS], right[MAXIMUM_ROWS];
    load_sums(rows, job, left, right);
    for (ptrdiff_t i = 0; i < job->steps; i++, b += PANEL * 4) {
        ivec b0 = load_integers(b), b1 = load_integers(b + LANES * 4);
        if (!together) prefetch_step(&ahead);
        UNROLL for (int r = 0; r < rows; r++) {
            ivec x = splat_integer(job->a + r * job->a_stride + i * 4);
            left[r] = BF16_DOT(left[r], x, b0);
            right[r] = BF16_DOT(right[r], x, b1);
        }
    }
    store_sums(rows, job, left, right);
}

static void bf16_pack(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, char *packed) {
    uint16_t *target = (uint16_t *)packed;
    ptrdiff_t first = panel * PANEL, columns = columns_of(n, panel);
    memset(packed, 0, (size_t)(cm_ceil(k, 2) * PANEL * 4));
    for (ptrdiff_t c = 0; c < columns; c++) {
        const float *row = weights + (first + c) * k;
        for (ptrdiff_t i = 0; i < k; i++) target[(i / 2 * PANEL + c) * 2 + i % 2] = cm_bf16(row[i]);
    }
}

static void bf16_convert(const float *input, ptrdiff_t k, char *output) {
    uint16_t *target = (uint16_t *)output;
    for (ptrdiff_t i = 0; i < k; i++) target[i] = cm_bf16(input[i]);
    if (k % 2) target[k] = 0;
}

#else

INLINE void bf16_tile(const int rows, const int together, const tile_job *job) { float_tile(rows, together, 1, job); }

static void bf16_pack(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, char *packed) {
    uint16_t *target = (uint16_t *)packed;
    ptrdiff_t first = panel * PANEL, columns = columns_of(n, panel);
    memset(packed, 0, (size_t)(k * PANEL * 2));
    for (ptrdiff_t c = 0; c < columns; c++) {
        const float *row = weights + (first + c) * k;
        uint16_t *column = target + 2 * (c % LANES) + c / LANES;
        for (ptrdiff_t i = 0; i < k; i++) column[i * PANEL] = cm_bf16(row[i]);
    }
}

#endif

DEFINE_TILES(bf16_tiles, bf16_tile)

// MARK: - Products of 8-bit integers
//
// A row of inputs is x ≈ offset + scale · q with 0 <= q <= INT8_LEVELS, and a column of weights w ≈ s · p with |p| <= 127, both with
// numbers of their own for each block of k, so that an outlier spoils its block alone. Then
//
//     Σ x w ≈ s · (scale · Σ q p + offset · Σ p)
//
// where a block ends with s and Σ p of each of its columns.

enum { INT8_BLOCK = 256 };

INLINE void int8_tile(const int rows, const int together, const tile_job *job) {
    const char *b = job->b;
    prefetch ahead = job->ahead;
    if (together) prefetch_all(&ahead, job->steps);
    ivec left[MAXIMUM_ROWS], right[MAXIMUM_ROWS];
    UNROLL for (int r = 0; r < rows; r++) left[r] = right[r] = (ivec){0};
    for (ptrdiff_t i = 0; i < job->steps; i++, b += PANEL * 4) {
        ivec b0 = load_integers(b), b1 = load_integers(b + LANES * 4);
        if (!together) prefetch_step(&ahead);
        UNROLL for (int r = 0; r < rows; r++) {
            ivec x = splat_integer(job->a + r * job->a_stride + i * 4);
            left[r] = INT8_DOT(left[r], x, b0);
            right[r] = INT8_DOT(right[r], x, b1);
        }
    }
    const float *columns = (const float *)b;
    const vec s0 = load(columns), s1 = load(columns + LANES);
    const vec p0 = load(columns + 2 * LANES), p1 = load(columns + 3 * LANES);
    UNROLL for (int r = 0; r < rows; r++) {
        const cm_scale *row = (const cm_scale *)((const char *)job->scales + r * job->a_stride);
        const vec scale = splat(row->scale), offset = splat(row->offset);
        float *c = job->c + r * job->c_stride;
        vec x0 = (__builtin_convertvector(left[r], vec) * scale + p0 * offset) * s0;
        vec x1 = (__builtin_convertvector(right[r], vec) * scale + p1 * offset) * s1;
        store(c, job->add ? load(c) + x0 : x0);
        store(c + LANES, job->add ? load(c + LANES) + x1 : x1);
    }
}
DEFINE_TILES(int8_tiles, int8_tile)

static void int8_pack(const float *weights, ptrdiff_t n, ptrdiff_t k, ptrdiff_t panel, char *packed) {
    ptrdiff_t first = panel * PANEL, columns = columns_of(n, panel);
    for (ptrdiff_t k0 = 0; k0 < k; k0 += INT8_BLOCK) {
        const ptrdiff_t depth = k - k0 < INT8_BLOCK ? k - k0 : INT8_BLOCK, steps = cm_ceil(depth, 4);
        int8_t *codes = (int8_t *)packed;
        float *scales = (float *)(packed + steps * PANEL * 4), *sums = scales + PANEL;
        memset(packed, 0, (size_t)(steps * PANEL * 4 + 2 * PANEL * 4));
        for (ptrdiff_t c = 0; c < columns; c++) {
            const float *row = weights + (first + c) * k + k0;
            float largest = 0;
            for (ptrdiff_t i = 0; i < depth; i++) {
                float magnitude = __builtin_fabsf(row[i]);
                largest = magnitude > largest ? magnitude : largest;
            }
            const float scale = largest / 127, inverse = largest > 0 ? 127 / largest : 0;
            int32_t sum = 0;
            for (ptrdiff_t i = 0; i < depth; i++) {
                // Nearest, halves to even, and no more than 127 where the product was rounded up.
                float nearest = (row[i] * inverse + 12582912.0f) - 12582912.0f;
                int8_t code = (int8_t)(nearest > 127 ? 127 : nearest > -127 ? nearest : -127);
                codes[(i / 4 * PANEL + c) * 4 + i % 4] = code;
                sum += code;
            }
            scales[c] = scale;
            sums[c] = (float)sum;
        }
        packed += steps * PANEL * 4 + 2 * PANEL * 4;
    }
}

static void int8_convert(const float *input, ptrdiff_t k, char *output) {
    cm_scale *scales = (cm_scale *)(output + cm_ceil(k, 8) * 8);
    for (ptrdiff_t k0 = 0; k0 < k; k0 += INT8_BLOCK, scales++) {
        const ptrdiff_t depth = k - k0 < INT8_BLOCK ? k - k0 : INT8_BLOCK, whole = depth / LANES * LANES;
        const float *row = input + k0;
        uint8_t *codes = (uint8_t *)output + k0;
        float least = row[0], most = row[0];
        if (whole) {
            vec low = load(row), high = low;
            for (ptrdiff_t i = LANES; i < whole; i += LANES) {
                low = minimum(low, load(row + i));
                high = maximum(high, load(row + i));
            }
            for (int i = 0; i < LANES; i++) {
                least = low[i] < least ? low[i] : least;
                most = high[i] > most ? high[i] : most;
            }
        }
        for (ptrdiff_t i = whole; i < depth; i++) {
            least = row[i] < least ? row[i] : least;
            most = row[i] > most ? row[i] : most;
        }
        const float range = most - least, inverse = range > 1e-30f ? INT8_LEVELS / range : 0;
        scales->scale = range / INT8_LEVELS;
        scales->offset = least;
        for (ptrdiff_t i = 0; i < whole; i += LANES) store_bytes(codes + i, (load(row + i) - least) * inverse + 0.5f);
        for (ptrdiff_t i = whole; i < depth; i++) {
            float code = (row[i] - least) * inverse + 0.5f;
            codes[i] = code < INT8_LEVELS ? (uint8_t)code : INT8_LEVELS;
        }
        for (ptrdiff_t i = depth; i % 4; i++) codes[i] = 0;
    }
}

// Lets a tile write to `c`; one beyond the last column goes through memory of its own.
INLINE void tile_into(
    void (*tiles)(ptrdiff_t, const tile_job *), ptrdiff_t rows, tile_job *job, float *c, ptrdiff_t stride,
    ptrdiff_t columns) {
    if (columns == PANEL) {
        job->c = c;
        job->c_stride = stride;
        return tiles(rows, job);
    }
    float edge[MAXIMUM_ROWS * PANEL] = {0};
    job->c = edge;
    job->c_stride = PANEL;
    for (ptrdiff_t r = 0; job->add && r < rows; r++)
        memcpy(edge + r * PANEL, c + r * stride, (size_t)columns * sizeof(float));
    tiles(rows, job);
    for (ptrdiff_t r = 0; r < rows; r++)
        memcpy(c + r * stride, edge + r * PANEL, (size_t)columns * sizeof(float));
}

// MARK: - Forms, and the loops around the tiles

// Blocks of k keep one panel's weights in the first-level cache while all row tiles pass over them.
#ifdef BF16_DOT
#define BF16_INPUT .group = 2, .input_bytes = 2, .inner = 512, .convert = bf16_convert
#else
#define BF16_INPUT .group = 1, .input_bytes = 4, .inner = 256
#endif
#define FORMS                                                                                                   \
    {                                                                                                           \
        [CM_F32] = {.group = 1, .input_bytes = 4, .weight_bytes = 4, .inner = 256, .pack = f32_pack},           \
        [CM_BF16] = {BF16_INPUT, .weight_bytes = 2, .pack = bf16_pack},                                         \
        [CM_INT8] = {.group = 4, .input_bytes = 1, .weight_bytes = 1, .inner = INT8_BLOCK, .block_floats = 2,   \
                     .pack = int8_pack, .convert = int8_convert},                                               \
    }

// Rows `[row, row_end)` and panels `[panel, panel_end)`.
static void linear(
    const cm_linear_arguments *arguments, const cm_form *form, const cm_inputs *inputs, ptrdiff_t row,
    ptrdiff_t row_end, ptrdiff_t panel, ptrdiff_t panel_end) {
    enum { OUTER_BYTES = 4096, FEW_TILES = 9 };
    static void (*const tiles_of[])(ptrdiff_t, const tile_job *) = {
        [CM_F32] = f32_tiles, [CM_BF16] = bf16_tiles, [CM_INT8] = int8_tiles};
    void (*const tiles)(ptrdiff_t, const tile_job *) = tiles_of[arguments->precision];
    const ptrdiff_t k = arguments->k, n = arguments->n, count = cm_ceil(row_end - row, MAXIMUM_ROWS);
    const ptrdiff_t panel_bytes = cm_panel_bytes(form, PANEL, k);
    // The input's rows stay in the second-level cache while all panels pass over them.
    const ptrdiff_t parts = cm_ceil(k * form->input_bytes, OUTER_BYTES);
    const ptrdiff_t outer = cm_ceil(cm_ceil(k, parts), form->inner) * form->inner;
    for (ptrdiff_t k0 = 0; k0 < k; k0 += outer) {
        const ptrdiff_t k1 = k0 + outer < k ? k0 + outer : k;
        for (ptrdiff_t p = panel; p < panel_end; p++) {
            const char *weights = (const char *)arguments->packed + p * panel_bytes;
            const ptrdiff_t columns = columns_of(n, p);
            for (ptrdiff_t i = k0; i < k1; i += form->inner) {
                const ptrdiff_t next = i + form->inner < k1 ? i + form->inner : k1;
                const char *following = next < k1 ? weights + cm_block_offset(form, PANEL, next)
                                                  : weights + panel_bytes + cm_block_offset(form, PANEL, k0);
                tile_job job = {
                    .a = inputs->rows + row * inputs->stride + i * form->input_bytes,
                    .a_stride = inputs->stride,
                    .b = weights + cm_block_offset(form, PANEL, i),
                    .steps = cm_ceil(next - i, form->group),
                    .add = i > 0 || arguments->accumulate,
                    .scales = (const cm_scale *)(inputs->rows + row * inputs->stride + cm_scales_offset(k)) + i / form->inner,
                    .ahead = {.start = following, .together = count > FEW_TILES},
                };
                job.ahead.step = cm_ceil(PANEL * form->group * form->weight_bytes, count);
                ptrdiff_t m = row;
                for (ptrdiff_t t = 0; t < count; t++) {
                    const ptrdiff_t height = (row_end - row) / count + (t < (row_end - row) % count);
                    float *c = arguments->output + m * arguments->output_stride + p * PANEL;
                    tile_into(tiles, height, &job, c, arguments->output_stride, columns);
                    if (next == k && (arguments->bias || arguments->activation != CM_ACTIVATION_NONE)) {
                        const float *bias = arguments->bias ? arguments->bias + p * PANEL : NULL;
                        for (ptrdiff_t r = 0; r < height; r++)
                            activate(c + r * arguments->output_stride, columns, bias, arguments->activation);
                    }
                    m += height;
                    job.a += height * inputs->stride;
                    job.scales = (const cm_scale *)((const char *)job.scales + height * inputs->stride);
                    job.ahead.start += job.ahead.step * job.steps;
                }
            }
        }
    }
}
