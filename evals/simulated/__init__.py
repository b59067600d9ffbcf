"""A simulated, imperfect reader: a chat model that knows which sentences answer a question, and errs by chance.

It simulates comprehension and nothing else. Retrieval, prompts, fitting, graph, ledger, stop rules and journal are the
real ones, so what it measures is how a way of reading bears errors, never how well a language model reads. Whatever is
made with it is called a simulation.

It needs the facts behind its questions, so it is a model object for `Clew(model=…)` and has no name on the command
line: `clew.models` cannot know the sets it is asked about.
"""

from .facts import Fact, Plant, Puzzle
from .model import Simulated
from .profile import PROFILES, Profile, profile

__all__ = ["PROFILES", "Fact", "Plant", "Profile", "Puzzle", "Simulated", "profile"]
