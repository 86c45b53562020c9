#include <setjmp.h>
#include <stdbool.h>
#include <stdlib.h>

#include <stdio.h>
#include <jpeglib.h>
#include <jerror.h>

#include "message.h"

// A progressive file may hold any number of tiny scans, each of which costs a pass over the whole picture.
enum { MAXIMUM_SCANS = 500 };
// Pixels that all passes go over, at most: forty passes over the largest picture that is taken, where programs write about ten.
static const uint64_t MAXIMUM_SCANNED_PIXELS = 2000000000;

typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    cimage_status status;
} error_context;

static void fail(j_common_ptr info, cimage_status status) {
    error_context *context = (error_context *)info->err;
    context->status = status;
    longjmp(context->escape, 1);
}

static void on_error(j_common_ptr info) {
    int code = info->err->msg_code;
    int unsupported = code == JERR_CONVERSION_NOTIMPL || code == JERR_BAD_PRECISION || code == JERR_SOF_UNSUPPORTED
                      || code == JERR_ARITH_NOTIMPL || code == JERR_NOT_COMPILED;
    fail(info, code == JERR_OUT_OF_MEMORY ? CIMAGE_OUT_OF_MEMORY : unsupported ? CIMAGE_UNSUPPORTED : CIMAGE_CORRUPT);
}

// Warnings are about damage that the decoder can pass over, as Pillow does.
static void on_message(j_common_ptr info) { (void)info; }

static void ignore(j_decompress_ptr info) { (void)info; }

static boolean end_of_data(j_decompress_ptr info) {
    info->err->msg_code = JERR_INPUT_EOF;
    fail((j_common_ptr)info, CIMAGE_TRUNCATED);
    return FALSE;
}

static void skip(j_decompress_ptr info, long count) {
    if (count <= 0) return;
    if ((size_t)count > info->src->bytes_in_buffer) end_of_data(info);
    info->src->next_input_byte += count;
    info->src->bytes_in_buffer -= (size_t)count;
}

static void watch_scans(j_common_ptr info) {
    if (!info->is_decompressor) return;
    j_decompress_ptr decoder = (j_decompress_ptr)info;
    uint64_t scans = (uint64_t)decoder->input_scan_number;
    // The first two passes are any file's.
    bool is_endless = scans > 2 && scans * decoder->image_width * decoder->image_height > MAXIMUM_SCANNED_PIXELS;
    if (scans > MAXIMUM_SCANS || is_endless) {
        info->err->msg_code = JERR_BAD_PROGRESSION;
        fail(info, CIMAGE_CORRUPT);
    }
}

static inline uint8_t scaled(unsigned value, unsigned by) {
    unsigned product = value * by + 128;
    return (uint8_t)((product + (product >> 8)) >> 8);
}

// Four-component files are taken for inverted, as Adobe's programs write them; the conversion is Pillow's.
static void inverted_cmyk_to_rgb(const uint8_t *cmyk, uint8_t *rgb, size_t width) {
    for (size_t i = 0; i < width; i++, cmyk += 4, rgb += 3) {
        unsigned light = cmyk[3];
        for (int c = 0; c < 3; c++) rgb[c] = (uint8_t)(light - scaled(255u - cmyk[c], light));
    }
}

static void read_rows(struct jpeg_decompress_struct *info, uint8_t *pixels) {
    size_t row_bytes = (size_t)info->output_width * 3;
    JSAMPARRAY row = NULL;
    if (info->out_color_space == JCS_CMYK)
        row = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, info->output_width * 4, 1);
    while (info->output_scanline < info->output_height) {
        uint8_t *target = pixels + info->output_scanline * row_bytes;
        if (row) {
            jpeg_read_scanlines(info, row, 1);
            inverted_cmyk_to_rgb(row[0], target, info->output_width);
        } else {
            jpeg_read_scanlines(info, &target, 1);
        }
    }
}

cimage_status cimage_read_jpeg_reduced(
    const uint8_t *data, size_t size, int denominator, cimage_info *info, uint8_t *pixels, char *message) {
    struct jpeg_decompress_struct decoder = {0};
    error_context errors = {0};
    decoder.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = on_error;
    errors.manager.output_message = on_message;
    if (setjmp(errors.escape)) {
        char words[JMSG_LENGTH_MAX];
        errors.manager.format_message((j_common_ptr)&decoder, words);
        jpeg_destroy_decompress(&decoder);
        return cimage_fail(errors.status, words, message);
    }
    jpeg_create_decompress(&decoder);
    struct jpeg_source_mgr source = {
        .next_input_byte = data,
        .bytes_in_buffer = size,
        .init_source = ignore,
        .fill_input_buffer = end_of_data,
        .skip_input_data = skip,
        .resync_to_restart = jpeg_resync_to_restart,
        .term_source = ignore,
    };
    struct jpeg_progress_mgr progress = {.progress_monitor = watch_scans};
    decoder.src = &source;
    decoder.progress = &progress;
    jpeg_read_header(&decoder, TRUE);
    decoder.scale_num = 1;
    decoder.scale_denom = (unsigned)denominator;
    jpeg_calc_output_dimensions(&decoder);
    *info = (cimage_info){decoder.output_width, decoder.output_height, 3};
    decoder.out_color_space = decoder.num_components == 4 ? JCS_CMYK : JCS_RGB;
    if (pixels) {
        jpeg_start_decompress(&decoder);
        read_rows(&decoder, pixels);
    }
    jpeg_destroy_decompress(&decoder);
    return CIMAGE_OK;
}

CIMAGE_READER(cimage_read_jpeg) { return cimage_read_jpeg_reduced(data, size, 1, info, pixels, message); }
