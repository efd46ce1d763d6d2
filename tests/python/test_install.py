"""The reader installs by pip, with nothing but what is there."""
import importlib.util
import shutil
import subprocess
import sys

import pytest
from conftest import READER


def test_it_installs_by_pip(tmp_path, mine):
    for needed in ("pip", "setuptools"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"Python has no {needed}")
    shutil.copytree(READER, tmp_path / "source", ignore=shutil.ignore_patterns("__pycache__"))  # pip writes beside the sources
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--target",
                    tmp_path / "installed", tmp_path / "source"], check=True, capture_output=True, text=True, timeout=300)
    code = f"import myoaxis; print(myoaxis.__file__, myoaxis.open_run({str(mine)!r}).status)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True,
                          env={"PYTHONPATH": str(tmp_path / "installed")})
    assert done.stdout == f"{tmp_path}/installed/myoaxis/__init__.py complete\n"


def test_the_modules_of_the_package_are_all_installed():
    import tomllib
    about = tomllib.loads((READER / "pyproject.toml").read_text(encoding="utf-8"))
    assert about["tool"]["setuptools"]["packages"] == ["myoaxis"] and not [path for path in (READER / "myoaxis").iterdir() if path.is_dir() and path.name != "__pycache__"]
