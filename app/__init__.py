"""Clew for Python: opens documents, asks them. The one place where the parts are put together.

with Clew("extractive") as clew:
    answer = clew.open("contract.pdf").ask("When does the term end?")
    print(answer.status, answer.text, [c.quote for c in answer.citations])
"""

from ..core.options import Options
from .catalogue import Report
from .clew import Clew
from .shelf import Shelf

__all__ = ["Clew", "Options", "Report", "Shelf"]
