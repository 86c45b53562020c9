#include <float.h>
#include <string.h>

#include "codes_internal.h"

size_t cvk_code_bytes(const cvk_code_space *space) {
    return space->kind == CVK_CODE_BIT ? (space->dimensions + 7) / 8 : space->dimensions;
}

cvk_code_factors cvk_encode(const cvk_code_space *space, const float *components, void *code) {
    size_t n = space->dimensions;
    if (space->kind == CVK_CODE_BIT) {
        uint8_t *bits = memset(code, 0, cvk_code_bytes(space));
        for (size_t i = 0; i < n; i++) bits[i / 8] |= (uint8_t)((components[i] > 0) << (7 - i % 8));
        return (cvk_code_factors){1, 0};
    }
    float scale = 1;
    if (space->kind == CVK_CODE_BYTE) {
        int8_t *bytes = code;
        for (size_t i = 0; i < n; i++) bytes[i] = (int8_t)components[i];
    } else {
        scale = space->kernels->encode_s8(components, n, code);
    }
    const void *rows[] = {code};
    int32_t squared;
    space->kernels->dot_s8(code, rows, 1, n, &squared);
    float length = scale * scale * (float)squared;
    // So that no distance is the difference of two infinities.
    return (cvk_code_factors){scale, length < FLT_MAX / 4 ? length : FLT_MAX / 4};
}
