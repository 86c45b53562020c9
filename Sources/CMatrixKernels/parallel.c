#define _GNU_SOURCE
#include "parallel.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

#include "CMatrixKernels.h"

int cm_cores(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

// One pool for the process. The caller works too and waits only for threads that have begun: a thread that the system
// does not let run in time, on a busy machine, delays nobody. Idle threads look for work for a moment, because the next
// call is usually some microseconds away, and then sleep.
//
// Each thread takes its own share of the tasks in order, since neighbouring tasks touch neighbouring memory, and then from
// the ends of the others' shares.

typedef struct {
    _Alignas(64) atomic_uint_least64_t tasks;  // the first task, and in the upper half the end
} share;

enum { MAXIMUM_SHARES = 64 };

typedef struct job {
    void (*body)(const void *, ptrdiff_t);
    const void *context;
    share shares[MAXIMUM_SHARES];
    int share_count;
    int limit, joined;  // threads, the caller included; guarded by `lock`
    atomic_int active;  // threads at work besides the caller; changed under `lock`
    int awaited;        // guarded by `lock`
    struct job *following;
} job;

enum { SPINS = 4000, MAXIMUM_THREADS = 1024 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t posted = PTHREAD_COND_INITIALIZER, finished = PTHREAD_COND_INITIALIZER;
static job *jobs;
static atomic_uint generation;
static int sleeping, workers;

static inline void relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static uint64_t tasks_between(uint64_t first, uint64_t end) { return end << 32 | first; }
static uint64_t first_of(uint64_t tasks) { return tasks & UINT32_MAX; }
static uint64_t end_of(uint64_t tasks) { return tasks >> 32; }

// The share's first task, or its last, or -1.
static ptrdiff_t take(share *from, bool last) {
    uint64_t tasks = atomic_load_explicit(&from->tasks, memory_order_relaxed);
    while (first_of(tasks) < end_of(tasks)) {
        uint64_t first = first_of(tasks), end = end_of(tasks);
        uint64_t left = last ? tasks_between(first, end - 1) : tasks_between(first + 1, end);
        if (atomic_compare_exchange_weak_explicit(
                &from->tasks, &tasks, left, memory_order_relaxed, memory_order_relaxed))
            return (ptrdiff_t)(last ? end - 1 : first);
    }
    return -1;
}

static void work(job *shared, int thread) {
    for (int i = 0; i < shared->share_count; i++) {
        share *from = &shared->shares[(thread + i) % shared->share_count];
        for (ptrdiff_t task; (task = take(from, i > 0)) >= 0;) shared->body(shared->context, task);
    }
}

static bool has_tasks(job *candidate) {
    for (int i = 0; i < candidate->share_count; i++) {
        uint64_t tasks = atomic_load_explicit(&candidate->shares[i].tasks, memory_order_relaxed);
        if (first_of(tasks) < end_of(tasks)) return true;
    }
    return false;
}

static job *job_to_join(void) {
    for (job *candidate = jobs; candidate; candidate = candidate->following)
        if (candidate->joined < candidate->limit && has_tasks(candidate)) return candidate;
    return NULL;
}

static void *worker_main(void *unused) {
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        job *mine = job_to_join();
        if (mine) {
            int thread = mine->joined++;
            atomic_fetch_add(&mine->active, 1);
            pthread_mutex_unlock(&lock);
            work(mine, thread);
            pthread_mutex_lock(&lock);
            if (atomic_fetch_sub(&mine->active, 1) == 1 && mine->awaited) pthread_cond_broadcast(&finished);
            continue;
        }
        unsigned seen = atomic_load(&generation);
        pthread_mutex_unlock(&lock);
        for (int i = 0; i < SPINS && atomic_load_explicit(&generation, memory_order_relaxed) == seen; i++) relax();
        pthread_mutex_lock(&lock);
        while (atomic_load(&generation) == seen) {
            sleeping++;
            pthread_cond_wait(&posted, &lock);
            sleeping--;
        }
    }
    return NULL;
}

// With `lock` held. Signals are for the program's own threads; where no thread can be had, the caller works alone.
static void hire(int wanted) {
    if (workers >= wanted) return;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (workers < wanted) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, worker_main, NULL) != 0) break;
        pthread_detach(thread);
        workers++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void cm_parallel(
    int threads, ptrdiff_t tasks, void (*body)(const void *, ptrdiff_t), const void *context) {
    if (threads > tasks) threads = (int)tasks;
    if (threads > MAXIMUM_THREADS) threads = MAXIMUM_THREADS;
    if (threads <= 1 || tasks > UINT32_MAX) {
        for (ptrdiff_t task = 0; task < tasks; task++) body(context, task);
        return;
    }
    job mine = {.body = body, .context = context, .limit = threads, .joined = 1};
    mine.share_count = threads < MAXIMUM_SHARES ? threads : MAXIMUM_SHARES;
    for (int i = 0; i < mine.share_count; i++)
        atomic_init(
            &mine.shares[i].tasks,
            tasks_between(
                (uint64_t)(tasks * i / mine.share_count), (uint64_t)(tasks * (i + 1) / mine.share_count)));

    pthread_mutex_lock(&lock);
    hire(threads - 1);
    mine.following = jobs;
    jobs = &mine;
    atomic_fetch_add(&generation, 1);
    if (sleeping > 0) pthread_cond_broadcast(&posted);
    pthread_mutex_unlock(&lock);

    work(&mine, 0);
    for (int i = 0; i < SPINS && atomic_load_explicit(&mine.active, memory_order_relaxed) > 0; i++) relax();

    pthread_mutex_lock(&lock);
    job **place = &jobs;
    while (*place != &mine) place = &(*place)->following;
    *place = mine.following;
    mine.awaited = 1;
    while (atomic_load(&mine.active) > 0) pthread_cond_wait(&finished, &lock);
    pthread_mutex_unlock(&lock);
}
