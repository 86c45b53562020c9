// Linear layers: the loops around the tiles; part of every instruction set's kernels.

#include <string.h>

#include "forms_template.h"
#include "kernels.h"
#include "tiles_template.h"
#include "vector_template.h"

// Rows `[row, row_end)`, whose inputs are given, and panels `[panel, panel_end)`.
static void linear(
    const cm_linear_arguments *arguments, const cm_form *form, const cm_inputs *inputs, ptrdiff_t row,
    ptrdiff_t row_end, ptrdiff_t panel, ptrdiff_t panel_end) {
    enum { OUTER_BYTES = 8192 };
    static const float zeros[PANEL];
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
            float bias[PANEL] = {0};
            if (arguments->bias) memcpy(bias, arguments->bias + p * PANEL, (size_t)columns * sizeof(float));
            for (ptrdiff_t i = k0; i < k1; i += form->inner) {
                const ptrdiff_t next = i + form->inner < k1 ? i + form->inner : k1;
                tile_job job = {
                    .a = inputs->rows + i * form->input_bytes,
                    .a_stride = inputs->stride,
                    .b = weights + cm_block_offset(form, PANEL, i),
                    .steps = cm_ceil(next - i, form->group),
                    .add = i > 0 || arguments->accumulate,
                    .bias = i > 0 ? zeros : bias,
                    .scales = (const cm_scale *)(inputs->rows + cm_scales_offset(k)) + i / form->inner,
                    .following = next < k1 ? weights + cm_block_offset(form, PANEL, next)
                                           : weights + panel_bytes + cm_block_offset(form, PANEL, k0),
                    .following_step = cm_ceil(PANEL * form->group * form->weight_bytes, count),
                };
                ptrdiff_t m = row;
                for (ptrdiff_t t = 0; t < count; t++) {
                    const ptrdiff_t height = (row_end - row) / count + (t < (row_end - row) % count);
                    float *c = arguments->output + m * arguments->output_stride + p * PANEL;
                    tile_into(arguments->precision, height, &job, c, arguments->output_stride, columns);
                    if (next == k) activate(c, arguments->output_stride, height, columns, arguments->activation);
                    m += height;
                    job.a += height * inputs->stride;
                    job.scales = (const cm_scale *)((const char *)job.scales + height * inputs->stride);
                    job.following += job.following_step * job.steps;
                }
            }
        }
    }
}
