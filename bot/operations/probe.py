"""Asks this container's own process whether it lives: `python -m bot.operations.probe [PATH]`, for health checks.

Needs no curl in the image. Exit status 0 for a good answer, 1 for a bad one or none; the answer is printed.
"""

from __future__ import annotations

import http.client
import os
import sys
from typing import Final

SECONDS: Final = 3.0


def probe(path: str, port: int) -> tuple[bool, str]:
    """Whether the process answers well, and what it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status == http.client.OK, answer.read(65_536).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return False, type(error).__name__
    finally:
        connection.close()


if __name__ == "__main__":
    good, says = probe(sys.argv[1] if len(sys.argv) > 1 else "/healthz", int(os.environ.get("PORT") or 8080))
    sys.stdout.write(f"{says}\n")
    sys.exit(0 if good else 1)
