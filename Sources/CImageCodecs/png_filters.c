#include <string.h>

#include "png_filters.h"

// The samples of a pixel are filtered side by side.
typedef int16_t samples __attribute__((vector_size(8)));
typedef uint8_t bytes_of_pixel __attribute__((vector_size(4)));

static inline samples load(const uint8_t *at, size_t pixel_bytes) {
    bytes_of_pixel pixel = {0};
    memcpy(&pixel, at, pixel_bytes);
    return __builtin_convertvector(pixel, samples);
}

static inline void store(samples values, uint8_t *at, size_t pixel_bytes) {
    const bytes_of_pixel pixel = __builtin_convertvector(values, bytes_of_pixel);
    memcpy(at, &pixel, pixel_bytes);
}

static inline samples magnitude(samples values) {
    const samples sign = values >> 15;
    return (values ^ sign) - sign;
}

static inline samples paeth(samples left, samples up, samples corner) {
    const samples across = up - corner, down = left - corner;
    const samples from_left = magnitude(across), from_up = magnitude(down), from_corner = magnitude(across + down);
    const samples takes_left = (from_left <= from_up) & (from_left <= from_corner);
    const samples takes_up = ~takes_left & (from_up <= from_corner);
    return (takes_left & left) | (takes_up & up) | (~(takes_left | takes_up) & corner);
}

static inline void sub(uint8_t *row, size_t bytes, size_t pixel_bytes) {
    samples left = {0};
    for (size_t i = 0; i + pixel_bytes <= bytes; i += pixel_bytes) {
        left = (left + load(row + i, pixel_bytes)) & 255;
        store(left, row + i, pixel_bytes);
    }
}

static inline void average(uint8_t *row, const uint8_t *above, size_t bytes, size_t pixel_bytes) {
    samples left = {0};
    for (size_t i = 0; i + pixel_bytes <= bytes; i += pixel_bytes) {
        left = (load(row + i, pixel_bytes) + ((left + load(above + i, pixel_bytes)) >> 1)) & 255;
        store(left, row + i, pixel_bytes);
    }
}

static inline void predict(uint8_t *row, const uint8_t *above, size_t bytes, size_t pixel_bytes) {
    samples left = {0}, corner = {0};
    for (size_t i = 0; i + pixel_bytes <= bytes; i += pixel_bytes) {
        const samples up = load(above + i, pixel_bytes);
        left = (load(row + i, pixel_bytes) + paeth(left, up, corner)) & 255;
        corner = up;
        store(left, row + i, pixel_bytes);
    }
}

// The lengths of pixels are constants to the compiler.
static inline int unfilter(int filter, uint8_t *row, const uint8_t *above, size_t bytes, size_t pixel_bytes) {
    switch (filter) {
    case 0: return 1;
    case 1: return sub(row, bytes, pixel_bytes), 1;
    case 2:
        for (size_t i = 0; i < bytes; i++) row[i] += above[i];
        return 1;
    case 3: return average(row, above, bytes, pixel_bytes), 1;
    case 4: return predict(row, above, bytes, pixel_bytes), 1;
    default: return 0;
    }
}

int cimage_unfilter(int filter, uint8_t *row, const uint8_t *above, size_t bytes, size_t pixel_bytes) {
    switch (pixel_bytes) {
    case 1: return unfilter(filter, row, above, bytes, 1);
    case 2: return unfilter(filter, row, above, bytes, 2);
    case 3: return unfilter(filter, row, above, bytes, 3);
    case 4: return unfilter(filter, row, above, bytes, 4);
    default: return 0;
    }
}
