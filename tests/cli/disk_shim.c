/* A disk that tells what is asked of it and that fails on request; loaded before the program's libraries.
   DISK_LOG: file to which each call is appended, "call path". DISK_UNREADABLE: reads fail with EIO where the
   path ends like this. DISK_UNSYNCED: so does bringing onto the disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void path_of(int descriptor, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t const length = readlink(link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = '\0';
}

static void note(char const *call, char const *path) {
  char const *log = getenv("DISK_LOG");
  if (log == NULL) return;
  int const file = open(log, O_WRONLY | O_APPEND | O_CREAT, 0600);
  dprintf(file, "%s %s\n", call, path);
  close(file);
}

static void note_descriptor(char const *call, int descriptor) {
  char path[PATH_MAX];
  if (getenv("DISK_LOG") == NULL) return;
  path_of(descriptor, path);
  note(call, path);
}

static int fails(char const *wish, int descriptor) {
  char path[PATH_MAX];
  char const *end = getenv(wish);
  if (end == NULL) return 0;
  path_of(descriptor, path);
  size_t const size = strlen(path), wanted = strlen(end);
  if (size < wanted || strcmp(path + size - wanted, end) != 0) return 0;
  errno = EIO;
  return 1;
}

int fsync(int descriptor) {
  note_descriptor("fsync", descriptor);
  return fails("DISK_UNSYNCED", descriptor) ? -1 : REAL(fsync)(descriptor);
}

int rename(char const *from, char const *to) {
  note("rename", to);
  return REAL(rename)(from, to);
}

int remove(char const *path) {
  note("remove", path);
  return REAL(remove)(path);
}

ssize_t pwrite(int descriptor, void const *data, size_t size, off_t offset) {
  note_descriptor("write", descriptor);
  return REAL(pwrite)(descriptor, data, size, offset);
}

ssize_t pwrite64(int descriptor, void const *data, size_t size, off64_t offset) {
  note_descriptor("write", descriptor);
  return REAL(pwrite64)(descriptor, data, size, offset);
}

ssize_t read(int descriptor, void *data, size_t size) {
  return fails("DISK_UNREADABLE", descriptor) ? -1 : REAL(read)(descriptor, data, size);
}

ssize_t pread(int descriptor, void *data, size_t size, off_t offset) {
  return fails("DISK_UNREADABLE", descriptor) ? -1 : REAL(pread)(descriptor, data, size, offset);
}

ssize_t pread64(int descriptor, void *data, size_t size, off64_t offset) {
  return fails("DISK_UNREADABLE", descriptor) ? -1 : REAL(pread64)(descriptor, data, size, offset);
}
