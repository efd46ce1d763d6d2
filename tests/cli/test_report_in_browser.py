"""The page about a study in a browser: on a desktop, on a phone, and on paper."""
import json
import re
import shutil
import subprocess

import pytest
from conftest import SHORT_EXPERIMENT, call

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs chromium (tools/packages.sh)")

# Frames of a given width, since a window of a headless browser is never narrower than 500 px. What a frame finds
# comes out as the title of the outer page.
PROBE = """\
<!DOCTYPE html><html><head><title>waiting</title></head><body style="margin:0">
<iframe id="frame" src="page.html" style="width:{width}px;height:900px;border:0"></iframe>
<script>
document.getElementById("frame").onload = event => {{
  const page = event.target.contentDocument, root = page.documentElement;
  const scrolls = element => element.closest(".scroll, pre, svg") !== null;
  const wide = [...page.querySelectorAll("body *")].filter(element =>
    !scrolls(element) && element.getBoundingClientRect().right > root.clientWidth + 1);
  const small = [...page.querySelectorAll("svg[role=img]")].filter(svg => {{
    const box = svg.getBoundingClientRect();
    return svg.checkVisibility() && (box.width < 200 || box.height < 40);
  }});
  document.title = JSON.stringify({{
    width: root.clientWidth, scroll: root.scrollWidth, figures: page.querySelectorAll("svg[role=img]").length,
    wide: wide.slice(0, 5).map(element => element.outerHTML.slice(0, 120)), small: small.length,
    summary: [page.querySelector("#short .scroll").scrollWidth, page.querySelector("#short .scroll").clientWidth]}});
}};
</script></body></html>
"""


def browse(home, *arguments):
    return subprocess.run([BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
                           "--enable-logging=stderr", "--v=0", f"--user-data-dir={home / 'profile'}", *arguments],
                          capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The page of two arms of two runs."""
    home = tmp_path_factory.mktemp("browser")
    (home / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    for seed in (1, 2):
        for use in ("sedentary", "endurance"):
            done = call("run", "short.toml", "--threads", 1, "-o", f"{use}-{seed}.h5", f"--set=seed={seed}",
                        f'--set=schedule.use="{use}"', f'--set=title="{use.capitalize()}, two days"', cwd=home)
            assert done.returncode == 0, done.stderr
    done = call("report", *sorted(path.name for path in home.glob("*.h5")), "-o", "page.html", cwd=home)
    assert done.returncode == 0, done.stderr
    return home


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_screen(home, width):
    (home / "probe.html").write_text(PROBE.format(width=width), encoding="utf-8")
    done = browse(home, "--window-size=1400,1000", "--virtual-time-budget=10000", "--dump-dom", f"file://{home}/probe.html")
    found = json.loads(re.search(r"<title>(\{.*?\})</title>", done.stdout, re.S).group(1).replace("&lt;", "<").replace(
        "&gt;", ">").replace("&amp;", "&"))
    assert found["scroll"] <= found["width"], found
    assert found["wide"] == []
    assert found["figures"] > 20 and found["small"] == 0
    scroll, client = found["summary"]
    assert scroll <= client, "the table in short must not need scrolling"


def test_the_browser_has_nothing_to_say(home):
    done = browse(home, "--window-size=1280,1000", "--dump-dom", f"file://{home}/page.html")
    assert "</html>" in done.stdout
    assert "CONSOLE" not in done.stderr
    # The test can fail: a message does come through.
    (home / "talks.html").write_text("<!DOCTYPE html><script>console.log('hello')</script>")
    assert "CONSOLE" in browse(home, "--dump-dom", f"file://{home}/talks.html").stderr


def test_it_prints_with_what_is_folded_on_the_screen(home):
    browse(home, "--no-pdf-header-footer", f"--print-to-pdf={home / 'page.pdf'}", f"file://{home}/page.html")
    assert (home / "page.pdf").read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext") is None:
        pytest.skip("what is on the paper needs pdftotext (poppler-utils)")
    words = subprocess.run(["pdftotext", "-layout", "page.pdf", "-"], cwd=home, capture_output=True, text=True,
                           check=True).stdout
    assert "In short" in words
    assert words.count("assumed") > 50, "the tables of parameters are folded on the screen, but printed"
