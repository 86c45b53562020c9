// The time that oneDNN needs for the matrix products of a transformer alone, which is the floor of what an encoder that
// multiplies with it could reach. Weights are in the layout that oneDNN prefers, and each layer has weights of its own.
//
//     cc -O2 onednn.c -ldnnl -o onednn
//     ./onednn f32|bf16 ROWS HIDDEN INTERMEDIATE LAYERS    # prints the least milliseconds of 15 runs

#define _POSIX_C_SOURCE 200809L
#include <oneapi/dnnl/dnnl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHECK(call)                                                  \
    do {                                                             \
        dnnl_status_t status = (call);                               \
        if (status != dnnl_success) {                                \
            fprintf(stderr, "%s: status %d\n", #call, (int)status);  \
            exit(1);                                                 \
        }                                                            \
    } while (0)

static dnnl_engine_t engine;
static dnnl_stream_t stream;

typedef struct {
    dnnl_primitive_t primitive;
    dnnl_exec_arg_t arguments[3];
} product;

static dnnl_memory_t memory_of(const dnnl_memory_desc_t *description) {
    dnnl_memory_t memory;
    void *values;
    CHECK(dnnl_memory_create(&memory, description, engine, DNNL_MEMORY_ALLOCATE));
    CHECK(dnnl_memory_get_data_handle(memory, &values));
    memset(values, 0, dnnl_memory_desc_get_size(description));
    return memory;
}

static product make(dnnl_data_type_t type, dnnl_dim_t rows, dnnl_dim_t inputs, dnnl_dim_t outputs) {
    dnnl_memory_desc_t source, weights, target;
    dnnl_matmul_desc_t matmul;
    dnnl_primitive_desc_t description;
    product result;
    CHECK(dnnl_memory_desc_init_by_tag(&source, 2, (dnnl_dims_t){rows, inputs}, type, dnnl_ab));
    CHECK(dnnl_memory_desc_init_by_tag(&weights, 2, (dnnl_dims_t){inputs, outputs}, type, dnnl_format_tag_any));
    CHECK(dnnl_memory_desc_init_by_tag(&target, 2, (dnnl_dims_t){rows, outputs}, dnnl_f32, dnnl_ab));
    CHECK(dnnl_matmul_desc_init(&matmul, &source, &weights, NULL, &target));
    CHECK(dnnl_primitive_desc_create(&description, &matmul, NULL, engine, NULL));
    CHECK(dnnl_primitive_create(&result.primitive, description));
    const dnnl_memory_desc_t *packed = dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0);
    result.arguments[0] = (dnnl_exec_arg_t){DNNL_ARG_SRC, memory_of(&source)};
    result.arguments[1] = (dnnl_exec_arg_t){DNNL_ARG_WEIGHTS, memory_of(packed)};
    result.arguments[2] = (dnnl_exec_arg_t){DNNL_ARG_DST, memory_of(&target)};
    return result;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

int main(int count, char **arguments) {
    if (count != 6) return fprintf(stderr, "usage: onednn f32|bf16 ROWS HIDDEN INTERMEDIATE LAYERS\n"), 1;
    const dnnl_data_type_t type = strcmp(arguments[1], "bf16") == 0 ? dnnl_bf16 : dnnl_f32;
    const dnnl_dim_t rows = atol(arguments[2]), hidden = atol(arguments[3]), intermediate = atol(arguments[4]);
    const long layers = atol(arguments[5]);
    CHECK(dnnl_engine_create(&engine, dnnl_cpu, 0));
    CHECK(dnnl_stream_create(&stream, engine, dnnl_stream_default_flags));
    product *products = malloc((size_t)layers * 4 * sizeof *products);
    if (!products) return 1;
    for (long layer = 0; layer < layers; layer++) {
        products[layer * 4] = make(type, rows, hidden, 3 * hidden);
        products[layer * 4 + 1] = make(type, rows, hidden, hidden);
        products[layer * 4 + 2] = make(type, rows, hidden, intermediate);
        products[layer * 4 + 3] = make(type, rows, intermediate, hidden);
    }
    double least = 0;
    for (int run = 0; run < 18; run++) {
        const double start = now();
        for (long i = 0; i < layers * 4; i++) {
            CHECK(dnnl_primitive_execute(products[i].primitive, stream, 3, products[i].arguments));
            CHECK(dnnl_stream_wait(stream));
        }
        const double time = now() - start;
        if (run == 3 || (run > 3 && time < least)) least = time;
    }
    printf("%.3f\n", least);
    return 0;
}
