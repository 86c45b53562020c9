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

enum { ROWS_PER_TASK = 8, SERIAL_LIMIT = 1 << 14 };

typedef struct {
    const cm_form *form;
    const cm_linear_arguments *arguments;
    char *rows;
    ptrdiff_t stride;
} convert_job;

static void convert_task(const void *context, ptrdiff_t task) {
    const convert_job *job = context;
    const cm_linear_arguments *arguments = job->arguments;
    ptrdiff_t end = (task + 1) * ROWS_PER_TASK < arguments->m ? (task + 1) * ROWS_PER_TASK : arguments->m;
    for (ptrdiff_t row = task * ROWS_PER_TASK; row < end; row++)
        job->form->convert(
            arguments->input + row * arguments->input_stride, arguments->k, job->rows + row * job->stride);
}

// The inputs as the tiles read them: as they are, or converted once, in the calling thread's scratch.
static cm_inputs inputs_of(const cm_form *form, int threads, const cm_linear_arguments *arguments) {
    enum { LINE = 64 };
    const ptrdiff_t m = arguments->m, k = arguments->k;
    if (!form->convert)
        return (cm_inputs){(const char *)arguments->input, arguments->input_stride * (ptrdiff_t)sizeof(float)};
    ptrdiff_t scales = form->block_floats ? cm_ceil(k, form->inner) * (ptrdiff_t)sizeof(cm_scale) : 0;
    ptrdiff_t stride = cm_ceil(cm_scales_offset(k) * form->input_bytes + scales, LINE) * LINE;
    convert_job job = {form, arguments, cm_scratch((size_t)(m * stride)), stride};
    if (job.rows) cm_parallel(m * k < SERIAL_LIMIT ? 1 : threads, cm_ceil(m, ROWS_PER_TASK), convert_task, &job);
    return (cm_inputs){job.rows, stride};
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
    // Rows of one block fill about half of a 1 MiB second-level cache; a task is a few ten microseconds.
    enum { BLOCK_ROWS = 96, TASK_PRODUCTS = 2 << 20 };
    if (arguments->m <= 0 || arguments->n <= 0 || arguments->k <= 0) return true;
    linear_job job = {.kernels = cm_kernels_of(isa), .arguments = arguments};
    job.form = &job.kernels->forms[arguments->precision];
    job.inputs = inputs_of(job.form, threads, arguments);
    if (!job.inputs.rows) return false;
    job.panels = cm_ceil(arguments->n, job.kernels->panel);
    job.blocks = cm_ceil(arguments->m, BLOCK_ROWS);
    ptrdiff_t products = cm_ceil(arguments->m, job.blocks) * arguments->k * arguments->n;
    ptrdiff_t rounds = cm_ceil(products, (ptrdiff_t)threads * TASK_PRODUCTS);
    job.chunks = rounds * threads < job.panels ? rounds * threads : job.panels;
    cm_parallel(threads, job.blocks * job.chunks, linear_task, &job);
    return true;
}
