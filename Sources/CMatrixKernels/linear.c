#include "kernels.h"
#include "parallel.h"
#include "scratch.h"

size_t cm_packed_bytes(cm_isa isa, cm_precision precision, ptrdiff_t n, ptrdiff_t k) {
    const cm_kernels *kernels = cm_kernels_of(isa);
    return (size_t)(cm_ceil(n, kernels->panel) * cm_panel_bytes(&kernels->forms[precision], kernels->panel, k));
}

typedef struct {
    const cm_form *form;
    ptrdiff_t panel_bytes;
    const float *weights;
    ptrdiff_t n, k;
    char *packed;
} pack_job;

static void pack_task(const void *context, ptrdiff_t panel) {
    const pack_job *job = context;
    job->form->pack(job->weights, job->n, job->k, panel, job->packed + panel * job->panel_bytes);
}

void cm_pack(
    cm_isa isa, cm_precision precision, int threads, const float *weights, ptrdiff_t n, ptrdiff_t k, void *packed) {
    const cm_kernels *kernels = cm_kernels_of(isa);
    const cm_form *form = &kernels->forms[precision];
    pack_job job = {form, cm_panel_bytes(form, kernels->panel, k), weights, n, k, packed};
    cm_parallel(threads, cm_ceil(n, kernels->panel), pack_task, &job);
}

// MARK: - Inputs

enum { ROWS_PER_TASK = 4, SERIAL_LIMIT = 1 << 14, LINE = 64 };

typedef struct {
    const cm_kernels *kernels;
    const cm_form *form;
    const cm_linear_arguments *arguments;
    char *rows;
    ptrdiff_t stride;
    char *normed;  // a row for each task, on its way from normalisation to conversion
    ptrdiff_t normed_stride;
} input_job;

static void input_task(const void *context, ptrdiff_t task) {
    const input_job *job = context;
    const cm_linear_arguments *arguments = job->arguments;
    ptrdiff_t end = (task + 1) * ROWS_PER_TASK < arguments->m ? (task + 1) * ROWS_PER_TASK : arguments->m;
    for (ptrdiff_t row = task * ROWS_PER_TASK; row < end; row++) {
        const float *input = arguments->input + row * arguments->input_stride;
        char *target = job->rows + row * job->stride;
        if (arguments->norm) {
            float *normed = (float *)(job->form->convert ? job->normed + task * job->normed_stride : target);
            job->kernels->layer_norm(input, normed, arguments->k, arguments->norm);
            input = normed;
        }
        if (job->form->convert) job->form->convert(input, arguments->k, target);
    }
}

static ptrdiff_t lines(ptrdiff_t bytes) { return cm_ceil(bytes, LINE) * LINE; }

// The inputs as the tiles read them: as they are, or normalised and converted once, in the calling thread's scratch.
static cm_inputs inputs_of(
    const cm_kernels *kernels, const cm_form *form, int threads, const cm_linear_arguments *arguments) {
    const ptrdiff_t m = arguments->m, k = arguments->k, tasks = cm_ceil(m, ROWS_PER_TASK);
    if (!form->convert && !arguments->norm)
        return (cm_inputs){(const char *)arguments->input, arguments->input_stride * (ptrdiff_t)sizeof(float)};
    ptrdiff_t scales = form->block_floats ? cm_ceil(k, form->inner) * (ptrdiff_t)sizeof(cm_scale) : 0;
    input_job job = {.kernels = kernels, .form = form, .arguments = arguments};
    job.stride = lines(cm_scales_offset(k) * form->input_bytes + scales);
    job.normed_stride = form->convert && arguments->norm ? lines(k * (ptrdiff_t)sizeof(float)) : 0;
    job.rows = cm_scratch((size_t)(m * job.stride + tasks * job.normed_stride));
    if (!job.rows) return (cm_inputs){0};
    job.normed = job.rows + m * job.stride;
    cm_parallel(m * k < SERIAL_LIMIT ? 1 : threads, tasks, input_task, &job);
    return (cm_inputs){job.rows, job.stride};
}

// MARK: - Products

typedef struct {
    const cm_kernels *kernels;
    const cm_form *form;
    const cm_linear_arguments *arguments;
    cm_inputs inputs;
    ptrdiff_t blocks, chunks, panels;
} linear_job;

static void linear_task(const void *context, ptrdiff_t task) {
    const linear_job *job = context;
    ptrdiff_t block = task / job->chunks, chunk = task % job->chunks, m = job->arguments->m;
    job->kernels->linear(
        job->arguments, job->form, &job->inputs, m * block / job->blocks, m * (block + 1) / job->blocks,
        job->panels * chunk / job->chunks, job->panels * (chunk + 1) / job->chunks);
}

bool cm_linear(cm_isa isa, int threads, const cm_linear_arguments *arguments) {
    // Rows of one block fill about half of a 1 MiB second-level cache; a task is some ten microseconds.
    enum { BLOCK_ROWS = 144, TASK_PRODUCTS = 1 << 20 };
    if (arguments->m <= 0 || arguments->n <= 0 || arguments->k <= 0) return true;
    linear_job job = {.kernels = cm_kernels_of(isa), .arguments = arguments};
    job.form = &job.kernels->forms[arguments->precision];
    job.inputs = inputs_of(job.kernels, job.form, threads, arguments);
    if (!job.inputs.rows) return false;
    job.panels = cm_ceil(arguments->n, job.kernels->panel);
    job.blocks = cm_ceil(arguments->m, BLOCK_ROWS);
    ptrdiff_t panel_products = cm_ceil(arguments->m, job.blocks) * arguments->k * job.kernels->panel;
    job.chunks = cm_ceil(job.panels, cm_ceil(TASK_PRODUCTS, panel_products));
    cm_parallel(threads, job.blocks * job.chunks, linear_task, &job);
    return true;
}
