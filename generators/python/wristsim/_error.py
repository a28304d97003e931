# SPDX-License-Identifier: Apache-2.0
"""The one exception of wristsim."""
from __future__ import annotations

from typing import Optional, Union

KINDS = {1: "check_failed", 2: "usage", 65: "bad_data", 70: "internal", 74: "io", 75: "try_again",
         130: "interrupted"}


class Error(Exception):
    """What went wrong: the text says file, key or line, what was expected and what was found.

    kind: whose fault it is: "usage" (recipe, argument), "bad_data" (input), "io", "internal" (ours), ...
    index: of the recording that could not be made, else None.
    """

    def __init__(self, kind: Union[int, str], text: str, index: Optional[int] = None):
        super().__init__(text)
        self.kind: str = KINDS.get(kind, "internal") if isinstance(kind, int) else kind
        self.index = index

    def __reduce__(self):  # so that it comes whole out of a worker process
        return type(self), (self.kind, str(self), self.index)
