#include "CImageCodecs.h"

void cimage_average(const uint8_t *rgb, size_t width, size_t height, size_t factor, uint8_t *target) {
    for (size_t top = 0; top < height; top += factor) {
        const size_t rows = height - top < factor ? height - top : factor;
        for (size_t left = 0; left < width; left += factor, target += 3) {
            const size_t columns = width - left < factor ? width - left : factor;
            uint32_t sums[3] = {0};
            for (size_t y = 0; y < rows; y++) {
                const uint8_t *pixel = rgb + ((top + y) * width + left) * 3;
                for (size_t x = 0; x < columns; x++, pixel += 3)
                    for (size_t c = 0; c < 3; c++) sums[c] += pixel[c];
            }
            const uint32_t count = (uint32_t)(rows * columns);
            for (size_t c = 0; c < 3; c++) target[c] = (uint8_t)((sums[c] + count / 2) / count);
        }
    }
}
