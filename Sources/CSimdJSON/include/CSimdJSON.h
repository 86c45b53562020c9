#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parsed document in simdjson's tape form (https://github.com/simdjson/simdjson/blob/master/doc/tape.md).
/// The pointers are valid only inside the receiver's call.
typedef struct {
    const uint64_t *tape;
    size_t tape_words;
    const uint8_t *strings;
    size_t string_bytes;
} csimdjson_tape;

typedef void (*csimdjson_receiver)(void *context, csimdjson_tape tape);

/// Parses `length` bytes of UTF-8 JSON and hands the tape to `receive`.
/// Returns 0, or simdjson's error code with `receive` not called.
int csimdjson_parse(const uint8_t *bytes, size_t length, size_t max_depth, void *context, csimdjson_receiver receive);

/// simdjson's own English for an error code.
const char *csimdjson_error_message(int code);

#ifdef __cplusplus
}
#endif

#endif
