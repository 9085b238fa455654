/* The server of both: 125 holding registers, one client after the other. Prints its port. */
#include <arpa/inet.h>
#include <modbus.h>
#include <stdlib.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    (void)argc;
    uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
    modbus_t *server = modbus_new_tcp("127.0.0.1", atoi(argv[1]));
    modbus_mapping_t *map = modbus_mapping_new(0, 0, 125, 0);
    for (int i = 0; i < 125; i++) map->tab_registers[i] = i;
    int listener = modbus_tcp_listen(server, 4);
    if (listener < 0) { perror("listen"); return 1; }
    for (;;) {
        if (modbus_tcp_accept(server, &listener) < 0) return 1;
        for (;;) {
            int length = modbus_receive(server, query);
            if (length < 0) break;
            if (length > 0) modbus_reply(server, query, length, map);
        }
        modbus_close(server);
    }
}
