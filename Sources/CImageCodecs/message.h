#ifndef CIMAGE_MESSAGE_H
#define CIMAGE_MESSAGE_H

#include <stdio.h>

#include "CImageCodecs.h"

static inline cimage_status cimage_fail(cimage_status status, const char *words, char *message) {
    snprintf(message, CIMAGE_MESSAGE_LENGTH, "%s", words);
    return status;
}

#endif
