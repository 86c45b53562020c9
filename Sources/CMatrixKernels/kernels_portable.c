#include <stdint.h>

typedef int32_t lanes4 __attribute__((vector_size(16)));

static inline lanes4 int8_dot(lanes4 sums, lanes4 q, lanes4 p) {
    const uint8_t *left = (const uint8_t *)&q;
    const int8_t *right = (const int8_t *)&p;
    for (int i = 0; i < 16; i++) sums[i / 4] += left[i] * right[i];
    return sums;
}

#define LANES 4
#define MAXIMUM_ROWS 6
#define KERNELS cm_kernels_portable
#define INT8_LEVELS 255
#define INT8_DOT(sums, q, p) int8_dot(sums, q, p)
#include "kernels_template.h"
