// The rotation of sealed_kernels_*.c, for the instruction set in force where this is included.

typedef float sixteen __attribute__((vector_size(64), aligned(4)));

/// One step inside sixteen values: a + b where the lower of a pair stood, a - b where the higher did.
#define MIX(v, half, ...)                                                                                             \
    (__builtin_shufflevector(v, v, __VA_ARGS__)                                                                       \
     + (v) * (sixteen){1, (half) & 1 ? -1 : 1, (half) & 2 ? -1 : 1, (half) & 3 ? -1 : 1, (half) & 4 ? -1 : 1,         \
                       (half) & 5 ? -1 : 1, (half) & 6 ? -1 : 1, (half) & 7 ? -1 : 1, (half) & 8 ? -1 : 1,            \
                       (half) & 9 ? -1 : 1, (half) & 10 ? -1 : 1, (half) & 11 ? -1 : 1, (half) & 12 ? -1 : 1,         \
                       (half) & 13 ? -1 : 1, (half) & 14 ? -1 : 1, (half) & 15 ? -1 : 1})

static inline void mix_sixteen(float *x) {
    sixteen v = *(sixteen *)x;
    v = MIX(v, 1, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
    v = MIX(v, 2, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    v = MIX(v, 4, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
    *(sixteen *)x = MIX(v, 8, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
}

/// Hadamard transform of `n` values, a power of two, scaled to keep lengths.
static void hadamard(float *x, size_t n) {
    size_t half = 1;
    if (n >= 16) {
        for (size_t i = 0; i < n; i += 16) mix_sixteen(x + i);
        half = 16;
    }
    for (; half < n; half *= 2)
        for (size_t start = 0; start < n; start += 2 * half) {
            float *restrict low = x + start, *restrict high = x + start + half;
            for (size_t i = 0; i < half; i++) {
                float a = low[i], b = high[i];
                low[i] = a + b;
                high[i] = a - b;
            }
        }
    float scale = 1 / sqrtf((float)n);
    for (size_t i = 0; i < n; i++) x[i] *= scale;
}

static void rotate(const float *signs, size_t dimensions, float *x) {
    size_t n = 1, half = dimensions / 2;
    while (2 * n <= dimensions) n *= 2;
    for (size_t round = 0; round < CVK_ROTATION_ROUNDS; round++) {
        for (size_t i = 0; i < dimensions; i++) x[i] *= signs[round * dimensions + i];
        hadamard(round % 2 == 0 ? x : x + (dimensions - n), n);
        if (n == dimensions) continue;
        float *restrict low = x, *restrict high = x + half;
        for (size_t i = 0; i < half; i++) {
            float a = low[i], b = high[i];
            low[i] = (a + b) * 0.70710678f;
            high[i] = (a - b) * 0.70710678f;
        }
    }
}

#undef MIX
