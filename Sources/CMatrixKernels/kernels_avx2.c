#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define MAXIMUM_ROWS 6
#define KERNELS cm_kernels_avx2
// The sum of two products is 16 bits wide: 2 · 127 · 127 fits, 2 · 255 · 127 would not.
#define INT8_LEVELS 127
#define INT8_DOT(sums, q, p) \
    ((sums) + (ivec)_mm256_madd_epi16(_mm256_maddubs_epi16((__m256i)(q), (__m256i)(p)), _mm256_set1_epi16(1)))
#include "kernels_template.h"
#pragma clang attribute pop
#endif
