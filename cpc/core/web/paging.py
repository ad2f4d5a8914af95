"""Pages of a list that may be very long."""

from functools import cached_property

from django.core.paginator import Paginator


class Pages(Paginator):
    """It counts no further than ``most`` rows, so that the first page costs what it shows: who wants more, searches."""

    most = 1_000

    def __init__(self, rows, per_page, counted=None):
        super().__init__(rows, per_page)
        if counted is not None:  # by the caller: one more than ``most`` where there are more
            self._counted = counted

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: self.most + 1].count()

    @property
    def count(self) -> int:
        """How many there are; ``most`` where there are more."""
        return min(self._counted, self.most)

    @property
    def is_more(self) -> bool:
        """Whether there are more than are counted."""
        return self._counted > self.most
