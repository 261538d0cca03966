#ifndef C_RECORDING_VFS_H
#define C_RECORDING_VFS_H

#include <stddef.h>
#include <stdint.h>

/* A VFS for SQLite that passes everything on to the system's and, between recording_begin and recording_end, keeps
   a log of what reaches the disk, and in which order. From it the tests build what a power cut could have left. */

enum recording_kind {
  RECORDING_CREATE = 1,   /* `file` came to be under `path` */
  RECORDING_WRITE = 2,    /* `length` bytes at `offset` */
  RECORDING_TRUNCATE = 3, /* the size became `offset` */
  RECORDING_SYNC = 4,     /* what was written to `file` before is durable */
  RECORDING_DELETE = 5,   /* the name of `file` was removed; durable at once when `length` is 1 */
  RECORDING_MARK = 6      /* the test's own note: `offset` */
};

typedef struct recording_entry {
  int kind;
  int file;
  int64_t offset;
  size_t length;
  const uint8_t *bytes;
  const char *path;
} recording_entry;

/* Makes the recording VFS the default of this process. May be called again. Returns an SQLite code. */
int recording_install(void);
/* Empties the log and begins. */
void recording_begin(void);
void recording_end(void);
void recording_mark(int64_t value);
size_t recording_count(void);
/* Valid until the next recording_begin. */
recording_entry recording_at(size_t index);

#endif
