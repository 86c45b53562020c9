#include <math.h>
#include <string.h>

#include "sealed_internal.h"
#include "sealed_rotation_template.h"

static void weigh_bits(const uint64_t *planes, const uint8_t *const *rows, size_t count, size_t words, int32_t *out) {
    for (size_t i = 0; i < count; i++) {
        int32_t sum = 0;
        for (size_t w = 0; w < words; w++) {
            uint64_t bits;
            memcpy(&bits, rows[i] + 8 * w, 8);
            for (size_t j = 0; j < CVK_SKETCH_PLANES; j++) sum += __builtin_popcountll(bits & planes[j * words + w]) << j;
        }
        out[i] = sum;
    }
}

static void dot_nibbles(const int8_t *query, const uint8_t *const *rows, size_t count, size_t blocks, int32_t *out) {
    for (size_t i = 0; i < count; i++) {
        int32_t sum = 0;
        for (size_t b = 0; b < blocks; b++)
            for (size_t d = 0; d < 64; d++) {
                uint8_t pair = rows[i][64 * b + d];
                sum += (pair & 15) * query[128 * b + d] + (pair >> 4) * query[128 * b + 64 + d];
            }
        out[i] = sum;
    }
}

const cvk_sealed_kernels sealed_scalar_kernels = {weigh_bits, dot_nibbles, rotate};
