#define _GNU_SOURCE
#include "CSyncWatch.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static volatile int is_watching;
/* Names inside the folder with unsynced bytes; "/" stands for the folder's own names. */
static char unsynced[64][NAME_MAX + 1];
static int unsynced_count;

static void set(const char *name, int is_unsynced) {
  pthread_mutex_lock(&mutex);
  int index = 0;
  while (index < unsynced_count && strcmp(unsynced[index], name)) index++;
  if (is_unsynced && index == unsynced_count) {
    if (unsynced_count == 64) abort();
    strncpy(unsynced[unsynced_count++], name, NAME_MAX);
  } else if (!is_unsynced && index < unsynced_count) {
    memmove(unsynced[index], unsynced[--unsynced_count], sizeof unsynced[index]);
  }
  pthread_mutex_unlock(&mutex);
}

/* The name inside the watched folder that `path` has: "/" for the folder itself, NULL for what lies elsewhere. */
static const char *inside(const char *path) {
  size_t length = strlen(folder);
  if (strncmp(path, folder, length)) return NULL;
  if (!path[length]) return "/";
  if (path[length] != '/' || strchr(path + length + 1, '/')) return NULL;
  return path + length + 1;
}

static void note(int descriptor, int is_unsynced) {
  if (!is_watching) return;
  char link[40], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = 0;
  const char *name = inside(path);
  if (name && (is_unsynced ? strcmp(name, "/") : 1)) set(name, is_unsynced);
}

/* The one file that cannot be opened or read at the moment. */
static char faulty[PATH_MAX];
static volatile int open_error, read_error;

void fault_begin(const char *path, int open_errno, int read_errno) {
  strncpy(faulty, path, PATH_MAX - 1);
  open_error = open_errno;
  read_error = read_errno;
}

void fault_end(void) { open_error = read_error = 0; }

static int is_faulty(int descriptor) {
  char link[40], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return !strcmp(path, faulty);
}

/* These stand before the C library's for all of the test program, and do the same. */

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  ssize_t written = syscall(SYS_pwrite64, descriptor, bytes, count, offset);
  if (written > 0) note(descriptor, 1);
  return written;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  return pwrite64(descriptor, bytes, count, offset);
}

int fdatasync(int descriptor) {
  int result = (int)syscall(SYS_fdatasync, descriptor);
  if (result == 0) note(descriptor, 0);
  return result;
}

int fsync(int descriptor) {
  int result = (int)syscall(SYS_fsync, descriptor);
  if (result == 0) note(descriptor, 0);
  return result;
}

int rename(const char *from, const char *to) {
  int result = (int)syscall(SYS_rename, from, to);
  if (result == 0 && is_watching) {
    const char *old = inside(from), *new = inside(to);
    if (old && new) {
      /* The bytes go with the name. */
      int carries = sync_watch_unsynced(old) > 0;
      set(old, 0);
      set(new, carries);
    }
    if (new) set("/", 1);
  }
  return result;
}

void sync_watch_begin(const char *path) {
  pthread_mutex_lock(&mutex);
  if (!realpath(path, folder)) abort();
  unsynced_count = 0;
  is_watching = 1;
  pthread_mutex_unlock(&mutex);
}

void sync_watch_end(void) { is_watching = 0; }

int sync_watch_unsynced(const char *pattern) {
  int count = 0;
  pthread_mutex_lock(&mutex);
  for (int index = 0; index < unsynced_count; index++)
    if (!fnmatch(pattern, unsynced[index], 0)) count++;
  pthread_mutex_unlock(&mutex);
  return count;
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  if (open_error && !strcmp(path, faulty)) {
    errno = open_error;
    return -1;
  }
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) __attribute__((alias("open")));

ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t offset) {
  if (read_error && is_faulty(descriptor)) {
    errno = read_error;
    return -1;
  }
  return syscall(SYS_pread64, descriptor, bytes, count, offset);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
  return pread64(descriptor, bytes, count, offset);
}
