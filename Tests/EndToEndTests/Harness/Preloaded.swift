import Foundation
import Testing

/// Small C libraries that a program is started with (`LD_PRELOAD`), to give it surroundings that are hard to come by.
enum Preloaded {
  /// Refuses threads: `REFUSED_THREAD=3` the third one, `REFUSED_FROM=3` that one and all that follow. Whenever it did,
  /// the file `REFUSAL_MARK` is there.
  static let refusingThreads = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <errno.h>
    #include <fcntl.h>
    #include <pthread.h>
    #include <stdlib.h>
    #include <unistd.h>
    typedef int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    static int asked;
    static int number(const char *name) { const char *text = getenv(name); return text ? atoi(text) : 0; }
    int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*body)(void *), void *argument) {
      int now = __atomic_add_fetch(&asked, 1, __ATOMIC_SEQ_CST);
      int from = number("REFUSED_FROM");
      if (now == number("REFUSED_THREAD") || (from > 0 && now >= from)) {
        close(open(getenv("REFUSAL_MARK"), O_WRONLY | O_CREAT, 0600));
        return EAGAIN;
      }
      return ((create)dlsym(RTLD_NEXT, "pthread_create"))(thread, how, body, argument);
    }
    """

  /// Moves the environment away from where the kernel put it, before the program begins, as libraries of monitoring
  /// agents do, and hides `/proc/self/cmdline`, as a system without `/proc` does.
  static let hiddenArguments = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    __attribute__((constructor)) static void move(void) {
      char name[32];
      for (int number = 0; number < 64; number++) {
        snprintf(name, sizeof name, "MOVED_%d", number);
        setenv(name, "x", 1);
      }
    }
    typedef FILE *(*opener)(const char *, const char *);
    FILE *fopen(const char *path, const char *mode) {
      if (strcmp(path, "/proc/self/cmdline") == 0) return NULL;
      return ((opener)dlsym(RTLD_NEXT, "fopen"))(path, mode);
    }
    """

  /// The library's path.
  static func build(_ source: String, in folder: String) async throws -> String {
    let name = folder + "/preloaded-" + UUID().uuidString
    try Data(source.utf8).write(to: URL(fileURLWithPath: name + ".c"))
    let line =
      "exec $(command -v cc || command -v gcc || command -v clang) -shared -fPIC -o \(name).so \(name).c -ldl"
    let compiler = try Program(
      "/bin/sh", ["-c", line], in: folder, outputs: folder, environment: ProcessInfo.processInfo.environment)
    let built = try await compiler.end()
    try #require(built.way == .exit(0), "\(built.errors)")
    return name + ".so"
  }
}
