"""Tries what a sandbox should refuse, and prints one line for each: NAME, "allowed" or "refused", and how.

Run twice, outside and inside the sandbox: what is refused inside proves something only when it is allowed outside.
As root, so that the refusals are the sandbox's own and not those of file permissions.
"""
import ctypes
import errno
import mmap
import os
import socket
import stat
import sys

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]

NEWNS, NEWUSER = 0x00020000, 0x10000000
ADDR_NO_RANDOMIZE = 0x0040000
KEYCTL, PERF, PTRACE, FSOPEN = 250, 298, 101, 430  # system calls of x86-64


def checked(result):
    if result in (-1, ctypes.c_void_p(-1).value):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def in_a_child(action):
    """What can't be undone, such as a namespace, is tried in a process of its own."""
    def attempt():
        child = os.fork()
        if child == 0:
            try:
                action()
                os._exit(0)
            except OSError as refused:
                os._exit(refused.errno)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code > 0:
            raise OSError(code, os.strerror(code))
        if code < 0:
            raise OSError(errno.EPERM, f"killed by signal {-code}")
    return attempt


def create(path):
    def attempt():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        os.unlink(path)
    return attempt


def device(path, flags=os.O_RDWR):
    """Opens a device. One that the kernel lets through and that has no driver here (ENXIO, ENODEV, EIO) was allowed."""
    def attempt():
        try:
            os.close(os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY))
        except OSError as failed:
            if failed.errno not in (errno.ENXIO, errno.ENODEV, errno.EIO):
                raise
    return attempt


def family(number, kind=socket.SOCK_DGRAM):
    return lambda: socket.socket(number, kind, 0).close()


def executable_memory():
    page = checked(libc.mmap(None, 4096, mmap.PROT_READ | mmap.PROT_WRITE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1, 0))
    checked(libc.mprotect(page, 4096, mmap.PROT_READ | mmap.PROT_EXEC))


def set_user_id():
    with open("/run/flip-edge/suid", "wb") as file:
        try:
            os.fchmod(file.fileno(), stat.S_ISUID | 0o755)
        finally:
            os.unlink("/run/flip-edge/suid")


def realtime():
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))


def listed(path):
    def attempt():
        if not os.listdir(path):
            raise OSError(errno.ENOENT, "it is empty")
    return attempt


ATTEMPTS = {
    "writing to /usr": create("/usr/lib/flip-edge-attempt"),
    "writing to /etc": create("/etc/flip-edge/attempt"),
    "writing to another service's state": create("/var/lib/attempt"),
    "reading /root": listed("/root"),
    "seeing everybody's /tmp": lambda: os.stat("/tmp/everybody"),
    "a kernel tunable": device("/proc/sys/net/ipv4/ip_forward", os.O_WRONLY),
    "a file in /sys": device("/sys/class/mem/null/uevent", os.O_WRONLY),
    "the kernel's log": device("/dev/attempt-kmsg", os.O_RDONLY),
    "memory that is written and then executed": executable_memory,
    "memory that is writable and executable": lambda: checked(
        libc.mmap(None, 4096, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1, 0)),
    "a packet socket": family(socket.AF_PACKET),
    "a vsock socket": family(socket.AF_VSOCK, socket.SOCK_STREAM),
    "a user namespace": in_a_child(lambda: checked(libc.unshare(NEWUSER))),
    "a mount namespace": in_a_child(lambda: checked(libc.unshare(NEWNS))),
    "mounting": in_a_child(lambda: checked(libc.syscall(FSOPEN, b"tmpfs", 0))),
    "tracing": in_a_child(lambda: checked(libc.syscall(PTRACE, 0, 0, 0, 0))),
    "another personality": in_a_child(lambda: checked(libc.personality(ADDR_NO_RANDOMIZE))),
    "realtime scheduling": in_a_child(realtime),
    "a file that runs as its owner": set_user_id,
    "a device node": lambda: (os.mknod("/run/flip-edge/node", stat.S_IFCHR | 0o600, os.makedev(1, 3)), os.unlink("/run/flip-edge/node")),
    "a strange terminal (/dev/ptmx)": device("/dev/ptmx"),
    "a block device": device("/dev/attempt-loop", os.O_RDONLY),
    "the memory device": device("/dev/attempt-mem", os.O_RDONLY),
    "a writable input device": device("/dev/attempt-input"),
    "ttyUSB": device("/dev/attempt-usb"),
    "ttyACM": device("/dev/attempt-acm"),
    "ttyS": device("/dev/attempt-s"),
    "an input device, to read": device("/dev/attempt-input", os.O_RDONLY),
    "/dev/null": device("/dev/null"),
    "a UDP socket": family(socket.AF_INET),
    "a file in /sys that it was given, as a LED": device("/sys/class/net/lo/ifalias", os.O_WRONLY),
    "a file in its own state": create("/var/lib/flip-edge/attempt"),
}

for name, attempt in ATTEMPTS.items():
    try:
        attempt()
        print(f"{name}: allowed")
    except OSError as refused:
        print(f"{name}: refused, {errno.errorcode.get(refused.errno, refused.errno)}")
sys.stdout.flush()
