"""Which cells of a notebook use what its tabs have computed."""

import symtable

from tests.chapter.pages import tab_of

SAME = {"X", "features", "target", "n", "H", "solution"}
"""Names that hold the same in every framework: the table, its size, curvature and minimum."""


def cells_after_tabs(cells):
    """Return the cells outside of tabs whose values come from cells in tabs.

    A cell that uses such a value hands it on to all names that it assigns.
    """
    found, from_tabs = [], set()
    for cell in cells:
        if "live" in cell.metadata.get("tags", []):
            continue  # it stands for itself
        used, assigned = names_of(cell.source)
        if tab_of(cell):
            from_tabs |= assigned - SAME
        elif used & from_tabs:
            found.append(cell)
            from_tabs |= assigned
        else:
            from_tabs -= assigned
    return found


def names_of(source):
    """Return the names that a cell takes from those before it, and those that it assigns."""
    lines = [line for line in source.splitlines() if not line.lstrip().startswith("%")]
    cell = symtable.symtable("\n".join(lines), "cell", "exec")
    symbols = cell.get_symbols()
    used = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
    inner = list(cell.get_children())
    while inner:
        function = inner.pop()
        inner += function.get_children()
        used |= {s.get_name() for s in function.get_symbols() if s.is_global()}
    imported = {symbol.get_name() for symbol in symbols if symbol.is_imported()}
    assigned = {s.get_name() for s in symbols if s.is_assigned() or s.is_namespace()} - imported
    return used - assigned - imported, assigned
