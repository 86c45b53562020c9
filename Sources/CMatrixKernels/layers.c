#include <stdatomic.h>

#include "kernels.h"
#include "parallel.h"
#include "scratch.h"

// MARK: - Rows

enum { ROWS_PER_TASK = 4, SERIAL_LIMIT = 1 << 14 };

typedef struct {
    const cm_kernels *kernels;
    const float *input;
    ptrdiff_t input_stride;
    float *output;
    ptrdiff_t output_stride, rows, columns;
    const cm_norm *norm;
} layer_norm_job;

static void layer_norm_task(const void *context, ptrdiff_t task) {
    const layer_norm_job *job = context;
    ptrdiff_t end = (task + 1) * ROWS_PER_TASK < job->rows ? (task + 1) * ROWS_PER_TASK : job->rows;
    for (ptrdiff_t row = task * ROWS_PER_TASK; row < end; row++)
        job->kernels->layer_norm(
            job->input + row * job->input_stride, job->output + row * job->output_stride, job->columns, job->norm);
}

void cm_layer_norm(
    cm_isa isa, int threads, const float *input, ptrdiff_t input_stride, float *output, ptrdiff_t output_stride,
    ptrdiff_t rows, ptrdiff_t columns, const cm_norm *norm) {
    layer_norm_job job = {cm_kernels_of(isa), input, input_stride, output, output_stride, rows, columns, norm};
    cm_parallel(rows * columns < SERIAL_LIMIT ? 1 : threads, cm_ceil(rows, ROWS_PER_TASK), layer_norm_task, &job);
}

void cm_softmax(cm_isa isa, float *values, ptrdiff_t count) {
    if (count > 0) cm_kernels_of(isa)->softmax(values, count);
}

// MARK: - Attention

typedef struct {
    const cm_kernels *kernels;
    const cm_attention_arguments *arguments;
    size_t scratch_bytes;
    atomic_bool *starved;
} attention_job;

static void attention_task(const void *context, ptrdiff_t task) {
    const attention_job *job = context;
    ptrdiff_t heads = job->arguments->heads;
    bool kept;
    float *scratch = cm_scratch(job->scratch_bytes, 0, &kept);
    if (scratch) job->kernels->attention(job->arguments, job->arguments->sequences + task / heads, task % heads, scratch);
    else atomic_store_explicit(job->starved, true, memory_order_relaxed);
}

bool cm_attention(cm_isa isa, int threads, const cm_attention_arguments *arguments) {
    ptrdiff_t longest = 0;
    for (ptrdiff_t i = 0; i < arguments->sequence_count; i++)
        if (arguments->sequences[i].key_count > longest) longest = arguments->sequences[i].key_count;
    atomic_bool starved = false;
    attention_job job = {.kernels = cm_kernels_of(isa), .arguments = arguments, .starved = &starved};
    job.scratch_bytes = job.kernels->attention_scratch(longest, arguments->head_size);
    cm_parallel(threads, arguments->sequence_count * arguments->heads, attention_task, &job);
    return !starved;
}

// MARK: - Depthwise convolution

typedef struct {
    const cm_kernels *kernels;
    const cm_depthwise_arguments *arguments;
} depthwise_job;

static void depthwise_task(const void *context, ptrdiff_t task) {
    const depthwise_job *job = context;
    ptrdiff_t rows = job->arguments->output;
    job->kernels->depthwise_row(job->arguments, task / rows, task % rows);
}

void cm_depthwise(cm_isa isa, int threads, const cm_depthwise_arguments *arguments) {
    depthwise_job job = {cm_kernels_of(isa), arguments};
    cm_parallel(threads, arguments->batch * arguments->output, depthwise_task, &job);
}
