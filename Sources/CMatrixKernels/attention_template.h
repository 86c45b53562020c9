// Attention of one sequence and head, with the tiles of linear layers; part of every instruction set's kernels.
//
// Keys lie in panels as the weights of a layer from a query to its scores would, values as those of a layer from weights
// to their mean. Below 32-bit precision both products are of bfloat16 where there is an instruction for it.

#include <string.h>

#include "forms_template.h"
#include "kernels.h"
#include "tiles_template.h"
#include "vector_template.h"

#ifdef BF16_DOT
enum { HALVES = 1 };
#else
enum { HALVES = 0 };
#endif

// What one head works in.
typedef struct {
    int halves;
    ptrdiff_t width;  // of a row of scores: whole panels
    char *keys, *values, *queries, *weights;
    float *scores;
} attention_space;

static size_t attention_scratch(ptrdiff_t longest, ptrdiff_t head_size) {
    const ptrdiff_t keys = cm_ceil(longest, PANEL) * PANEL, size = cm_ceil(head_size, PANEL) * PANEL;
    return (size_t)(2 * keys * size + MAXIMUM_ROWS * (size + 2 * keys)) * sizeof(float);
}

static attention_space attention_space_in(float *scratch, ptrdiff_t keys, ptrdiff_t head_size, int halves) {
    attention_space space = {.halves = halves, .width = cm_ceil(keys, PANEL) * PANEL};
    const ptrdiff_t size = cm_ceil(head_size, PANEL) * PANEL;
    space.keys = (char *)scratch;
    space.values = (char *)(scratch += space.width * size);
    space.queries = (char *)(scratch += space.width * size);
    space.scores = scratch += MAXIMUM_ROWS * size;
    space.weights = (char *)(scratch + MAXIMUM_ROWS * space.width);
    return space;
}

// MARK: - Keys and values in panels

static void pack_keys(
    const attention_space *space, const float *keys, ptrdiff_t stride, ptrdiff_t count, ptrdiff_t size) {
    const ptrdiff_t steps = space->halves ? cm_ceil(size, 2) : size;
    if (count % PANEL) memset(space->keys + count / PANEL * PANEL * steps * 4, 0, (size_t)(PANEL * steps * 4));
    for (ptrdiff_t t = 0; t < count; t++) {
        char *panel = space->keys + t / PANEL * PANEL * steps * 4;
        const void *row = keys + t * stride;
#ifdef BF16_DOT
        if (space->halves) bf16_convert(row, size, space->queries);
        if (space->halves) row = space->queries;
#endif
        place_column(row, steps, panel, t % PANEL);
    }
}

static void pack_values(
    const attention_space *space, const float *values, ptrdiff_t stride, ptrdiff_t count, ptrdiff_t size) {
    const ptrdiff_t group = space->halves ? 2 : 1, steps = cm_ceil(count, group);
    for (ptrdiff_t i = 0; i < size; i += LANES) {
        const ptrdiff_t part = size - i < LANES ? size - i : LANES;
        char *target = space->values + (i / PANEL * steps * PANEL + i % PANEL) * 4;
        for (ptrdiff_t t = 0; t < count; t += group, target += PANEL * 4) {
            const float *row = values + t * stride + i;
            vec v = part == LANES ? load(row) : load_part(row, part);
#ifdef BF16_DOT
            if (space->halves) {
                vec next = splat(0);
                if (t + 1 < count) next = part == LANES ? load(row + stride) : load_part(row + stride, part);
                v = (vec)bf16_pairs(v, next);
            }
#endif
            store((float *)target, v);
        }
    }
}

// MARK: - Softmax

// `row[0, visible)` becomes e^(scale · x) over the sum of all, up to `width` zeros follow.
INLINE void softmax_of(float *row, ptrdiff_t visible, ptrdiff_t width, float scale, uint16_t *rounded) {
    const ptrdiff_t padded = cm_ceil(visible, LANES) * LANES;
    for (ptrdiff_t i = visible; i < padded; i++) row[i] = -__builtin_inff();
    vec highest = load(row);
    for (ptrdiff_t i = LANES; i < padded; i += LANES) highest = maximum(highest, load(row + i));
    const float peak = most_of(highest) * scale;
    vec sums = splat(0);
    for (ptrdiff_t i = 0; i < padded; i += LANES) {
        vec e = exponential(load(row + i) * scale - peak);
        sums = sums + e;
        store(row + i, e);
    }
    const float inverse = 1.0f / sum_of(sums);
    for (ptrdiff_t i = 0; i < width; i += LANES) {
        vec weight = i < padded ? load(row + i) * inverse : splat(0);
#ifdef BF16_DOT
        if (rounded) store_bf16(rounded + i, weight);
#endif
        if (!rounded) store(row + i, weight);
    }
}

