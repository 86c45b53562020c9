#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "message.h"
#include "png_whole.h"

typedef struct {
    const uint8_t *next;
    size_t left;
    cimage_status status;
    char *message;
} reader;

static void on_error(png_structp png, png_const_charp words) {
    reader *state = png_get_error_ptr(png);
    if (state->status == CIMAGE_OK) state->status = CIMAGE_CORRUPT;
    cimage_fail(state->status, words, state->message);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp words) {
    (void)png;
    (void)words;
}

static void read_bytes(png_structp png, png_bytep target, size_t count) {
    reader *state = png_get_io_ptr(png);
    if (count > state->left) {
        state->status = CIMAGE_TRUNCATED;
        png_error(png, "the data ends before the picture does");
    }
    memcpy(target, state->next, count);
    state->next += count;
    state->left -= count;
}

// Everything but the pixels, the palette and tRNS is passed over unread: gamma, profiles and text change no pixel here.
static void skip_other_chunks(png_structp png) {
    static const png_byte names[] =
        "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0sTER\0tEXt\0tIME\0zTXt";
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, names, (int)(sizeof names / 5));
}

// Pillow clips 16-bit gray, it does not scale it. `pixels` holds big-endian samples at the start of each row.
static void clip_gray16(uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels) {
    for (size_t y = 0; y < height; y++) {
        uint8_t *row = pixels + y * width * channels;
        for (size_t x = width; x-- > 0;) {
            uint8_t value = row[2 * x] ? 255 : row[2 * x + 1];
            memset(row + x * channels, value, 3);
            if (channels == 4) row[x * 4 + 3] = 255;
        }
    }
}

// The one transparent colour of tRNS, compared with the 8-bit pixel as Pillow does: the low byte of each sample.
static void apply_transparent_colour(uint8_t *rgba, size_t pixels, const uint8_t colour[3]) {
    for (size_t i = 0; i < pixels; i++, rgba += 4) rgba[3] = memcmp(rgba, colour, 3) == 0 ? 0 : 255;
}

static void transparent_colour(png_structp png, png_infop header, uint8_t colour[3]) {
    png_color_16p value = NULL;
    png_get_tRNS(png, header, NULL, NULL, &value);
    if (png_get_color_type(png, header) == PNG_COLOR_TYPE_GRAY) {
        uint8_t gray = png_get_bit_depth(png, header) == 1 ? (value->gray ? 255 : 0) : (uint8_t)value->gray;
        memset(colour, gray, 3);
    } else {
        colour[0] = (uint8_t)value->red;
        colour[1] = (uint8_t)value->green;
        colour[2] = (uint8_t)value->blue;
    }
}

// Runs inside the caller's setjmp. `rows` belongs to the caller, who frees it after a jump too.
static void decode(png_structp png, png_infop header, const cimage_info *info, uint8_t *pixels, png_bytepp rows) {
    int type = png_get_color_type(png, header), depth = png_get_bit_depth(png, header);
    int is_gray16 = type == PNG_COLOR_TYPE_GRAY && depth == 16;
    int has_transparent_colour = type != PNG_COLOR_TYPE_PALETTE && png_get_valid(png, header, PNG_INFO_tRNS);
    uint8_t colour[3] = {0};
    if (has_transparent_colour) transparent_colour(png, header, colour);
    if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
    if (!is_gray16) {
        if (depth == 16) png_set_strip_16(png);
        if (type == PNG_COLOR_TYPE_GRAY && depth < 8) png_set_expand_gray_1_2_4_to_8(png);
        if (!(type & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png);
        if (has_transparent_colour) png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
    }
    png_set_interlace_handling(png);
    png_read_update_info(png, header);
    size_t row_bytes = (size_t)info->width * info->channels;
    if (png_get_rowbytes(png, header) > row_bytes) png_error(png, "unexpected row size");
    for (uint32_t y = 0; y < info->height; y++) rows[y] = pixels + y * row_bytes;
    png_read_image(png, rows);
    if (is_gray16) clip_gray16(pixels, info->width, info->height, info->channels);
    if (has_transparent_colour) apply_transparent_colour(pixels, (size_t)info->width * info->height, colour);
}

CIMAGE_READER(cimage_read_png) {
    reader state = {data, size, CIMAGE_OK, message};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state, on_error, on_warning);
    png_infop header = png ? png_create_info_struct(png) : NULL;
    if (!header) {
        png_destroy_read_struct(&png, NULL, NULL);
        return cimage_fail(CIMAGE_OUT_OF_MEMORY, "no memory for the decoder", message);
    }
    png_bytepp volatile rows = NULL;
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &header, NULL);
        free(rows);
        return state.status;
    }
    png_set_read_fn(png, &state, read_bytes);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    skip_other_chunks(png);
    png_read_info(png, header);
    int has_alpha = (png_get_color_type(png, header) & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, header, PNG_INFO_tRNS);
    *info = (cimage_info){
        png_get_image_width(png, header), png_get_image_height(png, header), has_alpha ? 4 : 3};
    if (pixels && !cimage_read_png_whole(png, header, state.next, state.left, info, pixels)) {
        rows = calloc(info->height, sizeof(png_bytep));
        if (!rows) {
            state.status = CIMAGE_OUT_OF_MEMORY;
            png_error(png, "no memory for the rows");
        }
        decode(png, header, info, pixels, rows);
    }
    png_destroy_read_struct(&png, &header, NULL);
    free(rows);
    return CIMAGE_OK;
}
