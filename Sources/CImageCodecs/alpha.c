#include "CImageCodecs.h"

void cimage_blend_onto_white(const uint8_t *rgba, uint8_t *rgb, size_t pixels) {
    for (size_t i = 0; i < pixels; i++, rgba += 4, rgb += 3) {
        unsigned alpha = rgba[3], white = 255 * (255 - alpha) + 128;
        for (int c = 0; c < 3; c++) {
            unsigned sum = rgba[c] * alpha + white;
            rgb[c] = (uint8_t)((sum + (sum >> 8)) >> 8);
        }
    }
}

void cimage_drop_alpha(const uint8_t *rgba, uint8_t *rgb, size_t pixels) {
    for (size_t i = 0; i < pixels; i++, rgba += 4, rgb += 3)
        for (int c = 0; c < 3; c++) rgb[c] = rgba[c];
}
