// Plain C: the reference that every other instruction set is tested against.

#include "codes_internal.h"

static void dot_s8(const void *query, const void *const *rows, size_t count, size_t bytes, int32_t *out) {
    const int8_t *q = query;
    for (size_t i = 0; i < count; i++) {
        const int8_t *row = rows[i];
        int32_t total = 0;
        for (size_t d = 0; d < bytes; d++) total += q[d] * row[d];
        out[i] = total;
    }
}

static void hamming(const void *query, const void *const *rows, size_t count, size_t bytes, int32_t *out) {
    const uint8_t *q = query;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *row = rows[i];
        int32_t total = 0;
        for (size_t d = 0; d < bytes; d++) total += __builtin_popcount(q[d] ^ row[d]);
        out[i] = total;
    }
}

ENCODE_S8_KERNEL

const cvk_code_kernels cvk_scalar_code_kernels = {dot_s8, hamming, encode_s8};
