#include <sqlite3.h>

// sqlite3_config is variadic, which Swift cannot call. Only before SQLite's first use.
static inline int mc_sqlite_keep_no_memory_statistics(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
