#include "sealed_internal.h"

const cvk_sealed_kernels *cvk_sealed_kernels_of(cvk_instruction_set set) {
    switch (set) {
    case CVK_SCALAR:
        return &sealed_scalar_kernels;
#if defined(__x86_64__)
    case CVK_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") ? &sealed_avx2_kernels : NULL;
    case CVK_AVX512_VNNI:
        return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vpopcntdq")
                       && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
                   ? &sealed_avx512_kernels
                   : NULL;
#elif defined(__aarch64__)
    case CVK_NEON:
        return &sealed_neon_kernels;
#endif
    default:
        return NULL;
    }
}

const cvk_sealed_kernels *cvk_best_sealed_kernels(void) {
    for (int set = cvk_best_instruction_set(); set > CVK_SCALAR; set--) {
        const cvk_sealed_kernels *kernels = cvk_sealed_kernels_of((cvk_instruction_set)set);
        if (kernels != NULL) return kernels;
    }
    return &sealed_scalar_kernels;
}
