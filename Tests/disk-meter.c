// Preloaded into a program that is measured (Tests/bench.sh builds it): counts what the program asks of the disk, and
// makes the disk slower where that is wanted. Counting costs next to nothing, so that the program works as it always does.
//
//   DISK_METER=FILE   holds the counts, two numbers of 8 bytes, whichever way the program ends: syncs, and bytes written
//                     to files whose names end in `-wal`.
//   DISK_DELAY=MICROSECONDS   how much longer each sync takes.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { descriptors = 65536 };

static struct { atomic_llong syncs, log_bytes; } nowhere, *counts = &nowhere;
static atomic_bool is_log[descriptors];
static long delay;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("DISK_DELAY"), *path = getenv("DISK_METER");
  if (text) delay = atol(text);
  int descriptor = path ? REAL(open)(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (descriptor < 0) return;
  if (ftruncate(descriptor, sizeof *counts) == 0) {
    void *memory = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory != MAP_FAILED) counts = memory;
  }
  close(descriptor);
}

static int opened(const char *path, int descriptor) {
  size_t length = strlen(path);
  if (descriptor >= 0 && descriptor < descriptors)
    is_log[descriptor] = length > 4 && !strcmp(path + length - 4, "-wal");
  return descriptor;
}

// Only the flags that make a file come with a mode.
#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

int open(const char *path, int flags, ...) {
  MODE(flags)
  return opened(path, REAL(open)(path, flags, mode));
}

int open64(const char *path, int flags, ...) {
  MODE(flags)
  return opened(path, REAL(open64)(path, flags, mode));
}

static ssize_t written(int descriptor, ssize_t count) {
  if (count > 0 && descriptor < descriptors && is_log[descriptor]) counts->log_bytes += count;
  return count;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  return written(descriptor, REAL(pwrite)(descriptor, bytes, count, offset));
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  return written(descriptor, REAL(pwrite64)(descriptor, bytes, count, offset));
}

static int synced(int code) {
  counts->syncs++;
  struct timespec time = {delay / 1000000, delay % 1000000 * 1000};
  if (delay > 0) nanosleep(&time, NULL);
  return code;
}

int fsync(int descriptor) { return synced(REAL(fsync)(descriptor)); }
int fdatasync(int descriptor) { return synced(REAL(fdatasync)(descriptor)); }
