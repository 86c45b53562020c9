#include <stdlib.h>
#include <string.h>

#include <gif_lib.h>

#include "message.h"

typedef struct {
    const uint8_t *next;
    size_t left;
} reader;

typedef struct {
    uint8_t colours[256][3];
    int transparent;  // -1: none
} look;

static int read_bytes(GifFileType *file, GifByteType *target, int count) {
    reader *source = file->UserData;
    size_t taken = (size_t)count < source->left ? (size_t)count : source->left;
    memcpy(target, source->next, taken);
    source->next += taken;
    source->left -= taken;
    return (int)taken;
}

static cimage_status failed(GifFileType *file, int code, char *message) {
    reader *source = file ? file->UserData : NULL;
    const char *words = GifErrorString(code);
    if (!words) words = "the file is not valid GIF";
    if (code == D_GIF_ERR_NOT_ENOUGH_MEM) return cimage_fail(CIMAGE_OUT_OF_MEMORY, words, message);
    return cimage_fail(source && source->left == 0 ? CIMAGE_TRUNCATED : CIMAGE_CORRUPT, words, message);
}

// A missing palette and one that is the gray ramp both mean gray for all 256 values, as in Pillow.
static void read_colours(const ColorMapObject *map, look *look) {
    int is_ramp = 1;
    for (int i = 0; map && i < map->ColorCount; i++) {
        GifColorType c = map->Colors[i];
        is_ramp = is_ramp && c.Red == i && c.Green == i && c.Blue == i;
    }
    for (int i = 0; i < 256; i++) {
        GifColorType gray = {(GifByteType)i, (GifByteType)i, (GifByteType)i}, black = {0, 0, 0};
        GifColorType c = is_ramp ? gray : i < map->ColorCount ? map->Colors[i] : black;
        memcpy(look->colours[i], (uint8_t[3]){c.Red, c.Green, c.Blue}, 3);
    }
}

// Reads up to the first image descriptor.
static int find_frame(GifFileType *file, look *look) {
    for (;;) {
        GifRecordType type;
        if (DGifGetRecordType(file, &type) == GIF_ERROR) return GIF_ERROR;
        if (type == IMAGE_DESC_RECORD_TYPE) return DGifGetImageDesc(file);
        if (type == TERMINATE_RECORD_TYPE) {
            file->Error = D_GIF_ERR_NO_IMAG_DSCR;
            return GIF_ERROR;
        }
        int code;
        GifByteType *block;
        if (DGifGetExtension(file, &code, &block) == GIF_ERROR) return GIF_ERROR;
        while (block) {
            if (code == GRAPHICS_EXT_FUNC_CODE && block[0] >= 4 && (block[1] & 1)) look->transparent = block[4];
            if (DGifGetExtensionNext(file, &block) == GIF_ERROR) return GIF_ERROR;
        }
    }
}

static void paint(const look *look, const GifPixelType *row, size_t count, uint32_t channels, uint8_t *target) {
    for (size_t x = 0; x < count; x++, target += channels) {
        memcpy(target, look->colours[row[x]], 3);
        if (channels == 4) target[3] = row[x] == look->transparent ? 0 : 255;
    }
}

static int decode(GifFileType *file, const look *look, const cimage_info *info, uint8_t *pixels) {
    static const struct { size_t first, step; } passes[] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}}, whole[] = {{0, 1}};
    size_t left = (size_t)file->Image.Left, top = (size_t)file->Image.Top;
    size_t width = (size_t)file->Image.Width, height = (size_t)file->Image.Height;
    GifPixelType *row = calloc(info->width, 1);
    if (!row) {
        file->Error = D_GIF_ERR_NOT_ENOUGH_MEM;
        return GIF_ERROR;
    }
    memset(row, look->transparent < 0 ? 0 : look->transparent, info->width);
    for (size_t y = 0; y < info->height; y++)
        paint(look, row, info->width, info->channels, pixels + y * info->width * info->channels);
    int status = GIF_OK;
    for (int pass = 0; pass < (file->Image.Interlace ? 4 : 1); pass++) {
        size_t first = file->Image.Interlace ? passes[pass].first : whole[0].first;
        size_t step = file->Image.Interlace ? passes[pass].step : whole[0].step;
        for (size_t y = first; y < height && status == GIF_OK; y += step) {
            status = DGifGetLine(file, row, (int)width);
            if (status == GIF_OK)
                paint(look, row, width, info->channels, pixels + ((top + y) * info->width + left) * info->channels);
        }
    }
    free(row);
    return status;
}

static uint32_t larger(int canvas, int offset, int extent) {
    return (uint32_t)(offset + extent > canvas ? offset + extent : canvas);
}

CIMAGE_READER(cimage_read_gif) {
    reader source = {data, size};
    int code = 0;
    GifFileType *file = DGifOpen(&source, read_bytes, &code);
    if (!file) {
        cimage_fail(CIMAGE_CORRUPT, GifErrorString(code) ? GifErrorString(code) : "not a GIF file", message);
        return source.left == 0 ? CIMAGE_TRUNCATED : CIMAGE_CORRUPT;
    }
    look look = {.transparent = -1};
    cimage_status status = CIMAGE_OK;
    if (find_frame(file, &look) == GIF_ERROR) {
        status = failed(file, file->Error, message);
    } else {
        // A frame that reaches beyond the screen enlarges it.
        info->width = larger(file->SWidth, file->Image.Left, file->Image.Width);
        info->height = larger(file->SHeight, file->Image.Top, file->Image.Height);
        info->channels = look.transparent < 0 ? 3 : 4;
        if (pixels) {
            read_colours(file->Image.ColorMap ? file->Image.ColorMap : file->SColorMap, &look);
            if (decode(file, &look, info, pixels) == GIF_ERROR) status = failed(file, file->Error, message);
        }
    }
    DGifCloseFile(file, &code);
    return status;
}
