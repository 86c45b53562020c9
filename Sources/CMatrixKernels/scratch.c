#include "scratch.h"

#include <pthread.h>

#include "CMatrixKernels.h"

// A pthread key, unlike a thread-local variable, has a destructor.
typedef struct {
    size_t bytes;
    _Alignas(64) char memory[];
} buffer;

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_key(void) { pthread_key_create(&key, cm_release); }

void *cm_scratch(size_t bytes) {
    pthread_once(&once, make_key);
    buffer *held = pthread_getspecific(key);
    if (held && held->bytes >= bytes) return held->memory;
    if (bytes > SIZE_MAX - sizeof *held) return NULL;
    buffer *grown = cm_allocate(sizeof *grown + bytes);
    if (!grown) return NULL;
    cm_release(held);
    grown->bytes = bytes;
    pthread_setspecific(key, grown);
    return grown->memory;
}
