"""Which part of something is shown where not all of it has room."""


def first_shown(position: int, shown: int, whole: int) -> int:
    """The first of so many that are `shown` of the `whole`: `position` in the middle, as far as the ends
    allow.
    """
    return max(min(position - shown // 2, whole - shown), 0)
