// A layer over the system's file system that gathers what SQLite writes to the end of a write-ahead log and hands it
// to the kernel at once. What is gathered is handed over before anything can depend on it: before a sync, before the
// log is read, measured, cut or written elsewhere, and before the log's index in shared memory names the frames (SQLite
// passes a memory barrier there). So no other connection and no power cut sees anything but what the system's own file
// system shows; a write that fails does so at the sync, and the commit with it.
#include "CSQLiteShim.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#if SQLITE_VERSION_NUMBER >= 3032000

// Bytes that are gathered at most; SQLite's own file system takes less than 128 KiB at once.
enum { capacity = 126 << 10 };

typedef struct log_file log_file;

// A database's file; knows its log while that is open.
typedef struct {
  sqlite3_file base;
  sqlite3_file *inner;
  log_file *log;
} main_file;

struct log_file {
  sqlite3_file base;
  sqlite3_file *inner;
  main_file *database;
  char *gathered;
  int count;
  sqlite3_int64 start;
  // What went wrong where nobody could be told.
  int failure;
};

static const sqlite3_io_methods plain_methods, main_methods, log_methods;

#define INNER(file) (((main_file *)(file))->inner)
#define CALL(file, method, ...) INNER(file)->pMethods->method(INNER(file), ##__VA_ARGS__)

// What fails is told once, and given up: a commit that failed must not come to the file later by itself.
static int hand_over(log_file *log) {
  if (log->failure != SQLITE_OK) return log->failure;
  if (!log->count) return SQLITE_OK;
  int count = log->count;
  log->count = 0;
  return log->inner->pMethods->xWrite(log->inner, log->gathered, count, log->start);
}

// MARK: the log

static int log_close(sqlite3_file *file) {
  log_file *log = (log_file *)file;
  int written = hand_over(log), closed = CALL(file, xClose);
  if (log->database) log->database->log = NULL;
  free(log->gathered);
  free(log->inner);
  return written != SQLITE_OK ? written : closed;
}

static int log_read(sqlite3_file *file, void *buffer, int length, sqlite3_int64 offset) {
  int code = hand_over((log_file *)file);
  return code != SQLITE_OK ? code : CALL(file, xRead, buffer, length, offset);
}

static int log_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
  log_file *log = (log_file *)file;
  if (log->count && (offset != log->start + log->count || log->count + length > capacity)) {
    int code = hand_over(log);
    if (code != SQLITE_OK) return code;
  }
  if (!log->gathered) log->gathered = malloc(capacity);
  if (!log->gathered || length > capacity) return CALL(file, xWrite, bytes, length, offset);
  if (!log->count) log->start = offset;
  memcpy(log->gathered + log->count, bytes, (size_t)length);
  log->count += length;
  return SQLITE_OK;
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size) {
  int code = hand_over((log_file *)file);
  return code != SQLITE_OK ? code : CALL(file, xTruncate, size);
}

static int log_sync(sqlite3_file *file, int flags) {
  int code = hand_over((log_file *)file);
  return code != SQLITE_OK ? code : CALL(file, xSync, flags);
}

static int log_size(sqlite3_file *file, sqlite3_int64 *size) {
  int code = hand_over((log_file *)file);
  return code != SQLITE_OK ? code : CALL(file, xFileSize, size);
}

// MARK: the database

static int main_close(sqlite3_file *file) {
  int code = CALL(file, xClose);
  free(INNER(file));
  return code;
}
static int main_read(sqlite3_file *file, void *buffer, int length, sqlite3_int64 offset) {
  return CALL(file, xRead, buffer, length, offset);
}
static int main_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
  return CALL(file, xWrite, bytes, length, offset);
}
static int main_truncate(sqlite3_file *file, sqlite3_int64 size) { return CALL(file, xTruncate, size); }
static int main_sync(sqlite3_file *file, int flags) { return CALL(file, xSync, flags); }
static int main_size(sqlite3_file *file, sqlite3_int64 *size) { return CALL(file, xFileSize, size); }
static int file_lock(sqlite3_file *file, int level) { return CALL(file, xLock, level); }
static int file_unlock(sqlite3_file *file, int level) { return CALL(file, xUnlock, level); }
static int file_reserved(sqlite3_file *file, int *result) { return CALL(file, xCheckReservedLock, result); }
static int file_control(sqlite3_file *file, int operation, void *argument) {
  return CALL(file, xFileControl, operation, argument);
}
static int file_sector(sqlite3_file *file) { return CALL(file, xSectorSize); }
static int file_traits(sqlite3_file *file) { return CALL(file, xDeviceCharacteristics); }
static int main_map(sqlite3_file *file, int region, int size, int extend, void volatile **memory) {
  return CALL(file, xShmMap, region, size, extend, memory);
}
static int main_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  return CALL(file, xShmLock, offset, count, flags);
}
static void main_barrier(sqlite3_file *file) {
  // Only a commit that is not synced has something left here. Nobody can be told of a failure now: the log is not used
  // any more.
  log_file *log = ((main_file *)file)->log;
  if (log) log->failure = hand_over(log);
  CALL(file, xShmBarrier);
}
static int main_unmap(sqlite3_file *file, int remove) { return CALL(file, xShmUnmap, remove); }
static const sqlite3_io_methods plain_methods = {
    1, main_close, main_read, main_write, main_truncate, main_sync, main_size, file_lock, file_unlock, file_reserved,
    file_control, file_sector, file_traits};
