#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define MAXIMUM_ROWS 6
#define KERNELS cm_kernels_avx2
#include "kernels_template.h"
#pragma clang attribute pop
#endif
