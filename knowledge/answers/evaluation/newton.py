"""Two small models fitted by Newton's method, so that fitting needs nothing but numpy."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.search.postings import Doubles

Slope = tuple[Doubles, NDArray[np.float64]]
_STEPS = 40
_CLOSE_ENOUGH = 1e-4


def choice(options: NDArray[np.float64], right: NDArray[np.intp], ridge: float) -> Doubles:
    """Weights under which the right option of each row scores best (conditional logit).

    `options` is row × option × measure; an option that is not there is all NaN.
    """
    absent = np.isnan(options[:, :, 0])
    scale = np.nanstd(options.reshape(-1, options.shape[2]), axis=0)
    scale = np.maximum(scale, 1e-9)  # a measure that says nothing gets no weight
    scaled = np.nan_to_num(options / scale)
    rows = np.arange(len(right))

    def shares(weights: Doubles) -> NDArray[np.float64]:
        scores = np.where(absent, -np.inf, scaled @ weights)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        result: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
        return result

    def value(weights: Doubles) -> float:
        likely = np.log(np.maximum(shares(weights)[rows, right], 1e-300))
        return float(likely.sum() - ridge / 2 * weights @ weights)

    def slope(weights: Doubles) -> Slope:
        share = shares(weights)
        mean = np.einsum("nk,nkf->nf", share, scaled)
        flat = scaled.reshape(-1, scaled.shape[2])
        spread = (flat * share.reshape(-1, 1)).T @ flat - mean.T @ mean
        return (scaled[rows, right] - mean).sum(axis=0) - ridge * weights, spread

    best: Doubles = _climb(value, slope, scaled.shape[2], ridge) / scale
    return best


def logistic(signs: NDArray[np.float64], true: Doubles, ridge: float) -> Doubles:
    """A constant and weights under which the probability of `true` is most likely."""
    scale = np.append(1.0, np.maximum(signs.std(axis=0), 1e-9))
    scaled = np.column_stack([np.ones(len(signs)), signs]) / scale

    def chance(weights: Doubles) -> Doubles:
        result: Doubles = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        return result

    def value(weights: Doubles) -> float:
        likely = np.where(true > 0, chance(weights), 1 - chance(weights))
        return float(np.log(np.maximum(likely, 1e-300)).sum() - ridge / 2 * weights @ weights)

    def slope(weights: Doubles) -> Slope:
        guess = chance(weights)
        spread = (scaled * (guess * (1 - guess))[:, None]).T @ scaled
        return scaled.T @ (true - guess) - ridge * weights, spread

    best: Doubles = _climb(value, slope, scaled.shape[1], ridge) / scale
    return best


def _climb(
    value: Callable[[Doubles], float],
    slope: Callable[[Doubles], Slope],
    size: int,
    ridge: float,
) -> Doubles:
    """Newton's method, halving any step that would lead downwards."""
    weights = np.zeros(size)
    height = value(weights)
    for _ in range(_STEPS):
        uphill, spread = slope(weights)
        step = np.linalg.solve(spread + ridge * np.eye(size), uphill)
        while value(weights + step) < height and np.abs(step).max() > 1e-9:
            step /= 2
        weights = weights + step
        before, height = height, value(weights)
        if height - before < _CLOSE_ENOUGH:
            break
    return weights
