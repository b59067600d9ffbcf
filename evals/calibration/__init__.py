"""Calibration of the simulated reader: three of its parameters fitted to published numbers, others predicted from them.

A simulation: it shows whether the mechanism (facts that are missed, that make no sense without another, that are
dropped) suffices for what was published, not how well any model reads.
"""
