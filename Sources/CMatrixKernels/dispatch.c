#include "kernels.h"

cm_isa cm_best_isa(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl")) {
        if (!__builtin_cpu_supports("avx512vnni")) return CM_ISA_AVX512;
        return __builtin_cpu_supports("avx512bf16") ? CM_ISA_AVX512_BF16 : CM_ISA_AVX512_VNNI;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return CM_ISA_AVX2;
#endif
    return CM_ISA_PORTABLE;
}

const cm_kernels *cm_kernels_of(cm_isa isa) {
#if defined(__x86_64__)
    switch (isa) {
    case CM_ISA_AVX512_BF16: return &cm_kernels_avx512_bf16;
    case CM_ISA_AVX512_VNNI: return &cm_kernels_avx512_vnni;
    case CM_ISA_AVX512: return &cm_kernels_avx512;
    case CM_ISA_AVX2: return &cm_kernels_avx2;
    case CM_ISA_PORTABLE: return &cm_kernels_portable;
    }
#endif
    (void)isa;
    return &cm_kernels_portable;
}
