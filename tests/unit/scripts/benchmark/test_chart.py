"""The chart of the figures."""

import io
from typing import Any

from PIL import Image

from scripts.lib.benchmark import chart
from tests.support.benchmark_rows import rows


def test_the_chart_is_a_picture(tmp_path: Any) -> None:
    """The chart is a PNG with a panel for each unit."""
    path = tmp_path / "chart.png"
    chart.draw(rows(), path, "a title")
    picture = Image.open(io.BytesIO(path.read_bytes()))
    assert ("PNG", True) == (picture.format, picture.width > 500)
