#ifndef CZLIB_H
#define CZLIB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// zlib, as far as HTTP content codings and ZIP archives need it.

/// The most bytes that gzip makes of `input_bytes` bytes.
size_t czlib_gzip_bound(size_t input_bytes);

/// Compresses into a gzip member. Returns its length, or 0 if it does not fit or memory is short.
size_t czlib_gzip(const uint8_t *input, size_t input_bytes, int level, uint8_t *output, size_t capacity);

/// Decompresses gzip members or a zlib stream, told apart by their headers.
typedef struct czlib_inflater czlib_inflater;

/// NULL if memory is short.
czlib_inflater *czlib_inflater_new(const uint8_t *input, size_t input_bytes);
void czlib_inflater_free(czlib_inflater *inflater);

enum czlib_status { CZLIB_MORE = 0, CZLIB_END = 1, CZLIB_DAMAGED = 2 };

/// Writes up to `capacity` bytes to `output` and their number to `written`. The input given at first must still be there.
enum czlib_status czlib_inflater_read(czlib_inflater *inflater, uint8_t *output, size_t capacity, size_t *written);

/// Decompresses a raw deflate stream, as ZIP entries hold it, of which `output_bytes` bytes are known to come out. Whether
/// exactly those did.
bool czlib_inflate_raw(const uint8_t *input, size_t input_bytes, uint8_t *output, size_t output_bytes);

#endif
