#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "kernel_tables.h"

const cvk_kernels *cvk_kernels_of(cvk_instruction_set set) {
    switch (set) {
    case CVK_SCALAR:
        return &cvk_scalar_kernels;
#if defined(__x86_64__)
    case CVK_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &cvk_avx2_kernels : NULL;
    case CVK_AVX512:
        return __builtin_cpu_supports("avx512f") ? &cvk_avx512_kernels : NULL;
#elif defined(__aarch64__)
    case CVK_NEON:
        return &cvk_neon_kernels;
#endif
    default:
        return NULL;
    }
}

static cvk_instruction_set best_set = CVK_SCALAR;

static void choose(void) {
    static const char *const names[] = {"scalar", "neon", "avx2", "avx512"};
    int cap = CVK_AVX512;
    const char *wanted = getenv("CLIPSEARCH_ISA");
    for (int set = CVK_SCALAR; wanted != NULL && set <= CVK_AVX512; set++)
        if (strcmp(wanted, names[set]) == 0) cap = set;
    for (int set = cap; set > CVK_SCALAR; set--)
        if (cvk_kernels_of((cvk_instruction_set)set) != NULL) {
            best_set = (cvk_instruction_set)set;
            return;
        }
}

cvk_instruction_set cvk_best_instruction_set(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, choose);
    return best_set;
}
