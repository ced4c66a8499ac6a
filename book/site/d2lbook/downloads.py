"""The executed notebook of each page to download, and launch buttons that work."""

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx


def hide_dead_launch_buttons(app: Sphinx, config: Any) -> None:
    """Show launch buttons only when there is a repository for them to launch."""
    options = config.html_theme_options
    if not options.get("repository_url"):
        options.pop("launch_buttons", None)


def copy_notebook(app: Sphinx, name: str) -> None:
    """Put an executed notebook among what the site offers to download."""
    target = Path(app.outdir, "_sources", f"{name}.ipynb")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(Path(app.srcdir, f"{name}.ipynb"), target)


def offer_notebook(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Let the download button serve the executed notebook of the page."""
    if Path(app.srcdir, f"{pagename}.ipynb").exists():
        copy_notebook(app, pagename)
        context["ipynb_source"] = f"{pagename}.ipynb"
    else:  # nothing that another service could open: no launch buttons here
        context["meta"] = {
            k: v for k, v in (context.get("meta") or {}).items() if k != "kernelspec"
        }


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", hide_dead_launch_buttons, priority=100)
    app.connect("html-page-context", offer_notebook, priority=100)
