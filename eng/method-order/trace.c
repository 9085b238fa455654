// Writes the methods of a native binary in the order in which they first ran. x86-64 Linux; eng/method-order/capture uses it.
//   trace SYMBOLS OUT COMMAND ARGUMENT…
// SYMBOLS has a line "ADDRESS NAME" for each method, as nm prints addresses. A breakpoint (int3) is put on the first byte of each
// method and taken away when it is hit, so that the program runs at full speed after a moment. Ends with the program.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

struct method { uint64_t address; char *name; uint8_t first; uint8_t armed; };
static struct method *methods;
static size_t count;

static pid_t child;

static void die(const char *what) { perror(what); exit(2); }

// Whoever stops the tracer means the program.
static void pass_on(int signal) { kill(child, signal); }

static int by_address(const void *a, const void *b) {
  uint64_t x = ((const struct method *)a)->address, y = ((const struct method *)b)->address;
  return x < y ? -1 : x > y;
}

static void read_symbols(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) die(path);
  size_t room = 1 << 17;
  methods = malloc(room * sizeof *methods);
  char *line = NULL;
  size_t size = 0;
  while (getline(&line, &size, file) > 0) {
    char *end;
    uint64_t address = strtoull(line, &end, 16);
    end[strcspn(end, "\n")] = 0;
    if (count == room) methods = realloc(methods, (room *= 2) * sizeof *methods);
    methods[count++] = (struct method){ address, strdup(end + 1), 0, 0 };
  }
  fclose(file);
  qsort(methods, count, sizeof *methods, by_address);
}

// Where the first mapping of the program begins: what its addresses count from.
static uint64_t base_of(pid_t pid) {
  char path[64];
  uint64_t base = 0;
  snprintf(path, sizeof path, "/proc/%d/maps", pid);
  FILE *maps = fopen(path, "r");
  if (!maps) die(path);
  if (fscanf(maps, "%lx-", &base) != 1) die(path);
  fclose(maps);
  return base;
}

int main(int argc, char **argv) {
  if (argc < 4) { fprintf(stderr, "trace SYMBOLS OUT COMMAND ARGUMENT...\n"); return 2; }
  read_symbols(argv[1]);
  FILE *out = fopen(argv[2], "w");
  if (!out) die(argv[2]);
  child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    execv(argv[3], argv + 3);
    die(argv[3]);
  }
  signal(SIGTERM, pass_on);
  int status;
  waitpid(child, &status, 0);
  ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", child);
  int memory = open(path, O_RDWR);
  if (memory < 0) die(path);
  uint64_t base = base_of(child);
  uint8_t trap = 0xCC;
  for (size_t i = 0; i < count; i++) {
    methods[i].address += base;
    if (i > 0 && methods[i].address == methods[i - 1].address) continue;
    if (pread(memory, &methods[i].first, 1, methods[i].address) != 1 || pwrite(memory, &trap, 1, methods[i].address) != 1) die("a breakpoint");
    methods[i].armed = 1;
  }
  fprintf(stderr, "%zu methods, process %d\n", count, child);
  ptrace(PTRACE_CONT, child, 0, 0);
  pid_t thread;
  while ((thread = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
    if (thread <= 0) continue;
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      if (thread == child) break;
      continue;
    }
    int told = WSTOPSIG(status);
    if (told == SIGTRAP) {
      struct user_regs_struct registers;
      ptrace(PTRACE_GETREGS, thread, 0, &registers);
      struct method key = { .address = registers.rip - 1 }, *hit = bsearch(&key, methods, count, sizeof *methods, by_address);
      if (hit) {
        // Of several names at one address only the first is armed.
        while (hit > methods && hit[-1].address == hit->address) hit--;
        registers.rip--;
        ptrace(PTRACE_SETREGS, thread, 0, &registers);
        if (hit->armed == 1) {
          pwrite(memory, &hit->first, 1, hit->address);
          hit->armed = 2;
          for (struct method *same = hit; same < methods + count && same->address == hit->address; same++) fprintf(out, "%s\n", same->name);
        }
      }
      told = 0;
    } else if (told == SIGSTOP) {
      told = 0; // a new thread's first stop
    }
    ptrace(PTRACE_CONT, thread, 0, told);
  }
  fclose(out);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
