#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "codes_internal.h"
#include "kernel_tables.h"

#if defined(__x86_64__)
static bool has(cvk_instruction_set set) {
    switch (set) {
    case CVK_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case CVK_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
    case CVK_AVX512_VNNI:
        return has(CVK_AVX512) && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vpopcntdq");
    default:
        return false;
    }
}
#endif

const cvk_kernels *cvk_kernels_of(cvk_instruction_set set) {
    switch (set) {
    case CVK_SCALAR:
        return &cvk_scalar_kernels;
#if defined(__x86_64__)
    case CVK_AVX2:
        return has(set) ? &cvk_avx2_kernels : NULL;
    case CVK_AVX512:
    case CVK_AVX512_VNNI:
        return has(set) ? &cvk_avx512_kernels : NULL;
#elif defined(__aarch64__)
    case CVK_NEON:
        return &cvk_neon_kernels;
#endif
    default:
        return NULL;
    }
}

const cvk_code_kernels *cvk_code_kernels_of(cvk_instruction_set set) {
    switch (set) {
    case CVK_SCALAR:
        return &cvk_scalar_code_kernels;
#if defined(__x86_64__)
    case CVK_AVX2:
        return has(set) ? &cvk_avx2_code_kernels : NULL;
    case CVK_AVX512:
        return has(set) ? &cvk_avx512_code_kernels : NULL;
    case CVK_AVX512_VNNI:
        return has(set) ? &cvk_avx512_vnni_code_kernels : NULL;
#elif defined(__aarch64__)
    case CVK_NEON:
        return &cvk_neon_code_kernels;
#endif
    default:
        return NULL;
    }
}

static cvk_instruction_set best_set = CVK_SCALAR;

static void choose(void) {
    static const char *const names[] = {"scalar", "neon", "avx2", "avx512", "avx512_vnni"};
    int cap = CVK_AVX512_VNNI;
    const char *wanted = getenv("CLIPSEARCH_ISA");
    for (int set = CVK_SCALAR; wanted != NULL && set <= CVK_AVX512_VNNI; set++)
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
