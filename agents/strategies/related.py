"""An order of chunks in which what belongs together is read together (Gupta et al. 2026, arXiv 2603.09835).

    w(c_i, c_j) = similarity of their vectors
    T = maximum spanning tree over w                      -- Chow and Liu 1968: the closest tree of dependences
    order = T breadth first, from the chunk that is most like the question; of children the most similar first  (ours)

The paper takes a model's embeddings; here vectors are the chunks' stems, weighted by how rare they are (tf-idf), so
that no call is made. All pairs are compared: for N chunks N² numbers, a few megabytes for a thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...language.tongues import main_language
from ...language.words import stems

if TYPE_CHECKING:
    from ...core.arrays import Floats


def related(texts: Sequence[str], question: str) -> list[int]:
    """The places of `texts`, in the order in which they are to be read: each of them once."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import linear_kernel

    language = main_language("\n".join(texts)) or "en"
    bags = [stems(text, language) for text in texts]
    if not any(bags):
        return list(range(len(texts)))
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    held = vectors.fit_transform(bags)
    asked = linear_kernel(vectors.transform([stems(question, language)]), held)[0]
    return breadth_first(spanning_tree(linear_kernel(held)), int(asked.argmax()))


def spanning_tree(similarity: Floats) -> list[list[int]]:
    """The maximum spanning tree of all pairs: for every node those it is joined to, the most similar first."""
    import numpy as np
    from scipy.sparse.csgraph import minimum_spanning_tree

    # A weight of 0 is no edge to scipy: even chunks that share nothing are joined, last of all.
    distances = 2.0 - np.clip(similarity, 0.0, 1.0)
    np.fill_diagonal(distances, 0.0)
    tree = minimum_spanning_tree(distances).tocoo()
    neighbours: list[list[tuple[float, int]]] = [[] for _ in similarity]
    for one, other, distance in zip(tree.row.tolist(), tree.col.tolist(), tree.data.tolist(), strict=True):
        neighbours[one].append((distance, other))
        neighbours[other].append((distance, one))
    return [[node for _, node in sorted(found)] for found in neighbours]


def breadth_first(tree: Sequence[Sequence[int]], root: int) -> list[int]:
    """The nodes of a tree level by level, those of a level in the order of their parents."""
    order, seen = [root], {root}
    for node in order:
        fresh = [other for other in tree[node] if other not in seen]
        seen.update(fresh)
        order.extend(fresh)
    return order
