#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stddef.h>
#include <stdint.h>

// Memory in, memory out. Errors of the libraries are caught here: no jump crosses into the caller.

typedef enum {
    CIMAGE_OK,
    CIMAGE_TRUNCATED,
    CIMAGE_CORRUPT,
    CIMAGE_UNSUPPORTED,
    CIMAGE_OUT_OF_MEMORY,
} cimage_status;

enum { CIMAGE_MESSAGE_LENGTH = 200 };

typedef struct {
    uint32_t width;
    uint32_t height;
    uint32_t channels;  // 3: RGB, 4: RGBA, alpha not premultiplied
} cimage_info;

// Each reader fills `info`, and, where `pixels` is not null, decodes into it: width * height * channels bytes, rows from
// the top without padding. `pixels` must have been sized by a first call with the same data. `message` gets the
// library's words, terminated, when the status is not CIMAGE_OK.
#define CIMAGE_READER(name) \
    cimage_status name(const uint8_t *data, size_t size, cimage_info *info, uint8_t *pixels, char *message)

CIMAGE_READER(cimage_read_jpeg);
CIMAGE_READER(cimage_read_png);
CIMAGE_READER(cimage_read_webp);
CIMAGE_READER(cimage_read_gif);  // the first frame on its canvas

// The same at a half, a quarter or an eighth of the size (`denominator` 2, 4, 8): much less work, but other pixels than a resize
// of the whole would give. `info` has the reduced size.
cimage_status cimage_read_jpeg_reduced(
    const uint8_t *data, size_t size, int denominator, cimage_info *info, uint8_t *pixels, char *message);

// Encodes rows of RGB as a baseline JPEG of `quality` 1…100, sides at most 65500. The bytes are to be freed with cimage_free.
cimage_status cimage_write_jpeg(
    const uint8_t *rgb, uint32_t width, uint32_t height, int quality, uint8_t **bytes, size_t *size, char *message);

void cimage_free(uint8_t *bytes);

// RGBA over opaque white, in 8 bits as Pillow's alpha_composite rounds.
void cimage_blend_onto_white(const uint8_t *rgba, uint8_t *rgb, size_t pixels);

// The first three channels.
void cimage_drop_alpha(const uint8_t *rgba, uint8_t *rgb, size_t pixels);

// Each value of three channels as the model sees it, `levels[3][256]`, channel after channel: RGB rows to planes.
void cimage_planes(const uint8_t *rgb, size_t pixels, const float *levels, float *planes);

// The mean of each square of `factor` (1…255) by `factor` RGB pixels, also of those that the edges cut off: to
// ceil(width / factor) * ceil(height / factor) pixels.
void cimage_average(const uint8_t *rgb, size_t width, size_t height, size_t factor, uint8_t *target);

// One axis of a resize: output i is the weighted sum of `counts[i]` samples from `starts[i]` on, with the weights at
// weights[i * stride]. Weights are fixed point with CIMAGE_WEIGHT_BITS fractional bits.
enum { CIMAGE_WEIGHT_BITS = 22 };

typedef struct {
    const int32_t *starts;
    const int32_t *counts;
    const int32_t *weights;
    size_t stride;
    size_t outputs;
} cimage_axis;

// Rows of RGB to rows of axis->outputs RGB pixels.
void cimage_resample_rows(
    const uint8_t *source, size_t source_width, size_t rows, const cimage_axis *axis, uint8_t *target);

// axis->outputs rows of `row_bytes` bytes from the rows at `source`, which are `source_stride` bytes apart.
void cimage_resample_columns(
    const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, uint8_t *target);

// The same without vector instructions: what the fast ones are tested against.
void cimage_resample_rows_scalar(
    const uint8_t *source, size_t source_width, size_t rows, const cimage_axis *axis, uint8_t *target);
void cimage_resample_columns_scalar(
    const uint8_t *source, size_t source_stride, size_t row_bytes, const cimage_axis *axis, uint8_t *target);

#endif
