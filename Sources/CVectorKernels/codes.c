#include <float.h>
#include <math.h>
#include <string.h>

#include "codes_internal.h"

size_t cvk_code_bytes(const cvk_code_space *space) {
    return space->kind == CVK_CODE_BIT ? (space->dimensions + 7) / 8 : space->dimensions;
}

/// Σ xᵢ². In double precision: floats' squares may leave their range.
static double squared_length(const float *x, size_t n) {
    enum { LANES = 8 };
    double lanes[LANES] = {0}, total = 0;
    for (size_t i = 0; i < n; i++) lanes[i % LANES] += (double)x[i] * x[i];
    for (size_t lane = 0; lane < LANES; lane++) total += lanes[lane];
    return total;
}

cvk_code_factors cvk_encode(const cvk_code_space *space, const float *components, void *code) {
    size_t n = space->dimensions;
    if (space->kind == CVK_CODE_BIT) {
        uint8_t *bits = memset(code, 0, cvk_code_bytes(space));
        for (size_t i = 0; i < n; i++) bits[i / 8] |= (uint8_t)((components[i] > 0) << (7 - i % 8));
        return (cvk_code_factors){1, 0};
    }
    const void *rows[] = {code};
    int32_t code_squared;
    if (space->kind == CVK_CODE_BYTE) {
        int8_t *bytes = code;
        for (size_t i = 0; i < n; i++) bytes[i] = (int8_t)components[i];
        space->kernels->dot_s8(code, rows, 1, n, &code_squared);
        return (cvk_code_factors){1, (float)code_squared};
    }
    space->kernels->encode_s8(components, n, code);
    space->kernels->dot_s8(code, rows, 1, n, &code_squared);
    if (code_squared == 0) return (cvk_code_factors){0, 0};
    double squared = squared_length(components, n);
    // Rounding turns the vector, and must not lengthen it: of two that are close, that would be all of the difference.
    return (cvk_code_factors){
        .scale = (float)sqrt(squared / code_squared),
        // So that no distance is the difference of two infinities.
        .squared = squared < FLT_MAX / 4 ? (float)squared : FLT_MAX / 4,
    };
}
