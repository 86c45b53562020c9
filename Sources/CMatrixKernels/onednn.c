#include <oneapi/dnnl/dnnl.h>
#include <pthread.h>
#include <stdlib.h>

#include "CMatrixKernels.h"

void omp_set_num_threads(int threads);

// One engine and one stream for the process: both are stateless on the CPU.
static dnnl_engine_t engine;
static dnnl_stream_t stream;
static dnnl_status_t started;

static void start(void) {
    started = dnnl_engine_create(&engine, dnnl_cpu, 0);
    if (started == dnnl_success) started = dnnl_stream_create(&stream, engine, dnnl_stream_default_flags);
}

// A primitive is compiled for one shape and epilogue; a layer remembers those it has met.
typedef struct {
    ptrdiff_t m, input_stride, output_stride;
    cm_activation activation;
    int accumulate, threads;
    dnnl_primitive_t primitive;
    dnnl_memory_t input, output;
} compiled;

enum { REMEMBERED = 32 };

struct cm_dnnl_linear {
    ptrdiff_t n, k;
    dnnl_memory_desc_t weights_layout, bias_layout;
    dnnl_memory_t weights, bias;
    float *weights_values, *bias_values;
    compiled cache[REMEMBERED];
    int used, oldest;
};

#define TRY(call)                                    \
    do {                                             \
        dnnl_status_t status_ = (call);              \
        if (status_ != dnnl_success) return status_; \
    } while (0)

static dnnl_status_t describe(
    const cm_dnnl_linear *layer, ptrdiff_t m, ptrdiff_t input_stride, ptrdiff_t output_stride,
    const dnnl_memory_desc_t *weights, dnnl_memory_desc_t *input, dnnl_memory_desc_t *output, dnnl_matmul_desc_t *matmul) {
    TRY(dnnl_memory_desc_init_by_strides(
        input, 2, (dnnl_dims_t){m, layer->k}, dnnl_f32, (dnnl_dims_t){input_stride, 1}));
    TRY(dnnl_memory_desc_init_by_strides(
        output, 2, (dnnl_dims_t){m, layer->n}, dnnl_f32, (dnnl_dims_t){output_stride, 1}));
    return dnnl_matmul_desc_init(matmul, input, weights, layer->bias ? &layer->bias_layout : NULL, output);
}

static dnnl_status_t pack(cm_dnnl_linear *layer, const float *weights) {
    // The layout is fixed by one typical number of rows; other shapes are told to use it.
    enum { TYPICAL_ROWS = 50 };
    dnnl_memory_desc_t any, plain, input, output;
    dnnl_dims_t shape = {layer->k, layer->n};
    dnnl_matmul_desc_t matmul;
    dnnl_primitive_desc_t description;
    TRY(dnnl_memory_desc_init_by_tag(&any, 2, shape, dnnl_f32, dnnl_format_tag_any));
    TRY(dnnl_memory_desc_init_by_tag(&plain, 2, shape, dnnl_f32, dnnl_ba));
    TRY(describe(layer, TYPICAL_ROWS, layer->k, layer->n, &any, &input, &output, &matmul));
    TRY(dnnl_primitive_desc_create(&description, &matmul, NULL, engine, NULL));
    layer->weights_layout = *dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0);
    dnnl_primitive_desc_destroy(description);

    layer->weights_values = cm_allocate(dnnl_memory_desc_get_size(&layer->weights_layout) / sizeof(float) + 1);
    if (!layer->weights_values) return dnnl_out_of_memory;
    TRY(dnnl_memory_create(&layer->weights, &layer->weights_layout, engine, layer->weights_values));
    dnnl_memory_t source;
    TRY(dnnl_memory_create(&source, &plain, engine, (void *)weights));
    dnnl_primitive_t reorder;
    dnnl_status_t status = dnnl_reorder_primitive_desc_create(&description, &plain, engine, &layer->weights_layout, engine, NULL);
    if (status == dnnl_success) {
        status = dnnl_primitive_create(&reorder, description);
        dnnl_primitive_desc_destroy(description);
    }
    if (status == dnnl_success) {
        dnnl_exec_arg_t run[] = {{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, layer->weights}};
        status = dnnl_primitive_execute(reorder, stream, 2, run);
        if (status == dnnl_success) status = dnnl_stream_wait(stream);
        dnnl_primitive_destroy(reorder);
    }
    dnnl_memory_destroy(source);
    return status;
}

int cm_dnnl_linear_create(
    int threads, const float *weights, const float *bias, ptrdiff_t n, ptrdiff_t k, cm_dnnl_linear **result) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start);
    TRY(started);
    omp_set_num_threads(threads);
    cm_dnnl_linear *layer = calloc(1, sizeof *layer);
    if (!layer) return dnnl_out_of_memory;
    layer->n = n;
    layer->k = k;
    dnnl_status_t status = dnnl_success;
    if (bias) {
        layer->bias_values = cm_allocate((size_t)n);
        status = layer->bias_values ? dnnl_success : dnnl_out_of_memory;
        if (status == dnnl_success) {
            cm_copy_f32(bias, n, layer->bias_values);
            status = dnnl_memory_desc_init_by_tag(&layer->bias_layout, 2, (dnnl_dims_t){1, n}, dnnl_f32, dnnl_ab);
        }
        if (status == dnnl_success)
            status = dnnl_memory_create(&layer->bias, &layer->bias_layout, engine, layer->bias_values);
    }
    if (status == dnnl_success) status = pack(layer, weights);
    if (status != dnnl_success) {
        cm_dnnl_linear_destroy(layer);
        return status;
    }
    *result = layer;
    return dnnl_success;
}

