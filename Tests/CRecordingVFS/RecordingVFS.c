#include "CRecordingVFS.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static sqlite3_vfs *real_vfs;
static sqlite3_vfs recording_vfs;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int is_recording;
static recording_entry *entries;
static size_t count, capacity;

/* The files that have a name now. A file keeps its number when it is opened again. */
static struct { char *path; int file; } names[64];
static int name_count, next_file;

typedef struct {
  sqlite3_file base;
  int file;         /* 0 for what is never recorded: temporary files */
  sqlite3_file *real;
} recorded_file;

static void append(int kind, int file, int64_t offset, size_t length, const void *bytes, const char *path) {
  pthread_mutex_lock(&mutex);
  if (is_recording) {
    if (count == capacity) {
      capacity = capacity ? capacity * 2 : 4096;
      entries = realloc(entries, capacity * sizeof *entries);
      if (!entries) abort();
    }
    uint8_t *copy = NULL;
    if (bytes) {
      copy = malloc(length ? length : 1);
      if (!copy) abort();
      memcpy(copy, bytes, length);
    }
    entries[count++] = (recording_entry){kind, file, offset, length, copy, path ? strdup(path) : NULL};
  }
  pthread_mutex_unlock(&mutex);
}

static int name_index(const char *path) {
  for (int index = 0; index < name_count; index++)
    if (!strcmp(names[index].path, path)) return index;
  return -1;
}

/* The number of the file named `path`; a new one is logged as created. */
static int number_of(const char *path) {
  pthread_mutex_lock(&mutex);
  if (!is_recording) {
    pthread_mutex_unlock(&mutex);
    return 0;
  }
  int index = name_index(path), is_new = index < 0;
  if (is_new) {
    if (name_count == 64) abort();
    index = name_count++;
    names[index].path = strdup(path);
    names[index].file = ++next_file;
  }
  int file = names[index].file;
  pthread_mutex_unlock(&mutex);
  if (is_new) append(RECORDING_CREATE, file, 0, 0, NULL, path);
  return file;
}

static void forget(const char *path, int is_durable) {
  pthread_mutex_lock(&mutex);
  int index = name_index(path), file = 0;
  if (index >= 0) {
    file = names[index].file;
    free(names[index].path);
    names[index] = names[--name_count];
  }
  pthread_mutex_unlock(&mutex);
  if (file) append(RECORDING_DELETE, file, 0, (size_t)is_durable, NULL, path);
}

#define REAL(file) (((recorded_file *)(file))->real)
#define CALL(file, method, ...) REAL(file)->pMethods->method(REAL(file), ##__VA_ARGS__)

static int file_close(sqlite3_file *file) {
  int code = CALL(file, xClose);
  free(REAL(file));
  return code;
}
static int file_read(sqlite3_file *file, void *buffer, int length, sqlite3_int64 offset) {
  return CALL(file, xRead, buffer, length, offset);
}
static int file_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
  int code = CALL(file, xWrite, bytes, length, offset), number = ((recorded_file *)file)->file;
  if (code == SQLITE_OK && number) append(RECORDING_WRITE, number, offset, (size_t)length, bytes, NULL);
  return code;
}
static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  int code = CALL(file, xTruncate, size), number = ((recorded_file *)file)->file;
  if (code == SQLITE_OK && number) append(RECORDING_TRUNCATE, number, size, 0, NULL, NULL);
  return code;
}
static int file_sync(sqlite3_file *file, int flags) {
  int code = CALL(file, xSync, flags), number = ((recorded_file *)file)->file;
  if (code == SQLITE_OK && number) append(RECORDING_SYNC, number, 0, 0, NULL, NULL);
  return code;
}
static int file_size(sqlite3_file *file, sqlite3_int64 *size) { return CALL(file, xFileSize, size); }
static int file_lock(sqlite3_file *file, int level) { return CALL(file, xLock, level); }
static int file_unlock(sqlite3_file *file, int level) { return CALL(file, xUnlock, level); }
static int file_reserved(sqlite3_file *file, int *result) { return CALL(file, xCheckReservedLock, result); }
static int file_control(sqlite3_file *file, int operation, void *argument) {
  return CALL(file, xFileControl, operation, argument);
}
static int file_sector(sqlite3_file *file) { return CALL(file, xSectorSize); }
/* The system's file promises nothing that a power cut could break (no atomic writes, no safe append). */
static int file_traits(sqlite3_file *file) { return CALL(file, xDeviceCharacteristics); }
static int file_map(sqlite3_file *file, int region, int size, int extend, void volatile **memory) {
  return CALL(file, xShmMap, region, size, extend, memory);
}
static int file_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
  return CALL(file, xShmLock, offset, n, flags);
}
static void file_barrier(sqlite3_file *file) { CALL(file, xShmBarrier); }
static int file_unmap(sqlite3_file *file, int delete) { return CALL(file, xShmUnmap, delete); }

/* Version 2: without xFetch, so that no write goes past xWrite through a mapping. */
static const sqlite3_io_methods methods = {
  2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock,
  file_reserved, file_control, file_sector, file_traits, file_map, file_shm_lock, file_barrier, file_unmap,
  NULL, NULL,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *opened) {
  (void)vfs;
  recorded_file *recorded = (recorded_file *)file;
  memset(recorded, 0, sizeof *recorded);
  recorded->real = calloc(1, (size_t)real_vfs->szOsFile);
  if (!recorded->real) return SQLITE_NOMEM;
  int code = real_vfs->xOpen(real_vfs, path, recorded->real, flags, opened);
  if (code != SQLITE_OK) {
    if (recorded->real->pMethods) recorded->real->pMethods->xClose(recorded->real);
    free(recorded->real);
    return code;
  }
  int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
  if (path && (flags & kept)) recorded->file = number_of(path);
  recorded->base.pMethods = &methods;
  return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder) {
  (void)vfs;
  int code = real_vfs->xDelete(real_vfs, path, sync_folder);
  if (code == SQLITE_OK) forget(path, sync_folder != 0);
  return code;
}

int recording_install(void) {
  if (real_vfs) return SQLITE_OK;
  int code = sqlite3_initialize();
  if (code != SQLITE_OK) return code;
  real_vfs = sqlite3_vfs_find(NULL);
  recording_vfs = *real_vfs;
  recording_vfs.zName = "recording";
  recording_vfs.szOsFile = sizeof(recorded_file);
  recording_vfs.pNext = NULL;
  recording_vfs.xOpen = vfs_open;
  recording_vfs.xDelete = vfs_delete;
  return sqlite3_vfs_register(&recording_vfs, 1);
}

void recording_begin(void) {
  pthread_mutex_lock(&mutex);
  for (size_t index = 0; index < count; index++) {
    free((void *)entries[index].bytes);
    free((void *)entries[index].path);
  }
  count = 0;
  while (name_count) free(names[--name_count].path);
  next_file = 0;
  is_recording = 1;
  pthread_mutex_unlock(&mutex);
}

void recording_end(void) {
  pthread_mutex_lock(&mutex);
  is_recording = 0;
  while (name_count) free(names[--name_count].path);
  pthread_mutex_unlock(&mutex);
}

void recording_mark(int64_t value) { append(RECORDING_MARK, 0, value, 0, NULL, NULL); }

size_t recording_count(void) { return count; }

recording_entry recording_at(size_t index) { return entries[index]; }