static const sqlite3_io_methods main_methods = {
    2, main_close, main_read, main_write, main_truncate, main_sync, main_size, file_lock, file_unlock, file_reserved,
    file_control, file_sector, file_traits, main_map, main_shm_lock, main_barrier, main_unmap};
static const sqlite3_io_methods log_methods = {
    1, log_close, log_read, log_write, log_truncate, log_sync, log_size, file_lock, file_unlock, file_reserved,
    file_control, file_sector, file_traits};

// MARK: the file system

static sqlite3_vfs gathering_vfs;
static const char *name;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// The one that others have put in front of the system's, too.
static sqlite3_vfs *system_vfs(void) { return sqlite3_vfs_find(NULL); }

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *opened) {
  (void)vfs;
  sqlite3_vfs *system = system_vfs();
  main_file *database = (main_file *)file;
  log_file *log = (log_file *)file;
  memset(file, 0, sizeof *log);
  database->inner = calloc(1, (size_t)system->szOsFile);
  if (!database->inner) return SQLITE_NOMEM;
  int code = system->xOpen(system, path, database->inner, flags, opened);
  if (code != SQLITE_OK) {
    if (database->inner->pMethods) database->inner->pMethods->xClose(database->inner);
    free(database->inner);
    return code;
  }
  // Without shared memory there is no write-ahead log, and SQLite is told so.
  const sqlite3_io_methods *found = database->inner->pMethods;
  int isShared = flags & SQLITE_OPEN_MAIN_DB && found->iVersion >= 2 && found->xShmMap;
  file->pMethods = isShared ? &main_methods : &plain_methods;
  if (!(flags & SQLITE_OPEN_WAL)) return SQLITE_OK;
  sqlite3_file *owner = sqlite3_database_file_object(path);
  // Without its database it is not known when its frames are named: then nothing is gathered.
  if (!owner || owner->pMethods != &main_methods) return SQLITE_OK;
  log->database = (main_file *)owner;
  log->database->log = log;
  file->pMethods = &log_methods;
  return SQLITE_OK;
}
static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync) {
  (void)vfs;
  return system_vfs()->xDelete(system_vfs(), path, sync);
}
static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
  (void)vfs;
  return system_vfs()->xAccess(system_vfs(), path, flags, result);
}
static int vfs_full(sqlite3_vfs *vfs, const char *path, int length, char *result) {
  (void)vfs;
  return system_vfs()->xFullPathname(system_vfs(), path, length, result);
}

static void install(void) {
  sqlite3_vfs *system = system_vfs();
  if (!system || system->iVersion < 2) return;
  // What has nothing to do with files is the system's own.
  gathering_vfs = *system;
  gathering_vfs.iVersion = 2;
  gathering_vfs.pNext = NULL;
  gathering_vfs.zName = "mission-control";
  gathering_vfs.szOsFile = sizeof(log_file);
  gathering_vfs.xOpen = vfs_open;
  gathering_vfs.xDelete = vfs_delete;
  gathering_vfs.xAccess = vfs_access;
  gathering_vfs.xFullPathname = vfs_full;
  if (sqlite3_vfs_register(&gathering_vfs, 0) == SQLITE_OK) name = gathering_vfs.zName;
}

const char *mc_sqlite_gathering_vfs(void) {
  pthread_once(&once, install);
  return name;
}

#else

const char *mc_sqlite_gathering_vfs(void) { return NULL; }

#endif
