#include "kernels.h"
#include "parallel.h"

cm_isa cm_best_isa(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl"))
        return CM_ISA_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return CM_ISA_AVX2;
#endif
    return CM_ISA_PORTABLE;
}

const cm_kernels *cm_kernels_of(cm_isa isa) {
#if defined(__x86_64__)
    switch (isa) {
    case CM_ISA_AVX512: return &cm_kernels_avx512;
    case CM_ISA_AVX2: return &cm_kernels_avx2;
    case CM_ISA_PORTABLE: return &cm_kernels_portable;
    }
#endif
    (void)isa;
    return &cm_kernels_portable;
}

// MARK: - Linear layers

size_t cm_packed_count(cm_isa isa, ptrdiff_t n, ptrdiff_t k) {
    ptrdiff_t panel = cm_kernels_of(isa)->panel;
    return (size_t)(cm_ceil(n, panel) * panel * k);
}

typedef struct {
    const cm_kernels *kernels;
    const float *weights;
    ptrdiff_t n, k;
    float *packed;
} pack_job;

static void pack_task(const void *context, ptrdiff_t task, int worker) {
    (void)worker;
    const pack_job *job = context;
    job->kernels->pack_panel(job->weights, job->n, job->k, task, job->packed);
}

void cm_pack(cm_isa isa, int threads, const float *weights, ptrdiff_t n, ptrdiff_t k, float *packed) {
    pack_job job = {cm_kernels_of(isa), weights, n, k, packed};
    cm_parallel(threads, cm_ceil(n, job.kernels->panel), pack_task, &job);
}

typedef struct {
    const cm_kernels *kernels;
    const cm_linear_arguments *arguments;
    ptrdiff_t blocks, chunks, panels;
} linear_job;

static void linear_task(const void *context, ptrdiff_t task, int worker) {
    (void)worker;
    const linear_job *job = context;
    ptrdiff_t block = task / job->chunks, chunk = task % job->chunks, m = job->arguments->m;
    job->kernels->linear(
        job->arguments, m * block / job->blocks, m * (block + 1) / job->blocks, job->panels * chunk / job->chunks,
        job->panels * (chunk + 1) / job->chunks);
}

void cm_linear(cm_isa isa, int threads, const cm_linear_arguments *arguments) {
    // Rows of one block fill about half of a 1 MiB second-level cache; a task is a few ten microseconds.
    enum { BLOCK_ROWS = 96, TASK_PRODUCTS = 2 << 20 };
    linear_job job = {.kernels = cm_kernels_of(isa), .arguments = arguments};
    if (arguments->m <= 0 || arguments->n <= 0 || arguments->k <= 0) return;
    job.panels = cm_ceil(arguments->n, job.kernels->panel);
    job.blocks = cm_ceil(arguments->m, BLOCK_ROWS);
    ptrdiff_t products = cm_ceil(arguments->m, job.blocks) * arguments->k * arguments->n;
    ptrdiff_t rounds = cm_ceil(products, (ptrdiff_t)threads * TASK_PRODUCTS);
    job.chunks = rounds * threads < job.panels ? rounds * threads : job.panels;
    cm_parallel(threads, job.blocks * job.chunks, linear_task, &job);
}

// MARK: - Rows

enum { ROWS_PER_TASK = 8, SERIAL_LIMIT = 1 << 14 };

typedef struct {
    const cm_kernels *kernels;
    float *values;
    ptrdiff_t stride, rows, columns;
    const float *bias;
    cm_activation activation;
} activate_job;

static void activate_task(const void *context, ptrdiff_t task, int worker) {
    (void)worker;
    const activate_job *job = context;
    ptrdiff_t end = (task + 1) * ROWS_PER_TASK < job->rows ? (task + 1) * ROWS_PER_TASK : job->rows;
    for (ptrdiff_t row = task * ROWS_PER_TASK; row < end; row++)
        job->kernels->activate(job->values + row * job->stride, job->columns, job->bias, job->activation);
}

void cm_activate(
    cm_isa isa, int threads, float *values, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t columns, const float *bias,
    cm_activation activation) {
    activate_job job = {cm_kernels_of(isa), values, stride, rows, columns, bias, activation};
    cm_parallel(rows * columns < SERIAL_LIMIT ? 1 : threads, cm_ceil(rows, ROWS_PER_TASK), activate_task, &job);
}

