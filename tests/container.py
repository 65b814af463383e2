"""Builds the container twice and runs it hardened: `make container-test`. Uses podman with buildah, or docker.

Says of each promise whether it held, and ends with status 1 if one did not. Settings, where a machine needs them:
``BASE_IMAGE`` (an image with Python), ``BUILD_FLAGS`` and ``RUN_FLAGS`` (further flags, parted by spaces).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

from tests.packs import REPOSITORY

IMAGE: Final = "localhost/waypost:test"
NAME: Final = "waypost-container-test"
PORT: Final = 18_980
LIMIT: Final = 512
"""Megabytes of memory that the container may use."""

CANARY: Final = "canaryword7310"
MOST_BEYOND_BASE: Final = 90
"""Megabytes that the image may be larger than its base."""

INSIDE: Final = """
import json, os, resource
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
def refused(path):
    try:
        open(path, "w").close()
    except OSError:
        return True
    os.unlink(path)
    return False
def read(*paths):
    for path in paths:
        try:
            return open(path).read().strip()
        except OSError:
            pass
setuid = [os.path.join(folder, name) for top in ("/app", "/opt/waypost") for folder, _, names in os.walk(top)
          for name in names if os.lstat(os.path.join(folder, name)).st_mode & 0o6000]
print(json.dumps({
    "uid": os.getuid(), "capabilities": status["CapEff"].strip(), "bounding": status["CapBnd"].strip(),
    "no_new_privileges": status["NoNewPrivs"].strip(), "seccomp": status["Seccomp"].strip(),
    "read_only": all(refused(f"{folder}/x") for folder in ("", "/app", "/opt/waypost", "/etc", "/var")),
    "memory": read("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"),
    "core": resource.getrlimit(resource.RLIMIT_CORE)[0], "setuid": setuid,
    "compiler": [name for name in ("gcc", "cc", "make") for folder in os.environ["PATH"].split(":")
                 if os.path.exists(f"{folder}/{name}")],
    "pip": os.path.exists("/opt/waypost/bin/pip"),
    "allocator": [os.environ.get("PYTHONMALLOC"), os.environ.get("MALLOC_PERTURB_")]}))
"""


def run(*arguments: str, check: bool = True) -> str:
    """What a command prints, errors included."""
    done = subprocess.run(arguments, cwd=REPOSITORY, capture_output=True, text=True, timeout=900, check=False)
    if check and done.returncode:
        sys.exit(
            f"{' '.join(arguments[:4])} … ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-3000:]}"
        )
    return done.stdout + done.stderr


class Engine:
    """podman with buildah, or docker: whichever is there."""

    def __init__(self) -> None:
        self.podman = shutil.which("podman") is not None
        if not self.podman and shutil.which("docker") is None:
            sys.exit(
                "Neither podman nor docker is here. Install one of them; Debian: apt-get install podman buildah runc"
            )
        self.name = "podman" if self.podman else "docker"
        self.build_flags = os.environ.get("BUILD_FLAGS", "").split()
        self.run_flags = os.environ.get("RUN_FLAGS", "").split()
        self.base = os.environ.get("BASE_IMAGE", "python:3.13-slim")

    def command(self, *arguments: str) -> Sequence[str]:
        """A command of the engine with the flags that this machine needs."""
        flags = os.environ.get("ENGINE_FLAGS", "").split()
        return (self.name, *flags, *arguments)

    def build(self, tag: str) -> str:
        """Build from the Dockerfile, without a cache; the digests of its layers, since the rest names a machine."""
        arguments = ["--build-arg", f"BASE_IMAGE={self.base}", *self.build_flags, "--no-cache", "-t", tag, "."]
        if self.podman and shutil.which("buildah"):
            run("buildah", "bud", "--format", "docker", "--timestamp", "0", *arguments)
        else:
            run(self.name, "build", *arguments)
        return run(*self.command("inspect", "--type", "image", "--format", "{{.RootFS.Layers}}", tag)).strip()

    def size(self, image: str) -> float:
        """Megabytes."""
        return int(run(*self.command("inspect", "--type", "image", "--format", "{{.Size}}", image))) / 1e6

    @contextmanager
    def running(self) -> Iterator[None]:
        """The container, hardened."""
        self.remove()
        run(
            *self.command("run", "-d", "--name", NAME, "--read-only", "--cap-drop=all"),
            *("--security-opt", "no-new-privileges", "--pids-limit", "128", "--ulimit", "core=0:0"),
            *("--memory", f"{LIMIT}m", "--memory-swap", f"{LIMIT}m", "-p", f"127.0.0.1:{PORT}:8080"),
            *("-e", "LOG_LEVEL=DEBUG", *self.run_flags, IMAGE),
        )
        try:
            yield
        finally:
            self.remove()

    def remove(self) -> None:
        """Away with it, if it is there."""
        run(*self.command("rm", "-f", NAME), check=False)


def page(path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
    """An answer of the running container: status and text."""
    body = urllib.parse.urlencode(data).encode() if data is not None else None
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", body, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_until(ready: Callable[[], bool], seconds: float) -> float:
    """Seconds until it was so; the limit if it never was."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        with suppress(OSError):
            if ready():
                break
        time.sleep(0.1)
    return time.monotonic() - began


