/* The same reads with libmodbus, in C. */
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static double now(clockid_t clock) { struct timespec t; clock_gettime(clock, &t); return t.tv_sec + t.tv_nsec / 1e9; }

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    int reads = atoi(argv[2]);
    uint16_t registers[125];
    modbus_t *client = modbus_new_tcp("127.0.0.1", atoi(argv[1]));
    modbus_set_slave(client, 1);
    if (modbus_connect(client) != 0) { perror("connect"); return 1; }
    for (int i = 0; i < reads / 4; i++) if (modbus_read_registers(client, 0, 125, registers) != 125) return 1;
    double start = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < reads; i++) if (modbus_read_registers(client, 0, 125, registers) != 125) return 1;
    double took = now(CLOCK_MONOTONIC) - start;
    cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    printf("%-32s %10.0f %8.1f %8.1f %9s\n", "libmodbus, C", reads / took, took / reads * 1e6, cpu / reads * 1e6, "-");
    modbus_close(client);
    modbus_free(client);
    return 0;
}
