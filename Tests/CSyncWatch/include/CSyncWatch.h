#ifndef C_SYNC_WATCH_H
#define C_SYNC_WATCH_H

/* Knows which files of one folder have bytes or names that a power cut would lose: the test program's own pwrite,
   ftruncate, rename, fsync and fdatasync are looked at on their way to the kernel. */

/* Watches the files directly inside the folder `path` from now on, and forgets what it knew. */
void sync_watch_begin(const char *path);
void sync_watch_end(void);
/* How many files whose names match the shell pattern have unsynced bytes; for "/", whether the folder has names that
   are not synced. */
int sync_watch_unsynced(const char *pattern);

/* Until fault_end, opening the file `path` fails with the first error and reading it with the second; 0 for none. The
   path must be the real one. One file at a time. */
void fault_begin(const char *path, int open_errno, int read_errno);
void fault_end(void);

#endif
