"""Readers for workers to run: one is well, the others do what a damaged file can make a real one do."""

from __future__ import annotations

import os
import time


def double(number: int) -> int:
    if number < 0:
        raise ValueError(f"{number} is below zero")
    print("what a reader prints comes between no results")
    return 2 * number


def die_of_seven(number: int) -> int:
    if number == 7:
        os._exit(3)
    return number


def sleep_as(note: str) -> None:
    """Writes which process it is, and takes for ever."""
    with open(note, "w") as file:
        file.write(str(os.getpid()))
    time.sleep(600)


def hang_over_seven(number: int) -> int:
    if number == 7:
        time.sleep(600)
    return number


def take(size: int) -> int:
    """Takes `size` bytes of memory, and gives them back."""
    return len(bytearray(size))
