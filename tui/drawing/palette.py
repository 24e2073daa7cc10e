"""The pens that drawings use, made from a theme's variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from engine.config.task import MAX_CLASSES
from tui.drawing.pens import BOLD, DIM, REVERSE, RGB, UNDERLINE, blend, ink, paper, parse_rgb

REGION_LEVELS = 4
"""Steps of certainty of a class, above none."""

VALUE_LEVELS = 8
"""Steps of a value on either side of the middle of its scale."""

SHARED_TINT = 0.12
"""How much of the training loss's colour is behind the test loss where both lie in one cell."""

WEIGHT_LEVELS = 8
"""Steps of a weight's size on either side of zero."""


@dataclass(frozen=True)
class Palette:
    """Colours as RGB, and what is made of them. `textured`: backgrounds carry no meaning, because
    the terminal has no colour or too few, so that characters have to.
    """

    text_rgb: RGB
    faint_rgb: RGB
    frame_rgb: RGB
    accent_rgb: RGB
    class_rgb: tuple[RGB, ...]
    """One a class, MAX_CLASSES of them. The first two stand for negative and positive as well."""
    test_rgb: RGB
    alarm_rgb: RGB
    paper_rgb: RGB
    textured: bool = False
    printed: bool = False
    """For output that scrolls by: on the terminal's own background, whatever that is."""

    @classmethod
    def from_variables(cls, variables: Mapping[str, str], *, textured: bool) -> "Palette":
        """From a theme's `drawing-…` variables."""
        color = {
            name.removeprefix("drawing-"): parse_rgb(value)
            for name, value in variables.items()
            if name.startswith("drawing-")
        }
        return cls(
            text_rgb=color["text"],
            faint_rgb=color["faint"],
            frame_rgb=color["frame"],
            accent_rgb=color["accent"],
            class_rgb=tuple(color[f"class-{number}"] for number in range(MAX_CLASSES)),
            test_rgb=color["test"],
            alarm_rgb=color["alarm"],
            paper_rgb=color["paper"],
            textured=textured,
        )

    @cached_property
    def base(self) -> int:
        """The background that every pen of a pane has."""
        return 0 if self.printed else paper(self.paper_rgb)

    @cached_property
    def text(self) -> int:
        """Words and numbers."""
        return 0 if self.printed else ink(self.text_rgb) | self.base

    @cached_property
    def strong(self) -> int:
        """Words and numbers that matter most."""
        return self.text | BOLD

    @cached_property
    def faint(self) -> int:
        """Labels, units, axes."""
        return DIM if self.printed else ink(self.faint_rgb) | self.base

    @cached_property
    def underlined(self) -> int:
        """Words about points that are marked with a line below."""
        return self.text | UNDERLINE

    @cached_property
    def frame(self) -> int:
        """A pane's frame."""
        return DIM if self.printed else ink(self.frame_rgb) | self.base

    @cached_property
    def accent(self) -> int:
        """The focused pane, the state, the training loss."""
        return ink(self.accent_rgb) | self.base

    @cached_property
    def test(self) -> int:
        """The test loss."""
        return ink(self.test_rgb) | self.base

    @cached_property
    def both_losses(self) -> int:
        """Where both losses lie in one cell: the test loss on a tint of the training loss."""
        return ink(self.test_rgb) | paper(blend(self.paper_rgb, self.accent_rgb, SHARED_TINT))

    @cached_property
    def ghost(self) -> int:
        """The training loss of the course before."""
        if self.printed:
            return self.frame
        return ink(blend(self.frame_rgb, self.faint_rgb, 0.5)) | self.base

    @cached_property
    def alarm(self) -> int:
        """Divergence, a lost host."""
        return ink(self.alarm_rgb) | self.base | BOLD

    @cached_property
    def key(self) -> int:
        """A key that can be pressed."""
        return ink(self.accent_rgb) | self.base | BOLD

    def of_sign(self, value: float) -> int:
        """A number in the colour of negative or positive ones; 0 in that of text."""
        return ink(self.class_rgb[int(value > 0)]) | self.base if value else self.text

    @cached_property
    def points(self) -> npt.NDArray[np.int64]:
        """(MAX_CLASSES,): the ink of each class's points, to be put on some paper."""
        return np.array([ink(rgb) | BOLD for rgb in self.class_rgb], dtype=np.int64)

    @cached_property
    def value_points(self) -> npt.NDArray[np.int64]:
        """(2 VALUE_LEVELS + 1,): the ink of points from the least to the greatest value."""
        middle = self.faint_rgb if self.printed else self.text_rgb
        inks = [ink(rgb) | BOLD for rgb in self._diverging(middle, VALUE_LEVELS, 0.25, 1.0)]
        return np.array(inks, dtype=np.int64)

    @cached_property
    def wrong(self) -> int:
        """A point on the wrong side: stands out without colour, too."""
        return ink(self.alarm_rgb) | self.base | BOLD | REVERSE

    @cached_property
    def regions(self) -> list[list[RGB]]:
        """The region's colours by class and level of certainty, the lowest level plain."""
        return [
            [
                self.paper_rgb,
                *(
                    blend(self.paper_rgb, rgb, share)
                    for share in _shares(REGION_LEVELS, 0.06, 0.30)
                ),
            ]
            for rgb in self.class_rgb
        ]

    @cached_property
    def values(self) -> list[RGB]:
        """The colours of a field of values, from the least to the greatest, the middle one plain."""
        return self._diverging(self.paper_rgb, VALUE_LEVELS, 0.06, 0.50)

    @cached_property
    def weights(self) -> list[RGB]:
        """A weight's colours, from most negative to most positive, the middle one zero."""
        return self._diverging(self.paper_rgb, WEIGHT_LEVELS, 0.10, 0.92)

    @cached_property
    def neurons(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Inks and papers of what a neuron puts out, from far below the middle of its scale to far above
        it. The middle one differs a little from the ground, so that each picture has edges.
        """
        middle = blend(self.paper_rgb, self.faint_rgb, 0.16)
        colors = self._diverging(middle, WEIGHT_LEVELS, 0.10, 0.92)
        inks, papers = ([pen(rgb) for rgb in colors] for pen in (ink, paper))
        return np.array(inks, dtype=np.int64), np.array(papers, dtype=np.int64)

    def _diverging(self, middle: RGB, levels: int, least: float, most: float) -> list[RGB]:
        shares = _shares(levels, least, most)
        low, high = self.class_rgb[:2]
        return [
            *(blend(middle, low, share) for share in reversed(shares)),
            middle,
            *(blend(middle, high, share) for share in shares),
        ]


def _shares(levels: int, least: float, most: float) -> list[float]:
    """`levels` even steps from `least` to `most`."""
    return [least + (most - least) * level / (levels - 1) for level in range(levels)]


PRINTED = Palette(
    text_rgb=(128, 128, 128),
    faint_rgb=(128, 128, 128),
    frame_rgb=(128, 128, 128),
    accent_rgb=(38, 152, 116),
    class_rgb=(
        (61, 143, 209),
        (217, 130, 43),
        (52, 94, 90),
        (163, 178, 174),
        (180, 93, 0),
        (136, 126, 130),
        (152, 51, 4),
        (93, 70, 250),
        (133, 50, 167),
        (61, 183, 255),
    ),
    test_rgb=(150, 105, 200),
    alarm_rgb=(217, 72, 95),
    paper_rgb=(0, 0, 0),
    textured=True,
    printed=True,
)
"""Middle tones, to be read on light and dark alike."""
