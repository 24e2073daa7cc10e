"""Numbers in a fixed width, so that nothing beside them moves."""

import math


def fixed(value: float, width: int, decimals: int) -> str:
    """`value` right-aligned in `width`, with fewer decimals, then an exponent, if it is too long; a
    dash where there is none.
    """
    if not math.isfinite(value):
        return ("-" if math.isnan(value) else "inf" if value > 0 else "-inf").rjust(width)
    for places in range(decimals, -1, -1):
        text = f"{value:.{places}f}"
        if len(text) <= width:
            return text.rjust(width)
    return f"{value:.0e}".replace("e+0", "e").replace("e+", "e").rjust(width)


def signed(value: float, width: int, decimals: int = 3) -> str:
    """The same with its sign always shown."""
    for places in range(decimals, -1, -1):
        text = f"{value:+.{places}f}"
        if len(text) <= width:
            return text.rjust(width)
    return f"{value:+.0e}".replace("e+0", "e").replace("e+", "e").rjust(width)


def small(value: float, width: int) -> str:
    """A number that may be tiny: with an exponent where decimals would hide it."""
    if value == 0.0 or (math.isfinite(value) and abs(value) >= 0.001):
        return signed(value, width, 4)
    for digits in (1, 0):
        text = f"{value:+.{digits}e}".replace("e-0", "e-").replace("e+0", "e")
        if len(text) <= width:
            break
    return text.rjust(width)


def exact(value: float) -> str:
    """The shortest text that stands for exactly this number, whole numbers without decimals."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def thousands(value: int) -> str:
    """Digits in groups of three."""
    return f"{value:,}"


def short_count(value: float) -> str:
    """A count in at most five characters: 980, 9,800, 42.1k, 200k, 1.2M."""
    if value < 9_999.5:
        return f"{value:,.0f}"
    for limit, divisor, unit in ((999.5e3, 1e3, "k"), (999.5e6, 1e6, "M"), (999.5e9, 1e9, "G")):
        if value < limit:
            scaled = value / divisor
            decimals = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return f"{scaled:.{decimals}f}{unit}"
    return f"{value:.0e}"


def tick_label(value: float) -> str:
    """A round count, as short as can be: 500, 1k, 1.5k, 20k, 1M."""
    for divisor, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= divisor:
            return f"{value / divisor:g}{unit}"
    return f"{value:g}"


def clock(seconds: float) -> str:
    """A length of time in at most seven characters: 0:08, 12:34, 3:07:09, 11h 05m, 11d 13h, >99d."""
    whole = round(seconds)
    if whole >= 86_400:
        days, hours = divmod(whole // 3600, 24)
        return f"{days}d {hours:02}h" if days < 100 else ">99d"
    if whole >= 36_000:
        return f"{whole // 3600}h {whole % 3600 // 60:02}m"
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def percent(share: float) -> str:
    """A share with one decimal, in six characters."""
    return f"{share * 100:5.1f}%"


def r_squared(value: float) -> str:
    """A coefficient of determination, at most 1, in four characters: .97, 1.0, -.25, -3.2, -12, low."""
    if not math.isfinite(value):
        return "-".rjust(4)
    for text in (
        f"{round(value, 2) + 0.0:.2f}".replace("0.", ".") if abs(value) < 0.995 else "",
        f"{value:.1f}",
        f"{value:.0f}",
    ):
        if text and len(text) <= 4:
            return text.rjust(4)
    return " low"


def figure(value: float, width: int) -> str:
    """A figure of any size, right-aligned in `width` (at least 6): with an exponent where decimals would
    hide it, or where it is too long without one; a dash where there is none.
    """
    if value == 0.0 or not math.isfinite(value):
        return fixed(value, width, 4)
    plain = fixed(value, width, 4)
    if abs(value) >= 0.001 and "e" not in plain:
        return plain
    for digits in (2, 1, 0):
        text = _short_exponent(f"{value:.{digits}e}")
        if len(text) <= width:
            break
    return text.rjust(width)


def rough(value: float, *, with_sign: bool = False) -> str:
    """Three digits of a number of any size, as short as can be: 0.25, 346, 1.2e6."""
    return _short_exponent(f"{value:{'+' if with_sign and value else ''}.3g}")


def _short_exponent(text: str) -> str:
    return text.replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
