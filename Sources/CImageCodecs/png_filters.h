#ifndef PNG_FILTERS_H
#define PNG_FILTERS_H

#include <stddef.h>
#include <stdint.h>

// Takes a row's filter back, in place (PNG specification, section 9). `above` is the row above as it is without its filter.
// Returns 0 for a filter that does not exist.
int cimage_unfilter(int filter, uint8_t *row, const uint8_t *above, size_t bytes, size_t pixel_bytes);

#endif
