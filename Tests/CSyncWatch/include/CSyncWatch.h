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

#endif
