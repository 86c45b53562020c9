#include "CImageCodecs.h"

void cimage_planes(const uint8_t *rgb, size_t pixels, const float *levels, float *planes) {
    for (size_t i = 0; i < pixels; i++, rgb += 3)
        for (size_t c = 0; c < 3; c++) planes[c * pixels + i] = levels[c << 8 | rgb[c]];
}
