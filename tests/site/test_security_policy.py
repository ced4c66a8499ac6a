"""The policy of a page allows what is in it and no more; what it cannot allow stops the build."""

import base64
import hashlib
from types import SimpleNamespace

import pytest
from d2lbook import header_buttons, security_policy
from d2lbook.external_links import NoOpener
from d2lbook.security_policy import NEEDED_BY, hash_of, policy_of, with_policy
from d2lbook.written import Page
from docutils import nodes
from docutils.utils import new_document
from sphinx.errors import ExtensionError

HEAD = '<!DOCTYPE html>\n<html>\n<head>\n  <meta charset="utf-8" /><title>Page</title>\n'


def directives(text):
    """Return the policy of a page: directive -> sources."""
    parts = [part.split(" ") for part in policy_of(Page(text)).split("; ")]
    return {name: sources for name, *sources in parts}


def written(text):
    return with_policy(text, Page(text))


def test_a_script_in_the_markup_is_allowed_by_the_hash_of_exactly_its_text():
    text = ' \n if (1 < 2 && "é") { f("&amp;") }\n'
    digest = hashlib.sha256(text.encode()).digest()
    expected = f"'sha256-{base64.b64encode(digest).decode()}'"
    assert directives(f"<script>{text}</script>")["script-src"] == ["'self'", expected]
    assert hash_of(text) == expected
    assert hash_of(text + " ") != expected


def test_a_hash_is_that_of_the_specification():
    assert hash_of("alert('Hello, world.');") == (
        "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    )


@pytest.mark.parametrize(
    ("script", "count"),
    [
        ("<script>a</script>", 1),
        ('<script type="module">a</script>', 1),
        ('<script type="text/javascript">a</script>', 1),
        ("<script>a</script><script>a</script>", 1),
        ("<script>a</script><script>b</script>", 2),
        ('<script src="a.js"></script>', 0),
        ('<script type="application/json">{}</script>', 0),
        ('<script type="application/vnd.jupyter.widget-view+json">{}</script>', 0),
        ("<!-- <script>a</script> -->", 0),
        ("<p title='<script>a</script>'></p>", 0),
    ],
)
def test_programs_have_hashes_and_data_have_none(script, count):
    assert len(directives(script)["script-src"]) == 1 + count


def test_a_page_is_allowed_only_what_it_needs():
    plain = directives("<p>Text</p>")
    assert plain["default-src"] == ["'none'"]
    assert plain["script-src"] == ["'self'"]
    assert not {"worker-src", "connect-src"} & plain.keys()
    for (attribute, word), needed in NEEDED_BY.items():
        found = directives(f'<p {attribute}="other {word}"></p>')
        assert found == {**plain, **{k: [*plain.get(k, []), *v] for k, v in needed.items()}}
        assert directives(f'<p {attribute}="{word}s" title="{word}">{word}</p>') == plain


def test_what_two_things_need_is_allowed_once():
    live, network = NEEDED_BY["class", "d2l-live-bar"], NEEDED_BY["data-module", "network"]
    assert live["worker-src"] == network["worker-src"]
    both = directives('<p class="d2l-live-bar"></p><p data-module="network"></p>')
    assert both["worker-src"] == live["worker-src"]


def test_it_stands_before_all_but_the_encoding():
    found = written(f"{HEAD}</head><body></body></html>")
    before, _, after = found.partition('<meta http-equiv="Content-Security-Policy"')
    assert before == HEAD.partition("<title>")[0]
    assert after.partition(">\n")[2] == "<title>Page</title>\n</head><body></body></html>"


def test_a_page_without_a_head_has_it_first():
    door = '<meta http-equiv="Refresh" content="0; url=book/index.html" />\n'
    found = written(door)
    assert found.startswith('<meta http-equiv="Content-Security-Policy"')
    assert found.endswith(door)


def test_a_second_build_leaves_a_page_as_it_is():
    once = written(f"{HEAD}<script>a</script></head></html>")
    assert written(once) == once


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ('<button onclick="print()">', "a handler in the markup, onclick='print.."),
        ("<svg onload=a>", "a handler in the markup, onload='a'"),
        ('<a href=" JavaScript:a()">', "a script as an address, href="),
        ('<form action="javascript:a()">', "a script as an address, action="),
        ('<script src="https://example.org/a.js">', "something of another origin, 'https:"),
        ('<img src="//example.org/a.png">', "something of another origin, '//example"),
        ('<iframe src="http://example.org">', "something of another origin, 'http:"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "something of another origin"),
        ('<a href="https://example.org">', "a link without rel=noopener, 'https:"),
        ('<a rel="nofollow" href="//example.org">', "a link without rel=noopener, '//"),
    ],
)
def test_what_no_policy_allows_stops_the_build(fault, words, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(f"{HEAD}{fault}")
    with pytest.raises(ExtensionError, match=f"page.html: security_policy: {words}"):
        security_policy.add_policy(path)
    assert path.read_text() == f"{HEAD}{fault}"


@pytest.mark.parametrize(
    "text",
    [
        '<a rel="noopener" href="https://example.org">',
        '<a rel="external noopener" href="https://example.org">',
        '<a href="page.html#part">',
        '<link rel="canonical" href="https://example.org/">',
        '<img src="data:image/png;base64,//aa">',
        "<p>onclick=a javascript:a</p>",
    ],
)
def test_what_is_no_fault(text):
    assert "Content-Security-Policy" in written(f"{HEAD}{text}")


def test_pages_in_all_folders_get_it_and_templates_do_not(tmp_path):
    names = ["index.html", "book/a.html", "notebooks/beyond/b.html", "_static/macros.html"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(HEAD)
    finish = {}
    app = SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(format="html"))
    app.connect = lambda event, function, priority: finish.update({event: function})
    security_policy.setup(app)
    finish["build-finished"](app, RuntimeError("the build failed"))
    assert {(tmp_path / name).read_text() for name in names} == {HEAD}
    finish["build-finished"](app, None)
    assert [(tmp_path / name).read_text() != HEAD for name in names] == [True, True, True, False]


def button(handler):
    return {"type": "javascript", "javascript": handler}


def test_buttons_name_what_they_do_in_groups_too():
    group = {"type": "group", "buttons": [button("window.print()"), {"type": "link"}]}
    context = {"header_buttons": [group, button("toggleFullScreen()")]}
    header_buttons.name_actions(None, "page", "", context, None)
    assert group["buttons"] == [button("print"), {"type": "link"}]
    assert context["header_buttons"][1] == button("full-screen")


def test_a_handler_that_is_not_known_stops_the_build():
    context = {"header_buttons": [button("initThebeSBT()")]}
    with pytest.raises(ExtensionError, match=r"the page page has 'initThebeSBT\(\)'"):
        header_buttons.name_actions(None, "page", "", context, None)


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("https://example.org/a", True),
        ("//example.org", True),
        ("page.html", False),
        ("#part", False),
        ("mailto:a@example.org", False),
    ],
)
def test_links_to_other_origins_are_marked(address, marked):
    document = new_document("page")
    document += nodes.reference("", "text", refuri=address)
    NoOpener(document).run()
    assert document[0].get("rel") == ("noopener" if marked else None)
