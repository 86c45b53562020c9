#ifndef PNG_WHOLE_H
#define PNG_WHOLE_H

#include <png.h>

#include "CImageCodecs.h"

// Decodes the pixels of an ordinary picture (8 bits a sample, not interlaced, no transparent colour, of moderate size), whose header
// libpng has just read: `data` is what follows the first IDAT chunk's eight bytes of length and name. The stream is inflated in one go,
// which takes less than half of the time. Pixels are as libpng's.
//
// Returns 0 where the picture is of another kind, or anything at all is wrong with it: then libpng is to decode it, or to say what is
// wrong. `pixels` may have been written to.
int cimage_read_png_whole(
    png_structp png, png_infop header, const uint8_t *data, size_t size, const cimage_info *info, uint8_t *pixels);

#endif
