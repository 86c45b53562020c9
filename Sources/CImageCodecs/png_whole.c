#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "png_filters.h"
#include "png_whole.h"

// What is inflated at once has at most so many bytes; what is larger, libpng reads row by row.
enum { LARGEST = 32 << 20 };

typedef struct {
    const uint8_t *bytes;
    size_t count;
    uint8_t *copy;  // where the stream is in several chunks
} stream;

static size_t big_endian(const uint8_t *at) { return (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3]; }

// The contents of the IDAT chunk at `data`, and of those that follow it. Returns 0 if a chunk is cut off or damaged.
static int gather(const uint8_t *data, size_t size, size_t length, stream *found) {
    const uint8_t *at = data, *const end = data + size;
    *found = (stream){data, 0, NULL};
    for (;;) {
        if (length > (size_t)(end - at) || (size_t)(end - at) - length < 4) return 0;
        if (libdeflate_crc32(0, at - 4, length + 4) != big_endian(at + length)) return 0;
        if (found->copy) memcpy(found->copy + found->count, at, length);
        found->count += length;
        at += length + 4;
        if ((size_t)(end - at) < 8 || memcmp(at + 4, "IDAT", 4) != 0) return 1;
        length = big_endian(at);
        at += 8;
        if (!found->copy) {
            found->copy = malloc((size_t)(end - data));
            if (!found->copy) return 0;
            memcpy(found->copy, data, found->count);
            found->bytes = found->copy;
        }
    }
}

static int inflate_whole(const stream *stream, uint8_t *raw, size_t count) {
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    if (!decompressor) return 0;
    const enum libdeflate_result result = libdeflate_zlib_decompress(decompressor, stream->bytes, stream->count, raw, count, NULL);
    libdeflate_free_decompressor(decompressor);
    return result == LIBDEFLATE_SUCCESS;
}

// What each palette entry is in RGBA. Entries that are not there are black, as libpng has them.
static void read_palette(png_structp png, png_infop header, uint8_t colours[256][4]) {
    png_colorp palette = NULL;
    png_bytep alpha = NULL;
    int count = 0, alphas = 0;
    png_get_PLTE(png, header, &palette, &count);
    if (png_get_valid(png, header, PNG_INFO_tRNS)) png_get_tRNS(png, header, &alpha, &alphas, NULL);
    for (int i = 0; i < 256; i++) {
        const png_color colour = palette && i < count ? palette[i] : (png_color){0, 0, 0};
        colours[i][0] = colour.red;
        colours[i][1] = colour.green;
        colours[i][2] = colour.blue;
        colours[i][3] = alpha && i < alphas ? alpha[i] : 255;
    }
}

static void write_row(const uint8_t *row, int type, const uint8_t colours[256][4], const cimage_info *info, uint8_t *target) {
    const size_t width = info->width, channels = info->channels;
    switch (type) {
    case PNG_COLOR_TYPE_PALETTE:
        if (channels == 4) for (size_t x = 0; x < width; x++) memcpy(target + x * 4, colours[row[x]], 4);
        else for (size_t x = 0; x < width; x++) memcpy(target + x * 3, colours[row[x]], 3);
        break;
    case PNG_COLOR_TYPE_GRAY:
        for (size_t x = 0; x < width; x++) memset(target + x * 3, row[x], 3);
        break;
    case PNG_COLOR_TYPE_GRAY_ALPHA:
        for (size_t x = 0; x < width; x++) {
            memset(target + x * 4, row[x * 2], 3);
            target[x * 4 + 3] = row[x * 2 + 1];
        }
        break;
    default: memcpy(target, row, width * channels);
    }
}

static int write_pixels(uint8_t *raw, size_t row_bytes, int type, const uint8_t colours[256][4], const cimage_info *info, uint8_t *pixels) {
    const size_t pixel_bytes = row_bytes / info->width;
    uint8_t *nothing = calloc(row_bytes, 1);
    if (!nothing) return 0;
    const uint8_t *above = nothing;
    int is_whole = 1;
    for (uint32_t y = 0; y < info->height && is_whole; y++, raw += row_bytes + 1) {
        is_whole = cimage_unfilter(raw[0], raw + 1, above, row_bytes, pixel_bytes);
        above = raw + 1;
        write_row(raw + 1, type, colours, info, pixels + (size_t)y * info->width * info->channels);
    }
    free(nothing);
    return is_whole;
}

int cimage_read_png_whole(
    png_structp png, png_infop header, const uint8_t *data, size_t size, const cimage_info *info, uint8_t *pixels) {
    const int type = png_get_color_type(png, header);
    const int has_transparent_colour = type != PNG_COLOR_TYPE_PALETTE && png_get_valid(png, header, PNG_INFO_tRNS);
    if (png_get_bit_depth(png, header) != 8 || png_get_interlace_type(png, header) != PNG_INTERLACE_NONE || has_transparent_colour) return 0;
    const size_t row_bytes = png_get_rowbytes(png, header), count = (row_bytes + 1) * info->height;
    if (row_bytes < info->width || count > LARGEST) return 0;
    uint8_t colours[256][4] = {{0}};
    if (type == PNG_COLOR_TYPE_PALETTE) read_palette(png, header, colours);
    stream stream = {NULL, 0, NULL};
    uint8_t *raw = NULL;
    const int is_read = memcmp(data - 4, "IDAT", 4) == 0 && gather(data, size, big_endian(data - 8), &stream)
        && (raw = malloc(count)) && inflate_whole(&stream, raw, count) && write_pixels(raw, row_bytes, type, colours, info, pixels);
    free(raw);
    free(stream.copy);
    return is_read;
}
