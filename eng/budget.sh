#!/usr/bin/env bash
# Measures the published daemon against its bars: size of the binary, start to READY=1, resident memory when commissioned and idle.
#
#   bash eng/budget.sh [BINARY]            default: artifacts/publish/linux-x64/flip-edge, from deploy/publish.sh
#
# It needs python3, for a socket that listens to sd_notify. With the simulator built (dotnet build) the daemon is commissioned against
# a simulated device and a mock of Flip's cloud before its memory is read; without it, memory is that of a daemon that waits.
# Exit code 1 when a bar is missed. Everything happens in a folder of its own under TMPDIR, on loopback ports that are free.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$(realpath "${1:-artifacts/publish/linux-x64/flip-edge}")
[[ -x $binary ]] || { echo "there is no $binary: run deploy/publish.sh first" >&2; exit 2; }
simulator=$(ls -d "$PWD"/src/Flip.Edge.Simulator/bin/{Release,Debug}/net*/flip-edge-sim 2>/dev/null | head -1 || true)

exec python3 - "$binary" "$simulator" << 'PYTHON'
import ctypes, json, os, shutil, signal, socket, statistics, subprocess, sys, tempfile, time

BINARY, SIMULATOR = sys.argv[1], sys.argv[2]
STARTS, IDLE_S = 10, 10
SIZE_BAR_MB, MEMORY_BAR_MB, READY_BAR_MS = 15, 25, 150

# The daemon tells READY only to a parent that is called systemd (Microsoft.Extensions.Hosting.Systemd, SystemdHelpers).
ctypes.CDLL(None).prctl(15, b"systemd", 0, 0, 0)  # PR_SET_NAME
folder = tempfile.mkdtemp(prefix="flip-edge-budget-")
children = []


def start(command, **options):
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, **options)
    children.append(child)
    return child


def stop(child):
    if child.poll() is None:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    children.remove(child)


def write_config(cloud="http://127.0.0.1:9", device="tcp://127.0.0.1:9?unit=1"):
    token = os.path.join(folder, "token")
    with open(os.open(token, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write("mock-client-token\n")
    path = os.path.join(folder, "flip-edge.json")
    with open(path, "w") as file:
        json.dump({
            "Gateway": {"Id": "gw-budget", "DataDirectory": os.path.join(folder, "data")},
            "Flip": {"BaseUrl": cloud, "TokenFile": token},
            "Site": {"Id": "site-budget", "ZipCode": "88800"},
            "Devices": [{"Id": "battery-1", "Endpoint": device, "InstallDate": "2026-11-20"}],
            "Commissioning": {"CanAutoEnroll": True},
            "Mqtt": {"Enabled": False},
            "Local": {"Socket": os.path.join(folder, "edge.sock"), "Http": "off"},
        }, file)
    return path


def start_to_ready(config):
    """Starts the daemon; returns it with the milliseconds from exec to READY=1."""
    notify = os.path.join(folder, "notify")
    if os.path.exists(notify):
        os.unlink(notify)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener, open(os.path.join(folder, "log"), "ab") as log:
        listener.bind(notify)
        listener.settimeout(20)
        environment = {**os.environ, "NOTIFY_SOCKET": notify}
        began = time.monotonic()
        daemon = start([BINARY, "run", "--config", config], env=environment, stdout=log, stderr=log)
        try:
            while b"READY=1" not in listener.recv(4096):
                pass
        except socket.timeout:
            with open(log.name) as told:
                sys.exit(f"the daemon was not ready within 20 s:\n{told.read()}")
        return daemon, (time.monotonic() - began) * 1000


def resident_mb(pid, what):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(what + ":")) * 1024 / 1e6


def first_line(child):
    return child.stdout.readline().decode().strip()


def simulated():
    device = start([SIMULATOR, "device", "--tcp", "0", "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    cloud = start([SIMULATOR, "cloud", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return write_config(cloud=first_line(cloud).split()[-1], device=first_line(device))


try:
    config = write_config()
    times = []
    for _ in range(STARTS):
        daemon, milliseconds = start_to_ready(config)
        times.append(milliseconds)
        stop(daemon)
    state = "waiting"
    if SIMULATOR:
        config = simulated()
        shutil.rmtree(os.path.join(folder, "data"))
    daemon, _ = start_to_ready(config)
    if SIMULATOR:
        subprocess.run([BINARY, "commission", "--config", config, "--wait", "30"], check=True, capture_output=True)
        state = "commissioned"
    time.sleep(IDLE_S)
    memory, anonymous = resident_mb(daemon.pid, "VmRSS"), resident_mb(daemon.pid, "RssAnon")
finally:
    for child in list(children):
        stop(child)
    shutil.rmtree(folder, ignore_errors=True)

beside = os.path.dirname(BINARY)
libraries = sum(os.path.getsize(os.path.join(beside, name)) for name in os.listdir(beside) if name.endswith(".so"))
rows = [
    ("published binary", os.path.getsize(BINARY) / 1e6, "MB", SIZE_BAR_MB),
    ("the libraries beside it", libraries / 1e6, "MB", None),
    (f"start to READY, median of {STARTS} ({min(times):.0f} to {max(times):.0f} ms)", statistics.median(times), "ms", READY_BAR_MS),
    (f"resident memory, {state}, idle {IDLE_S} s", memory, "MB", MEMORY_BAR_MB),
    ("of which not backed by a file", anonymous, "MB", None),
]
width = max(len(row[0]) for row in rows)
print(f"{'what':<{width}}  {'measured':>10}  {'bar':>8}")
for what, value, unit, bar in rows:
    verdict = "" if bar is None else f"  {bar:>5} {unit}  {'ok' if value <= bar else 'MISSED'}"
    print(f"{what:<{width}}  {value:>7.1f} {unit}{verdict}")
sys.exit(0 if all(bar is None or value <= bar for _, value, _, bar in rows) else 1)
PYTHON
