"""The moving picture is what real runs draw, and the list names the pages in their order."""

from xml.etree import ElementTree

from tests.contents import FILES, ROOT
from tools import moving_picture

INDEX = (ROOT / "book" / "index.md").read_text(encoding="utf8")


def test_the_committed_picture_is_what_the_runs_draw():
    """Its words and the number of its shapes are; the last digits may differ by processor."""
    committed = ElementTree.parse(moving_picture.FILE).getroot()
    drawn = ElementTree.fromstring(moving_picture.draw())
    assert list(committed.itertext())[1:] == list(drawn.itertext())[1:]
    assert [element.tag for element in committed.iter()] == [e.tag for e in drawn.iter()]
    assert committed.get("aria-label") == drawn.get("aria-label")


def test_ten_rows_a_step_end_where_all_rows_do():
    one, ten, every = (moving_picture.walk(size) for size in moving_picture.BATCH_SIZES)
    assert abs(ten.loss - every.loss) < 0.001 < one.loss - every.loss


def test_the_list_names_the_notebooks_in_the_order_of_the_contents():
    block = INDEX.split("```{page-list}\n")[1].split("```")[0]
    listed = [line.split(": ")[0] for line in block.strip().splitlines()]
    assert listed == [file for file in FILES if file.startswith("notebooks/")]