// MARK: - Queries

// `c[rows, columns] = a[rows, steps] · panels`.
static void small_product(
    const attention_space *space, ptrdiff_t rows, const void *a, ptrdiff_t a_stride, const char *panels, ptrdiff_t steps,
    float *c, ptrdiff_t c_stride, ptrdiff_t columns) {
    static const float zeros[PANEL];
    for (ptrdiff_t j = 0; j < columns; j += PANEL, panels += steps * PANEL * 4) {
        tile_job job = {
            .a = a, .a_stride = a_stride, .b = panels, .steps = steps, .bias = zeros, .following = panels};
        tile_into(
            space->halves ? CM_BF16 : CM_F32, rows, &job, c + j, c_stride, columns - j < PANEL ? columns - j : PANEL);
    }
}

// Queries `[first, first + rows)` of a head.
static void attend(
    const cm_attention_arguments *arguments, const cm_attention_sequence *sequence, const attention_space *space,
    ptrdiff_t head, ptrdiff_t first, ptrdiff_t rows) {
    const ptrdiff_t size = arguments->head_size, hidden = sequence->key_count - sequence->query_count;
    const ptrdiff_t seen = arguments->causal ? first + rows + hidden : sequence->key_count;
    const ptrdiff_t group = space->halves ? 2 : 1, width = cm_ceil(seen, PANEL) * PANEL;
    const float *query = arguments->query + (sequence->query_start + first) * arguments->query_stride + head * size;
    float *output = arguments->output + (sequence->query_start + first) * arguments->output_stride + head * size;
    const void *a = query, *weights = space->scores;
    ptrdiff_t a_stride = arguments->query_stride * 4;
#ifdef BF16_DOT
    if (space->halves) {
        a = space->queries;
        a_stride = cm_ceil(size, 2) * 4;
        weights = space->weights;
        for (ptrdiff_t r = 0; r < rows; r++)
            bf16_convert(query + r * arguments->query_stride, size, space->queries + r * a_stride);
    }
#endif
    small_product(space, rows, a, a_stride, space->keys, cm_ceil(size, group), space->scores, space->width, width);
    for (ptrdiff_t r = 0; r < rows; r++)
        softmax_of(
            space->scores + r * space->width, arguments->causal ? first + r + hidden + 1 : seen, width,
            arguments->scale, space->halves ? (uint16_t *)space->weights + r * space->width : NULL);
    // The panels of all values are as long as the keys are many; a causal query looks at their beginning.
    const ptrdiff_t steps = cm_ceil(sequence->key_count, group);
    for (ptrdiff_t j = 0; j < size; j += PANEL)
        small_product(
            space, rows, weights, space->width * 4 / group, space->values + j * steps * 4, cm_ceil(seen, group),
            output + j, arguments->output_stride, size - j < PANEL ? size - j : PANEL);
}

static void attention(
    const cm_attention_arguments *arguments, const cm_attention_sequence *sequence, ptrdiff_t head, float *scratch) {
    const ptrdiff_t size = arguments->head_size, keys = sequence->key_count, stride = arguments->key_stride;
    const ptrdiff_t queries = sequence->query_count, count = cm_ceil(queries, MAXIMUM_ROWS);
    const attention_space space = attention_space_in(scratch, keys, size, HALVES && arguments->precision != CM_F32);
    const ptrdiff_t start = sequence->key_start * stride + head * size;
    pack_keys(&space, arguments->key + start, stride, keys, size);
    pack_values(&space, arguments->value + start, stride, keys, size);
    for (ptrdiff_t t = 0; t < count; t++)
        attend(
            arguments, sequence, &space, head, queries * t / count, queries * (t + 1) / count - queries * t / count);
}
