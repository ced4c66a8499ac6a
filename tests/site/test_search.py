"""The texts of which a search shows excerpts: prose, with formulas that can be read."""

import pytest
from d2lbook.plain_formulas import UNKNOWN, plain
from d2lbook.search import prose
from docutils import nodes
from docutils.utils import new_document


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("b", "b"),
        (r"\alpha + \beta b", "α + β b"),
        (r"\tfrac12 \lVert \mathbf w \rVert^2", "1/2 ‖ w ‖²"),
        (r"b^{-1/2}", "b^(-1/2)"),
        (r"\mathbf x_i^\top \mathbf w", "x_iᵀ w"),
        (r"10^{-3}", "10⁻³"),
        (r"\frac{\sigma}{\sqrt b}", "σ/√b"),
        (r"\lambda_{\mathrm{max}}", "λ_max"),
        (r"b \ll n", "b ≪ n"),
        (r"\Sigma", "Σ"),
        (r"\begin{pmatrix} 1", UNKNOWN),
        (r"\frac{1", UNKNOWN),
    ],
)
def test_a_formula_in_plain_characters(formula, expected):
    assert plain(formula) == expected


def test_formulas_within_prose_are_plain():
    cost = nodes.math("", r"\alpha + \beta b")
    paragraph = nodes.paragraph("", "", nodes.Text("It costs "), nodes.strong("", "", cost))
    document = new_document("page")
    document += [paragraph, nodes.literal_block("", r"\alpha")]
    assert prose(document) == "It costs α + β b"