typedef struct {
    const cm_kernels *kernels;
    const float *input;
    ptrdiff_t input_stride;
    float *output;
    ptrdiff_t output_stride, rows, columns;
    const float *weight, *bias;
    float epsilon;
} layer_norm_job;

static void layer_norm_task(const void *context, ptrdiff_t task, int worker) {
    (void)worker;
    const layer_norm_job *job = context;
    ptrdiff_t end = (task + 1) * ROWS_PER_TASK < job->rows ? (task + 1) * ROWS_PER_TASK : job->rows;
    for (ptrdiff_t row = task * ROWS_PER_TASK; row < end; row++)
        job->kernels->layer_norm(
            job->input + row * job->input_stride, job->output + row * job->output_stride, job->columns, job->weight,
            job->bias, job->epsilon);
}

void cm_layer_norm(
    cm_isa isa, int threads, const float *input, ptrdiff_t input_stride, float *output, ptrdiff_t output_stride,
    ptrdiff_t rows, ptrdiff_t columns, const float *weight, const float *bias, float epsilon) {
    layer_norm_job job = {
        cm_kernels_of(isa), input, input_stride, output, output_stride, rows, columns, weight, bias, epsilon,
    };
    cm_parallel(rows * columns < SERIAL_LIMIT ? 1 : threads, cm_ceil(rows, ROWS_PER_TASK), layer_norm_task, &job);
}

void cm_softmax(cm_isa isa, float *values, ptrdiff_t count) {
    if (count > 0) cm_kernels_of(isa)->softmax(values, count);
}

// MARK: - Attention

static size_t attention_scratch_of_worker(const cm_kernels *kernels, ptrdiff_t longest, ptrdiff_t head_size) {
    enum { QUERIES = 4 };
    ptrdiff_t keys = cm_ceil(longest, kernels->lanes) * kernels->lanes;
    ptrdiff_t values = cm_ceil(head_size, kernels->lanes) * kernels->lanes;
    return (size_t)(cm_ceil(head_size * keys + longest * values + QUERIES * (keys + values), 16) * 16);
}

size_t cm_attention_scratch_count(cm_isa isa, int threads, ptrdiff_t longest, ptrdiff_t head_size) {
    return (size_t)threads * attention_scratch_of_worker(cm_kernels_of(isa), longest, head_size);
}

typedef struct {
    const cm_kernels *kernels;
    const cm_attention_arguments *arguments;
    float *scratch;
    size_t scratch_of_worker;
} attention_job;

static void attention_task(const void *context, ptrdiff_t task, int worker) {
    const attention_job *job = context;
    ptrdiff_t heads = job->arguments->heads;
    job->kernels->attention(
        job->arguments, job->arguments->sequences + task / heads, task % heads,
        job->scratch + (size_t)worker * job->scratch_of_worker);
}

void cm_attention(cm_isa isa, int threads, const cm_attention_arguments *arguments, float *scratch) {
    ptrdiff_t longest = 0;
    for (ptrdiff_t i = 0; i < arguments->sequence_count; i++)
        if (arguments->sequences[i].key_count > longest) longest = arguments->sequences[i].key_count;
    attention_job job = {.kernels = cm_kernels_of(isa), .arguments = arguments, .scratch = scratch};
    job.scratch_of_worker = attention_scratch_of_worker(job.kernels, longest, arguments->head_size);
    cm_parallel(threads, arguments->sequence_count * arguments->heads, attention_task, &job);
}

// MARK: - Depthwise convolution

typedef struct {
    const cm_kernels *kernels;
    const cm_depthwise_arguments *arguments;
} depthwise_job;

static void depthwise_task(const void *context, ptrdiff_t task, int worker) {
    (void)worker;
    const depthwise_job *job = context;
    ptrdiff_t rows = job->arguments->output;
    job->kernels->depthwise_row(job->arguments, task / rows, task % rows);
}

void cm_depthwise(cm_isa isa, int threads, const cm_depthwise_arguments *arguments) {
    depthwise_job job = {cm_kernels_of(isa), arguments};
    cm_parallel(threads, arguments->batch * arguments->output, depthwise_task, &job);
}
