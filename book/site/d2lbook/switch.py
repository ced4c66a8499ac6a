"""The choice of a framework, once a page; `choose_framework.js` keeps it from page to page."""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

FRAMEWORKS = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "mxnet": "MXNet", "jax": "JAX"}
OTHERS = [name for name in FRAMEWORKS if name != "pytorch"]


def twin_name(framework: str, page: str) -> str:
    """Return the name of the document that holds another framework's cells of a page."""
    return f"notebooks/{framework}/{page}"


def switch(page: str) -> list[nodes.Node]:
    """Return the choice of a framework, and a link to the chosen one's notebook."""
    choices = "".join(
        f'<input type="radio" name="framework" id="framework-{key}" value="{key}"'
        f'{" checked" if key == "pytorch" else ""}><label for="framework-{key}">{name}</label>'
        for key, name in FRAMEWORKS.items()
    )
    downloads = "".join(
        f'<a class="d2l-for-{key}" download href="../_sources/{twin_name(key, page)}.ipynb">'
        f"this page’s {FRAMEWORKS[key]} notebook</a>"
        for key in OTHERS
    )
    stored = '<p class="d2l-for-others">Its outputs were stored; the build runs PyTorch’s only.</p>'
    markup = (
        f'<fieldset class="d2l-switch"><legend>Code in</legend>{choices}</fieldset>'
        f"{downloads}{stored}"
    )
    return [nodes.raw("", markup, format="html")]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    script = Path(__file__).with_name("choose_framework.js").read_text(encoding="utf8")
    names = {"data-frameworks": " ".join(FRAMEWORKS)}
    app.add_js_file(None, body=script, priority=240, **names)
