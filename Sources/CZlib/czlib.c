#include "CZlib.h"

#include <stdlib.h>
#include <zlib.h>

/// A window of 32 KiB, with a gzip header.
static const int gzip_window = 15 + 16;
/// As above, for whichever of gzip and zlib the header says.
static const int any_window = 15 + 32;
/// Negative for a stream without any header.
static const int raw_window = -15;
/// The length of a gzip member's header and trailer, beyond what deflateBound counts for zlib's.
static const size_t gzip_overhead = 32;

size_t czlib_gzip_bound(size_t input_bytes) { return compressBound(input_bytes) + gzip_overhead; }

size_t czlib_gzip(const uint8_t *input, size_t input_bytes, int level, uint8_t *output, size_t capacity) {
    z_stream stream = {0};
    if (input_bytes > UINT32_MAX || capacity > UINT32_MAX) return 0;
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (Bytef *)input;
    stream.avail_in = (uInt)input_bytes;
    stream.next_out = output;
    stream.avail_out = (uInt)capacity;
    int status = deflate(&stream, Z_FINISH);
    size_t written = stream.total_out;
    deflateEnd(&stream);
    return status == Z_STREAM_END ? written : 0;
}

struct czlib_inflater {
    z_stream stream;
};

czlib_inflater *czlib_inflater_new(const uint8_t *input, size_t input_bytes) {
    if (input_bytes > UINT32_MAX) return NULL;
    czlib_inflater *inflater = calloc(1, sizeof *inflater);
    if (!inflater) return NULL;
    if (inflateInit2(&inflater->stream, any_window) != Z_OK) {
        free(inflater);
        return NULL;
    }
    inflater->stream.next_in = (Bytef *)input;
    inflater->stream.avail_in = (uInt)input_bytes;
    return inflater;
}

void czlib_inflater_free(czlib_inflater *inflater) {
    if (!inflater) return;
    inflateEnd(&inflater->stream);
    free(inflater);
}

enum czlib_status czlib_inflater_read(czlib_inflater *inflater, uint8_t *output, size_t capacity, size_t *written) {
    z_stream *stream = &inflater->stream;
    uInt room = capacity > UINT32_MAX ? UINT32_MAX : (uInt)capacity;
    stream->next_out = output;
    stream->avail_out = room;
    int status = inflate(stream, Z_NO_FLUSH);
    *written = room - stream->avail_out;
    if (status == Z_STREAM_END) {
        // gzip data may be several members in a row.
        if (stream->avail_in == 0) return CZLIB_END;
        return inflateReset(stream) == Z_OK ? CZLIB_MORE : CZLIB_DAMAGED;
    }
    if (status != Z_OK) return CZLIB_DAMAGED;
    // No progress with room left: the data ends too early.
    return stream->avail_in == 0 && stream->avail_out > 0 ? CZLIB_DAMAGED : CZLIB_MORE;
}

bool czlib_inflate_raw(const uint8_t *input, size_t input_bytes, uint8_t *output, size_t output_bytes) {
    z_stream stream = {0};
    if (input_bytes > UINT32_MAX || output_bytes > UINT32_MAX) return false;
    if (inflateInit2(&stream, raw_window) != Z_OK) return false;
    stream.next_in = (Bytef *)input;
    stream.avail_in = (uInt)input_bytes;
    stream.next_out = output;
    stream.avail_out = (uInt)output_bytes;
    int status = inflate(&stream, Z_FINISH);
    bool complete = status == Z_STREAM_END && stream.avail_in == 0 && stream.avail_out == 0;
    inflateEnd(&stream);
    return complete;
}
