#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma"))), apply_to = function)
#define LANES 16
#define MAXIMUM_ROWS 12
#define RECIPROCAL(v) ((vec)_mm512_rcp14_ps((__m512)(v)))
#define KERNELS cm_kernels_avx512
// As with AVX2, two products share 16 bits.
#define INT8_LEVELS 127
#define INT8_DOT(sums, q, p) \
    ((sums) + (ivec)_mm512_madd_epi16(_mm512_maddubs_epi16((__m512i)(q), (__m512i)(p)), _mm512_set1_epi16(1)))
#include "kernels_template.h"
#pragma clang attribute pop
#endif
