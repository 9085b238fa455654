"""Serves registers with pymodbus 3, as a device would: python3 sunspec_server.py MAP tcp PORT | rtu PATH

MAP is text, one block a line: the address of its first register, a colon, hexadecimal words; "#" begins a comment.
The device is unit 1, and only these registers exist.
"""
import asyncio
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server import StartAsyncSerialServer, StartAsyncTcpServer
from pymodbus.transaction import ModbusRtuFramer


def read_map(path):
    registers = {}
    with open(path, encoding="ascii") as lines:
        for line in lines:
            address, _, words = line.partition("#")[0].partition(":")
            for offset, word in enumerate(words.split()):
                registers[int(address) + offset] = int(word, 16)
    return registers


async def main(path, wire, where):
    unit = ModbusSlaveContext(hr=ModbusSparseDataBlock(read_map(path)), zero_mode=True)
    context = ModbusServerContext(slaves={1: unit}, single=False)
    if wire == "tcp":
        server = await StartAsyncTcpServer(context=context, address=("127.0.0.1", int(where)), defer_start=True)
    else:
        server = await StartAsyncSerialServer(context=context, framer=ModbusRtuFramer, port=where, baudrate=9600, defer_start=True)
        await server.start()
    print("serving", flush=True)
    await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
