"""The page about a study: what is on it, and that it needs nothing but itself."""
import json
import re
import shlex
import shutil
from html.parser import HTMLParser
from types import SimpleNamespace

import h5py
import numpy as np
import pytest
from conftest import SHORT_EXPERIMENT, call, refused

SECTIONS = ["short", "asked", "differences", "evidence", "again"]
HOSTILE = "<script>alert(1)</script> & \"quotes\" 'too'"
BATCH = """\
title = "Rest, running, and an arm that fails"
base = "short.toml"
subjects = 2
reference = "rest"
share_baseline = false

[[arm]]
name = "running"

[[arm]]
name = "rest"
schedule.use = "sedentary"

[[arm]]
name = "too large"
transport.propagator_gigabytes = 1e-6
"""
# Elements that have no end.
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """What a page holds; fails on elements that are not closed in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.tags, self.attributes, self.text = [], [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.note(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.note(tag, attributes)

    def note(self, tag, attributes):
        assert len({name for name, _ in attributes}) == len(attributes), (tag, attributes)
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]
        self.ids += [value for name, value in attributes if name == "id"]

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> at {self.getpos()} within {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)

    @property
    def words(self):
        return re.sub(r"\s+", " ", " ".join(self.text))


def report(*arguments, cwd, output="page.html"):
    done = call("report", *arguments, "-o", output, cwd=cwd)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    return (cwd / output).read_text(encoding="utf-8")


def make_run(home, name, *settings):
    done = call("run", "short.toml", "--threads", 1, "-o", f"{name}.h5", *(f"--set={text}" for text in settings), cwd=home)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Two arms of two runs, one with a title that would like to be markup, and their page."""
    home = tmp_path_factory.mktemp("report")
    (home / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    for seed in (1, 2):
        make_run(home, f"running-{seed}", f"seed={seed}", f"title={json.dumps(HOSTILE)}")
        make_run(home, f"rest-{seed}", f"seed={seed}", 'schedule.use="sedentary"', 'title="Sedentary"')
    files = sorted(path.name for path in home.glob("*.h5"))
    return SimpleNamespace(home=home, files=files, text=report(*files, cwd=home))


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    home = tmp_path_factory.mktemp("batch")
    (home / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    (home / "batch.toml").write_text(BATCH, encoding="utf-8")
    assert call("batch", "batch.toml", "-o", "study", "--progress", "never", cwd=home).returncode == 1
    return SimpleNamespace(home=home, text=report("study", cwd=home))


def assert_sound(text):
    """Closed elements, unique ids, links that lead somewhere, nothing from elsewhere, no script."""
    page = Page(text)
    assert len(set(page.ids)) == len(page.ids)
    for tag, name, value in page.attributes:
        assert not name.startswith("on")
        if name in ("src", "srcset", "data", "action", "poster", "xlink:href"):
            pytest.fail(f"<{tag} {name}={value}>")
        if name == "href":
            assert value == "data:," or value.startswith("#") and value[1:] in page.ids
        if name in ("aria-labelledby", "aria-describedby"):
            assert value in page.ids
    assert not set(page.tags) & {"script", "iframe", "object", "embed", "img", "form", "base"}
    assert not re.search(r"@import|url\(", text)
    for word in ("nan", "inf", "-nan"):
        assert not re.search(rf'="[^"]*\b{word}\b[^"]*"', re.sub(r'(aria-label|data-label)="[^"]*"', "", text))
    assert set(SECTIONS) <= set(page.ids)
    return page


def test_a_page_is_sound_and_has_all_sections(study):
    page = assert_sound(study.text)
    links = [value[1:] for tag, name, value in page.attributes if (tag, name) == ("a", "href")]
    sections = [value for tag, name, value in page.attributes if (tag, name) == ("section", "id")]
    assert links == sections
    assert len(sections) == 11
    for words in ("New neurons", "Hedges", "Seed", "state"):
        assert words.lower() in page.words.lower()


def test_texts_of_files_stay_texts(study):
    page = Page(study.text)
    assert HOSTILE in page.words
    assert "<script" not in study.text


def test_the_same_study_gives_the_same_bytes(study):
    assert report(*study.files, cwd=study.home) == study.text


NUMBER = re.compile(r"[+-]?[0-9][0-9.]*(?:e[+-]?[0-9]+)?")


def plain(text):
    """Numbers as a page prints them, as Python reads them: "3.2 \u00d7 10\u207b\u2076" as 3.2e-6."""
    text = text.replace("\u2212", "-").replace("\u202f", "")
    for digit, raised in enumerate("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"):
        text = text.replace(raised, str(digit))
    return text.replace("\u207b", "-").replace(" \u00d7 10", "e")


def agrees(text, values, least=0.0):
    """The numbers of a text are the values, rounded to the places that it shows."""
    numbers = NUMBER.findall(plain(text))
    if values == [None]:
        assert numbers == [], text
        return
    assert len(numbers) == len(values), (text, values)
    for number, value in zip(numbers, values):
        digits, _, power = number.partition("e")
        unit = 10.0 ** (int(power or 0) - len(digits.partition(".")[2]))
        assert abs(float(number) - value) <= max(0.5001 * unit, least), (text, values)


def printed_outcomes(text):
    """Mean, difference and p of each outcome in the table of all outcomes; for a study of two arms."""
    table = re.search(r"<table[^>]*><caption[^>]*>All \d+ outcomes.*?</table>", text, re.S).group(0)
    rows = re.findall(r"<code>([^<]*)</code>.*?</tr>\s*<tr[^>]*>(.*?)</tr>", table, re.S)
    found = {}
    for name, row in rows:
        cells = ["".join(Page(cell).text) for cell in re.findall(r"<td[^>]*>.*?</td>", row, re.S)]
        found[name] = (cells[0], cells[1], cells[3])
    return found


def test_the_means_and_differences_are_those_of_compare(study):
    """Every row of the page's table, to the places that it prints."""
    done = call("compare", *study.files, "--json", "-", cwd=study.home)
    outcomes = {row["name"]: row for row in json.loads(done.stdout)["outcomes"]}
    shown = printed_outcomes(study.text)
    assert list(shown) == list(outcomes)
    compared = 0
    for name, row in outcomes.items():
        mean, difference, p = shown[name]
        agrees(mean, [row["mean"]])
        if row["difference"] is None:
            assert difference == "\u2013"
        elif row["low"] is None:
            agrees(difference.removesuffix(" (no interval)"), [row["difference"]])
        else:
            agrees(difference, [row["difference"], row["low"], row["high"]])
            compared += 1
        agrees(p.replace("< 0.001", "0"), [row["p"]], least=1e-3)
    assert compared > 20


def test_no_unit_touches_a_number_of_its_axis(study):
    """10.5 px letters: digits reach 7.7 px over their baseline, descenders 2.4 px below."""
    seen = 0
    for svg in re.findall(r"<svg.*?</svg>", study.text, re.S):
        texts = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<text[^>]*>", svg)]
        units = [float(text["y"]) for text in texts if text.get("class") == "un" and text["x"] == "2"]
        numbers = [float(text["y"]) for text in texts
                   if text.get("class") == "tk" and text.get("text-anchor") == "end" and float(text["x"]) < 56]
        for unit in units:
            seen += 1
            assert all(abs(number - unit) >= 7.7 + 2.4 for number in numbers), svg
    assert seen > 10


def test_a_source_has_one_color_on_the_page(study):
    section = re.search(r'<section id="origin".*?</section>', study.text, re.S).group(0)
    legends = re.findall(r'<ul class="legend" aria-label="Sources">(.*?)</ul>', section, re.S)
    colors = [dict((name, css) for css, name in re.findall(r'class="(s\d) sg".*?<span>([^<]*)</span>', legend, re.S))
              for legend in legends[:2]]
    assert len(colors) == 2 and len(set(colors[0]) & set(colors[1])) > 3
    assert all(colors[0][name] == colors[1][name] for name in set(colors[0]) & set(colors[1]))


def test_factors_that_come_from_elsewhere_are_said_to(study):
    """The words agree with the ledger of the files."""
    shares = {}
    for name in study.files:
        with h5py.File(study.home / name) as file:
            released = file["ledger/released_by_source"][-1]
            for source, amount in zip(file["ledger/source"].asstr()[()], released):
                factor, _, where = source.partition(":")
                if where not in ("dentate", "hippocampus", "cortex"):
                    shares.setdefault((name, factor), {})[where] = amount
    note = re.search(r"Released into the body:(.*?)(Reached the niches:|<h3)", study.text, re.S).group(1)
    note = Page(f"<p>{note.split('</p>')[0]}</p>".replace("</b>", "", 1)).words
    most, _, rest = note.partition("Not more than half")
    for factor, shown in (("bdnf", "BDNF"), ("il6", "IL6")):
        parts = [share for (_, name), share in shares.items() if name == factor and sum(share.values()) > 0]
        muscle = [share.get("muscle", 0) / sum(share.values()) for share in parts]
        assert (shown in most) == (min(muscle) > 0.5), (muscle, note)
        assert (shown in rest) == (min(muscle) <= 0.5), (muscle, note)


def test_the_smallest_p_is_that_of_the_runs_there_are(study, tmp_path):
    """Two pairs: 2 of 4 flips of sign; two and two subjects of other seeds: 2 of 6 labelings."""
    assert "With 2 pairs, no p by permutation can be below 0.50" in Page(study.text).words
    for name in study.files:
        shutil.copy(study.home / name, tmp_path)
        if name.startswith("rest"):
            with h5py.File(tmp_path / name, "r+") as file:
                file.attrs["seed"] = np.int64(file.attrs["seed"] + 100)
    words = Page(report(*study.files, cwd=tmp_path)).words
    assert "With 2 and 2 subjects, no p by permutation can be below 0.33" in words
    assert "With 2 pairs" not in words


def test_a_run_without_a_partner_is_said(study):
    words = Page(report("rest-1.h5", "running-1.h5", "running-2.h5", cwd=study.home, output="lone.html")).words
    assert "Left out, as the other arm has no partner for them: up to 1 run a comparison." in words
    assert "1 (1 without a partner)" in words


def test_one_run_has_a_page_without_comparison(finished, tmp_path):
    page = assert_sound(report(finished.output, cwd=tmp_path))
    assert "nothing to compare" in page.words


def test_one_arm_of_several_runs_has_a_page(study):
    page = assert_sound(report("rest-1.h5", "rest-2.h5", cwd=study.home, output="one.html"))
    assert "n = 2 subjects in all" in page.words


def test_outcomes_without_a_value_leave_a_sound_page(study, tmp_path):
    for name in study.files:
        shutil.copy(study.home / name, tmp_path)
        with h5py.File(tmp_path / name, "r+") as file:
            file["outcomes/value"][...] = np.nan
    assert_sound(report(*study.files, cwd=tmp_path))


def test_a_batch_names_its_arms_its_reference_and_what_failed(batch):
    page = assert_sound(batch.text)
    assert "<h1>Rest, running, and an arm that fails</h1>" in batch.text
    assert "rest (reference)" in page.words
    assert "Runs of the batch without results" in page.words
    row = re.search(r"<tr[^>]*><th[^>]*>too large</th>.*?</tr>", batch.text).group(0)
    assert "1, 2" in row or ("propagator_gigabytes" in row and "failed" in row)
    assert "propagator_gigabytes" in row


def test_a_sensitivity_analysis_comes_before_the_tables(study):
    rows = [{"parameter": "factor.bdnf.clearance[0].rate", "status": "assumed", "outcome": "mood", "arm": "Rest",
             "mu_star": 2.0, "low": 1.0, "high": 3.0},
            {"parameter": "organism.mood.gain", "status": "verified", "outcome": "mood", "arm": "Rest", "mu_star": None}]
    (study.home / "s.json").write_text(json.dumps({"indices": rows}))
    text = report(*study.files, "--sensitivity", "s.json", cwd=study.home, output="sensitive.html")
    page = assert_sound(text)
    assert "The parameters that drive the result" in page.words
    assert "factor.bdnf.clearance[0].rate" in page.words
    assert "No sensitivity analysis was given" not in page.words


def test_the_commands_of_the_page_are_those_a_shell_reads_back(study):
    commands = [line for line in Page(study.text).text if line.startswith("# ")]
    lines = [shlex.split(line) for line in "".join(commands).splitlines() if not line.startswith("#")]
    runs = [line for line in lines if line[1] == "run"]
    assert len(runs) == 4 and lines[-1][1] == "report"
    assert sum(f"--set=title={json.dumps(HOSTILE)}" in line for line in runs) == 2


def test_what_the_model_assumes_is_counted(study):
    found = re.search(r"assumed or recalled in (\d+) of (\d+) effects", Page(study.text).words)
    with h5py.File(study.home / study.files[0]) as file:
        gains = re.findall(r"^dependence = \{.*status = \"(\w+)\" \}", file.attrs["config_toml"], re.M)
    weak = sum(status in ("assumed", "recalled") for status in gains)
    assert found is None or (int(found[1]), int(found[2])) == (weak, len(gains))
    assert found or "Below 1 %" not in Page(study.text).words


def test_an_earlier_page_is_replaced_and_nothing_else_is(study, tmp_path):
    (tmp_path / "mine.html").write_text("<p>my own page</p>")
    (tmp_path / "folder.html").mkdir()
    run = study.home / "rest-1.h5"
    assert "no report" in refused("report", run, "-o", "mine.html", cwd=tmp_path)
    assert "is a folder" in refused("report", run, "-o", "folder.html", cwd=tmp_path)
    first = report(run, cwd=tmp_path)
    assert report(run, cwd=tmp_path) == first
    done = call("report", run, "-o", "mine.html", "--overwrite", cwd=tmp_path)
    assert done.returncode == 0
    assert "my own page" not in (tmp_path / "mine.html").read_text(encoding="utf-8")


def test_wrong_requests_are_refused(study):
    assert "no such file" in refused("report", "none.h5", "-o", "x.html", cwd=study.home)
    assert "--outcome" in refused("report", *study.files, "-o", "x.html", "--outcome", "moood", cwd=study.home)
    refused("report", *study.files, "-o", "none/x.html", cwd=study.home, code=1)
    refused("report", *study.files, "-o", "x.html", "--sensitivity", "none.json", cwd=study.home, code=1)