def main() -> int:
    """Build, run, look; the exit status."""
    engine = Engine()
    failed = 0

    def hold(promise: str, held: bool, seen: object = "") -> None:
        nonlocal failed
        failed += not held
        sys.stdout.write(f"{'ok  ' if held else 'FAIL'} {promise}{f': {seen}' if seen != '' else ''}\n")
        sys.stdout.flush()

    first, second = engine.build(IMAGE), engine.build(IMAGE)
    hold("two builds are one image, layer by layer", first == second)
    beyond = engine.size(IMAGE) - engine.size(engine.base)
    hold(f"at most {MOST_BEYOND_BASE} MB beyond the base", beyond <= MOST_BEYOND_BASE, f"{beyond:.0f} MB")
    with engine.running():
        seconds = wait_until(lambda: page("/readyz")[0] == 200, 60)
        hold("ready", seconds < 60, f"after {seconds:.1f} s")
        inside = json.loads(run(*engine.command("exec", NAME, "python", "-c", INSIDE)))
        hold("an unprivileged user", inside["uid"] >= 10_000, inside["uid"])
        hold("no capabilities", int(inside["capabilities"], 16) == 0 and int(inside["bounding"], 16) == 0)
        hold("no new privileges", inside["no_new_privileges"] == "1")
        hold("a seccomp filter", inside["seccomp"] == "2")
        hold("nothing can be written", inside["read_only"])
        hold("memory is bounded", int(inside["memory"] or 0) == LIMIT * 1024 * 1024, inside["memory"])
        hold("no core dumps", inside["core"] == 0)
        hold("no setuid files of ours, compiler or pip", not (inside["setuid"] or inside["compiler"] or inside["pip"]))
        hold("freed memory is written over", inside["allocator"] == ["pymalloc_debug", "165"], inside["allocator"])
        hold(
            "the health check is content",
            "FAIL" not in run(*engine.command("exec", NAME, "python", "-m", "bot.operations.probe")),
        )
        status, text = page("/chat", {"text": f"my ex has my nudes {CANARY}"})
        hold(
            "somebody who types is answered, and not repeated", status == 200 and CANARY not in text and "tel:" in text
        )
        page("/nothing-here-" + CANARY)
        logs = run(*engine.command("logs", NAME))
        hold("nothing of it is in the log, at DEBUG", CANARY not in logs and "127.0.0.1 " not in logs)
        began = time.monotonic()
        run(*engine.command("stop", "-t", "10", NAME))
        took = time.monotonic() - began
        hold("an order to stop is obeyed within 5 s", took < 6, f"{took:.1f} s with the engine's own time")
        state = run(*engine.command("inspect", "--format", "{{.State.ExitCode}}", NAME)).strip()
        hold("and ends well", state == "0", state)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
