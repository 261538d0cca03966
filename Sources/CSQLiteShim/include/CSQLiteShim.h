// What SQLite offers only to C.
#ifndef CSQLITESHIM_H
#define CSQLITESHIM_H

// Settings of the whole process, made before SQLite is first used; later they change nothing.
void mc_sqlite_configure(void);

// The name under which a file system for SQLite is registered that hands the frames of a write-ahead log to the kernel
// together: SQLite writes each in two pieces. Null when there is no memory for it, or SQLite is too old.
const char *mc_sqlite_gathering_vfs(void);

#endif
