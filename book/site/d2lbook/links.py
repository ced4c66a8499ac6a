"""Links lead to figures, formulas, works and terms by their names, and give their numbers.

A notebook says ``[the race](scratch.md#fig-race)``, which reads well wherever it is shown. In the
book it becomes "the race (Fig. 4.3)"; the number of a formula follows in the same way.
"""

from typing import NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.math import MathDomain
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.domain import BibtexDomain


class Target(NamedTuple):
    """Where a link leads, and the number that it gives."""

    document: str
    id: str
    number: str = ""
    style: str = "std-ref"


class NamedLinks(SphinxPostTransform):
    """Resolve the links by name."""

    default_priority = 5  # before MyST resolves what is left
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        found = targets(self.env)
        for link in list(self.document.findall(addnodes.pending_xref)):
            target = found.get(link.get("reftargetid") or link["reftarget"])
            if link["reftype"] == "myst" and target:
                link.replace_self(self.reference(link, target))
        for link in list(self.document.findall(nodes.reference)):
            target = found.get(link.get("refid", ""))  # MyST has resolved it within the page
            if target:
                link += numbered(target)

    def reference(self, link: nodes.Element, target: Target) -> nodes.reference:
        """Return a link with its own words, followed by the number of what it leads to."""
        words = cast("nodes.Element", link[0]).children
        text = nodes.inline("", "", *words, *numbered(target), classes=["std", target.style])
        builder = self.app.builder
        return make_refnode(builder, self.env.docname, target.document, target.id, text)


def numbered(target: Target) -> list[nodes.Node]:
    """Return the number of a target as it follows the words of a link."""
    return [nodes.Text(f" ({target.number})")] if target.number else []


def targets(env: BuildEnvironment) -> dict[str, Target]:
    """Return what links can name."""
    return {**figures(env), **formulas(env), **works(env), **terms(env)}


def figures(env: BuildEnvironment) -> dict[str, Target]:
    """Return the figures, and whatever else has a name, such as notes."""
    standard = cast("StandardDomain", env.get_domain("std"))
    return {
        name: Target(document, id, figure_number(env, document, id))
        for name, (document, id) in standard.anonlabels.items()
    }


def figure_number(env: BuildEnvironment, document: str, id: str) -> str:
    """Return a number such as "Fig. 4.3", or nothing for what has none."""
    numbers = env.toc_fignumbers.get(document, {}).get("figure", {}).get(id)
    return f"Fig. {'.'.join(map(str, numbers))}" if numbers else ""


def formulas(env: BuildEnvironment) -> dict[str, Target]:
    """Return the formulas with labels."""
    equations = cast("MathDomain", env.get_domain("math")).equations
    return {
        name: Target(document, f"equation-{name}", formula_number(env, document, name, number))
        for name, (document, number) in equations.items()
    }


def formula_number(env: BuildEnvironment, document: str, name: str, number: int) -> str:
    """Return a number such as "4.2"; the formula shows the same."""
    numbers = env.toc_fignumbers.get(document, {}).get("displaymath", {})
    return ".".join(map(str, numbers.get(f"equation-{name}", (number,))))


def works(env: BuildEnvironment) -> dict[str, Target]:
    """Return the works of the list of references."""
    citations = cast("BibtexDomain", env.get_domain("cite")).citations
    return {one.key: Target(one.bibliography_key.docname, one.citation_id) for one in citations}


def terms(env: BuildEnvironment) -> dict[str, Target]:
    """Return the terms of the glossary, with hyphens for spaces."""
    standard = cast("StandardDomain", env.get_domain("std"))
    return {
        name.lower().replace(" ", "-"): Target(document, id, style="std-term")
        for (kind, name), (document, id) in standard.objects.items()
        if kind == "term"
    }


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(NamedLinks)
