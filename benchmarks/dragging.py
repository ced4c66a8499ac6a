"""Measure how the lab answers a reader who drags over its map, in headless Chromium.

    python -m benchmarks.dragging

The built book must be there (`make book`). A move of the pointer is measured from its first
listener until the frame with its effect is painted.
"""

from statistics import median, quantiles

from playwright.sync_api import Page

from benchmarks.browser import open_page

CALL = "async (name) => (await import('/benchmarks/dragging.js'))[name]()"
PATHS = 6
"""How often the pointer is dragged across the map."""
MOVES = 60
"""Moves in one path; one is made in each frame."""
SMALL = 4
"""Batch sizes from here on have to be painted within one frame, smaller ones within two."""


def drag(page: Page) -> dict[str, list[float]]:
    """Drag over the map, and return the times until a move was painted [ms].

    Parameters
    ----------
    page : Page
        The page of the lab.

    Returns
    -------
    dict
        "b >= 4" and "b < 4" -> the times.
    """
    box = page.locator(".lab-map-plot canvas").bounding_box()
    if box is None:
        raise ValueError("page: its map must be seen")
    page.evaluate(CALL, "record")
    for path in range(PATHS):
        heights = (0.1, 0.9) if path % 2 else (0.99, 0.92)  # from the top; small batches are below
        for move in range(MOVES):
            share = move / (MOVES - 1)
            height = heights[0] + share * (heights[1] - heights[0])
            page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * height)
            if move == 0:
                page.mouse.down()
            page.wait_for_timeout(17)
        page.mouse.up()
        page.wait_for_timeout(300)
    moves = page.evaluate(CALL, "recorded")
    small = [one["milliseconds"] for one in moves if one["batchSize"] < SMALL]
    large = [one["milliseconds"] for one in moves if one["batchSize"] >= SMALL]
    return {f"b >= {SMALL}": large, f"b < {SMALL}": small}


def main() -> None:
    """Print the times of dragging and of recolouring the map."""
    with open_page() as (page, address):
        page.goto(f"{address}/_build/html/notebooks/lab.html")
        page.wait_for_selector(".d2l-hosted[data-ready]")
        page.wait_for_timeout(3000)
        for name, times in drag(page).items():
            worst = quantiles(times, n=20)[-1]
            print(
                f"dragging, {name}: {len(times)} moves, median {median(times):.1f} ms, "
                f"95th percentile {worst:.1f} ms to the painted frame"
            )
        page.wait_for_timeout(1000)
        maps = [page.evaluate(CALL, "recolour") for _ in range(5)]
        whole, longest = (median(one[key] for one in maps) for key in ("milliseconds", "longest"))
        print(f"the map anew: {whole:.0f} ms, at most {longest:.0f} ms without an answer")


if __name__ == "__main__":
    main()
