#include <string.h>

#include <webp/decode.h>
#include <webp/demux.h>

#include "message.h"

static cimage_status failed(VP8StatusCode code, char *message) {
    switch (code) {
        case VP8_STATUS_NOT_ENOUGH_DATA:
        case VP8_STATUS_SUSPENDED:
            return cimage_fail(CIMAGE_TRUNCATED, "the data ends before the picture does", message);
        case VP8_STATUS_OUT_OF_MEMORY:
            return cimage_fail(CIMAGE_OUT_OF_MEMORY, "no memory for the decoder", message);
        case VP8_STATUS_UNSUPPORTED_FEATURE:
            return cimage_fail(CIMAGE_UNSUPPORTED, "the file uses an unknown feature", message);
        default:
            return cimage_fail(CIMAGE_CORRUPT, "the bitstream is not valid WebP", message);
    }
}

static VP8StatusCode decode(const uint8_t *data, size_t size, const cimage_info *canvas, uint8_t *target, size_t room) {
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config)) return VP8_STATUS_UNSUPPORTED_FEATURE;
    config.output.colorspace = canvas->channels == 4 ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = target;
    config.output.u.RGBA.stride = (int)(canvas->width * canvas->channels);
    config.output.u.RGBA.size = room;
    return WebPDecode(data, size, &config);
}

// The first frame at its place on a canvas that is transparent (or black, where the file has no alpha).
static VP8StatusCode decode_first_frame(const uint8_t *data, size_t size, const cimage_info *canvas, uint8_t *pixels) {
    size_t room = (size_t)canvas->width * canvas->height * canvas->channels;
    memset(pixels, 0, room);
    WebPDemuxState state;
    WebPDemuxer *demuxer = WebPDemuxPartial(&(WebPData){data, size}, &state);
    WebPIterator frame;
    if (!demuxer || !WebPDemuxGetFrame(demuxer, 1, &frame)) {
        WebPDemuxDelete(demuxer);
        return state == WEBP_DEMUX_PARSE_ERROR ? VP8_STATUS_BITSTREAM_ERROR : VP8_STATUS_NOT_ENOUGH_DATA;
    }
    VP8StatusCode code = VP8_STATUS_BITSTREAM_ERROR;
    int fits = frame.x_offset >= 0 && frame.y_offset >= 0 && frame.width > 0 && frame.height > 0
               && (uint32_t)frame.x_offset + (uint32_t)frame.width <= canvas->width
               && (uint32_t)frame.y_offset + (uint32_t)frame.height <= canvas->height;
    if (!frame.complete) {
        code = VP8_STATUS_NOT_ENOUGH_DATA;
    } else if (fits) {
        size_t offset = ((size_t)frame.y_offset * canvas->width + (size_t)frame.x_offset) * canvas->channels;
        code = decode(frame.fragment.bytes, frame.fragment.size, canvas, pixels + offset, room - offset);
    }
    WebPDemuxReleaseIterator(&frame);
    WebPDemuxDelete(demuxer);
    return code;
}

CIMAGE_READER(cimage_read_webp) {
    WebPBitstreamFeatures features;
    VP8StatusCode code = WebPGetFeatures(data, size, &features);
    if (code != VP8_STATUS_OK) return failed(code, message);
    *info = (cimage_info){(uint32_t)features.width, (uint32_t)features.height, features.has_alpha ? 4 : 3};
    if (!pixels) return CIMAGE_OK;
    code = features.has_animation
               ? decode_first_frame(data, size, info, pixels)
               : decode(data, size, info, pixels, (size_t)info->width * info->height * info->channels);
    return code == VP8_STATUS_OK ? CIMAGE_OK : failed(code, message);
}
