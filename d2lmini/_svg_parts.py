"""What stands in the attributes of an SVG's elements."""

from xml.etree.ElementTree import Element


def declarations(style: str) -> dict[str, str]:
    """Return the properties and values of a ``style``.

    Parameters
    ----------
    style : str

    Returns
    -------
    dict of str to str
    """
    pairs = (part.split(":", 1) for part in style.split(";") if part.strip())
    return {name.strip(): value.strip() for name, value in pairs}


def coordinates(path: Element) -> tuple[list[float], list[float]]:
    """Return the places of a path's points, horizontal and vertical.

    Parameters
    ----------
    path : xml.etree.ElementTree.Element
        Of straight lines, as matplotlib writes them.

    Returns
    -------
    tuple of list of float
    """
    numbers = [float(word) for word in path.get("d", "").split() if not word.isalpha()]
    return numbers[::2], numbers[1::2]
