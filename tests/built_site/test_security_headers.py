"""The Content-Security-Policy, and builds that can be repeated."""

from __future__ import annotations

import gzip
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from docsite.built_site.security_headers import (
    content_security_policy,
    merge_security_headers,
    write_security_headers,
)
from docsite.plugin.reproducible import forget_build_time


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


PAGE = """<head><style>p { color: red }</style><script>run(“é”)</script><script src="a.js"></script>
<script type="application/json">{"data": 1}</script><script type="module">also()</script></head>
<p style="color: blue">Text.</p>"""


def test_what_is_inline_is_allowed_by_its_hash() -> None:
    policy = dict(part.split(" ", 1) for part in content_security_policy([PAGE, PAGE]).split("; "))
    assert policy["default-src"] == "'none'"
    assert set(policy["script-src"].split()) == {"'self'", hashed("run(“é”)"), hashed("also()")}
    assert policy["style-src"] == f"'self' {hashed('p { color: red }')} 'unsafe-hashes' {hashed('color: blue')}"


def test_without_style_attributes_none_is_allowed() -> None:
    assert "unsafe-hashes" not in content_security_policy(["<p>Text.</p>"])


def test_hosts_that_pages_take_files_from_are_allowed() -> None:
    page = """<link rel="preconnect" href="https://elsewhere.example">
<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Roboto"><link rel=stylesheet href=own.css>
<script src="//cdn.example:8443/a.js"></script><img src="HTTPS://Images.example/b.png"><img src="c.png">
<iframe src="https://video.example/d"></iframe><a href="https://link.example">Not loaded.</a>"""
    policy = dict(part.split(" ", 1) for part in content_security_policy([page]).split("; "))
    assert policy["script-src"] == "'self' https://cdn.example:8443"
    assert policy["style-src"] == "'self' https://fonts.googleapis.com"
    assert policy["font-src"] == "'self' https://fonts.gstatic.com"
    assert policy["img-src"] == "'self' data: https://images.example"
    assert policy["frame-src"] == "https://video.example"
    assert "frame-src" not in content_security_policy([PAGE])


def test_media_manifests_and_the_facts_of_a_repository_are_allowed() -> None:
    page = """<link rel="manifest" href="site.webmanifest"><video><source src="own.mp4"></video>
<audio src="https://sounds.example/a.mp3"></audio><a href="https://github.com/x/y" data-md-component="source">x/y</a>"""
    policy = dict(part.split(" ", 1) for part in content_security_policy([page]).split("; "))
    assert policy["media-src"] == "'self' https://sounds.example"
    assert policy["manifest-src"] == "'self'"
    assert policy["connect-src"] == "'self' https://api.github.com"
    assert "media-src" not in content_security_policy([PAGE])


def test_the_file_is_for_all_addresses(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr/index.html").write_text("<script>one()</script>", "utf-8")
    write_security_headers(str(tmp_path))
    first, policy, *others = (tmp_path / "_headers").read_text("utf-8").splitlines()
    assert first == "/*"
    assert policy.startswith("  Content-Security-Policy: default-src 'none'; ")
    assert hashed("one()") in policy
    assert "  X-Content-Type-Options: nosniff" in others


def test_headers_of_several_sites_allow_what_any_of_them_needs(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(f"<script>{name}()</script>", "utf-8")
        write_security_headers(str(tmp_path / name))
        files.append((tmp_path / name / "_headers").read_text("utf-8"))
    merged = merge_security_headers(files, [PAGE])
    assert merged.splitlines()[0] == "/*"
    assert merged.splitlines()[2:] == files[0].splitlines()[2:]
    for text in ("one()", "two()", "also()", "color: blue"):
        assert merged.count(hashed(text)) == 1
    assert merged.count("'none'") == files[0].count("'none'")


def test_a_policy_written_by_hand_is_read_too() -> None:
    merged = merge_security_headers(["/*\n  Content-Security-Policy:script-src https://a.example;img-src *;\n"], [])
    assert "; script-src 'self' https://a.example; " in merged
    assert "img-src 'self' data: *; " in merged


def test_the_packed_sitemap_does_not_tell_when_it_was_built(tmp_path: Path) -> None:
    packed = tmp_path / "sitemap.xml.gz"
    found = set()
    for moment in (1, 2_000_000_000):
        packed.write_bytes(gzip.compress(b"<urlset/>", mtime=moment))
        forget_build_time(str(tmp_path))
        found.add(packed.read_bytes())
    assert len(found) == 1
    assert gzip.decompress(found.pop()) == b"<urlset/>"
