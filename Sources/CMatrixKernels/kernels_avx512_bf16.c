#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(                                                                                   \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx512vnni,avx512bf16,fma"))), apply_to = function)
#define LANES 16
#define MAXIMUM_ROWS 12
#define RECIPROCAL(v) ((vec)_mm512_rcp14_ps((__m512)(v)))
#define KERNELS cm_kernels_avx512_bf16
#define INT8_LEVELS 255
#define INT8_DOT(sums, q, p) ((ivec)_mm512_dpbusd_epi32((__m512i)(sums), (__m512i)(q), (__m512i)(p)))
#define BF16_DOT(sums, a, b) ((vec)_mm512_dpbf16_ps((__m512)(sums), (__m512bh)(a), (__m512bh)(b)))
#define TO_BF16(v) ((halves)_mm512_cvtneps_pbh((__m512)(v)))
#include "kernels_template.h"
#pragma clang attribute pop
#endif
