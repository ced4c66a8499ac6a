"""Formulas in a line of plain characters, for where nothing can be rendered: α + βb."""

import re
import unicodedata
from collections.abc import Iterator

SIGNS = {
    "approx": " ≈ ",
    "cdot": "·",
    "dots": "…",
    "gg": " ≫ ",
    "in": " ∈ ",
    "le": " ≤ ",
    "ll": " ≪ ",
    "lVert": "‖",
    "lvert": "|",
    "prod": "∏",
    "propto": " ∝ ",
    "rVert": "‖",
    "rvert": "|",
    "star": "*",
    "sum": "∑",
    "tanh": "tanh",
    "times": "×",
    "to": " → ",
    "top": "⊤",
    **dict.fromkeys((",", ";", "!", " "), " "),
}
"""What commands stand for."""
FONTS = {"boldsymbol", "mathbb", "mathbf", "mathcal", "mathrm", "operatorname", "text"}
RAISED = str.maketrans("0123456789+-⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀ")
UNKNOWN = "…"
"""What stands for a formula with a command that is not among these."""


def plain(formula: str) -> str:
    """Return a formula of LaTeX in plain characters, or `UNKNOWN`."""
    tokens = [*re.findall(r"\\[A-Za-z]+|\\.|\S| ", formula), "}"]
    try:
        return " ".join(group(iter(tokens)).split())
    except (KeyError, StopIteration):
        return UNKNOWN


def written(token: str, rest: Iterator[str]) -> str:
    """Return what stands for a token and for the arguments that it takes of the rest.

    Raises
    ------
    KeyError
        If it is a command that is not known.
    """
    if token == "{":
        return group(rest)
    if token == "^":
        return raised(argument(rest))
    if token == "_":
        return f"_{argument(rest)}"
    if token == r"\sqrt":
        return f"√{argument(rest)}"
    if token in (r"\frac", r"\tfrac"):
        return f"{argument(rest)}/{argument(rest)}"
    if token.startswith("\\"):
        name = token[1:]
        if name in FONTS:
            return argument(rest)
        return SIGNS[name] if name in SIGNS else greek(name)
    return token


def group(rest: Iterator[str]) -> str:
    """Return what stands for the tokens up to a closing brace."""
    parts = []
    while (token := next(rest)) != "}":
        parts.append(written(token, rest))
    return "".join(parts)


def argument(rest: Iterator[str]) -> str:
    """Return what stands for the next token that is not a space."""
    return written(next(token for token in rest if token != " "), rest)


def raised(exponent: str) -> str:
    """Return an exponent in small characters where there are such, or behind a circumflex."""
    small = exponent.translate(RAISED)
    if not set(small) & set(exponent):
        return small
    return f"^{exponent}" if len(exponent) == 1 else f"^({exponent})"


def greek(name: str) -> str:
    """Return a Greek letter by its name in LaTeX; KeyError if there is none."""
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    return unicodedata.lookup(f"GREEK {case} LETTER {name.upper().replace('LAMBDA', 'LAMDA')}")
