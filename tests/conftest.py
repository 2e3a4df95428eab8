"""What several tests share: the built site, once a run, and a browser."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOOTBATHS = ROOT / "tests" / "data" / "footbaths"


def build(out: Path, *arguments: str, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `build_site.py` on a base."""
    return subprocess.run(
        [sys.executable, str(ROOT / "build_site.py"), "--out", str(out), *arguments],
        env={**os.environ, "CLAIMBOOK_ROOT": str(root), **environment},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def busy() -> float:
    """How many times longer something may take, as others want this machine too: 1 where nobody else does."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.fixture(scope="session")
def site() -> Iterator[Path]:
    """The site of the real base, readable by everybody (linkchecker gives up root before it reads)."""
    folder = Path(tempfile.mkdtemp(prefix="claimbook-site-"))
    folder.chmod(0o755)
    done = build(folder / "site", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    yield folder / "site"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise pytest.UsageError("Chromium is not installed: run make test, or install the package chromium")
