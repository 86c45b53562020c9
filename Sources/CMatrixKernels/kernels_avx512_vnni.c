#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(                                                                                   \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx512vnni,fma"))), apply_to = function)
#define LANES 16
#define MAXIMUM_ROWS 12
#define RECIPROCAL(v) ((vec)_mm512_rcp14_ps((__m512)(v)))
#define KERNELS cm_kernels_avx512_vnni
#define INT8_LEVELS 255
#define INT8_DOT(sums, q, p) ((ivec)_mm512_dpbusd_epi32((__m512i)(sums), (__m512i)(q), (__m512i)(p)))
#include "kernels_template.h"
#pragma clang attribute pop
#endif