static void forget(compiled *entry) {
    dnnl_primitive_destroy(entry->primitive);
    dnnl_memory_destroy(entry->input);
    dnnl_memory_destroy(entry->output);
    *entry = (compiled){0};
}

void cm_dnnl_linear_destroy(cm_dnnl_linear *layer) {
    for (int i = 0; i < layer->used; i++) forget(&layer->cache[i]);
    dnnl_memory_destroy(layer->weights);
    dnnl_memory_destroy(layer->bias);
    cm_release(layer->weights_values);
    cm_release(layer->bias_values);
    free(layer);
}

// Swish with alpha 1.702 is quick_gelu: x · sigmoid(1.702 x).
static dnnl_status_t append_activation(dnnl_post_ops_t operations, cm_activation activation) {
    switch (activation) {
    case CM_ACTIVATION_NONE: return dnnl_success;
    case CM_ACTIVATION_RELU: return dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_relu, 0, 0);
    case CM_ACTIVATION_RELU6: return dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_clip, 0, 6);
    case CM_ACTIVATION_QUICK_GELU: return dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_swish, 1.702f, 0);
    case CM_ACTIVATION_GELU: return dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_gelu_erf, 0, 0);
    case CM_ACTIVATION_GELU_TANH: return dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_gelu_tanh, 0, 0);
    case CM_ACTIVATION_TANH: return dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_tanh, 0, 0);
    }
    return dnnl_invalid_arguments;
}

static dnnl_status_t create_primitive(
    const cm_dnnl_linear *layer, const cm_linear_arguments *arguments, compiled *entry, dnnl_primitive_attr_t attributes,
    dnnl_post_ops_t operations) {
    dnnl_memory_desc_t input, output;
    dnnl_matmul_desc_t matmul;
    dnnl_primitive_desc_t description;
    if (arguments->accumulate) TRY(dnnl_post_ops_append_sum(operations, 1));
    TRY(append_activation(operations, arguments->activation));
    TRY(dnnl_primitive_attr_set_post_ops(attributes, operations));
    TRY(describe(
        layer, arguments->m, arguments->input_stride, arguments->output_stride, &layer->weights_layout, &input, &output,
        &matmul));
    TRY(dnnl_memory_create(&entry->input, &input, engine, DNNL_MEMORY_NONE));
    TRY(dnnl_memory_create(&entry->output, &output, engine, DNNL_MEMORY_NONE));
    TRY(dnnl_primitive_desc_create(&description, &matmul, attributes, engine, NULL));
    dnnl_status_t status = dnnl_primitive_create(&entry->primitive, description);
    dnnl_primitive_desc_destroy(description);
    return status;
}

static dnnl_status_t compile(cm_dnnl_linear *layer, int threads, const cm_linear_arguments *arguments, compiled **found) {
    for (int i = 0; i < layer->used; i++) {
        compiled *entry = &layer->cache[i];
        if (entry->m == arguments->m && entry->input_stride == arguments->input_stride
            && entry->output_stride == arguments->output_stride && entry->activation == arguments->activation
            && entry->accumulate == arguments->accumulate && entry->threads == threads) {
            *found = entry;
            return dnnl_success;
        }
    }
    compiled entry = {
        arguments->m, arguments->input_stride, arguments->output_stride, arguments->activation, arguments->accumulate,
        threads, NULL, NULL, NULL,
    };
    dnnl_primitive_attr_t attributes;
    dnnl_post_ops_t operations;
    TRY(dnnl_primitive_attr_create(&attributes));
    dnnl_status_t status = dnnl_post_ops_create(&operations);
    if (status == dnnl_success) {
        status = create_primitive(layer, arguments, &entry, attributes, operations);
        dnnl_post_ops_destroy(operations);
    }
    dnnl_primitive_attr_destroy(attributes);
    if (status != dnnl_success) {
        forget(&entry);
        return status;
    }
    int slot = layer->used < REMEMBERED ? layer->used++ : layer->oldest++ % REMEMBERED;
    if (layer->cache[slot].primitive) forget(&layer->cache[slot]);
    layer->cache[slot] = entry;
    *found = &layer->cache[slot];
    return dnnl_success;
}

int cm_dnnl_linear_run(cm_dnnl_linear *layer, int threads, const cm_linear_arguments *arguments) {
    omp_set_num_threads(threads);
    compiled *entry;
    TRY(compile(layer, threads, arguments, &entry));
    TRY(dnnl_memory_set_data_handle(entry->input, (void *)arguments->input));
    TRY(dnnl_memory_set_data_handle(entry->output, arguments->output));
    dnnl_exec_arg_t run[] = {
        {DNNL_ARG_SRC, entry->input},
        {DNNL_ARG_WEIGHTS, layer->weights},
        {DNNL_ARG_DST, entry->output},
        {DNNL_ARG_BIAS, layer->bias},
    };
    TRY(dnnl_primitive_execute(entry->primitive, stream, layer->bias ? 4 : 3, run));
    return dnnl_stream_wait(stream);
}
