#include <setjmp.h>
#include <stdlib.h>

#include <stdio.h>
#include <jpeglib.h>

#include "message.h"

typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
} error_context;

static void on_error(j_common_ptr info) { longjmp(((error_context *)info->err)->escape, 1); }

static void on_message(j_common_ptr info) { (void)info; }

// What the library allocates must be reachable after a jump.
typedef struct {
    struct jpeg_compress_struct encoder;
    error_context errors;
    unsigned char *bytes;
    unsigned long size;
} writing;

cimage_status cimage_write_jpeg(
    const uint8_t *rgb, uint32_t width, uint32_t height, int quality, uint8_t **bytes, size_t *size, char *message) {
    *bytes = NULL;
    *size = 0;
    writing *state = calloc(1, sizeof *state);
    if (!state) return cimage_fail(CIMAGE_OUT_OF_MEMORY, "no memory", message);
    state->encoder.err = jpeg_std_error(&state->errors.manager);
    state->errors.manager.error_exit = on_error;
    state->errors.manager.output_message = on_message;
    if (setjmp(state->errors.escape)) {
        char words[JMSG_LENGTH_MAX];
        state->errors.manager.format_message((j_common_ptr)&state->encoder, words);
        jpeg_destroy_compress(&state->encoder);
        free(state->bytes);
        free(state);
        return cimage_fail(CIMAGE_OUT_OF_MEMORY, words, message);
    }
    jpeg_create_compress(&state->encoder);
    jpeg_mem_dest(&state->encoder, &state->bytes, &state->size);
    state->encoder.image_width = width;
    state->encoder.image_height = height;
    state->encoder.input_components = 3;
    state->encoder.in_color_space = JCS_RGB;
    jpeg_set_defaults(&state->encoder);
    jpeg_set_quality(&state->encoder, quality, TRUE);
    jpeg_start_compress(&state->encoder, TRUE);
    while (state->encoder.next_scanline < height) {
        // The library's type is older than const.
        JSAMPROW row = (JSAMPROW)(rgb + (size_t)state->encoder.next_scanline * width * 3);
        jpeg_write_scanlines(&state->encoder, &row, 1);
    }
    jpeg_finish_compress(&state->encoder);
    jpeg_destroy_compress(&state->encoder);
    *bytes = state->bytes;
    *size = state->size;
    free(state);
    return CIMAGE_OK;
}

void cimage_free(uint8_t *bytes) { free(bytes); }
