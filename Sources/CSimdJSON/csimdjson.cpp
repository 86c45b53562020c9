#include "CSimdJSON.h"

#include <simdjson.h>

namespace {

/// A parser keeps buffers of several times the largest input it has seen, so only small inputs use the shared one.
constexpr size_t largest_shared_input = 256 * 1024;

/// The tape's length stands in its first word: the root element's payload is the index just past the closing root.
constexpr uint64_t payload_mask = 0x00FFFFFFFFFFFFFFULL;

size_t string_buffer_length(const simdjson::dom::document &document, size_t tape_words) {
    // Strings are laid out in tape order, so the last one on the tape ends the used part of the buffer.
    size_t word, end = 0;
    for (word = 1; word + 1 < tape_words;) {
        const uint64_t value = document.tape[word];
        const char tag = static_cast<char>(value >> 56);
        if (tag == '"') {
            const size_t offset = static_cast<size_t>(value & payload_mask);
            uint32_t length;
            std::memcpy(&length, document.string_buf.get() + offset, sizeof length);
            end = offset + sizeof length + length;
        }
        word += (tag == 'l' || tag == 'u' || tag == 'd') ? 2 : 1;
    }
    return end;
}

int parse_with(simdjson::dom::parser &parser, const uint8_t *bytes, size_t length, size_t max_depth, void *context,
               csimdjson_receiver receive) {
    if (parser.max_depth() != max_depth || parser.capacity() < length) {
        const auto error = parser.allocate(length < 1024 ? 1024 : length, max_depth);
        if (error) { return error; }
    }
    simdjson::dom::element root;
    const auto error = parser.parse(bytes, length, true).get(root);
    if (error) { return error; }
    const size_t tape_words = static_cast<size_t>(parser.doc.tape[0] & payload_mask);
    receive(context, {parser.doc.tape.get(), tape_words, parser.doc.string_buf.get(),
                      string_buffer_length(parser.doc, tape_words)});
    return 0;
}

} // namespace

int csimdjson_parse(const uint8_t *bytes, size_t length, size_t max_depth, void *context, csimdjson_receiver receive) {
    if (length > largest_shared_input) {
        simdjson::dom::parser parser;
        return parse_with(parser, bytes, length, max_depth, context, receive);
    }
    thread_local simdjson::dom::parser parser;
    return parse_with(parser, bytes, length, max_depth, context, receive);
}

const char *csimdjson_error_message(int code) {
    return simdjson::error_message(static_cast<simdjson::error_code>(code));
}
