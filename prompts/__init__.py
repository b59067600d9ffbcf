"""What is said to models: one Markdown file per task, and beside it one typed class whose fields are its placeholders.

A prompt knows how to print itself and how to read its reply; it knows nothing about models or budgets.
"""

from .base import Prompt
from .printed import Excerpt, Excerpts, Exhibit, Exhibits, Line, Memory, Needs, Remembered
from .replies import Finding, Findings, Kept, Message, Points, Questions, Verdict, Written
from .tasks import PROMPTS, Answer, Condense, Gist, Merge, Places, Plan, Read, Whole, Write

__all__ = [
    "PROMPTS",
    "Answer",
    "Condense",
    "Excerpt",
    "Excerpts",
    "Exhibit",
    "Exhibits",
    "Finding",
    "Findings",
    "Gist",
    "Kept",
    "Line",
    "Memory",
    "Merge",
    "Message",
    "Needs",
    "Places",
    "Plan",
    "Points",
    "Prompt",
    "Questions",
    "Read",
    "Remembered",
    "Verdict",
    "Whole",
    "Write",
    "Written",
]
