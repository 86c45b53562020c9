#include <stdatomic.h>

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

// MARK: - Products

// Tasks are panels of blocks of rows. A block belongs to one thread as far as possible, so that activations stay in its
// caches from layer to layer, while weights, which nobody writes, may be read by all.
typedef struct {
    const cm_kernels *kernels;
    const cm_form *form;
    const cm_linear_arguments *arguments;
    ptrdiff_t blocks, chunks, panels;
    uint64_t tag;  // of the first block's inputs in a thread's scratch
    atomic_bool *starved;
} linear_job;

static ptrdiff_t first_row(const linear_job *job, ptrdiff_t block) { return job->arguments->m * block / job->blocks; }

// An odd number of cache lines: rows at a distance of 4 KiB would share the same few places of the cache.
static ptrdiff_t row_bytes(ptrdiff_t bytes) {
    enum { LINE = 64 };
    return cm_ceil(bytes, LINE) * LINE | LINE;
}

// A block's inputs as the tiles read them: as they are, or normalised and converted, once for all of the thread's tasks.
static cm_inputs inputs_of(const linear_job *job, ptrdiff_t block) {
    const cm_form *form = job->form;
    const cm_linear_arguments *arguments = job->arguments;
    const ptrdiff_t k = arguments->k, first = first_row(job, block), end = first_row(job, block + 1);
    const float *input = arguments->input + first * arguments->input_stride;
    const int aliased = end - first > 8 && arguments->input_stride * (ptrdiff_t)sizeof(float) % 4096 == 0;
    if (!form->convert && !arguments->norm && !aliased)
        return (cm_inputs){(const char *)input, arguments->input_stride * (ptrdiff_t)sizeof(float)};
    const ptrdiff_t scales = form->block_floats ? cm_ceil(k, form->inner) * (ptrdiff_t)sizeof(cm_scale) : 0;
    const ptrdiff_t stride = row_bytes(cm_scales_offset(k) * form->input_bytes + scales);
    const ptrdiff_t normed_bytes = row_bytes(k * (ptrdiff_t)sizeof(float));
    bool kept;
    char *memory = cm_scratch((size_t)(normed_bytes + (end - first) * stride), job->tag + (uint64_t)block, &kept);
    if (!memory) return (cm_inputs){0};
    const cm_inputs inputs = {memory + normed_bytes, stride};
    char *target = memory + normed_bytes;
    for (ptrdiff_t row = first; !kept && row < end; row++, input += arguments->input_stride, target += stride) {
        float *normed = (float *)(form->convert ? memory : target);
        if (arguments->norm) job->kernels->layer_norm(input, normed, k, arguments->norm);
        if (form->convert) form->convert(arguments->norm ? normed : input, k, target);
        if (!form->convert && !arguments->norm) memcpy(target, input, (size_t)k * sizeof(float));
    }
    return inputs;
}

static void linear_task(const void *context, ptrdiff_t task) {
    const linear_job *job = context;
    ptrdiff_t block = task / job->chunks, chunk = task % job->chunks;
    cm_inputs inputs = inputs_of(job, block);
    if (!inputs.rows) return atomic_store_explicit(job->starved, true, memory_order_relaxed);
    job->kernels->linear(
        job->arguments, job->form, &inputs, first_row(job, block), first_row(job, block + 1),
        job->panels * chunk / job->chunks, job->panels * (chunk + 1) / job->chunks);
}

bool cm_linear(cm_isa isa, int threads, const cm_linear_arguments *arguments) {
    // Rows of one block fill about half of a 1 MiB second-level cache; with few, loading the weights takes longer than the
    // products. A task is some ten microseconds.
    enum { MOST_ROWS = 144, FEW_ROWS = 24, TASK_PRODUCTS = 1 << 20 };
    static atomic_uint_least64_t tags = 1;
    const ptrdiff_t m = arguments->m, k = arguments->k;
    if (m <= 0 || arguments->n <= 0 || k <= 0) return true;
    atomic_bool starved = false;
    linear_job job = {.kernels = cm_kernels_of(isa), .arguments = arguments, .starved = &starved};
    job.form = &job.kernels->forms[arguments->precision];
    job.panels = cm_ceil(arguments->n, job.kernels->panel);
    const ptrdiff_t owners = m / FEW_ROWS < 1 ? 1 : m / FEW_ROWS < threads ? m / FEW_ROWS : threads;
    job.blocks = cm_ceil(cm_ceil(m, MOST_ROWS), owners) * owners;
    job.chunks = cm_ceil(job.panels, cm_ceil(TASK_PRODUCTS, cm_ceil(m, job.blocks) * k * job.kernels->panel));
    if (job.blocks < threads) job.chunks = cm_ceil(job.chunks, threads) * threads;
    if (job.chunks > job.panels) job.chunks = job.panels;
    job.tag = atomic_fetch_add_explicit(&tags, (uint64_t)job.blocks, memory_order_relaxed);
    cm_parallel(threads, job.blocks * job.chunks, linear_task, &job);
    return !starved;
}
